-- How satisfied people said they were with something they did, a touchpoint or a stage: how many gave which
-- score. Scores of surveys are put on 1 to 10; ratings of feedback stay on the scale of their source.
--
-- Parameters
--   $from, $until        first and last business day, both inclusive
--   $own_brand           the own brand in small letters, empty when nobody named one
with
said as (
    select
        lower(trim(measure)) as measure, event_id, stage, touchpoint,
        1 + 9 * (score - scale_min) / (scale_max - scale_min) as score
    from survey_answers
    where lower(trim(measure)) in ('satisfaction', 'overall')
        and score between least(scale_min, scale_max) and greatest(scale_min, scale_max)
        and scale_min <> scale_max
        and coalesce(event_id, stage, touchpoint) is not null
        and (brand is null or $own_brand = '' or lower(trim(brand)) = $own_brand)
        and business_date(answered_at) between $from and $until

    union all
    select 'rating', event_id, null, touchpoint, rating
    from feedback
    where rating is not null
        and coalesce(event_id, touchpoint) is not null
        and business_date(at) between $from and $until
),

-- the few events that somebody spoke of
spoken_of as (
    select event_id, min(name) as name
    from events
    where event_id in (select event_id from said where event_id is not null)
    group by event_id
)

select said.measure, spoken_of.name, said.stage, said.touchpoint, said.score, count(*) as answers
from said
left join spoken_of on spoken_of.event_id = said.event_id
group by said.measure, spoken_of.name, said.stage, said.touchpoint, said.score
order by said.measure, spoken_of.name, said.stage, said.touchpoint, said.score
