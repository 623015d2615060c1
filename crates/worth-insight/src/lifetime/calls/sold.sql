-- What each customer bought of each category: on how many business days, for how much at the price
-- paid, what of it had a list price, and where the last of it was bought.
--
-- Opened by `money.sql`; parameters and the rule of what counts as in `../features.sql`.

sold as (
    select customer_id, business_date(ordered_at) as day, ordered_at, category, touchpoint,
           amount, list_amount, currency
    from order_lines
    where customer_id is not null
      and amount >= 0
      and coalesce(status, 'placed') not in ('cancelled', 'refused', 'returned')
      and business_date(ordered_at) between $from and $until
      and ($any_channel or array_has($channel, channel))
      and ($any_category or array_has($category, category))
),
in_money as (
    select
        customer_id, sold.day, ordered_at, category, touchpoint,
        case
            when sold.currency = $currency then amount
            else cast(round(amount * factor, 4) as decimal(18, 4))
        end as paid,
        case
            when sold.currency = $currency then list_amount
            else cast(round(list_amount * factor, 4) as decimal(18, 4))
        end as listed
    from sold
    left join factors on factors.currency = sold.currency and factors.day = sold.day
    where sold.currency = $currency or factor is not null
)
select
    customer_id,
    category,
    count(distinct day) as days,
    sum(paid) as paid,
    sum(case when listed > 0 then paid end) as paid_of_listed,
    sum(case when listed > 0 then listed end) as listed,
    max(case when touchpoint is not null then ordered_at end) as last_at,
    last_value(touchpoint order by ordered_at, touchpoint)
        filter (where touchpoint is not null) as last_store
from in_money
group by customer_id, category
