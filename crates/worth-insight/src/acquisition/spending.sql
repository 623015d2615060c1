-- One row per entry of spending: channel, kind, first and last business day (an entry that begins and
-- ends at one moment is that day), amount in $currency at the rate of its first day, and why it does
-- not count, if it does not.
--
-- Opened by `money.sql`. Parameters: those of `Observation`, and $business_currency.

entries as (
    select
        source, channel, kind, amount, currency, from_at, until_at,
        business_date(from_at) as first_day,
        business_date(greatest(from_at, until_at - interval '1 microsecond')) as last_day
    from spending
)
select
    channel,
    kind,
    first_day,
    last_day,
    case
        when entries.currency = $currency then amount
        else cast(round(amount * factor, 4) as decimal(18, 4))
    end as amount,
    case
        when until_at < from_at then 'spending-turned'
        when kind not in ('acquisition', 'service', 'retention') then 'spending-of-no-kind'
        when entries.currency <> $currency and factor is null then 'spending-without-rate'
    end as left_out
from entries
left join factors on factors.currency = entries.currency and factors.day = entries.first_day
order by channel, kind, from_at, source
