-- One row per contract that had started by $until: whose it is, and the business days on which it
-- started and ended. An end after $until has not happened.
--
-- Parameters: those of `Observation`.

select
    customer_id,
    business_date(started_at) as started,
    case when business_date(ended_at) <= $until then business_date(ended_at) end as ended,
    case when business_date(ended_at) <= $until then end_reason end as reason
from contracts
where business_date(started_at) <= $until
order by source, contract_id
