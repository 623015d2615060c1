-- What every person did or had delivered, with what went wrong and how long they then waited.
--
-- Opened by `money.sql` and the entries of `costs`; what an action took is theirs. Parameters besides theirs:
--   $cases         whether journeys are cases: then the time from a step to the next of its journey is a wait
,

-- a ticket or call within 14 days of the one before: what was asked was not settled
contacted as (
    select
        *,
        case
            when at <= lag(at) over (partition by customer_id order by at) + interval '14 days'
                then 'contact-again'
        end as trouble,
        waiting as wait
    from in_scope
    where from_table = 'feedback' and contacts > 0 and customer_id is not null
),

-- steps of journeys: which attempt it is of those that did not go wrong, and when the next step was taken
walked as (
    select
        *,
        row_number() over (
            partition by
                journey, name, stage, touchpoint, channel, coalesce(failures, 0) + coalesce(abandoned, 0)
            order by at, sequence, person, time, effort
        ) as attempt,
        lead(at) over (partition by journey order by at, sequence, name, stage, touchpoint, person) as next_at
    from in_scope
    where journey is not null and actions > 0
),

-- a message only reached customers
done as (
    select
        *,
        case
            when failures > 0 then 'failure'
            when abandoned > 0 then 'abandonment'
            when late_deliveries > 0 then 'late-delivery'
            when refunds > 0 then 'refund'
        end as trouble,
        waiting as wait
    from in_scope
    where from_table <> 'messages' and journey is null and actions > 0
        and (customer_id is null or coalesce(contacts, 0) = 0)

    union all
    select * from contacted

    union all
    select
        * exclude (attempt, next_at),
        case
            when failures > 0 then 'failure'
            when abandoned > 0 then 'abandonment'
            when attempt > 1 then 'retry'
        end as trouble,
        case when $cases then cast(next_at as bigint) - cast(at as bigint) end as wait
    from walked
)
