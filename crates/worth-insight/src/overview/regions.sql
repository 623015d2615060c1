-- One row per region: customers who bought, and those of them who answered a survey.
-- Parameters: those of `Observation`.

with buyers as (
    select distinct customer_id
    from order_lines
    where customer_id is not null and business_date(ordered_at) between $from and $until
),
responders as (
    select distinct customer_id
    from survey_answers
    where customer_id is not null
),
homes as (
    select customer_id, min(region) as region
    from customers
    where region is not null and ($any_region or array_has($region, region))
    group by customer_id
)
select homes.region, count(*) as customers, count(responders.customer_id) as responders
from homes
join buyers on buyers.customer_id = homes.customer_id
left join responders on responders.customer_id = homes.customer_id
group by homes.region
order by homes.region
