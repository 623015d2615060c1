-- Opens every statement that adds up money: what one unit of a currency is worth in $currency on a
-- business day. A currency without a rate for its day has no row, so its money is left out, and
-- counted. ($business_currency: what `exchange_rates.rate` is given in.)

with rates as (
    select currency, business_date(at) as day, last_value(rate order by at) as rate
    from exchange_rates
    group by currency, business_date(at)
    union all
    select distinct $business_currency, business_date(at), cast(1 as double)
    from exchange_rates
    where currency <> $business_currency
),
factors as (
    select known.currency, known.day, known.rate / wanted.rate as factor
    from rates as known
    join rates as wanted on wanted.day = known.day
    where wanted.currency = $currency and known.currency <> $currency
),
