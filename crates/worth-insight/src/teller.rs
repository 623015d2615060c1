//! An answer with what it takes to tell it: what the sheets of large answers are made with.

use crate::question::Provenance;
use crate::words::{Unit, Value, Words};

/// An answer, where it came from, and the reader's words.
pub(crate) struct Teller<'a, A> {
    pub(crate) answer: &'a A,
    pub(crate) provenance: &'a Provenance,
    pub(crate) words: &'a Words,
}

impl<A> Teller<'_, A> {
    /// A sentence without variables.
    pub(crate) fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    /// A sentence with variables.
    pub(crate) fn tell(&self, id: &str, variables: &[(&str, Value<'_>)]) -> String {
        self.words.tell(id, variables)
    }

    /// The business's money, shortened.
    pub(crate) fn money(&self) -> Unit {
        Unit::money_short(&self.provenance.currency)
    }
}
