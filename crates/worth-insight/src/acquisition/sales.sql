-- What was sold on each business day in $currency, to anyone: sales without a customer are served too.
-- Refunds are taken off on their own day; money without an exchange rate is left out.
--
-- Opened by `money.sql`. Parameters: those of `Observation`, and $business_currency.

lines as (
    select business_date(ordered_at) as day, amount, currency
    from order_lines
    where business_date(ordered_at) between $from and $until
      and (amount < 0 or coalesce(status, 'placed') not in ('cancelled', 'refused', 'returned'))
)
select
    lines.day,
    cast(sum(
        case
            when lines.currency = $currency then amount
            else cast(round(amount * factor, 4) as decimal(18, 4))
        end
    ) as decimal(38, 4)) as amount
from lines
left join factors on factors.currency = lines.currency and factors.day = lines.day
group by lines.day
order by lines.day
