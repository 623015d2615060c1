-- Visitors who were ever seen with a customer's id, until the end of observation.
--
-- Parameters
--   $until               last business day, inclusive
select
    anonymous_id,
    min(customer_id) as customer_id,
    count(distinct customer_id) > 1 as is_ambiguous
from events
where customer_id is not null and anonymous_id is not null and business_date(at) <= $until
group by anonymous_id
