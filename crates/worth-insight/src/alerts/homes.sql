-- In which stores and channels each customer bought on which business days. `homes.rs` makes of it
-- where each customer is at home.
--
-- Parameters: those of `Observation`; what makes a purchase as in `../lifetime/features.sql`.

select
    customer_id,
    business_date(ordered_at) as day,
    touchpoint as store,
    channel
from order_lines
where business_date(ordered_at) between $from and $until
  and customer_id is not null
  and amount >= 0
  and coalesce(status, 'placed') not in ('cancelled', 'refused', 'returned')
  and ($any_channel or array_has($channel, channel))
  and ($any_category or array_has($category, category))
group by customer_id, business_date(ordered_at), touchpoint, channel
