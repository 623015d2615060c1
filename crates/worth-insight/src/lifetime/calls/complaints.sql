-- The last complaint of each customer within the period: a rating of at most 2, or a ticket or call
-- that was not rated.
with complaints as (
    select
        customer_id,
        business_date(at) as day,
        text,
        row_number() over (
            partition by customer_id order by at desc, feedback_id desc, source desc
        ) as place
    from feedback
    where customer_id is not null
      and business_date(at) between $from and $until
      and (rating <= 2 or (rating is null and lower(trim(kind)) in ('ticket', 'call')))
)
select customer_id, day, text
from complaints
where place = 1
