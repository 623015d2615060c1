//! Everything people read, in their language: sentences from Fluent files, numbers, money, dates.
//!
//! Each room keeps its sentences beside its code, one file per language, ids beginning with the
//! room's name (`lifetime-title`). [`ROOMS`] gathers them; the binary adds its own with
//! [`Words::with_rooms`]. Tests below hold the two languages together: same ids, same arguments,
//! and every id that the code names is there.
//!
//! ```
//! use worth_insight::words::{Language, Unit, Words};
//!
//! let words = Words::new(Language::Vietnamese);
//! assert_eq!(words.number(1_250_000.0, 0), "1.250.000");
//! assert_eq!(words.money(1_250_000.0, "VND"), "1.250.000\u{a0}₫");
//! assert_eq!(words.money_short(1_253_000_000.0, "VND"), "1,25\u{a0}tỷ\u{a0}₫");
//! ```

mod numbers;
mod rooms;
mod unit;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;
use worth_lake::import::reason::Reason;
use worth_model::{Estimate, NoInterval, Spread};

use crate::error::Error;
use crate::question::LeftOut;
pub use numbers::NO_CURRENCY;
pub use rooms::ROOMS;
pub use unit::Unit;

/// What stands in for a variable of a sentence: text, or a number (which is then grouped as the
/// language does, and decides between singular and plural).
pub use fluent_bundle::FluentValue as Value;

/// The sentences of one room in both languages, as the text of Fluent files.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// What every id of the room begins with.
    pub name: &'static str,
    /// In English.
    pub english: &'static str,
    /// In Vietnamese.
    pub vietnamese: &'static str,
}

/// A language that Worth speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Vietnamese.
    #[serde(rename = "vi")]
    Vietnamese,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::Vietnamese];

    /// Its ISO 639-1 code, as in `worth.toml` and in the `lang` of a page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Vietnamese => "vi",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = Error;

    /// Reads "en" and "vi", also with a region ("vi-VN").
    fn from_str(text: &str) -> Result<Self, Error> {
        let wanted = text.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(wanted))
            .ok_or_else(|| Error::NotAChoice {
                parameter: "language",
                given: text.into(),
                choices: "en, vi".into(),
            })
    }
}

/// Writes sentences, numbers, money and dates in one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Words")
            .field(&self.language)
            .finish()
    }
}

impl Words {
    /// The words of this crate.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self::with_rooms(language, &[])
    }

    /// The words of this crate and those of further rooms (the binary's own).
    ///
    /// # Panics
    ///
    /// When a Fluent file is not well formed or an id is there twice. The files are compiled in,
    /// so a test that builds the words of both languages proves that it cannot happen.
    #[must_use]
    pub fn with_rooms(language: Language, further: &[Room]) -> Self {
        let tag: LanguageIdentifier = language
            .code()
            .parse()
            .expect("both codes are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks that keep mixed scripts in order are of no use here and confuse terminals.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| write_value(Language::English, value),
            Language::Vietnamese => |value, _| write_value(Language::Vietnamese, value),
        }));
        for room in ROOMS.iter().chain(further) {
            let text = match language {
                Language::English => room.english,
                Language::Vietnamese => room.vietnamese,
            };
            let resource = FluentResource::try_new(text.into()).unwrap_or_else(|(_, problems)| {
                panic!("words of `{}` in {language}: {problems:?}", room.name)
            });
            bundle
                .add_resource(resource)
                .unwrap_or_else(|problems| panic!("words of `{}`: {problems:?}", room.name));
        }
        Self { language, bundle }
    }

    /// The language of everything written here.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a sentence of that id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A sentence without variables. An id that is nowhere is shown as it is, and logged.
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.tell(id, &[])
    }

    /// A sentence with its variables:
    /// `words.tell("lifetime-silent", &[("customers", 212.into())])`.
    #[must_use]
    pub fn tell(&self, id: &str, variables: &[(&str, Value<'_>)]) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(id)
            .and_then(|message| message.value())
        else {
            tracing::error!(id, language = self.language.code(), "no such words");
            return id.into();
        };
        let arguments: FluentArgs<'_> = variables
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        let mut problems = Vec::new();
        let said = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut problems);
        if !problems.is_empty() {
            tracing::error!(id, ?problems, "words that do not fit");
        }
        said.into_owned()
    }

    /// A number with exactly so many decimals.
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        numbers::number(self.language, value, decimals)
    }

    /// A whole number of things.
    #[must_use]
    pub fn count(&self, things: u64) -> String {
        self.number(things as f64, 0)
    }

    /// A number with its sign, also when it is positive.
    #[must_use]
    pub fn signed(&self, value: f64, decimals: usize) -> String {
        numbers::signed(self.language, value, decimals)
    }

    /// A share of one as a percentage: 0.125 is "12.5%".
    #[must_use]
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        format!("{}%", self.number(share * 100.0, decimals))
    }

    /// How improbable something is by chance, with its sign: "= 0.012", "< 0.001".
    #[must_use]
    pub fn p_value(&self, p: f64) -> String {
        const LEAST: f64 = 0.001;
        let sign = if p < LEAST { "<" } else { "=" };
        format!("{sign} {}", self.number(p.max(LEAST), 3))
    }

    /// An amount in full, to the currency's smallest coin. `currency`: ISO 4217 code.
    #[must_use]
    pub fn money(&self, amount: f64, currency: &str) -> String {
        let written = self.number(amount, numbers::minor_digits(currency));
        numbers::with_currency(self.language, &written, currency)
    }

    /// An amount as exactly as a reader needs it: to three digits when it is a million or more,
    /// without small coins from ten thousand, in full when it is less.
    #[must_use]
    pub fn money_short(&self, amount: f64, currency: &str) -> String {
        match Scale::of(amount) {
            Some(scale) => {
                let decimals = numbers::decimals_for(amount / scale.size(), 3);
                self.money_scaled(amount, scale, decimals, currency)
            }
            None if amount.abs() >= 9_999.5 => {
                numbers::with_currency(self.language, &self.number(amount, 0), currency)
            }
            None => self.money(amount, currency),
        }
    }

    /// A round amount without digits that say nothing: "₫1.5 bn", "₫250". For axes.
    #[must_use]
    pub fn money_round(&self, amount: f64, currency: &str) -> String {
        match Scale::of(amount) {
            Some(scale) => {
                let decimals = numbers::decimals_of_round(amount / scale.size());
                self.money_scaled(amount, scale, decimals, currency)
            }
            None => {
                let written = self.number(amount, numbers::decimals_of_round(amount));
                numbers::with_currency(self.language, &written, currency)
            }
        }
    }

    fn money_scaled(&self, amount: f64, scale: Scale, decimals: usize, currency: &str) -> String {
        let digits = self.number(amount / scale.size(), decimals);
        let variables = [("n", digits.into())];
        let written = match scale {
            Scale::Million => self.tell("words-million", &variables),
            Scale::Billion => self.tell("words-billion", &variables),
            Scale::Trillion => self.tell("words-trillion", &variables),
        };
        numbers::with_currency(self.language, &written, currency)
    }

    /// A day: "25 Oct 2025", "25/10/2025".
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        match self.language {
            Language::English => {
                format!("{} {} {}", date.day(), self.month_name(date), date.year())
            }
            Language::Vietnamese => date.strftime("%d/%m/%Y").to_string(),
        }
    }

    /// A month: "Oct 2025", "tháng 10/2025".
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        match self.language {
            Language::English => format!("{} {}", self.month_name(date), date.year()),
            Language::Vietnamese => format!("tháng {}/{}", date.month(), date.year()),
        }
    }

    /// A month where there is little room: "Oct 25", "10/25".
    #[must_use]
    pub fn month_short(&self, date: Date) -> String {
        let year = date.year() % 100;
        match self.language {
            Language::English => format!("{} {year:02}", self.month_name(date)),
            Language::Vietnamese => format!("{}/{year:02}", date.month()),
        }
    }

    fn month_name(&self, date: Date) -> &'static str {
        const NAMES: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        NAMES[usize::try_from(date.month() - 1).expect("months are 1 to 12")]
    }

    /// "a", "a and b", "a, b and c".
    #[must_use]
    pub fn list<S: AsRef<str>>(&self, things: &[S]) -> String {
        match things {
            [] => String::new(),
            [only] => only.as_ref().into(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                self.tell(
                    "words-and",
                    &[
                        ("first", first.join(", ").into()),
                        ("last", last.as_ref().into()),
                    ],
                )
            }
        }
    }

    /// A number in its unit.
    #[must_use]
    pub fn in_unit(&self, value: f64, unit: &Unit) -> String {
        match unit {
            Unit::Count => self.number(value, 0),
            Unit::Number { decimals } => self.number(value, *decimals),
            Unit::Digits { digits } => self.number(value, numbers::decimals_for(value, *digits)),
            Unit::Share { decimals } => self.percent(value, *decimals),
            Unit::Money { currency } => self.money(value, currency),
            Unit::MoneyShort { currency } => self.money_short(value, currency),
            Unit::Points => self.tell("words-points", &[("n", self.number(value, 2).into())]),
            Unit::PointsMore => self.tell("words-points", &[("n", self.signed(value, 2).into())]),
            Unit::SharePoints => {
                let points = self.signed(100.0 * value, 1);
                self.tell("words-share-points", &[("n", points.into())])
            }
            Unit::Days => self.tell("words-days", &[("n", value.round().into())]),
            Unit::Duration => self.duration(value),
        }
    }

    /// Seconds in the unit that people would say, to two digits.
    fn duration(&self, seconds: f64) -> String {
        let (id, size) = match seconds.abs() {
            length if length < 90.0 => ("words-seconds", 1.0),
            length if length < 5_400.0 => ("words-minutes", 60.0),
            length if length < 129_600.0 => ("words-hours", 3_600.0),
            _ => ("words-long-days", 86_400.0),
        };
        let count = seconds / size;
        let written = self.number(count, numbers::decimals_for(count, 2));
        self.tell(id, &[("n", written.into())])
    }

    /// The best single number of an estimate, in its unit.
    #[must_use]
    pub fn value(&self, estimate: &Estimate, unit: &Unit) -> String {
        self.in_unit(estimate.value, unit)
    }

    /// A number without the word that names its unit: for the ends of an interval, where the word
    /// stands once. Money and percentages keep their signs.
    fn bare(&self, value: f64, unit: &Unit) -> String {
        match unit {
            Unit::Points => self.number(value, 2),
            Unit::PointsMore => self.signed(value, 2),
            Unit::SharePoints => self.signed(100.0 * value, 1),
            Unit::Days => self.number(value, 0),
            unit => self.in_unit(value, unit),
        }
    }

    /// The interval of an estimate in a sentence, or why there is none:
    /// "between ₫1.10 bn and ₫1.41 bn (90% interval)".
    #[must_use]
    pub fn interval(&self, estimate: &Estimate, unit: &Unit) -> String {
        match estimate.spread {
            Spread::Interval {
                low, high, level, ..
            } => self.tell(
                "words-interval",
                &[
                    ("low", self.bare(low, unit).into()),
                    ("high", self.in_unit(high, unit).into()),
                    ("level", self.percent(level, 0).into()),
                ],
            ),
            Spread::None { no_interval } => self.say(match no_interval {
                NoInterval::Counted => "words-counted",
                NoInterval::Given => "words-given",
                NoInterval::TooFew => "words-too-few",
                NoInterval::NotIdentified => "words-not-identified",
            }),
        }
    }

    /// An estimate where there is little room: "1.83 (1.70 to 1.95)", or the number alone.
    #[must_use]
    pub fn estimate(&self, estimate: &Estimate, unit: &Unit) -> String {
        self.with_ends(estimate.value, estimate.ends(), unit)
    }

    /// A number with the ends of its interval, if it has one: "1.83 (1.70 to 1.95)".
    #[must_use]
    pub fn with_ends(&self, value: f64, ends: Option<(f64, f64)>, unit: &Unit) -> String {
        let shown = self.in_unit(value, unit);
        match ends {
            Some((low, high)) => self.tell(
                "words-estimate",
                &[
                    ("value", shown.into()),
                    ("low", self.bare(low, unit).into()),
                    ("high", self.bare(high, unit).into()),
                ],
            ),
            None => shown,
        }
    }

    /// What went wrong, in the reader's language.
    #[must_use]
    pub fn error(&self, error: &Error) -> String {
        self.coded("error", error.code(), &error.fields())
            .unwrap_or_else(|| error.to_string())
    }

    /// Why a source row was not accepted, or what an import decided.
    #[must_use]
    pub fn reason(&self, reason: &Reason) -> String {
        let fields: Vec<(&str, String)> = reason
            .fields
            .iter()
            .map(|(name, value)| match value.parse() {
                Ok(rows) if name == "count" => (name.as_str(), self.count(rows)),
                _ => (name.as_str(), value.clone()),
            })
            .collect();
        self.coded("reason", &reason.code, &fields)
            .unwrap_or_else(|| reason.to_string())
    }

    /// Why rows were left out, with how many.
    #[must_use]
    pub fn left_out(&self, left_out: &LeftOut) -> String {
        let fields = [("rows", self.count(left_out.rows))];
        self.coded("left-out", &left_out.reason, &fields)
            .unwrap_or_else(|| {
                self.tell(
                    "words-left-out-other",
                    &[
                        ("rows", left_out.rows.into()),
                        ("reason", left_out.reason.as_str().into()),
                    ],
                )
            })
    }

    /// The sentence `{kind}-{code}` with the given fields, if this language has it.
    fn coded<S: AsRef<str>>(
        &self,
        kind: &str,
        code: &str,
        fields: &[(S, String)],
    ) -> Option<String> {
        let id = format!("{kind}-{code}");
        if !self.has(&id) {
            return None;
        }
        let variables: Vec<(&str, Value<'_>)> = fields
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_str().into()))
            .collect();
        Some(self.tell(&id, &variables))
    }
}

/// What large amounts are counted in.
#[derive(Clone, Copy)]
enum Scale {
    Million,
    Billion,
    Trillion,
}

impl Scale {
    /// The scale an amount is written in. Amounts that round up to the next scale belong to it:
    /// 999,999,999 is a billion.
    fn of(amount: f64) -> Option<Self> {
        match amount.abs() {
            size if size >= 999.5e9 => Some(Self::Trillion),
            size if size >= 999.5e6 => Some(Self::Billion),
            size if size >= 999.5e3 => Some(Self::Million),
            _ => None,
        }
    }

    fn size(self) -> f64 {
        match self {
            Self::Million => 1e6,
            Self::Billion => 1e9,
            Self::Trillion => 1e12,
        }
    }
}

/// How a number that stands in a sentence is written: whole ones without decimals, others with
/// up to three significant ones.
fn write_value(language: Language, value: &Value<'_>) -> Option<String> {
    let Value::Number(number) = value else {
        return None;
    };
    let decimals = if number.value.fract() == 0.0 {
        0
    } else {
        numbers::decimals_for(number.value, 3)
    };
    Some(numbers::number(language, number.value, decimals))
}

#[cfg(test)]
mod tests;
