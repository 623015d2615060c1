-- One row per step that somebody took: what the tables say of what customers did, and of what reached
-- them, as steps of journeys. In no order: whoever reads them sorts once.
--
-- Parameters
--   $from, $until        first and last business day, both inclusive
--   $any_channel, $channel
--   $tables              names of the tables that count
--
-- What a survey or a remark is about (its stage, its touchpoint) is not where it was given: these steps
-- have none. A sequence orders the steps of one instant: an order is placed before it is delivered.
with
sales as (
    -- an order is placed once, however many lines it has
    select
        max(customer_id) as customer_id,
        min(ordered_at) as ordered_at,
        max(delivered_at) as delivered_at,
        max(touchpoint) as touchpoint,
        max(channel) as channel,
        bool_and(coalesce(status, 'placed') in ('cancelled', 'refused')) as is_called_off,
        bool_and(coalesce(status, 'placed') = 'returned') as is_returned
    from order_lines
    where array_has($tables, 'order_lines') and amount >= 0 and refund_of is null
    group by source, order_id
),

refunds as (
    select
        max(customer_id) as customer_id,
        min(ordered_at) as refunded_at,
        max(touchpoint) as touchpoint,
        max(channel) as channel
    from order_lines
    where array_has($tables, 'order_lines') and (amount < 0 or refund_of is not null)
    group by source, order_id, refund_of
),

forms as (
    -- a form is filled in once, however many questions it has
    select
        max(customer_id) as customer_id,
        max(answered_at) as answered_at
    from survey_answers
    where array_has($tables, 'survey_answers')
    group by source, response_id
),

-- a holdout's message was not sent
sent as (
    select * from messages
    where array_has($tables, 'messages') and coalesce(lower(trim(arm)), '') <> 'holdout'
),

steps as (
    select
        'events' as from_table, customer_id, anonymous_id, at, sequence, name, stage, touchpoint,
        channel, lower(trim(outcome)) as outcome, source || '/' || journey_id as journey
    from events
    where array_has($tables, 'events')

    union all
    select
        'order_lines', customer_id, null, ordered_at, 0, 'order', null, touchpoint, channel,
        case when is_called_off then 'abandoned' when is_returned then 'failed' else 'ok' end, null
    from sales

    union all
    select 'order_lines', customer_id, null, delivered_at, 1, 'delivery', null, touchpoint, channel, 'ok', null
    from sales
    where delivered_at is not null

    union all
    select 'order_lines', customer_id, null, refunded_at, 2, 'refund', null, touchpoint, channel, null, null
    from refunds

    union all
    select 'messages', customer_id, null, sent_at, 0, 'message_sent', null, channel as touchpoint, channel, null, null
    from sent

    union all
    select 'messages', customer_id, null, opened_at, 1, 'message_opened', null, channel as touchpoint, channel, null, null
    from sent
    where opened_at is not null

    union all
    select 'messages', customer_id, null, clicked_at, 2, 'message_clicked', null, channel as touchpoint, channel, null, null
    from sent
    where clicked_at is not null

    union all
    select
        'feedback', customer_id, null, at, 0, coalesce(lower(trim(kind)), 'feedback'), null, null, null,
        null, null
    from feedback
    where array_has($tables, 'feedback')

    union all
    select 'survey_answers', customer_id, null, answered_at, 0, 'survey', null, null, null, null, null
    from forms
)

select *
from steps
where business_date(at) between $from and $until
    and ($any_channel or array_has($channel, channel))
