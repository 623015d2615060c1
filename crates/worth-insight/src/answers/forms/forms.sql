-- One row per answer of every form there is, form after form: what forms are judged by. Opened by
-- respondents.sql; without parameters, because a form is judged by all its answers, and against all forms
-- of its survey, whatever the scope.
answers as (
    select
        form.source,
        form.response_id,
        form.survey,
        form.customer_id,
        form.region,
        form.culture,
        form.channel,
        form.weight,
        form.answered_at,
        -- a customer may say the same of two orders on one day
        concat_ws(
            '/',
            coalesce(answer.order_id, ''),
            coalesce(answer.event_id, ''),
            coalesce(answer.product_id, ''),
            coalesce(answer.touchpoint, ''),
            coalesce(answer.stage, ''),
            coalesce(answer.role, '')
        ) as about,
        lower(trim(coalesce(answer.brand, ''))) as brand,
        answer.question,
        lower(trim(answer.measure)) as measure,
        answer.score,
        answer.scale_min,
        answer.scale_max,
        cast(answer.seconds as double) as seconds
    from respondents as form
    join survey_answers as answer
        on answer.source = form.source and answer.response_id = form.response_id
)

select *
from answers
order by source, response_id, brand, question
