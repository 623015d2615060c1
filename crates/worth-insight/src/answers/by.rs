//! What respondents, or their answers, are told apart by.

use std::collections::HashMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Answers, part_label};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::segments;
use crate::words::Words;

/// What respondents, or their answers, are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// A segment of customers: a column of `customers` (`gender`), something the source had besides
    /// (`tier`), or what the first purchase tells (`first-channel`, `first-category`, `first-product`,
    /// `first-store`).
    #[serde(untagged)]
    Segment(String),
}

/// What the first purchase tells customers apart by.
const OF_FIRST_PURCHASE: [&str; 4] = [
    "first-channel",
    "first-category",
    "first-product",
    "first-store",
];

impl By {
    /// All that need no name.
    pub(crate) const ALL: [Self; 9] = [
        Self::Role,
        Self::Stage,
        Self::Touchpoint,
        Self::Product,
        Self::Category,
        Self::Region,
        Self::Culture,
        Self::Channel,
        Self::Month,
    ];

    /// The group that an answer belongs to, if it is known. Segments have to be read first
    /// ([`Answers::tell_apart`]).
    pub(crate) fn group_of(&self, answer: &Answer, answers: &Answers) -> Option<String> {
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
            Self::Segment(name) => &answers.segments[name][answer.respondent],
        };
        named.clone()
    }

    /// As in JSON and in the words.
    pub(crate) fn name(&self) -> &str {
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
            Self::Segment(name) => name,
        }
    }

    /// The value of every customer, where it is something that customers, not only answers, have.
    pub(crate) async fn of_customers(
        &self,
        context: &Context,
        observation: &Observation,
    ) -> Result<Option<HashMap<String, String>>, Error> {
        let name = match self {
            Self::Region => "region",
            Self::Culture => "culture",
            Self::Channel => "acquisition_channel",
            Self::Segment(name) => name,
            _ => return Ok(None),
        };
        let values = segments::read(name, context, observation).await;
        values.map(Some).map_err(with_all_choices)
    }

    /// As the heading of groups.
    pub(crate) fn told_apart(&self, words: &Words) -> String {
        match self {
            Self::Segment(name) => name.replace(['_', '-'], " "),
            _ => words.say(&format!("answers-by-{}", self.name())),
        }
    }

    /// A group as people call it.
    pub(crate) fn told(&self, group: &str, words: &Words) -> String {
        match (self, self.month(group)) {
            (_, Some(month)) => words.month(month),
            (Self::Segment(_), None) => group.to_owned(),
            (_, None) => part_label(self.name(), group, words),
        }
    }

    /// The month that a group is, when groups are months.
    pub(crate) fn month(&self, group: &str) -> Option<Date> {
        (*self == Self::Month).then(|| group.parse().ok()).flatten()
    }
}

impl Answers {
    /// Reads the segments that respondents are to be told apart by.
    pub(crate) async fn tell_apart(
        &mut self,
        by: impl IntoIterator<Item = &By>,
        context: &Context,
        observation: &Observation,
    ) -> Result<(), Error> {
        for by in by {
            let By::Segment(name) = by else {
                continue;
            };
            let values = by.of_customers(context, observation).await?;
            let values = values.unwrap_or_default();
            let respondents = self.respondents.iter();
            let of_each = respondents.map(|respondent| {
                let id = respondent.customer_id.as_ref()?;
                values.get(id).cloned()
            });
            self.segments.insert(name.clone(), of_each.collect());
        }
        Ok(())
    }
}

/// Says what else answers can be told apart by.
fn with_all_choices(error: Error) -> Error {
    let Error::NotAChoice { given, .. } = error else {
        return error;
    };
    let of_answers = By::ALL.iter().map(By::name);
    let known: Vec<&str> = of_answers.chain(OF_FIRST_PURCHASE).collect();
    let columns = segments::columns().filter(|name| !known.contains(name));
    let choices: Vec<&str> = known.iter().copied().chain(columns).collect();
    Error::NotAChoice {
        parameter: "by",
        given,
        choices: choices.join(", "),
    }
}
