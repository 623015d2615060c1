-- One row per refund (a line with a negative amount) of a known customer: on which business day it
-- happened, how much came back, and the day of the order that it refers to. Asked only when
-- `features.sql` met refunds.
--
-- A refund refers to the order that `refund_of` names; without that, to the order that it is itself
-- a line of, when that order also has a line that was sold. `order_counts` is false when every sold
-- line of that order is cancelled, refused or returned: such an order is no purchase, so its refund
-- takes nothing from other days.
--
-- Opened by `money.sql`; parameters as in `features.sql`.

refunds as (
    select source, customer_id, business_date(ordered_at) as day, amount, currency,
           refund_of is not null as named, coalesce(refund_of, order_id) as refers_to
    from order_lines
    where amount < 0 and customer_id is not null
      and business_date(ordered_at) between $from and $until
      and ($any_channel or array_has($channel, channel))
      and ($any_category or array_has($category, category))
),
referred as (
    select distinct source, refers_to from refunds
),
orders as (
    -- the few come first: a join keeps its left side in memory, and must not keep all order lines
    select sold.source, sold.order_id, min(business_date(sold.ordered_at)) as day,
           bool_or(coalesce(sold.status, 'placed') not in ('cancelled', 'refused', 'returned')) as counts
    from referred
    join order_lines as sold on sold.source = referred.source and sold.order_id = referred.refers_to
    where sold.amount >= 0
      and business_date(sold.ordered_at) between $from and $until
    group by sold.source, sold.order_id
)
select
    refunds.customer_id,
    refunds.day,
    case
        when refunds.currency = $currency then -amount
        else cast(round(-amount * factor, 4) as decimal(18, 4))
    end as amount,
    refunds.named,
    orders.day as order_day,
    orders.counts as order_counts
from refunds
left join orders on orders.source = refunds.source and orders.order_id = refunds.refers_to
left join factors on factors.currency = refunds.currency and factors.day = refunds.day
where refunds.currency = $currency or factor is not null
