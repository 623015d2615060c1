-- Opens every statement about survey answers: what is known of who filled in a form.
with
-- what holds for all answers of one filled-in form
forms as (
    select
        source,
        response_id,
        max(customer_id) as customer_id,
        max(account_id) as account,
        max(role) as role,
        max(region) as region,
        max(culture) as culture,
        max(usual_brand) as usual_brand,
        max(survey) as survey,
        max(answered_at) as answered_at,
        coalesce(max(weight), 1.0) as weight
    from survey_answers
    group by source, response_id
),

-- what is known of who filled it in; here and below the few come first: a join keeps its left side in
-- memory, and must keep neither all customers nor all answers
respondents as (
    select
        forms.source,
        forms.response_id,
        max(forms.customer_id) as customer_id,
        coalesce(max(forms.account), max(known.account_id)) as account,
        max(forms.role) as role,
        coalesce(max(known.region), max(forms.region)) as region,
        coalesce(max(known.culture), max(forms.culture)) as culture,
        max(known.acquisition_channel) as channel,
        max(forms.usual_brand) as usual_brand,
        max(forms.survey) as survey,
        max(forms.answered_at) as answered_at,
        max(forms.weight) as weight
    from forms
    left join customers as known on known.customer_id = forms.customer_id
    group by forms.source, forms.response_id
),

