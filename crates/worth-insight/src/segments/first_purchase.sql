-- Money by customer, business day and value of an expression over the order lines (channel,
-- category, product, touchpoint), over lines that make a purchase. The code beside it keeps the day of
-- each customer's first purchase, and puts the expression for {expression}.
--
-- Opened by `money.sql`. Parameters: those of `Observation`, and $business_currency.

lines as (
    select customer_id, business_date(ordered_at) as day, {expression} as value, amount, currency
    from order_lines
    where business_date(ordered_at) between $from and $until
      and customer_id is not null
      and {expression} is not null
      and amount >= 0
      and coalesce(status, 'placed') not in ('cancelled', 'refused', 'returned')
      and ($any_channel or array_has($channel, channel))
      and ($any_category or array_has($category, category))
)
select
    customer_id,
    lines.day,
    value,
    cast(sum(
        case
            when lines.currency = $currency then amount
            else cast(round(amount * factor, 4) as decimal(18, 4))
        end
    ) as decimal(38, 4)) as amount
from lines
left join factors on factors.currency = lines.currency and factors.day = lines.day
group by customer_id, lines.day, value
