-- What every person did on every day, by kind of action, and what went wrong with it: `met.rs` reads one
-- person after the other.
--
-- Opened by `money.sql` and the entries of `costs`; what an action took is theirs.
,

-- a ticket or call within 14 days of the one before: what was asked was not settled
contacted as (
    select
        *,
        case
            when at <= lag(at) over (partition by customer_id order by at) + interval '14 days'
                then 'contact-again'
        end as trouble
    from in_scope
    where contacts > 0 and customer_id is not null
),

-- what a customer did, or had delivered; a message only reached them
done as (
    select
        *,
        case
            when failures > 0 then 'failure'
            when abandoned > 0 then 'abandonment'
            when late_deliveries > 0 then 'late-delivery'
            when refunds > 0 then 'refund'
        end as trouble
    from in_scope
    where from_table <> 'messages' and (customer_id is null or coalesce(contacts, 0) = 0)

    union all
    select * from contacted
)

select
    person,
    customer_id,
    business_date(at) as day,
    from_table,
    name,
    stage,
    touchpoint,
    trouble,
    sum(actions) as actions,
    sum(repeats) as repeats,
    sum(time) as time, count(time) as time_known,
    sum(effort) as effort, count(effort) as effort_known,
    sum(lateness) as lateness, count(lateness) as lateness_known,
    sum(at_stake) as at_stake, count(at_stake) as at_stake_known
from done
group by person, customer_id, business_date(at), from_table, name, stage, touchpoint, trouble
order by person, customer_id, day
