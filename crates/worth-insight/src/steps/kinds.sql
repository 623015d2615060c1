-- Every name, stage and touchpoint of an action, and how often there is one: what rules on names are
-- applied to. The `kind` of an action says what it can take.

with sold as (
    select touchpoint, count(*) as rows_of_kind from order_lines group by touchpoint
)

select 'events' as from_table, name, stage, touchpoint, count(*) as rows_of_kind
from events
group by name, stage, touchpoint

union all
select 'order_lines', kinds.name, null, touchpoint, rows_of_kind
from sold
cross join (values ('order'), ('delivery'), ('refund')) as kinds (name)

union all
select 'messages', 'message_sent', null, channel, count(*) from messages group by channel

union all
select 'feedback', coalesce(lower(trim(kind)), 'feedback'), null, touchpoint, count(*)
from feedback
group by coalesce(lower(trim(kind)), 'feedback'), touchpoint

union all
select 'survey_answers', 'survey', stage, touchpoint, count(*)
from survey_answers
group by stage, touchpoint

-- a form with several stages has none
union all
select 'survey_answers', 'survey', null, touchpoint, count(*) from survey_answers group by touchpoint

union all
select 'survey_answers', 'survey', stage, null, count(*) from survey_answers group by stage

union all
select 'survey_answers', 'survey', null, null, count(*) from survey_answers
