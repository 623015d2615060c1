-- What actions took from each customer: the rows of `costs`, in the units of `rows.rs`.
--
-- Opened by `money.sql` and `entries.sql`.

select
    customer_id,
    sum(actions) as actions,
    sum(money) / 10000.0 as money,
    sum(time) / 1000000.0 as time,
    sum(waiting) / 1000000.0 as waiting,
    sum(lateness) / 1000000.0 as lateness,
    sum(effort) as effort,
    sum(repeats) as repeats,
    sum(contacts) as contacts,
    sum(failures) as failures,
    sum(refunds) as refunds,
    sum(late_deliveries) as late_deliveries,
    sum(at_stake) / 10000.0 as at_stake,
    sum(personal_data) as personal_data,
    sum(messages) as messages,
    sum(complaints) as complaints
from in_scope
where customer_id is not null
group by customer_id
order by customer_id
