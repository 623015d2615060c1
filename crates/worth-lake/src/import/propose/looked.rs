//! A file that has been looked at whole, before anything is decided about it.

use std::collections::BTreeMap;

use super::super::profile::{ColumnProfile, Decision, Profile};
use super::super::recognise::{Codebook, Described, Header, fold, plain_text};
use super::super::source::{Native, ReadOptions, SourceFile};
use super::super::value::{NumberFormat, TimeFormat, TimeLayout};
use crate::error::Error;
use crate::progress::Progress;

/// A file that has been looked at whole.
#[derive(Debug, Clone)]
pub(super) struct Looked {
    pub(super) file: SourceFile,
    pub(super) read: ReadOptions,
    pub(super) profile: Profile,
    pub(super) headers: Vec<Header>,
    /// What is known of columns besides their names.
    pub(super) described: BTreeMap<String, Described>,
}

impl Looked {
    /// Opens a file; its values are looked at by [`Looked::read_through`].
    pub(super) fn open(
        path: &std::path::Path,
        read: ReadOptions,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let file = SourceFile::open(path, &read, progress)?;
        let headers = file
            .columns()
            .iter()
            .map(|column| Header::new(&column.name))
            .collect();
        let described = file
            .columns()
            .iter()
            .filter_map(|column| {
                let text = plain_text(column.label.as_deref()?);
                let described = Described {
                    text,
                    ..Described::default()
                };
                Some((column.name.clone(), described))
            })
            .collect();
        let profile = Profile {
            rows: 0,
            damaged: 0,
            columns: Vec::new(),
        };
        Ok(Self {
            file,
            read,
            profile,
            headers,
            described,
        })
    }

    /// The file with these columns too, empty, where its format leaves out what is empty.
    pub(super) fn with_columns(mut self, names: &[String]) -> Self {
        let is_there = |name: &String| self.headers.iter().any(|header| header.is(&fold(name)));
        let absent: Vec<String> = names
            .iter()
            .filter(|name| !is_there(name))
            .cloned()
            .collect();
        self.file = self.file.with_columns(&absent);
        let added = &self.file.columns()[self.headers.len()..];
        let added = added.iter().map(|column| Header::new(&column.name));
        self.headers.extend(added);
        self
    }

    /// The column that is called so, whatever its case and signs.
    pub(super) fn called(&self, name: &str) -> Option<&ColumnProfile> {
        let folded = fold(name);
        let header = self.headers.iter().find(|header| header.is(&folded))?;
        self.column(&header.name)
    }

    /// Takes what a survey's definition says of the columns.
    pub(super) fn describe(&mut self, codebook: &Codebook) {
        let known = self
            .headers
            .iter()
            .filter_map(|header| Some((header.name.clone(), codebook.describe(&header.name)?)));
        self.described.extend(known);
    }

    /// Looks at all values. A file whose mapping is known needs it only when its mapping knows it
    /// by what its columns hold.
    pub(super) fn read_through(&mut self, progress: &dyn Progress) -> Result<(), Error> {
        if self.profile.columns.is_empty() {
            self.profile = self.file.profile(progress)?;
        }
        Ok(())
    }

    /// Its name without ending.
    pub(super) fn stem(&self) -> &str {
        self.file.name().split('.').next().unwrap_or_default()
    }

    /// What the values of a column say.
    pub(super) fn column(&self, name: &str) -> Option<&ColumnProfile> {
        self.profile.column(name)
    }

    /// What the format says a column holds.
    fn native(&self, name: &str) -> Native {
        let column = self
            .file
            .columns()
            .iter()
            .find(|column| column.name == name);
        column.map_or(Native::Text, |column| column.native)
    }

    /// How a column's numbers are written.
    pub(super) fn number(&self, name: &str) -> Decision<NumberFormat> {
        match (self.native(name), self.column(name)) {
            (Native::Number, _) => Decision::Clear(NumberFormat::PLAIN),
            (_, Some(column)) => column.number.clone(),
            (_, None) => Decision::No,
        }
    }

    /// How a column's times are written.
    pub(super) fn time(&self, name: &str) -> Decision<TimeFormat> {
        match (self.native(name), self.column(name)) {
            (Native::Time, _) => Decision::Clear(TimeFormat {
                layout: TimeLayout::Ymd,
                has_time: true,
                has_offset: true,
            }),
            (_, Some(column)) => column.time.clone(),
            (_, None) => Decision::No,
        }
    }

    /// Whether a column may hold numbers: it has some, or nothing at all.
    pub(super) fn may_be_number(&self, name: &str) -> bool {
        let Some(column) = self.column(name) else {
            return false;
        };
        self.number(name) != Decision::No
            || column.filled == 0
            || column.numbers * 2 > column.filled
    }

    /// Whether a column may hold times.
    pub(super) fn may_be_time(&self, name: &str) -> bool {
        let Some(column) = self.column(name) else {
            return false;
        };
        self.time(name) != Decision::No || column.filled == 0 || column.times * 2 > column.filled
    }
}
