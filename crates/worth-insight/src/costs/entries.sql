-- Opens the statements of `costs`: one row per action, with what it took from the customer. Empty is
-- unknown, or no part of such an action; `measure.rs` knows which. Times are in microseconds, money is in
-- ten-thousandths of $currency: whole numbers, so that sums are exact.
--
-- Opened by `money.sql`. Parameters: those of `Observation`, $business_currency, and
--   $products      whether orders are told apart by product: a row for each line, not for each order
--
-- `actions` is 1, or 0 of a row that adds something to actions that are there already. `product` is its
-- name, of events and remarks its id: `names.rs` has the names. What stands left in a join is held in memory: a few rows,
-- never events or orders.

lines as (
    select
        line.source,
        line.order_id,
        line.customer_id,
        line.ordered_at,
        coalesce(line.product_name, line.product_id) as product,
        line.touchpoint,
        line.channel,
        line.promised_at,
        line.delivered_at,
        line.amount < 0 or line.refund_of is not null as is_refund,
        coalesce(line.status, 'placed') in ('cancelled', 'refused') as is_called_off,
        -- what came back as a whole, or was never taken, cost no money
        case
            when line.amount >= 0 and coalesce(line.status, 'placed') in ('cancelled', 'refused', 'returned')
                then cast(0 as bigint)
            when line.currency = $currency
                then cast((line.amount + coalesce(line.shipping, 0) + coalesce(line.tax, 0)) * 10000 as bigint)
            else cast(
                round((line.amount + coalesce(line.shipping, 0) + coalesce(line.tax, 0)) * factor * 10000)
                as bigint
            )
        end as money
    from order_lines as line
    left join factors on factors.currency = line.currency and factors.day = business_date(line.ordered_at)
    where ($any_category or array_has($category, line.category))
),

sales as (
    select
        source,
        order_id,
        max(customer_id) as customer_id,
        min(ordered_at) as ordered_at,
        max(touchpoint) as touchpoint,
        max(channel) as channel,
        max(promised_at) as promised_at,
        max(delivered_at) as delivered_at,
        bool_and(is_called_off) as is_called_off,
        -- one line without a rate, and the whole is unknown
        case when count(money) = count(*) then sum(money) end as money
    from lines
    where not is_refund
    group by source, order_id
),

deliveries as (
    select
        *,
        cast(delivered_at as bigint) - cast(ordered_at as bigint) as waiting,
        greatest(cast(delivered_at as bigint) - cast(promised_at as bigint), 0) as lateness
    from sales
    where (delivered_at is not null or promised_at is not null) and not is_called_off
),

-- an answer's time is part of the form's
forms as (
    select
        source,
        response_id,
        max(customer_id) as customer_id,
        max(answered_at) as answered_at,
        case when min(stage) = max(stage) then max(stage) end as stage,
        case when min(touchpoint) = max(touchpoint) then max(touchpoint) end as touchpoint,
        sum(cast(seconds * 1000000 as bigint)) as time
    from survey_answers
    group by source, response_id
),

-- where a source says of any event which data were asked for, the others asked for none
sources_with_fields as (
    select distinct source from events where array_length(fields) > 0
),

happened as (
    select
        event.*,
        case
            when asking.source is not null then coalesce(cast(array_length(event.fields) as bigint), 0)
        end as data
    from sources_with_fields as asking
    right join events as event on asking.source = event.source
),

-- the same step again in the same journey
repeated as (
    select
        max(customer_id) as customer_id,
        max(anonymous_id) as anonymous_id,
        source,
        max(at) as at,
        max(sequence) as sequence,
        name,
        stage,
        touchpoint,
        channel,
        count(*) - 1 as repeats
    from events
    where journey_id is not null
    group by source, journey_id, name, stage, touchpoint, channel
    having count(*) > 1
),

entries as (
    select
        customer_id,
        coalesce(customer_id, source || '/' || anonymous_id) as person,
        at,
        sequence,
        'events' as from_table,
        name,
        stage,
        touchpoint,
        channel,
        product_id as product,
        cast(1 as bigint) as actions,
        cast(null as bigint) as money,
        cast(seconds * 1000000 as bigint) as time,
        cast(null as bigint) as waiting,
        cast(null as bigint) as lateness,
        steps as effort,
        case when journey_id is not null then cast(0 as bigint) end as repeats,
        cast(null as bigint) as contacts,
        case when outcome is not null then cast(lower(trim(outcome)) = 'failed' as bigint) end as failures,
        cast(null as bigint) as refunds,
        cast(null as bigint) as late_deliveries,
        data as personal_data,
        cast(null as bigint) as messages,
        cast(null as bigint) as complaints,
        -- a price in another currency says nothing of what was at stake
        case
            when lower(trim(outcome)) <> 'failed' then cast(0 as bigint)
            when lower(trim(outcome)) = 'failed' and currency = $currency then cast(price * 10000 as bigint)
        end as at_stake,
        case when outcome is not null then cast(lower(trim(outcome)) = 'abandoned' as bigint) end as abandoned,
        source || '/' || journey_id as journey
    from happened

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || anonymous_id), at, sequence, 'events', name, stage,
        touchpoint, channel, null, 0, null, null, null, null, null, repeats, null, null, null, null, null,
        null, null, null, null, null
    from repeated

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || order_id), ordered_at, 0, 'order_lines', 'order',
        null, touchpoint, channel, null, 1, money, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null
    from sales
    where not $products

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || order_id), ordered_at, 0, 'order_lines', 'order',
        null, touchpoint, channel, product, 1, money, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null
    from lines
    where $products and not is_refund

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || order_id),
        coalesce(delivered_at, promised_at), 1, 'order_lines', 'delivery', null, touchpoint, channel, null, 1,
        null, null, waiting, lateness, null, null, null, null, null, cast(lateness > 0 as bigint), null, null,
        null, case when lateness > 0 then money when lateness = 0 then 0 end, null, null
    from deliveries

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || order_id), ordered_at, 2, 'order_lines', 'refund',
        null, touchpoint, channel, product, 1, money, null, null, null, null, null, null, null, 1, null, null,
        null, null, -money, null, null
    from lines
    where is_refund

    -- a holdout's message was not sent
    union all
    select
        customer_id, customer_id as person, sent_at, 0, 'messages', 'message_sent', null, channel as touchpoint, channel, null, 1, null,
        null, null, null, null, null, null, null, null, null, null, 1, null, null, null, null
    from messages
    where coalesce(lower(trim(arm)), '') <> 'holdout'

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || feedback_id), at, 0, 'feedback',
        coalesce(lower(trim(kind)), 'feedback'), null, touchpoint, null, product_id, 1, null, null, null, null,
        null, null, cast(coalesce(lower(trim(kind)), '') in ('ticket', 'call') as bigint), null, null, null,
        null, null,
        cast(
            coalesce(rating <= 2, coalesce(lower(trim(kind)), '') in ('ticket', 'call')) as bigint
        ),
        null,
        null,
        null
    from feedback

    union all
    select
        customer_id, coalesce(customer_id, source || '/' || response_id), answered_at, 0, 'survey_answers',
        'survey', stage, touchpoint, null, null, 1, null, time, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null
    from forms
),

wanted as (
    select distinct customer_id from customers where array_has($region, region)
),

in_scope as (
    select entries.*
    from wanted
    right join entries on wanted.customer_id = entries.customer_id
    where business_date(at) between $from and $until
        and ($any_channel or array_has($channel, channel))
        and ($any_region or wanted.customer_id is not null)
)
