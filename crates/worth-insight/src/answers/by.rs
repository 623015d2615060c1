//! What respondents, or their answers, are told apart by.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Answers, part_label};
use crate::words::Words;

/// What respondents, or their answers, are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Role they answer in.
    Role,
    /// Stage of the journey.
    Stage,
    /// Touchpoint.
    Touchpoint,
    /// Region of the customer or respondent.
    Region,
    /// Culture of the customer or respondent.
    Culture,
    /// Channel that won the customer.
    Channel,
    /// Product.
    Product,
    /// Product category.
    Category,
    /// Month of the answer.
    Month,
}

impl By {
    /// The group that an answer belongs to, if it is known.
    pub(crate) fn group_of(self, answer: &Answer, answers: &Answers) -> Option<String> {
        let respondent = &answers.respondents[answer.respondent];
        let named = match self {
            Self::Role => &answer.about.role,
            Self::Stage => &answer.about.stage,
            Self::Touchpoint => &answer.about.touchpoint,
            Self::Product => &answer.about.product,
            Self::Category => &answer.about.category,
            Self::Region => &respondent.region,
            Self::Culture => &respondent.culture,
            Self::Channel => &respondent.channel,
            Self::Month => return Some(answer.date().first_of_month().to_string()),
        };
        named.clone()
    }

    /// As in JSON and in the words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Stage => "stage",
            Self::Touchpoint => "touchpoint",
            Self::Region => "region",
            Self::Culture => "culture",
            Self::Channel => "channel",
            Self::Product => "product",
            Self::Category => "category",
            Self::Month => "month",
        }
    }

    /// As the heading of groups.
    pub(crate) fn told_apart(self, words: &Words) -> String {
        words.say(&format!("answers-by-{}", self.name()))
    }

    /// A group as people call it.
    pub(crate) fn told(self, group: &str, words: &Words) -> String {
        match self.month(group) {
            Some(month) => words.month(month),
            None => part_label(self.name(), group, words),
        }
    }

    /// The month that a group is, when groups are months.
    pub(crate) fn month(self, group: &str) -> Option<Date> {
        (self == Self::Month).then(|| group.parse().ok()).flatten()
    }
}
