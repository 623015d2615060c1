//! How people feel about a feature, and the category that makes of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How someone feels with a feature, or without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reaction {
    /// I like it that way.
    Like,
    /// It must be that way; I expect it.
    MustBe,
    /// I am neutral.
    Neutral,
    /// I can live with it that way.
    LiveWith,
    /// I dislike it that way.
    Dislike,
}

/// What a feature is to someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Taken for granted: missed without it, not noticed with it.
    MustBe,
    /// The more the better.
    OneDimensional,
    /// Delights with it, not missed without it.
    Attractive,
    /// Nobody minds either way.
    Indifferent,
    /// Better without it.
    Reverse,
    /// Answers that contradict each other: the question was misunderstood.
    Questionable,
}

impl Category {
    /// All of them, those first that are served first when it is too close to call (Berger et al.
    /// 1993: must-be before one-dimensional before attractive before indifferent).
    pub const ALL: [Self; 6] = [
        Self::MustBe,
        Self::OneDimensional,
        Self::Attractive,
        Self::Indifferent,
        Self::Reverse,
        Self::Questionable,
    ];

    /// What the feature is to someone who feels so with it and so without it.
    #[must_use]
    pub fn of(with: Reaction, without: Reaction) -> Self {
        use Reaction::{Dislike, Like};
        match (with, without) {
            (Like, Like) | (Dislike, Dislike) => Self::Questionable,
            (Like, Dislike) => Self::OneDimensional,
            (Like, _) => Self::Attractive,
            (Dislike, _) | (_, Like) => Self::Reverse,
            (_, Dislike) => Self::MustBe,
            _ => Self::Indifferent,
        }
    }
}
