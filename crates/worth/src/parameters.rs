//! Flags of the command line from the JSON schema of a struct: the doc comment of a field is the
//! help, its type the kind of value. So a question gets its flags by being in the catalogue.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use jiff::civil::Date;
use serde_json::{Map, Number, Value};

/// What a flag takes.
#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Text,
    Day,
    Whole,
    /// A number of days, or of weeks, months or years.
    Days,
    Number,
    Flag,
    /// One of these words, each with its help.
    Choice(Vec<(String, String)>),
    /// Several of one kind, with commas or by repeating the flag.
    List(Box<Kind>),
    /// Anything else, written as JSON.
    Json,
}

/// The flags for the properties of `schema`, but for those named in `without`.
pub(crate) fn flags(schema: &Value, without: &[&str], heading: &'static str) -> Vec<Arg> {
    properties(schema)
        .filter(|(name, _)| !without.contains(&name.as_str()))
        .map(|(name, property)| flag(name, property, schema).help_heading(heading))
        .collect()
}

/// What was given on the command line for the properties of `schema`, as a JSON object.
pub(crate) fn values(schema: &Value, without: &[&str], matches: &ArgMatches) -> Map<String, Value> {
    let given = |name: &str| {
        !without.contains(&name) && matches.value_source(name) == Some(ValueSource::CommandLine)
    };
    properties(schema)
        .filter(|(name, _)| given(name))
        .map(|(name, property)| {
            let texts: Vec<String> = matches
                .get_raw(name)
                .into_iter()
                .flatten()
                .map(|text| text.to_string_lossy().into_owned())
                .collect();
            (
                name.clone(),
                named_kind(name, property, schema).value(&texts),
            )
        })
        .collect()
}

/// A day as people type it in a terminal.
pub(crate) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse()
        .map_err(|_| "should be a day, such as 2025-06-30")
}

/// A number of days as people type it: `90`, `90d`, `8w`, `12m` or `1y`. A month is a twelfth of a year
/// of 365.25 days.
fn days(text: &str) -> Result<u32, &'static str> {
    let digits = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let days_each = match &text[digits.len()..] {
        "" | "d" => 1.0,
        "w" => 7.0,
        "m" => 365.25 / 12.0,
        "y" => 365.25,
        _ => return Err(RIGHT_DAYS),
    };
    let count: u32 = digits.parse().map_err(|_| RIGHT_DAYS)?;
    Ok((f64::from(count) * days_each).round() as u32)
}

const RIGHT_DAYS: &str = "should be days, or weeks, months or years: 90, 8w, 12m, 1y";

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn flag(name: &str, property: &Value, schema: &Value) -> Arg {
    let described = property
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let described = described
        .replace("\n\n", "\u{0}")
        .replace('\n', " ")
        .replace('\u{0}', "\n\n");
    let help = match property.get("default") {
        None | Some(Value::Null) => described,
        Some(Value::Array(list)) if list.is_empty() => described,
        Some(Value::String(text)) => format!("{described} [default: {text}]"),
        Some(Value::Array(list)) => {
            let texts = list.iter().map(|value| match value {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            });
            format!(
                "{described} [default: {}]",
                texts.collect::<Vec<_>>().join(",")
            )
        }
        Some(value) => format!("{described} [default: {value}]"),
    };
    let short = help.split("\n\n").next().unwrap_or_default().to_owned();
    let mut arg = Arg::new(name.to_owned())
        .long(name.replace('_', "-"))
        .help(short)
        .long_help(help);
    if let Some(short) = name.strip_suffix(DAYS) {
        arg = arg.visible_alias(short.replace('_', "-"));
    }
    named_kind(name, property, schema).dress(arg)
}

/// Ending of the names of properties that are numbers of days.
const DAYS: &str = "_days";

fn named_kind(name: &str, property: &Value, schema: &Value) -> Kind {
    match kind(property, schema) {
        Kind::Whole if name.ends_with(DAYS) => Kind::Days,
        kind => kind,
    }
}

impl Kind {
    /// Makes `arg` take values of this kind.
    fn dress(&self, arg: Arg) -> Arg {
        match self {
            Self::Text => arg.value_name("TEXT"),
            Self::Day => arg.value_name("DATE").value_parser(day),
            Self::Whole => arg.value_name("N").value_parser(value_parser!(i64)),
            Self::Days => arg.value_name("DAYS|8w|12m|1y").value_parser(days),
            Self::Number => arg.value_name("X").value_parser(value_parser!(f64)),
            Self::Flag => arg
                .value_name("BOOL")
                .value_parser(value_parser!(bool))
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true"),
            Self::Choice(words) => {
                let words = words.iter().map(|(word, help)| {
                    let value = PossibleValue::new(word.clone());
                    if help.is_empty() {
                        value
                    } else {
                        value.help(help.clone())
                    }
                });
                arg.value_name("WORD")
                    .value_parser(PossibleValuesParser::new(words))
            }
            Self::List(each) => each
                .dress(arg)
                .action(ArgAction::Append)
                .value_delimiter(','),
            Self::Json => arg.value_name("JSON").value_parser(|text: &str| {
                serde_json::from_str::<Value>(text).map_err(|error| error.to_string())
            }),
        }
    }

    /// The JSON of texts that clap has let pass.
    fn value(&self, texts: &[String]) -> Value {
        if let Self::List(each) = self {
            return texts.iter().map(|text| each.one(text)).collect();
        }
        self.one(texts.last().map_or("true", String::as_str))
    }

    fn one(&self, text: &str) -> Value {
        let number = |number: Option<Number>| number.map_or(Value::Null, Value::Number);
        match self {
            Self::Text | Self::Day | Self::Choice(_) | Self::List(_) => {
                Value::String(text.to_owned())
            }
            Self::Whole => number(text.parse::<i64>().ok().map(Number::from)),
            Self::Days => number(days(text).ok().map(Number::from)),
            Self::Number => number(text.parse().ok().and_then(Number::from_f64)),
            Self::Flag => Value::Bool(text != "false"),
            Self::Json => serde_json::from_str(text).unwrap_or(Value::Null),
        }
    }
}

fn kind(property: &Value, schema: &Value) -> Kind {
    let property = resolve(property, schema);
    if let Some(choices) = choices(property) {
        return Kind::Choice(choices);
    }
    for either in ["anyOf", "oneOf", "allOf"] {
        let not_null = |option: &&Value| option.get("type").and_then(Value::as_str) != Some("null");
        if let Some(option) = property
            .get(either)
            .and_then(Value::as_array)
            .and_then(|options| options.iter().find(not_null))
        {
            return kind(option, schema);
        }
    }
    let name = match property.get("type") {
        Some(Value::String(name)) => name.as_str(),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null")
            .unwrap_or_default(),
        _ => "",
    };
    match name {
        "string" if property.get("format").and_then(Value::as_str) == Some("date") => Kind::Day,
        "string" => Kind::Text,
        "integer" => Kind::Whole,
        "number" => Kind::Number,
        "boolean" => Kind::Flag,
        "array" => {
            let each = property
                .get("items")
                .map_or(Kind::Text, |items| kind(items, schema));
            Kind::List(Box::new(each))
        }
        _ => Kind::Json,
    }
}

/// The words of an enumeration, with their help.
fn choices(property: &Value) -> Option<Vec<(String, String)>> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if let Some(words) = property.get("enum").and_then(Value::as_array) {
        let words: Vec<_> = words
            .iter()
            .filter_map(text)
            .map(|word| (word, String::new()))
            .collect();
        return (!words.is_empty()).then_some(words);
    }
    let mut words = Vec::new();
    for option in property.get("oneOf")?.as_array()? {
        if let Some(group) = choices(option) {
            words.extend(group);
        } else {
            let help = option.get("description").and_then(text).unwrap_or_default();
            words.push((text(option.get("const")?)?, help));
        }
    }
    Some(words)
}

/// Follows `$ref`s.
fn resolve<'a>(property: &'a Value, schema: &'a Value) -> &'a Value {
    let target = property
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|address| schema.pointer(address.strip_prefix('#')?));
    target.unwrap_or(property)
}

#[cfg(test)]
mod tests {
    use clap::Command;
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    use super::*;

    /// How to count.
    #[derive(Default, Serialize, Deserialize, JsonSchema, PartialEq, Debug)]
    #[serde(rename_all = "kebab-case")]
    enum Unit {
        /// By days.
        #[default]
        Day,
        /// By weeks.
        Week,
    }

    #[derive(Default, Serialize, Deserialize, JsonSchema, PartialEq, Debug)]
    #[serde(default)]
    struct Sample {
        /// How time is counted.
        unit: Unit,
        /// Perhaps a unit.
        other_unit: Option<Unit>,
        /// How many days ahead.
        horizon_days: u32,
        /// A share.
        margin: Option<f64>,
        /// From when on.
        since: Option<Date>,
        /// Whether to look closer.
        closer: bool,
        /// Which brands.
        brands: Vec<String>,
    }

    /// Goal: whatever a struct can hold can be said with flags, and only what was said is set.
    #[test]
    fn flags_say_what_the_struct_holds() {
        let schema = serde_json::to_value(schemars::schema_for!(Sample)).expect("schemas are JSON");
        let command = Command::new("sample").args(flags(&schema, &[], "Parameters"));
        command.clone().debug_assert();
        let line = "sample --unit week --other-unit day --horizon-days 90 --margin 0.4 \
                    --since 2025-06-30 --closer \
                    --brands Lá,Mộc --brands Phin";
        let matches = command.get_matches_from(line.split_whitespace());
        let given = Value::Object(values(&schema, &[], &matches));
        let sample: Sample = serde_json::from_value(given).expect("flags give what it takes");
        let expected = Sample {
            unit: Unit::Week,
            other_unit: Some(Unit::Day),
            horizon_days: 90,
            margin: Some(0.4),
            since: Some(jiff::civil::date(2025, 6, 30)),
            closer: true,
            brands: vec!["Lá".into(), "Mộc".into(), "Phin".into()],
        };
        assert_eq!(sample, expected);
    }

    /// Goal: a horizon is said as people say it, and means days.
    #[test]
    fn days_are_said_in_any_unit() {
        let said = ["90", "90d", "8w", "3m", "12m", "1y", "10y"];
        assert_eq!(
            said.map(|text| days(text).ok()),
            [90, 90, 56, 91, 365, 365, 3653].map(Some)
        );
        for wrong in ["", "m", "1.5y", "-3", "12 m", "1q", "ba tháng"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
        let schema = serde_json::to_value(schemars::schema_for!(Sample)).expect("schemas are JSON");
        let command = Command::new("sample").args(flags(&schema, &[], "Parameters"));
        let matches = command.get_matches_from(["sample", "--horizon", "12m"]);
        assert_eq!(values(&schema, &[], &matches)["horizon_days"], 365);
    }

    #[test]
    fn nothing_said_is_nothing_set() {
        let schema = serde_json::to_value(schemars::schema_for!(Sample)).expect("schemas are JSON");
        let command = Command::new("sample").args(flags(&schema, &[], "Parameters"));
        let matches = command.get_matches_from(["sample"]);
        assert!(values(&schema, &[], &matches).is_empty());
    }
}
