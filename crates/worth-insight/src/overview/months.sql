-- One row per month with sales: how many orders and customers there were, and how much stayed after
-- refunds. Anonymous sales are in the totals; cancelled, refused and returned lines and money in
-- another currency without a rate are not.
--
-- Opened by `money.sql`. Parameters: those of `Observation`, and $business_currency.

lines as (
    select source, order_id, customer_id, business_date(ordered_at) as day, amount, currency
    from order_lines
    where business_date(ordered_at) between $from and $until
      and ($any_channel or array_has($channel, channel))
      and ($any_category or array_has($category, category))
      and not (amount >= 0 and coalesce(status, 'placed') in ('cancelled', 'refused', 'returned'))
),
valued as (
    select source, order_id, customer_id, date_trunc('month', lines.day) as month, amount as before,
           case
               when lines.currency = $currency then amount
               else cast(round(amount * factor, 4) as decimal(18, 4))
           end as amount
    from lines
    left join factors on factors.currency = lines.currency and factors.day = lines.day
),
-- Refunds alone are no order.
orders as (
    select month, source, order_id, customer_id, sum(amount) as amount,
           bool_or(before >= 0) as sold
    from valued
    where amount is not null
    group by month, source, order_id, customer_id
)
select
    cast(month as date) as month,
    sum(case when sold then 1 else 0 end) as orders,
    count(distinct case when sold then customer_id end) as customers,
    cast(sum(amount) as double) as revenue
from orders
group by month
order by month
