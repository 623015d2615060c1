//! A workspace: the folder of one business, with `worth.toml` (what the business is, how its
//! files are read) and `lake/` (its data).
//!
//! `worth.toml` belongs to people: it is written with explanations, and whatever Worth changes in
//! it later leaves their comments and their order alone.

mod business;
mod file;
mod section;

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml_edit::{DocumentMut, Item};

pub use business::Business;

use crate::error::Error;
use crate::import::mapping::{Mapping, mapping_from_toml, mapping_to_toml};
use crate::lake::{Lake, LakeOptions};
use section::section_of;

/// Name of the file that says what the business is.
pub const CONFIG_FILE: &str = "worth.toml";

/// The folder of one business.
#[derive(Debug, Clone)]
pub struct Workspace {
    folder: PathBuf,
    business: Business,
    mappings: Vec<Mapping>,
    document: DocumentMut,
}

impl Workspace {
    /// Makes a workspace in `folder` (made when absent): `worth.toml` and an empty lake.
    ///
    /// Errors: [`Error::WorkspaceExists`] when there is one, [`Error::Config`] for a business
    /// that makes no sense (unknown time zone, no ISO 4217 currency).
    pub async fn create(folder: &Path, business: Business) -> Result<Self, Error> {
        let path = folder.join(CONFIG_FILE);
        business.check().map_err(|problem| Error::Config {
            path: path.clone(),
            problem,
        })?;
        if path.exists() {
            return Err(Error::WorkspaceExists {
                folder: folder.to_owned(),
            });
        }
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
        let document = file::new_document(&business);
        Lake::create(folder, LakeOptions::new(business.zone())).await?;
        let workspace = Self {
            folder: folder.to_owned(),
            business,
            mappings: Vec::new(),
            document,
        };
        workspace.save()?;
        Ok(workspace)
    }

    /// Opens the workspace in `folder`.
    ///
    /// Errors: [`Error::NoWorkspace`] when there is none, [`Error::Config`] with the line when
    /// `worth.toml` cannot be understood.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(CONFIG_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::NoWorkspace {
                    folder: folder.to_owned(),
                });
            }
            Err(error) => return Err(Error::file(&path)(error)),
        };
        let wrong = |problem: String| Error::Config {
            path: path.clone(),
            problem,
        };
        let document: DocumentMut = text.parse().map_err(|error| wrong(format!("{error}")))?;
        let business: Business =
            section_of(&text, "business").map_err(|error| wrong(format!("{error}")))?;
        business.check().map_err(&wrong)?;
        let mappings = read_mappings(&document).map_err(wrong)?;
        Ok(Self {
            folder: folder.to_owned(),
            business,
            mappings,
            document,
        })
    }

    /// Opens the workspace in `folder`, or, when none is given, in the current folder or the
    /// nearest one above it that has a `worth.toml`.
    ///
    /// Errors: as [`Workspace::open`].
    pub fn find(folder: Option<PathBuf>) -> Result<Self, Error> {
        if let Some(folder) = folder {
            return Self::open(&folder);
        }
        let here = std::env::current_dir().map_err(Error::file("."))?;
        let found = here
            .ancestors()
            .find(|folder| folder.join(CONFIG_FILE).is_file());
        Self::open(found.unwrap_or(&here))
    }

    /// The folder of the workspace.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the business is.
    pub fn business(&self) -> &Business {
        &self.business
    }

    /// How the business's files are read.
    pub fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    /// The mapping of that name.
    pub fn mapping(&self, name: &str) -> Option<&Mapping> {
        self.mappings.iter().find(|mapping| mapping.name == name)
    }

    /// Adds a mapping, or replaces the one of its name. Comments inside a replaced mapping go
    /// with it; an equal one is left as it stands. Call [`Workspace::save`] to keep it.
    pub fn set_mapping(&mut self, mapping: Mapping) -> Result<(), Error> {
        if self.mapping(&mapping.name) == Some(&mapping) {
            return Ok(());
        }
        let written = mapping_to_toml(&mapping).map_err(|error| self.config_error(error))?;
        file::put_source(&mut self.document, &mapping.name, written);
        match self
            .mappings
            .iter_mut()
            .find(|known| known.name == mapping.name)
        {
            Some(known) => *known = mapping,
            None => self.mappings.push(mapping),
        }
        Ok(())
    }

    /// A section of `worth.toml` that another room owns (`[value]`, `[lifetime]`); its defaults
    /// when the file has none.
    ///
    /// Errors: [`Error::Config`] with the line when the section does not have the shape of `T`.
    pub fn section<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, Error> {
        section_of(&self.document.to_string(), name).map_err(|error| self.config_error(error))
    }

    /// Writes a section, keeping the comments of the keys that stay.
    pub fn set_section<T: Serialize>(&mut self, name: &str, section: &T) -> Result<(), Error> {
        let written =
            toml_edit::ser::to_document(section).map_err(|error| self.config_error(error))?;
        file::merge_section(&mut self.document, name, written.as_table());
        Ok(())
    }

    /// Changes what the business is.
    ///
    /// Errors: [`Error::Config`] when it makes no sense. A new time zone is refused when the next
    /// [`Workspace::lake`] finds data that was imported under another one.
    pub fn set_business(&mut self, business: Business) -> Result<(), Error> {
        business
            .check()
            .map_err(|problem| self.config_error(problem))?;
        self.set_section("business", &business)?;
        self.business = business;
        Ok(())
    }

    /// Writes `worth.toml`: to a file beside it first, so that a crash leaves the old or the new.
    pub fn save(&self) -> Result<(), Error> {
        file::write_whole(&self.folder.join(CONFIG_FILE), &self.document.to_string())
    }

    /// Opens the lake.
    ///
    /// Errors: [`Error::TimeZoneFixed`] when `timezone` was changed after data without a time of
    /// day were imported, whose instants depend on it; [`Error::Config`] for an `[engine]` of another
    /// shape than [`crate::engine::EngineOptions`].
    pub async fn lake(&self) -> Result<Lake, Error> {
        let fixed = file::read_fixed_zone(&self.folder)?;
        if let Some(imported) = fixed
            && imported != self.business.timezone
        {
            return Err(Error::TimeZoneFixed {
                path: self.folder.join(CONFIG_FILE),
                timezone: self.business.timezone.clone(),
                imported,
            });
        }
        let options = LakeOptions {
            timezone: self.business.zone(),
            engine: self.section("engine")?,
        };
        Lake::open(&self.folder, options).await
    }

    /// Remembers that data without a time of day were imported under the present time zone.
    pub(crate) fn fix_zone(&self) -> Result<(), Error> {
        if file::read_fixed_zone(&self.folder)?.is_some() {
            return Ok(());
        }
        file::write_fixed_zone(&self.folder, &self.business.timezone)
    }

    fn config_error(&self, problem: impl std::fmt::Display) -> Error {
        Error::Config {
            path: self.folder.join(CONFIG_FILE),
            problem: problem.to_string(),
        }
    }
}

fn read_mappings(document: &DocumentMut) -> Result<Vec<Mapping>, String> {
    let Some(item) = document.get("source") else {
        return Ok(Vec::new());
    };
    let list = item
        .as_array_of_tables()
        .ok_or("`source` should be written as [[source]]")?;
    list.iter()
        .map(|table| {
            let name = table
                .get("name")
                .and_then(Item::as_str)
                .unwrap_or("without a name");
            mapping_from_toml(table).map_err(|error| format!("[[source]] {name}: {error}"))
        })
        .collect()
}

#[cfg(test)]
mod tests;
