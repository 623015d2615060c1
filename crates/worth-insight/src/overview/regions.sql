-- One row per region: customers who bought, and those of them who answered a survey.
-- Parameters: those of `Observation`. One aggregation, which goes to disk when there are very many
-- customers; a join would have to keep them in memory.

with people as (
    select
        customer_id,
        min(region) as region,
        max(bought) as bought,
        max(responded) as responded
    from (
        select customer_id, region, 0 as bought, 0 as responded
        from customers
        where region is not null and ($any_region or array_has($region, region))
        union all
        select customer_id, cast(null as text), 1, 0
        from order_lines
        where customer_id is not null and business_date(ordered_at) between $from and $until
        union all
        select customer_id, cast(null as text), 0, 1
        from survey_answers
        where customer_id is not null
    ) as seen
    group by customer_id
)
select region, count(*) as customers, sum(responded) as responders
from people
where region is not null and bought = 1
group by region
order by region
