//! The answer to [`Overview`](super::Overview): plain structs, the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;

use crate::lifetime::answer::{Slipping, StatusRule};
use crate::perceived::DimensionWorth;

/// Both values side by side, and what follows from them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OverviewAnswer {
    /// What the business is worth to its customers; absent without a survey that tells.
    pub perceived: Option<PerceivedSide>,
    /// What customers are worth to the business; absent without orders that tell.
    pub lifetime: Option<LifetimeSide>,
    /// Month by month.
    pub months: Vec<OverviewMonth>,
    /// Customers by both values; absent when too few have both.
    pub corners: Option<Corners>,
    /// Customers who have both values.
    pub customers_with_both: u64,
    /// Whether those who answered are like customers in general; absent when too few are known.
    pub responders: Option<Responders>,
    /// What data is there, table by table.
    pub data: Vec<TableHeld>,
    /// The one datum that would help most.
    pub wanted: Option<WantedDatum>,
    /// What to do next week: at most three, the most money first; none when no rule calls for any.
    pub actions: Vec<Action>,
}

/// What the business is worth to its customers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PerceivedSide {
    /// The own brand.
    pub brand: String,
    /// People who scored it.
    pub respondents: u64,
    /// Benefits / costs.
    pub ratio: Estimate,
    /// Benefits − costs, in points of the 1..10 scale.
    pub difference: Estimate,
    /// Own ratio over that of the average competitor; absent without competitors.
    pub ratio_against_competitors: Option<Estimate>,
    /// Own difference less that of the average competitor, in points.
    pub difference_against_competitors: Option<Estimate>,
    /// Competitors that were compared.
    pub competitors: Vec<String>,
}

/// What customers are worth to the business.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct LifetimeSide {
    /// Customers who ever bought.
    pub customers: u64,
    /// Those of them who bought once only.
    pub once: u64,
    /// How many customers still buy; absent without a model.
    pub active: Option<Estimate>,
    /// Those of them who bought once only: all of `once` when the model cannot see them leave.
    pub active_once: Option<Estimate>,
    /// Customer equity within the horizon; absent without models of purchases and spend.
    pub equity: Option<Estimate>,
    /// The same per customer.
    pub equity_per_customer: Option<Estimate>,
    /// How far the forecast looks ahead, in days.
    pub horizon_days: u32,
    /// Value is revenue, because no margin is set.
    pub is_revenue: bool,
    /// Customers slipping away; absent without a model.
    pub slipping: Option<u64>,
    /// What keeping all of them would bring on top.
    pub at_stake: Option<Estimate>,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OverviewMonth {
    /// First day of the month.
    pub month: Date,
    /// Whether all its days are observed.
    pub complete: bool,
    /// Orders in which something was sold, anonymous ones too.
    pub orders: u64,
    /// Known customers who ordered.
    pub customers: u64,
    /// Money that stayed after refunds, anonymous sales too.
    pub revenue: f64,
    /// Perceived value of the own brand as a ratio, from this month's answers.
    pub perceived_ratio: Option<Estimate>,
    /// People who scored the own brand this month.
    pub respondents: u64,
}

/// Customers who have both values, in four corners.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Corners {
    /// From this ratio of benefits to costs perceived value is called high: the median of those who
    /// have both values.
    pub perceived_cut: f64,
    /// From this expected value lifetime value is called high: the median of the same customers.
    pub lifetime_cut: f64,
    /// Customers who have both values.
    pub customers: u64,
    /// All four, also empty ones.
    pub corners: Vec<Corner>,
}

impl Corners {
    /// The corner of a customer with these two values.
    #[must_use]
    pub fn corner_of(&self, perceived_ratio: f64, expected_value: f64) -> CornerName {
        CornerName::of(
            perceived_ratio >= self.perceived_cut,
            expected_value >= self.lifetime_cut,
        )
    }
}

/// One of the four corners.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Corner {
    /// Which one.
    pub name: CornerName,
    /// Customers in it.
    pub customers: u64,
    /// Share of those who have both values, 0..1.
    pub share: Estimate,
    /// What they are expected to bring within the horizon.
    pub expected_value: Estimate,
}

/// The four corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CornerName {
    /// They value the business, and are valuable to it: keep them.
    Partners,
    /// Valuable to the business, but feel that they get little for what they give: at risk.
    Strained,
    /// They value the business, but bring little so far: could grow.
    Promising,
    /// Neither.
    Distant,
}

impl CornerName {
    /// In the order of the answer.
    pub const ALL: [Self; 4] = [
        Self::Partners,
        Self::Strained,
        Self::Promising,
        Self::Distant,
    ];

    /// The corner of two values.
    #[must_use]
    pub fn of(perceived_is_high: bool, lifetime_is_high: bool) -> Self {
        match (perceived_is_high, lifetime_is_high) {
            (true, true) => Self::Partners,
            (false, true) => Self::Strained,
            (true, false) => Self::Promising,
            (false, false) => Self::Distant,
        }
    }

    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Partners => "partners",
            Self::Strained => "strained",
            Self::Promising => "promising",
            Self::Distant => "distant",
        }
    }
}

/// Customers who answered a survey, compared with all customers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Responders {
    /// Customers who answered and are known by id.
    pub responders: u64,
    /// All customers who bought.
    pub customers: u64,
    /// Days since the last purchase, repeat purchases, and spend, in this order.
    pub measures: Vec<Compared>,
    /// Share of customers and of responders by region, the largest first.
    pub regions: Vec<RegionShare>,
    /// Share of responders who would have to live elsewhere to be spread like all customers, 0..1.
    pub region_distance: Option<f64>,
    /// Whether that is more than a tenth.
    pub regions_differ: bool,
    /// What follows.
    pub verdict: Verdict,
}

/// One measure of responders and of all customers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Compared {
    /// Which one.
    pub measure: Measure,
    /// Mean over responders.
    pub responders: Estimate,
    /// Mean over all customers.
    pub customers: f64,
    /// How far apart the means are, in standard deviations of all customers.
    pub distance: f64,
    /// Whether that is more than chance and more than a small distance.
    pub differs: bool,
}

/// What responders are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Days since the last purchase.
    Recency,
    /// Purchase days after the first.
    Frequency,
    /// All money that stayed.
    Spend,
}

impl Measure {
    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Recency => "recency",
            Self::Frequency => "frequency",
            Self::Spend => "spend",
        }
    }
}

/// Customers and responders of a region.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RegionShare {
    /// The region.
    pub region: String,
    /// Share of all customers whose region is known, 0..1.
    pub customers: f64,
    /// Share of responders whose region is known, 0..1.
    pub responders: f64,
}

/// Whether those who answered can speak for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// No difference that matters was found.
    AlikeEnough,
    /// They differ in something that may matter.
    Different,
    /// Too few are known to tell.
    TooFew,
}

/// What is there of a table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TableHeld {
    /// Its name in SQL.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// First business day in it; absent when it has no time or no rows.
    pub from: Option<Date>,
    /// Last business day in it.
    pub until: Option<Date>,
}

/// The one datum that would help most: the first of this list that is missing.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum WantedDatum {
    /// Orders: nothing is known of what customers bring.
    Orders,
    /// Who bought: most sales are anonymous.
    CustomersOfOrders {
        /// Share of sales without a customer, 0..1.
        anonymous_share: f64,
    },
    /// A survey: nothing is known of what customers feel they get and give.
    Survey,
    /// Competitors in the survey: nothing to compare with.
    Competitors,
    /// The own brand in the survey.
    OwnBrand,
    /// A customer id, phone or e-mail in the survey: the two values cannot be put together.
    RespondentIds {
        /// Customers who have both values now.
        customers_with_both: u64,
    },
    /// The margin: value is only revenue.
    Margin,
    /// A dimension of value that nobody was asked about.
    Dimension {
        /// The questions to ask, in English and Vietnamese.
        english: String,
        /// In Vietnamese.
        vietnamese: String,
    },
    /// Messages with a random holdout: whether anything that is done works.
    Holdout,
}

/// Something to do next week.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Action {
    /// The rule that chose it.
    #[serde(flatten)]
    pub rule: ActionRule,
    /// What it may bring, in money; absent when these data cannot tell.
    pub money: Option<Estimate>,
}

/// Rules that choose actions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum ActionRule {
    /// At least ten customers are slipping away, and what is at stake is surely above zero.
    WinBack {
        /// Who is slipping away.
        slipping: Slipping,
        /// When a customer is called so.
        status_rule: StatusRule,
    },
    /// The own brand is surely behind its competitors in a dimension (the whole interval is), every
    /// brand was scored by at least thirty people, and of such dimensions this one takes most from
    /// the difference.
    WeakestDimension {
        /// The own brand.
        brand: String,
        /// The dimension, with the scores of all brands.
        dimension: DimensionWorth,
    },
    /// At least ten customers are valuable and feel that they get less than most for what they give.
    RelieveStrained {
        /// Customers in that corner.
        customers: u64,
        /// Perceived ratio under which they are.
        perceived_cut: f64,
        /// Expected value from which they are valuable.
        lifetime_cut: f64,
    },
}
