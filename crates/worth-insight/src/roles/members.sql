-- Who has which part in which account: what holds on the last day, and every part that people who
-- answered a survey ever had. One row per row of `roles`, account by account.
--
-- Parameters: $until, the last business day
with answered as (
    select distinct customer_id
    from survey_answers
    where customer_id is not null
),

-- what two sources say alike is said once
parts as (
    select distinct
        account_id as account,
        customer_id,
        lower(trim(role)) as role,
        business_date(since) as since,
        business_date(until) as until,
        weight
    from roles
)

select
    parts.*,
    answered.customer_id is not null as has_answered,
    (since is null or since <= $until) and (until is null or until >= $until) as holds
from parts
left join answered on answered.customer_id = parts.customer_id
order by account, parts.customer_id, role, since, weight
