-- One row per respondent, brand, measure, dimension, role and stage: the sum of the scores given,
-- on 1..10, and how many there were. Answers that cannot be used are counted by reason instead.
--
-- Parameters
--   $from, $until                                first and last business day, both inclusive
--   $any_region, $region and so on               whether any counts, else the list of those that do
--   (region, role, stage, category; brands are told apart later, when the own one is known)
--
-- Scale. A score becomes 1 + 9 × (score − scale_min) / (scale_max − scale_min), so that the least
-- answer is 1 and the most is 10; a scale written from its highest to its lowest answer is read
-- turned round. Importance becomes a share of the most important answer, because weights need a
-- true zero: scales that begin at 0 (points shared out, 0..10) as they are, others after having
-- been put on 1..10.
--
-- Scores are summed as decimals: exact, so in any sequence.
with
regions as (
    select customer_id, max(region) as region
    from customers
    group by customer_id
),

-- what holds for all answers of one filled-in form
forms as (
    select
        source,
        response_id,
        max(customer_id) as customer_id,
        max(role) as role,
        max(region) as region,
        coalesce(max(weight), 1.0) as weight
    from survey_answers
    group by source, response_id
),

answers as (
    select
        forms.customer_id,
        -- all forms of one customer are one respondent
        case when forms.customer_id is null then forms.source end as form_source,
        case when forms.customer_id is null then forms.response_id end as form_id,
        forms.weight,
        coalesce(regions.region, forms.region) as region,
        lower(trim(coalesce(answer.role, forms.role))) as role,
        trim(answer.stage) as stage,
        answer.category,
        trim(answer.brand) as brand,
        lower(trim(answer.measure)) as measure,
        lower(trim(answer.dimension)) as dimension,
        answer.score,
        answer.scale_min,
        answer.scale_max,
        business_date(answer.answered_at) as answered_on
    from survey_answers as answer
    join forms on forms.source = answer.source and forms.response_id = answer.response_id
    left join regions on regions.customer_id = forms.customer_id
),

in_scope as (
    select
        *,
        case
            when measure not in ('benefit', 'cost', 'importance', 'overall', 'worth', 'satisfaction')
                then 'other-measure'
            when measure in ('benefit', 'cost', 'importance') and dimension is null
                then 'no-dimension'
            when score is null then 'no-score'
            when scale_min is null or scale_max is null or scale_min = scale_max then 'no-scale'
            when score < least(scale_min, scale_max) or score > greatest(scale_min, scale_max)
                then 'outside-scale'
            when not weight > 0 then 'no-weight'
        end as left_out
    from answers
    where answered_on between $from and $until
        and ($any_region or array_has($region, region))
        and ($any_role or array_has($role, role))
        -- importance is said once, of no stage and no category
        and ($any_stage or array_has($stage, stage) or (stage is null and measure = 'importance'))
        and ($any_category or array_has($category, category)
            or (category is null and measure = 'importance'))
),

scored as (
    select
        *,
        case
            when left_out is not null then null
            when measure = 'importance' and scale_min = 0 then score / scale_max
            when measure = 'importance'
                then (1 + 9 * (score - scale_min) / (scale_max - scale_min)) / 10
            else 1 + 9 * (score - scale_min) / (scale_max - scale_min)
        end as on_ten
    from in_scope
)

select
    case when left_out is null then customer_id end as customer_id,
    case when left_out is null then form_source end as form_source,
    case when left_out is null then form_id end as form_id,
    case when left_out is null then brand end as brand,
    case when left_out is null then measure end as measure,
    case when left_out is null and measure in ('benefit', 'cost', 'importance') then dimension end
        as dimension,
    case when left_out is null then role end as role,
    case when left_out is null then stage end as stage,
    left_out,
    max(weight) as weight,
    cast(sum(cast(on_ten as decimal(18, 9))) as double) as score_sum,
    count(*) as answers,
    min(answered_on) as first_day,
    max(answered_on) as last_day
from scored
group by 1, 2, 3, 4, 5, 6, 7, 8, 9
order by 1, 2, 3, 4, 5, 6, 7, 8, 9
