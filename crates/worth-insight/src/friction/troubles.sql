-- What every person did on every day, by kind of action, what went wrong with it, and how long they waited:
-- `met.rs` reads one person after the other.
--
-- Opened by `done.sql`. An action is its table and its name in one, as in `by_person.sql` of `costs`: so grouping can
-- spill to disk.

select
    person,
    customer_id,
    business_date(at) as day,
    from_table || '/' || name as action,
    stage,
    touchpoint,
    trouble,
    wait,
    count(*) as times,
    sum(time) as time, count(time) as time_known,
    sum(effort) as effort, count(effort) as effort_known,
    sum(wait) as waiting, count(wait) as waiting_known,
    sum(lateness) as lateness, count(lateness) as lateness_known,
    sum(at_stake) as at_stake, count(at_stake) as at_stake_known
from done
group by person, customer_id, business_date(at), from_table || '/' || name, stage, touchpoint, trouble, wait
order by person, customer_id, day
