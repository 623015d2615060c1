-- How orders were rated that came late, and those that came in time: how often each rating was given.
--
-- Parameters: those of `Observation`.

with delivered as (
    -- an order is late once, however many lines it has
    select source, order_id, max(delivered_at) > max(promised_at) as late
    from order_lines
    where delivered_at is not null and promised_at is not null
        and ($any_channel or array_has($channel, channel))
    group by source, order_id
)

select delivered.late, feedback.rating, count(*) as times
from delivered
join feedback on feedback.source = delivered.source and feedback.order_id = delivered.order_id
where feedback.rating is not null
    and business_date(feedback.at) between $from and $until
group by delivered.late, feedback.rating
order by delivered.late, feedback.rating
