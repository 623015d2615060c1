-- One row per order line of the period: who bought, on which business day, for how much in
-- $currency, at which cost (if the line says so), and why the line does not count, if it does not.
-- `purchases.rs` folds these rows into one compact row per customer.
--
-- Opened by `money.sql`. Parameters: those of `Observation`, and $business_currency.

lines as (
    select customer_id, business_date(ordered_at) as day, amount, cost, currency, status
    from order_lines
    where business_date(ordered_at) between $from and $until
      and ($any_channel or array_has($channel, channel))
      and ($any_category or array_has($category, category))
)
select
    customer_id,
    lines.day,
    case
        when lines.currency = $currency then amount
        else cast(round(amount * factor, 4) as decimal(18, 4))
    end as amount,
    case
        when lines.currency = $currency then cost
        else cast(round(cost * factor, 4) as decimal(18, 4))
    end as cost,
    case
        when customer_id is null then 'anonymous'
        when lines.currency <> $currency and factor is null then 'no-exchange-rate'
        when amount >= 0 and status in ('cancelled', 'refused', 'returned') then status
    end as left_out
from lines
left join factors on factors.currency = lines.currency and factors.day = lines.day
