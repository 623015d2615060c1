//! The command line of Worth: reads what was said, opens the workspace, asks, and gives the
//! answer. Everything that a library user would want is in the other crates.
//!
//! Results go to standard output, messages and progress to standard error. The exit code is 0
//! when it is done, 1 when it failed, 2 when the command line made no sense.

mod cli;
mod commands;
mod demo;
mod door;
mod failure;
mod lake_words;
mod output;
mod parameters;
mod progress;
mod questionnaire;
mod questions;
mod summary;

use std::process::ExitCode;

use anyhow::Result;
use clap::{ArgMatches, FromArgMatches as _};
use tracing_subscriber::EnvFilter;

use cli::{Cli, Command, Shared, SurveyCommand};
use door::Door;
use failure::Failure;

fn main() -> ExitCode {
    let speaking = door::words(door::system_language());
    let matches = cli::command(&speaking).get_matches();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("WORTH_LOG").unwrap_or_else(|_| EnvFilter::new("off")),
        )
        .with_writer(std::io::stderr)
        .init();
    let shared = match Shared::from_arg_matches(&matches) {
        Ok(shared) => shared,
        Err(error) => error.exit(),
    };
    let door = Door::open(shared);
    match run(&door, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error, &door.words),
    }
}

/// Does what was said, or stops when the user does.
fn run(door: &Door, matches: &ArgMatches) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(async {
        let _limit = survive_file_size_limit()?;
        tokio::select! {
            done = perform(door, matches) => done,
            // what is not committed is not in the lake, so leaving is all there is to do
            _ = tokio::signal::ctrl_c() => Err(Failure::new("cli-interrupted", &[]).into()),
        }
    });
    // threads that still read a file need not be waited for
    runtime.shutdown_background();
    done
}

/// A file that would grow beyond its limit (`ulimit -f`) ends the process, unless the signal is
/// caught: then writing fails as on a full disk, and that can be told.
#[cfg(unix)]
fn survive_file_size_limit() -> std::io::Result<tokio::signal::unix::Signal> {
    /// SIGXFSZ on Linux, macOS and the BSDs.
    const FILE_SIZE_LIMIT: i32 = 25;
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(FILE_SIZE_LIMIT))
}

#[cfg(not(unix))]
fn survive_file_size_limit() -> std::io::Result<()> {
    Ok(())
}

async fn perform(door: &Door, matches: &ArgMatches) -> Result<()> {
    if let Some((verb, matches)) = matches.subcommand()
        && let Some(entry) = questions::find(verb)
    {
        return questions::ask(door, entry, matches).await;
    }
    match Cli::from_arg_matches(matches)?.command {
        Command::Init(asked) => commands::init::run(door, asked).await,
        Command::Import(asked) => commands::import::run(door, asked).await,
        Command::Rejects(asked) => commands::rejects::run(door, asked).await,
        Command::Report(asked) => commands::report::run(door, *asked).await,
        Command::Demo(asked) => commands::demo::run(door, asked).await,
        Command::Sql(asked) => commands::sql::run(door, asked).await,
        Command::Tables(asked) => commands::tables::run(door, &asked),
        Command::Survey(SurveyCommand::Template(asked)) => commands::survey::template(door, &asked),
        Command::Snapshots(asked) => commands::snapshots::run(door, &asked).await,
        Command::Compact => commands::compact::run(door).await,
    }
}
