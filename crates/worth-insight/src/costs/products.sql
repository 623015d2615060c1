-- What products are called, by id: the last name in byte order where there are several.

select product_id, max(product_name) as product_name
from order_lines
where product_id is not null and product_name is not null
group by product_id
