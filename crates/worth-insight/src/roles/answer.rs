//! The answer to [`Roles`](super::Roles): plain structs, the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::perceived::Measured;

use crate::answers::{CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};
use crate::segments::AgainstRest;

/// The own brand in the eyes of those who use, buy, pay and decide.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RolesAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// People who scored a benefit or a cost of it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Those of them whose role nobody knows.
    pub without_role: u64,
    /// Accounts that respondents with a role belong to.
    pub accounts: u64,
    /// Benefits, costs, ratio and difference in the eyes of everyone.
    pub everyone: Measured,
    /// Dimensions that were scored for it or a competitor: benefits, then costs.
    pub dimensions: Vec<DimensionName>,
    /// Users, buyers, payers, deciders, influencers, receivers, then others by name.
    pub roles: Vec<RoleView>,
    /// Roles with so few respondents that they are not told apart.
    pub other_roles: Vec<String>,
    /// Two roles each, the surest gap first.
    pub gaps: Vec<Gap>,
    /// Who has the say; absent when no account has roles.
    pub who_decides: Option<WhoDecides>,
    /// The value of accounts by who has the say in them; absent when nobody's say is known, or no
    /// account has two people who answered.
    pub decision_value: Option<Decision>,
    /// Why roles cannot be compared.
    pub cannot_tell: Option<CannotTell>,
    /// Points of benefits − costs between two roles that this survey would show 80 times in 100, were
    /// its respondents half the one and half the other.
    pub smallest_gap: Option<f64>,
    /// Questions that would complete the survey.
    pub completing: Vec<CompletingQuestion>,
    /// How often accounts were resampled.
    pub resamples: u64,
    /// Filters of the scope that a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// The own brand in the eyes of one role, with the importance weights of the whole survey.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RoleView {
    /// The role.
    pub role: String,
    /// People who answered in it.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Accounts they belong to; whoever belongs to none counts as one.
    pub accounts: u64,
    /// Fewer than 30 respondents: the numbers can be far off.
    pub small: bool,
    /// Benefits, costs, ratio and difference.
    #[serde(flatten)]
    pub measured: Measured,
    /// Dimensions that were scored.
    pub dimensions: Vec<RoleScore>,
}

/// The mean score of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RoleScore {
    /// Which one.
    #[serde(flatten)]
    pub name: DimensionName,
    /// 1..10: 10 is most benefit, or most sacrifice.
    pub mean: Estimate,
    /// Respondents who gave one.
    pub respondents: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
}

/// How far two roles are apart.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Gap {
    /// The role that sees less value for what it takes, as far as that can be told.
    pub role: String,
    /// The other.
    pub other: String,
    /// Which of the two comparisons counts.
    pub basis: Basis,
    /// Inside accounts in which both answered, other people each: what accounts differ in cancels.
    pub within_accounts: Option<GapFound>,
    /// Between everyone in the one and everyone in the other.
    pub whole_survey: Option<GapFound>,
}

impl Gap {
    /// The comparison that counts.
    #[must_use]
    pub fn found(&self) -> Option<&GapFound> {
        match self.basis {
            Basis::WithinAccounts => self.within_accounts.as_ref(),
            Basis::WholeSurvey => self.whole_survey.as_ref(),
        }
    }
}

/// What a gap is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// People of the same accounts.
    WithinAccounts,
    /// Everyone: fewer than 20 accounts have answers of both.
    WholeSurvey,
}

impl Basis {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WithinAccounts => "within-accounts",
            Self::WholeSurvey => "whole-survey",
        }
    }
}

/// The role less the other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GapFound {
    /// Accounts it rests on; in the whole survey, those of the role with fewer.
    pub accounts: u64,
    /// In points.
    pub benefits: Option<Estimate>,
    /// In points; above 0 the role feels more cost.
    pub costs: Option<Estimate>,
    /// Ratio of the role over that of the other.
    pub ratio: Option<Estimate>,
    /// Of benefits − costs, in points; adjusted for the number of pairs.
    pub value: Option<AgainstRest>,
    /// Points of it that so many accounts would show 80 times in 100.
    pub smallest: Option<f64>,
    /// Dimensions that both were asked about; adjusted for pairs and dimensions.
    pub dimensions: Vec<GapOfDimension>,
}

/// The role less the other in one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GapOfDimension {
    /// Which one.
    #[serde(flatten)]
    pub name: DimensionName,
    /// In points; above 0 the role gets more of a benefit, or feels more of a cost.
    #[serde(flatten)]
    pub gap: AgainstRest,
}

/// Who has the say in accounts, on the last day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhoDecides {
    /// Accounts with roles.
    pub accounts: u64,
    /// Accounts in which no say is given: everyone in them has the same.
    pub accounts_without_say: u64,
    /// People with a role in them.
    pub people: u64,
    /// The most say first.
    pub roles: Vec<RoleSay>,
    /// Roles that people hold together, the most people first.
    pub held: Vec<PartsHeld>,
}

/// The say of one role.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RoleSay {
    /// The role.
    pub role: String,
    /// Mean over all accounts of its share in the account's say, 0..1; adds to 1 over roles.
    pub share: Estimate,
    /// Accounts in which somebody has it.
    pub accounts: u64,
    /// People who have it.
    pub people: u64,
}

/// Roles that the same people hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartsHeld {
    /// The roles.
    pub roles: Vec<String>,
    /// People who hold exactly these.
    pub people: u64,
}

/// The value of accounts by who has the say.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Decision {
    /// Accounts in which two people or more with a say answered.
    pub accounts: u64,
    /// Each person by his or her say.
    pub by_say: Measured,
    /// The same people, each counting once.
    pub plain: Measured,
    /// By say less plain; the ratio is by say over plain.
    pub gap: Measured,
}

/// Why roles cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CannotTell {
    /// Nobody was asked what the own brand gives and takes.
    NoSurvey,
    /// Nobody's role is known.
    NoRoles,
    /// All who answered have the same role.
    OneRole,
}

impl CannotTell {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSurvey => "no-survey",
            Self::NoRoles => "no-roles",
            Self::OneRole => "one-role",
        }
    }
}
