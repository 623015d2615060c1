-- One row per message of the period: for whom, in which campaign and arm, and from which business day
-- its window runs. That is the day the list was drawn up, where the source tells it (a call list
-- does), so that it is the same for those called later and those held out; else the day it was sent.
--
-- Parameters: those of `Observation`, $any_campaign and $campaigns.

with assigned as (
    select
        customer_id,
        message_id,
        source,
        trim(campaign) as campaign,
        lower(trim(arm)) as arm,
        propensity,
        trim(channel) as channel,
        coalesce(
            try_cast(substr(attributes->>'list_date', 1, 10) as date),
            business_date(sent_at)
        ) as day
    from messages
)
select
    customer_id,
    campaign,
    arm,
    propensity,
    channel,
    day,
    case
        when campaign is null or campaign = '' then 'no-campaign'
        when arm is null or arm not in ('treatment', 'holdout') then 'no-arm'
    end as left_out
from assigned
where day between $from and $until
  and ($any_campaign or array_has($campaigns, campaign))
order by campaign, customer_id, day, source, message_id
