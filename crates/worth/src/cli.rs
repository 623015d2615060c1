//! The command line: what can be said to `worth`. Questions are not named here: their verbs and
//! flags come from the catalogue ([`crate::questions`]).

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use worth_insight::words::{Language, Words};

use crate::questions;

/// Customer value: what you are worth to your customers, and what they are worth to you.
#[derive(Debug, Parser)]
#[command(
    name = "worth",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Start with:\n  \
        worth demo                                see it on a made-up business\n  \
        worth report orders.xlsx survey.xlsx      a report on your own files, in one command\n\n\
        or step by step:\n  \
        worth init shop --currency VND --timezone Asia/Ho_Chi_Minh --language vi\n  \
        worth import -w shop orders.csv survey.csv\n  \
        worth lifetime -w shop --until 2025-06-30\n\n\
        `worth COMMAND --help` has examples for each. Results go to standard output, messages to\n\
        standard error. Exit code: 0 done, 1 failed, 2 wrong use."
)]
pub(crate) struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Shared {
    /// Folder of the business (with worth.toml); else the current folder or one above it
    #[arg(
        short,
        long,
        global = true,
        env = "WORTH_WORKSPACE",
        value_name = "FOLDER"
    )]
    #[arg(help_heading = "Everywhere")]
    pub(crate) workspace: Option<PathBuf>,
    /// Language of what you read: en or vi [default: that of the workspace, else of the system]
    #[arg(
        long,
        global = true,
        value_name = "LANGUAGE",
        help_heading = "Everywhere"
    )]
    pub(crate) language: Option<Language>,
    /// No progress and no messages but errors
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a workspace for a business
    #[command(after_help = "Examples:\n  \
        worth init shop --currency VND --timezone Asia/Ho_Chi_Minh --language vi\n  \
        worth init . --name \"Cà phê Lá\"")]
    Init(Init),
    /// Import files: CSV, TSV, XLSX, Parquet, JSON lines, XES, OCEL
    #[command(after_help = "Examples:\n  \
        worth import -w shop orders.csv survey.xlsx\n  \
        worth import -w shop orders.csv --dry-run        only show how it would be understood\n  \
        worth import -w shop orders.csv --dates dmy --decimal comma\n  \
        worth import -w shop orders.csv --set orders.amount=\"Thành tiền\" --set orders.line=none\n\n\
        How a file is read is kept in worth.toml, where you may change it. A file is imported\n\
        whole or not at all; importing it again changes nothing.")]
    Import(Import),
    /// Show what could not be accepted, where and why
    #[command(after_help = "Examples:\n  \
        worth rejects -w shop\n  \
        worth rejects -w shop --out rejects.xlsx         with the rows as they stood")]
    Rejects(Rejects),
    /// Write the value report, of files or of a workspace
    #[command(after_help = "Examples:\n  \
        worth report orders.xlsx survey.xlsx             makes a workspace beside them\n  \
        worth report -w shop --until 2025-06-30 --out june.html\n  \
        worth report -w shop --language vi --region \"Đà Nẵng\"")]
    Report(Box<Report>),
    /// Make a demo business, import it, and report on it
    #[command(after_help = "Examples:\n  \
        worth demo                                       20,000 customers in ./worth-demo\n  \
        worth demo big --customers 1000000 --tet --language vi\n\n\
        What is true of the business is in truth.json: see whether Worth finds it.")]
    Demo(Demo),
    /// Ready questions to ask your customers
    #[command(subcommand)]
    Survey(SurveyCommand),
    /// Ask the tables with SQL (reads only)
    #[command(after_help = "Examples:\n  \
        worth sql -w shop \"select channel, sum(amount) from order_lines group by 1\"\n  \
        worth sql -w shop \"select business_date(at), count(*) from events group by 1\" --json\n  \
        worth sql -w shop \"select * from order_lines\" --out lines.parquet\n\n\
        `worth tables` lists tables and columns.")]
    Sql(Sql),
    /// List the tables, or the columns of one
    Tables(Tables),
    /// List the snapshots: every import made one, and each can still be asked
    Snapshots(Snapshots),
    /// Merge small files and remove what no snapshot needs
    Compact,
}

/// Make a workspace for a business.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Where; the current folder when left out
    pub(crate) folder: Option<PathBuf>,
    /// Name of the business, as it stands on reports [default: name of the folder]
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) money_and_days: MoneyAndDays,
}

/// In what money and days a new workspace counts.
#[derive(Debug, Clone, Args)]
pub(crate) struct MoneyAndDays {
    /// The money it counts in: an ISO 4217 code [default: the one the files name, else VND]
    #[arg(long)]
    pub(crate) currency: Option<String>,
    /// Whose days, weeks and months count: an IANA time zone
    #[arg(long, default_value = "Asia/Ho_Chi_Minh")]
    pub(crate) timezone: String,
}

/// How files are understood.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Understanding {
    /// Take the proposals without asking (never an ambiguous one)
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Say where something comes from: SOURCE.COLUMN=SOURCE_COLUMN, value:TEXT, sql:EXPR or none
    #[arg(long, value_name = "PATH=ANSWER", value_parser = path_and_answer)]
    pub(crate) set: Vec<(String, String)>,
    /// Order of day, month and year where dates are ambiguous
    #[arg(long, value_parser = ["dmy", "mdy", "ymd"])]
    pub(crate) dates: Option<String>,
    /// Decimal sign where numbers are ambiguous (1.250)
    #[arg(long, value_parser = ["comma", "point"])]
    pub(crate) decimal: Option<String>,
}

/// Import files.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The files; those of one source together
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) understanding: Understanding,
    /// Read and check everything, write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Say what became of the rows as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Show what could not be accepted.
#[derive(Debug, Args)]
pub(crate) struct Rejects {
    /// How many rows to show
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) form: RowsForm,
}

/// Write the value report.
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Files to import first; a workspace is made beside them when none is given
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) understanding: Understanding,
    #[command(flatten)]
    pub(crate) money_and_days: MoneyAndDays,
    /// Where to write the report, an HTML file [default: report.html in the workspace]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Seed of everything random
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) scope: questions::ScopeFlags,
}

/// Make a demo business.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where; what an earlier demo left there is replaced
    #[arg(default_value = "worth-demo")]
    pub(crate) folder: PathBuf,
    /// How many customers
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
    pub(crate) customers: u64,
    /// Seed of every draw: the same seed gives the same files
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// With the seasons of Tết
    #[arg(long)]
    pub(crate) tet: bool,
    /// Only write the source files and truth.json
    #[arg(long)]
    pub(crate) files_only: bool,
}

/// Ready questions.
#[derive(Debug, Subcommand)]
pub(crate) enum SurveyCommand {
    /// Write a questionnaire, the script that builds it in Google Forms, and its mapping
    #[command(after_help = "Examples:\n  \
        worth survey template                            both forms, in the current folder\n  \
        worth survey template forms -w shop --language vi --short\n\n\
        The form asks about the brands that [value] in worth.toml names. Its answers are imported\n\
        like any file; the mapping beside it makes sure that they are read as they were asked.")]
    Template(SurveyTemplate),
}

/// Write a questionnaire.
#[derive(Debug, Args)]
pub(crate) struct SurveyTemplate {
    /// Where
    #[arg(default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Only the short form of 15 questions
    #[arg(long, conflicts_with = "full")]
    pub(crate) short: bool,
    /// Only the full form
    #[arg(long)]
    pub(crate) full: bool,
}

/// Ask the tables with SQL.
#[derive(Debug, Args)]
pub(crate) struct Sql {
    /// The query
    pub(crate) query: String,
    /// The past to ask: number of a snapshot, or a time
    #[arg(long, value_name = "ID|TIME")]
    pub(crate) snapshot: Option<String>,
    #[command(flatten)]
    pub(crate) form: RowsForm,
}

/// How rows are given.
#[derive(Debug, Clone, Args)]
pub(crate) struct RowsForm {
    /// As JSON, an array of objects
    #[arg(long)]
    pub(crate) json: bool,
    /// Into a file: .csv, .xlsx or .parquet
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(crate) out: Option<PathBuf>,
}

/// List the tables, or the columns of one.
#[derive(Debug, Args)]
pub(crate) struct Tables {
    /// The table whose columns to show
    pub(crate) table: Option<String>,
}

/// List the snapshots.
#[derive(Debug, Args)]
pub(crate) struct Snapshots {
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The whole command line, with a verb for each question of the catalogue.
pub(crate) fn command(words: &Words) -> clap::Command {
    Cli::command().subcommands(questions::commands(words))
}

fn path_and_answer(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(path, answer)| (path.trim().to_owned(), answer.trim().to_owned()))
        .ok_or_else(|| "should be PATH=ANSWER, such as orders.amount=\"Thành tiền\"".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: flags of questions, scope and shared ones do not get in each other's way.
    #[test]
    fn the_command_line_is_sound() {
        command(&crate::door::words(Language::English)).debug_assert();
    }
}
