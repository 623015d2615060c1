//! `worth.toml` as text: how it starts, and how parts of it change while the rest stays.

use std::io::Write;
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::Business;
use crate::error::Error;
use crate::lake::FOLDER;

/// Name of the file in the lake's folder that keeps the time zone of data without a time of day.
const FIXED_ZONE_FILE: &str = "timezone";

/// A new `worth.toml` with explanations.
pub(super) fn new_document(business: &Business) -> DocumentMut {
    let quoted = |text: &str| toml_edit::Value::from(text).to_string();
    let text = format!(
        "# What Worth knows of this business. Change it freely; comments stay.

[business]
# As it stands on reports.
name = {name}
# The money it counts in (ISO 4217). Other currencies need rows in the table exchange_rates.
currency = {currency}
# Whose days, weeks and months count. Stays as it is once data without a time of day are in.
timezone = {timezone}
# Language of reports and messages: \"en\" or \"vi\".
language = {language}
# A file is refused whole when more than this share of its rows cannot be accepted.
max_rejected = {max_rejected}

# Optional sections:
#
# [value]
# brand = \"Our brand\"                 # what surveys call us
# competitors = [\"Another\"]           # whom we are compared with
#
# [survey]
# leave_out = [\"speeder\", \"duplicate\"] # doubtful forms that do not count
# weights = \"raked\"                   # respondents count as customers are spread
#
# [lifetime]
# margin = 1.0                        # share of sales that stays after costs
# discount_rate_yearly = 0.10
# horizon_days = 365
#
# [calendar]                          # with two years of data quiet days count less, busy ones more
# feasts = [\"tet\", \"black-friday\"]   # without: those that are usual in the country
#
# [[calendar.promotions]]             # days of your own
# name = \"Birthday sale\"
# days = [\"2024-06-15\", \"2025-06-14\"]
# from_days = -3                      # from three days before …
# until_days = 1                      # … to one day after
#
# Each [[source]] below says how the files of one source are read; `worth import` proposes them.
",
        name = quoted(&business.name),
        currency = quoted(&business.currency),
        timezone = quoted(&business.timezone),
        language = quoted(&business.language),
        max_rejected = business.max_rejected,
    );
    text.parse()
        .expect("the text above is TOML whatever the values, which are quoted")
}

/// Puts a `[[source]]` in place of the one of its name, or behind the others.
pub(super) fn put_source(document: &mut DocumentMut, name: &str, mut source: Table) {
    source.set_position(None);
    let item = document
        .entry("source")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(list) = item.as_array_of_tables_mut() else {
        return;
    };
    let known = list
        .iter_mut()
        .find(|table| table.get("name").and_then(Item::as_str) == Some(name));
    match known {
        Some(table) => {
            source.decor_mut().clone_from(table.decor());
            *table = source;
        }
        None => {
            source.decor_mut().set_prefix("\n");
            list.push(source);
        }
    }
}

/// Sets the keys of a section, keeping the comments of keys that stay and removing absent ones.
pub(super) fn merge_section(document: &mut DocumentMut, name: &str, section: &Table) {
    let item = document.entry(name).or_insert_with(|| {
        let mut table = Table::new();
        table.decor_mut().set_prefix("\n");
        Item::Table(table)
    });
    let Some(table) = item.as_table_like_mut() else {
        return;
    };
    let gone: Vec<String> = table
        .iter()
        .map(|(key, _)| key.to_owned())
        .filter(|key| !section.contains_key(key))
        .collect();
    for key in gone {
        table.remove(&key);
    }
    for (key, value) in section {
        match table.get_mut(key) {
            Some(known) => match (known.as_value_mut(), value.as_value()) {
                (Some(old), Some(new)) => {
                    let decor = old.decor().clone();
                    *old = new.clone();
                    *old.decor_mut() = decor;
                }
                _ => *known = value.clone(),
            },
            None => {
                table.insert(key, value.clone());
            }
        }
    }
}

/// Writes a file whole or not at all.
pub(super) fn write_whole(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(Error::file(folder))?;
    beside
        .write_all(text.as_bytes())
        .map_err(Error::file(path))?;
    beside.as_file().sync_all().map_err(Error::file(path))?;
    beside
        .persist(path)
        .map_err(|error| Error::file(path)(error.error))?;
    Ok(())
}

/// The time zone under which data without a time of day were imported, if any were.
pub(super) fn read_fixed_zone(folder: &Path) -> Result<Option<String>, Error> {
    let path = folder.join(FOLDER).join(FIXED_ZONE_FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(&path)(error)),
    }
}

/// Keeps that time zone.
pub(super) fn write_fixed_zone(folder: &Path, timezone: &str) -> Result<(), Error> {
    write_whole(&folder.join(FOLDER).join(FIXED_ZONE_FILE), timezone)
}
