-- Everything that one customer did, or that reached them, in the order of time, with what it took.
--
-- Opened by `money.sql` and `entries.sql`. Parameters besides theirs:
--   $customer      the customer

select *
from in_scope
where customer_id = $customer and (actions > 0 or repeats > 0)
order by at, from_table, coalesce(sequence, 0), actions desc, name
