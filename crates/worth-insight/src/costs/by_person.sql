-- What actions took, summed by person and kind of action: `accounts.rs` reads one person after the other.
--
-- Opened by `money.sql` and `entries.sql`. An action is its table and its name in one: each branch of the
-- entries has one table only, which the engine takes for an order of them, and grouping what is ordered
-- cannot spill to disk.

select
    person,
    customer_id,
    from_table || '/' || name as action,
    stage,
    touchpoint,
    case when $products then product end as product,
    sum(actions) as actions,
    sum(money) as money, count(money) as money_known,
    sum(time) as time, count(time) as time_known,
    sum(waiting) as waiting, count(waiting) as waiting_known,
    sum(lateness) as lateness, count(lateness) as lateness_known,
    sum(effort) as effort, count(effort) as effort_known,
    sum(repeats) as repeats, count(repeats) filter (where actions > 0) as repeats_known,
    sum(contacts) as contacts, count(contacts) as contacts_known,
    sum(failures) as failures, count(failures) as failures_known,
    sum(refunds) as refunds, count(refunds) as refunds_known,
    sum(late_deliveries) as late_deliveries, count(late_deliveries) as late_deliveries_known,
    sum(personal_data) as personal_data, count(personal_data) as personal_data_known,
    sum(messages) as messages, count(messages) as messages_known,
    sum(complaints) as complaints, count(complaints) as complaints_known,
    sum(at_stake) as at_stake, count(at_stake) as at_stake_known
from in_scope
group by person, customer_id, from_table || '/' || name, stage, touchpoint, case when $products then product end
order by person
