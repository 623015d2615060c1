-- One row per offer with a price in $currency until the end of observation: who asked how much for what,
-- and when.
--
-- Parameters: those of `Observation`.
select
    trim(brand) as brand,
    product_id,
    business_date(at) as day,
    cast(price as double) as price
from prices
where brand is not null
    and product_id is not null
    and price > 0
    and currency = $currency
    and business_date(at) <= $until
order by brand, product_id, at, price
