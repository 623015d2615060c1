//! Every question of the catalogue as a verb: its parameters as flags, the scope as flags, and
//! the ways to give its answer.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Args, Command, FromArgMatches, value_parser};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;
use worth_insight::catalogue::{CATALOGUE, Entry, Told};
use worth_insight::context::Context;
use worth_insight::question::{Filter, Scope};
use worth_insight::render;
use worth_insight::words::Words;
use worth_lake::lake::At;

use crate::door::Door;
use crate::failure::Failure;
use crate::{output, parameters, summary};

/// A verb for each question.
pub(crate) fn commands(words: &Words) -> Vec<Command> {
    CATALOGUE
        .iter()
        .map(|entry| command(entry, words))
        .collect()
}

/// The question that the verb asks, if it is one.
pub(crate) fn find(verb: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.name == verb)
}

/// The answer in place of text for the terminal; one of them at most.
const FORMS: [(&str, &str); 3] = [
    ("json", "The whole answer as JSON"),
    ("markdown", "As Markdown"),
    ("html", "As an HTML page that needs nothing else"),
];

fn command(entry: &Entry, words: &Words) -> Command {
    let schema = (entry.parameters)().to_value();
    let command = Command::new(entry.name)
        .about(entry.about(words))
        .args(parameters::flags(&schema, &[], "What is asked"));
    let command = ScopeFlags::augment_args(command);
    let summary = entry
        .takes_summary()
        .then(|| summary::flags(flags_of_workspace(&command), SCOPE));
    command
        .args(summary.into_iter().flatten())
        .args(FORMS.map(|(name, help)| {
            Arg::new(name)
                .long(name)
                .action(ArgAction::SetTrue)
                .help(help)
                .help_heading("How it is given")
        }))
        .group(ArgGroup::new("form").args(FORMS.map(|(name, _)| name)))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("The rows behind the answer into a file: .csv, .xlsx or .parquet")
                .help_heading("How it is given"),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .value_parser(value_parser!(u64))
                .help("Seed of everything random [default: 1]")
                .help_heading("How it is given"),
        )
        .after_help(examples(entry))
}

fn examples(entry: &Entry) -> String {
    let name = entry.name;
    let mut examples = format!(
        "Examples:\n  \
        worth {name} -w shop\n  \
        worth {name} -w shop --until 2025-06-30 --json\n  \
        worth {name} -w shop --region \"Đà Nẵng\" --out {name}.xlsx"
    );
    if entry.takes_summary() {
        examples += &format!("\n  worth {name} --summary customers.csv --unit day --margin 0.3");
    }
    examples
}

/// Flags of the scope that say which part of a workspace counts.
fn flags_of_workspace(command: &Command) -> Vec<String> {
    command
        .get_arguments()
        .filter(|arg| arg.get_help_heading() == Some(SCOPE))
        .map(|arg| arg.get_id().to_string())
        .filter(|id| id != CURRENCY)
        .collect()
}

/// Asks the question and gives its answer.
pub(crate) async fn ask(door: &Door, entry: &Entry, matches: &ArgMatches) -> Result<()> {
    let schema = (entry.parameters)().to_value();
    let given = parameters::values(&schema, &[], matches);
    // a flag that is a parameter of the question says nothing of the scope
    let taken: Vec<&str> = given.keys().map(String::as_str).collect();
    let flags = ScopeFlags::without(&taken, matches)?;
    let given = Value::Object(given);
    let seed = matches.get_one("seed").copied();
    let options = door.options(seed);
    let summary = match entry.takes_summary() {
        true => summary::read(door, matches)?,
        false => None,
    };
    let told = match summary {
        Some(mut summary) => {
            summary.currency = flags.currency;
            entry.ask_of_summary(given, summary, &options)?
        }
        None => {
            let context = door.context(seed).await?;
            let scope = flags.scope(&context).await?;
            entry.ask(&context, scope, given).await?
        }
    };
    if let Some(path) = matches.get_one::<PathBuf>("out") {
        let rows = told
            .rows()
            .ok_or_else(|| worth_insight::error::Error::NoRows {
                question: entry.name.to_owned(),
            })?;
        door.write_rows(rows.as_ref(), path, &options.cancellation)
            .await?;
    }
    output::print(&given_as(told.as_ref(), entry, matches, &door.words))
}

/// The answer in the form that was asked for.
fn given_as(told: &dyn Told, entry: &Entry, matches: &ArgMatches, words: &Words) -> String {
    if matches.get_flag("json") {
        return told.json();
    }
    let (sheet, provenance) = (told.sheet(words), told.provenance());
    if matches.get_flag("markdown") {
        render::markdown::render(&sheet, Some(provenance), words)
    } else if matches.get_flag("html") {
        let about = entry.about(words);
        render::html::sheet_page(&sheet, provenance, (entry.name, &about), words)
    } else {
        render::terminal::render(&sheet, Some(provenance), words, output::look())
    }
}

/// The scope as flags. What can be filtered by comes from [`Filter`] itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct ScopeFlags {
    snapshot: Option<String>,
    from: Option<Date>,
    until: Option<Date>,
    currency: Option<String>,
    filter: Filter,
}

const SCOPE: &str = "Which data";
const CURRENCY: &str = "currency-of-answer";

impl ScopeFlags {
    /// The flags that were given, but for those of these names.
    fn without(taken: &[&str], matches: &ArgMatches) -> Result<Self, clap::Error> {
        let schema = schemars::schema_for!(Filter).to_value();
        let filter = Value::Object(parameters::values(&schema, taken, matches));
        Ok(Self {
            snapshot: matches.get_one("snapshot").cloned(),
            from: matches.get_one("from").copied(),
            until: matches.get_one("until").copied(),
            currency: matches.get_one(CURRENCY).cloned(),
            filter: serde_json::from_value(filter).map_err(|error| {
                clap::Error::raw(clap::error::ErrorKind::InvalidValue, error.to_string())
            })?,
        })
    }

    /// The scope that these flags mean in a workspace.
    pub(crate) async fn scope(self, context: &Context) -> Result<Scope> {
        let snapshot = match self.snapshot {
            Some(text) => Some(find_snapshot(context, &text).await?),
            None => None,
        };
        Ok(Scope {
            snapshot,
            from: self.from,
            until: self.until,
            currency: self.currency,
            filter: self.filter,
        })
    }
}

/// The number of the snapshot that `text` means: a number, or the newest there was at a time.
async fn find_snapshot(context: &Context, text: &str) -> Result<i64> {
    let zone = context.workspace().business().zone();
    let at = snapshot_at(text, &zone)?;
    Ok(context.workspace().lake().await?.snapshot(at).await?.id())
}

/// Reads the number of a snapshot, or a time; a day means its end.
pub(crate) fn snapshot_at(text: &str, zone: &TimeZone) -> Result<At> {
    if let Ok(id) = text.parse() {
        return Ok(At::Id(id));
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(At::Time(time));
    }
    if let Ok(day) = text.parse::<Date>() {
        return Ok(At::Time(
            day.tomorrow()?.to_zoned(zone.clone())?.timestamp()
                - jiff::SignedDuration::from_micros(1),
        ));
    }
    let time: DateTime = text
        .parse()
        .with_context(|| Failure::misuse("cli-wrong-snapshot", &[("given", text)]))?;
    Ok(At::Time(time.to_zoned(zone.clone())?.timestamp()))
}

impl Args for ScopeFlags {
    fn augment_args(command: Command) -> Command {
        let taken: Vec<String> = command
            .get_arguments()
            .map(|arg| arg.get_id().to_string())
            .collect();
        let date = |name: &'static str| {
            Arg::new(name)
                .long(name)
                .value_name("DATE")
                .value_parser(parameters::day)
                .help_heading(SCOPE)
        };
        let schema = schemars::schema_for!(Filter).to_value();
        command
            .arg(date("from").help("First business day that counts"))
            .arg(
                date("until")
                    .help("Last business day that counts [default: that of the last order]"),
            )
            .args(
                parameters::flags(&schema, &[], SCOPE)
                    .into_iter()
                    .filter(|arg| !taken.contains(&arg.get_id().to_string())),
            )
            .arg(
                Arg::new(CURRENCY)
                    .long(if taken.iter().any(|id| id == "currency") {
                        "in-currency"
                    } else {
                        "currency"
                    })
                    .value_name("CODE")
                    .help("The money of the answer [default: that of the workspace]")
                    .help_heading(SCOPE),
            )
            .arg(
                Arg::new("snapshot")
                    .long("snapshot")
                    .value_name("ID|TIME")
                    .help("The past to ask: number of a snapshot (`worth snapshots`), or a time")
                    .help_heading(SCOPE),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ScopeFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Self::without(&[], matches)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
