-- What is known of each person, over all sources: one row per customer id. Whoever said no in one
-- source must not be contacted, whatever another source says.
select
    customer_id,
    max(name) as name,
    max(phone) as phone,
    max(email) as email,
    bool_and(contact_allowed) as contact_allowed
from customers
group by customer_id
