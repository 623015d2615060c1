-- What went wrong for customers who answered a survey, by customer, day, kind and touchpoint.
--
-- Parameters
--   $from, $until        first and last business day, both inclusive
with
answered as (
    select distinct customer_id from survey_answers where customer_id is not null
),

troubles as (
    select customer_id, business_date(at) as day, 'failure' as kind, touchpoint
    from events
    where outcome = 'failed'

    union all

    -- an order is late once, however many lines it has
    select
        max(customer_id) as customer_id,
        business_date(max(delivered_at)) as day,
        'late' as kind,
        max(touchpoint) as touchpoint
    from order_lines
    where delivered_at > promised_at
    group by source, order_id

    union all

    select customer_id, business_date(at) as day, 'complaint' as kind, touchpoint
    from feedback
    where rating <= 2 or (rating is null and lower(trim(kind)) in ('ticket', 'call'))
)

select
    trouble.customer_id,
    trouble.day,
    trouble.kind,
    coalesce(trim(trouble.touchpoint), '') as touchpoint,
    count(*) as times
from answered
join troubles as trouble on trouble.customer_id = answered.customer_id
where trouble.day between $from and $until
group by trouble.customer_id, trouble.day, trouble.kind, coalesce(trim(trouble.touchpoint), '')
order by trouble.customer_id, trouble.day, trouble.kind, touchpoint
