-- The last business day on which a step was taken.
with
lasts as (
    select max(at) as at from events
    union all
    select max(greatest(ordered_at, coalesce(delivered_at, ordered_at))) from order_lines
    union all
    select max(sent_at) from messages
    union all
    select max(at) from feedback
    union all
    select max(answered_at) from survey_answers
)
select business_date(max(at)) as last_day from lasts
