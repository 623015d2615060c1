//! A customer summary in place of a workspace: the flags that name it, and reading it.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Arg, ArgMatches, value_parser};
use worth_insight::lifetime::CustomerSummary;
use worth_lake::import::source::{ReadOptions, SourceFile};
use worth_lake::import::value::NumberFormat;

use crate::door::Door;

const SUMMARY: &str = "summary";
const DECIMAL: &str = "decimal";

/// The flags. `without`: flags of a workspace, which a summary cannot be asked with.
pub(crate) fn flags(without: Vec<String>, heading: &'static str) -> [Arg; 2] {
    [
        Arg::new(SUMMARY)
            .long(SUMMARY)
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .requires("unit")
            .conflicts_with_all(without)
            .help(
                "A customer summary in place of a workspace: frequency, recency, T and, if there, \
                 monetary_value and customer_id, as notebooks have them; recency and T in --unit",
            )
            .help_heading(heading),
        Arg::new(DECIMAL)
            .long(DECIMAL)
            .value_name("WORD")
            .value_parser(["comma", "point"])
            .requires(SUMMARY)
            .help("Decimal sign of the summary, where its numbers are ambiguous (1.250)")
            .help_heading(heading),
    ]
}

/// Reads the summary that was named, if one was.
pub(crate) fn read(door: &Door, matches: &ArgMatches) -> Result<Option<CustomerSummary>> {
    let Some(path) = matches.get_one::<PathBuf>(SUMMARY) else {
        return Ok(None);
    };
    let progress = door.progress.as_ref();
    let file = SourceFile::open(path, &ReadOptions::default(), progress)
        .map_err(worth_lake::Error::from)?;
    let decimal = matches.get_one::<String>(DECIMAL);
    let decimal = decimal.map(|sign| match sign.as_str() {
        "comma" => NumberFormat::COMMA,
        _ => NumberFormat::POINT,
    });
    Ok(Some(CustomerSummary::read(&file, decimal, progress)?))
}
