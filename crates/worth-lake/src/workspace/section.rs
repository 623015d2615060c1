//! One section of `worth.toml`, read from its text, so that what is wrong with it has a line.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Deserializer as _, IgnoredAny, MapAccess, Visitor};
use toml_edit::de::{Deserializer, Error};

/// The section of that name; its defaults when the text has none.
pub(super) fn section_of<T: DeserializeOwned + Default>(
    text: &str,
    name: &str,
) -> Result<T, Error> {
    let section = PhantomData;
    let found = Deserializer::parse(text)?.deserialize_map(Find { name, section })?;
    Ok(found.unwrap_or_default())
}

/// Passes over all other sections.
struct Find<'a, T> {
    name: &'a str,
    section: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Find<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("sections")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut sections: A) -> Result<Option<T>, A::Error> {
        let mut found = None;
        while let Some(name) = sections.next_key::<String>()? {
            if name == self.name {
                found = Some(sections.next_value()?);
            } else {
                sections.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
