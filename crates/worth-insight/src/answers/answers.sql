-- One row per survey answer in scope, ordered by respondent (all forms of one customer are one
-- respondent), brand and question. Answers that a question cannot use carry the reason. Opened by
-- respondents.sql.
--
-- Parameters
--   $from, $until                                first and last business day, both inclusive
--   $any_region, $region and so on               whether any counts, else the list of those that do
--   (region, role, stage, category; brands are told apart later, when the own one is known)
--   $measures                                    the measures that the question uses
answers as (
    select
        answer.source,
        answer.response_id,
        form.customer_id,
        case when form.customer_id is null then form.source end as form_source,
        case when form.customer_id is null then form.response_id end as form_id,
        form.weight,
        form.usual_brand,
        form.account,
        form.region,
        form.culture,
        form.channel,
        lower(trim(coalesce(answer.role, form.role))) as role,
        trim(answer.stage) as stage,
        answer.touchpoint,
        answer.product_id as product,
        answer.category,
        trim(answer.brand) as brand,
        lower(trim(answer.measure)) as measure,
        lower(trim(answer.dimension)) as dimension,
        answer.question,
        answer.score,
        answer.scale_min,
        answer.scale_max,
        answer.text,
        business_date(answer.answered_at) as answered_on
    from respondents as form
    join survey_answers as answer
        on answer.source = form.source and answer.response_id = form.response_id
)

select
    *,
    case
        when not array_has($measures, measure) then 'other-measure'
        when measure in ('benefit', 'cost', 'importance', 'kano_with', 'kano_without')
            and dimension is null then 'no-dimension'
        -- how one feels with a feature may be said in words
        when score is null and (measure not in ('kano_with', 'kano_without') or text is null)
            then 'no-score'
        when score is not null
            and (scale_min is null or scale_max is null or scale_min = scale_max) then 'no-scale'
        when score < least(scale_min, scale_max) or score > greatest(scale_min, scale_max)
            then 'outside-scale'
        when not (weight > 0 and weight < 1e300) then 'no-weight'
    end as left_out
from answers
where answered_on between $from and $until
    and ($any_region or array_has($region, region))
    and ($any_role or array_has($role, role))
    -- importance is said once, of no stage and no category
    and ($any_stage or array_has($stage, stage) or (stage is null and measure = 'importance'))
    and ($any_category or array_has($category, category)
        or (category is null and measure = 'importance'))
order by customer_id, form_source, form_id, brand, question, answered_on, source, response_id
