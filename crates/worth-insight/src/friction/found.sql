-- Every entry that may be trouble, and every entry of one customer: `why` finds in it who met what.
--
-- Opened by `done.sql`. Parameters besides its own:
--   $customer      the customer; empty when nobody is meant

select person, customer_id, at, from_table || '/' || name as action, stage, touchpoint, trouble, wait
from done
where trouble is not null or wait is not null or customer_id = $customer
order by person, customer_id, at
