-- How many customers there are of each region, culture and channel: whom respondents stand for.
select 'region' as margin, region as category, count(*) as customers
from customers
where region is not null
group by region
union all
select 'culture', culture, count(*)
from customers
where culture is not null
group by culture
union all
select 'channel', acquisition_channel, count(*)
from customers
where acquisition_channel is not null
group by acquisition_channel
order by margin, category
