//! `business_date(at)`: the day of a point in time on the calendar of the business.
//!
//! A time zone changes its offset a few times a year at most, so the offset of a value is
//! nearly always the one of the value before it: it is looked up once per stretch of constant
//! offset, and the rest is a comparison and a division.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, Date32Array};
use datafusion::arrow::datatypes::{DataType, TimeUnit, TimestampMicrosecondType};
use datafusion::common::{Result, exec_datafusion_err, plan_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const MICROSECONDS_PER_SECOND: i64 = 1_000_000;
const MICROSECONDS_PER_DAY: i64 = 86_400 * MICROSECONDS_PER_SECOND;

/// The SQL function `business_date(at)` for a time zone: a timestamp becomes a `date`.
/// Other kinds of time (dates, text in ISO 8601) are taken as UTC timestamps.
pub fn business_date(timezone: TimeZone) -> ScalarUDF {
    ScalarUDF::new_from_impl(BusinessDate {
        timezone,
        signature: Signature::user_defined(Volatility::Immutable),
    })
}

#[derive(Debug)]
struct BusinessDate {
    timezone: TimeZone,
    signature: Signature,
}

impl PartialEq for BusinessDate {
    fn eq(&self, other: &Self) -> bool {
        self.timezone == other.timezone
    }
}

impl Eq for BusinessDate {}

impl Hash for BusinessDate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.timezone.iana_name().hash(state);
    }
}

impl ScalarUDFImpl for BusinessDate {
    fn name(&self) -> &str {
        "business_date"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        match arguments {
            [
                DataType::Timestamp(_, _)
                | DataType::Date32
                | DataType::Date64
                | DataType::Utf8
                | DataType::Utf8View
                | DataType::LargeUtf8
                | DataType::Null,
            ] => Ok(vec![DataType::Timestamp(
                TimeUnit::Microsecond,
                Some("UTC".into()),
            )]),
            [other] => plan_err!("business_date takes a timestamp, not {other}"),
            _ => plan_err!(
                "business_date takes one timestamp, not {} arguments",
                arguments.len()
            ),
        }
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Date32)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let scalar = matches!(arguments.args.first(), Some(ColumnarValue::Scalar(_)));
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let times = arrays[0]
            .as_primitive_opt::<TimestampMicrosecondType>()
            .ok_or_else(|| {
                exec_datafusion_err!("business_date was given {}", arrays[0].data_type())
            })?;
        let mut stretch =
            Stretch::around(&self.timezone, times.values().first().copied().unwrap_or(0));
        let days = times.values().iter().map(|&micros| {
            if micros < stretch.from || micros >= stretch.until {
                stretch = Stretch::around(&self.timezone, micros);
            }
            day(micros, stretch.offset)
        });
        let days = Date32Array::new(days.collect(), times.nulls().cloned());
        if scalar {
            let value = datafusion::common::ScalarValue::try_from_array(&days, 0)?;
            return Ok(ColumnarValue::Scalar(value));
        }
        Ok(ColumnarValue::Array(Arc::new(days)))
    }
}

/// A stretch of time in which the offset from UTC does not change, in microseconds.
struct Stretch {
    /// First microsecond of it.
    from: i64,
    /// First microsecond after it.
    until: i64,
    offset: i64,
}

impl Stretch {
    fn around(timezone: &TimeZone, micros: i64) -> Stretch {
        let Ok(at) = Timestamp::from_microsecond(micros) else {
            // Beyond the years -9999 to 9999 no calendar is agreed upon; count in UTC.
            return Stretch {
                from: micros,
                until: micros.saturating_add(1),
                offset: 0,
            };
        };
        let offset = i64::from(timezone.to_offset(at).seconds()) * MICROSECONDS_PER_SECOND;
        let until = timezone.following(at).next();
        let until = until
            .map_or(Timestamp::MAX, |change| change.timestamp())
            .as_microsecond();
        // `preceding` leaves out the instant it starts from, which may be a change itself.
        let after = Timestamp::from_microsecond(micros.saturating_add(1)).unwrap_or(at);
        let from = timezone.preceding(after).next();
        let from = from
            .map_or(Timestamp::MIN, |change| change.timestamp())
            .as_microsecond();
        Stretch {
            from,
            until,
            offset,
        }
    }
}

/// Days since 1970-01-01 of a time at an offset, both in microseconds.
fn day(micros: i64, offset: i64) -> i32 {
    let days = micros
        .saturating_add(offset)
        .div_euclid(MICROSECONDS_PER_DAY);
    i32::try_from(days).expect("64 bits of microseconds are fewer than 2^31 days")
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::{ArrayRef, RecordBatch, TimestampMicrosecondArray};
    use datafusion::prelude::SessionContext;
    use proptest::prelude::*;

    use super::*;

    /// The dates of `times` by the SQL function.
    async fn dates(zone: &str, times: &[Option<&str>]) -> Vec<Option<String>> {
        let context = SessionContext::new();
        context.register_udf(business_date(TimeZone::get(zone).expect("a zone")));
        let micros = times.iter().map(|time| {
            time.map(|time| time.parse::<Timestamp>().expect("a time").as_microsecond())
        });
        let times = TimestampMicrosecondArray::from_iter(micros).with_timezone("UTC");
        let batch = RecordBatch::try_from_iter([("at", Arc::new(times) as ArrayRef)]);
        context
            .register_batch("times", batch.expect("one column"))
            .expect("a free name");
        let frame = context.sql("select cast(business_date(at) as varchar) from times");
        let batches = frame
            .await
            .expect("it plans")
            .collect()
            .await
            .expect("it runs");
        batches
            .iter()
            .flat_map(|batch| {
                let texts = datafusion::arrow::compute::cast(batch.column(0), &DataType::Utf8);
                let texts = texts.expect("text is text");
                let texts = texts.as_string::<i32>();
                texts
                    .iter()
                    .map(|text| text.map(str::to_owned))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    #[tokio::test]
    async fn days_begin_at_local_midnight() {
        let dates = dates(
            "Asia/Ho_Chi_Minh",
            &[
                Some("2025-01-31T16:59:59.999999Z"),
                Some("2025-01-31T17:00:00Z"),
                None,
            ],
        );
        let expected = [Some("2025-01-31"), Some("2025-02-01"), None];
        assert_eq!(dates.await, expected.map(|date| date.map(str::to_owned)));
    }

    #[tokio::test]
    async fn clock_changes_move_midnight() {
        // Berlin: +01:00 until 2025-03-30T01:00Z, +02:00 until 2025-10-26T01:00Z.
        let dates = dates(
            "Europe/Berlin",
            &[
                Some("2025-03-29T22:59:59Z"),
                Some("2025-03-29T23:00:00Z"),
                Some("2025-03-30T21:59:59Z"),
                Some("2025-03-30T22:00:00Z"),
                Some("2025-10-25T21:59:59Z"),
                Some("2025-10-25T22:00:00Z"),
                Some("2025-10-26T22:59:59Z"),
                Some("2025-10-26T23:00:00Z"),
                Some("1905-01-01T00:00:00Z"),
            ],
        );
        let expected = [
            "2025-03-29",
            "2025-03-30",
            "2025-03-30",
            "2025-03-31",
            "2025-10-25",
            "2025-10-26",
            "2025-10-26",
            "2025-10-27",
            "1905-01-01",
        ];
        assert_eq!(dates.await, expected.map(|date| Some(date.to_owned())));
    }

    proptest! {
        /// Whatever the order of the times, each has the date that the calendar gives it alone.
        #[test]
        fn agrees_with_the_calendar(
            times in proptest::collection::vec(-3_000_000_000_i64..5_000_000_000, 1..50),
            zone in proptest::sample::select(vec![
                "America/New_York", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe", "Africa/Casablanca",
                "Pacific/Apia", "UTC",
            ]),
        ) {
            let zone = TimeZone::get(zone).expect("a zone");
            let mut stretch = Stretch::around(&zone, 0);
            for seconds in times {
                let at = Timestamp::from_second(seconds).expect("within the calendar");
                let micros = at.as_microsecond();
                if micros < stretch.from || micros >= stretch.until {
                    stretch = Stretch::around(&zone, micros);
                }
                let date = zone.to_datetime(at).date();
                let epoch = jiff::civil::date(1970, 1, 1);
                let expected = (date - epoch).get_days();
                prop_assert_eq!(day(micros, stretch.offset), expected);
            }
        }
    }
}
