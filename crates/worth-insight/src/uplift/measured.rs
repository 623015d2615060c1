//! What the customers of both arms did before and after, and how far the arms differ.

use worth_model::experiment::{
    Arm, difference_of_means, difference_of_shares, people_needed, standardised_difference,
};

use super::answer::{ArmOutcome, Balance, CampaignUplift, Measure, NotCompared, Verdict, WhyNot};
use super::assigned::{Campaign, Customer};
use crate::columns::date_of;
use crate::lifetime::{MONEY_SCALE, Purchases};

/// Probability with which a difference of the size seen should be told from none.
const POWER: f64 = 0.8;

/// Arms whose means are further apart than a tenth of a standard deviation are usually called out of
/// balance (Austin 2009) …
const MOST_IMBALANCE: f64 = 0.1;
/// … unless the arms are so small that chance does it: 1 in 100 draws goes further than so many
/// standard errors.
const CHANCE_ERRORS: f64 = 2.576;

/// What one customer did around a message.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measured {
    /// One over the probability of the arm, or 1.
    weight: f64,
    /// 1: bought within the window; else 0.
    bought_again: f64,
    /// Money that stayed of that.
    revenue: f64,
    /// Days since the last purchase, at the message; `None` for who had never bought.
    silent_days: Option<f64>,
    /// Money that stayed of all before.
    revenue_before: f64,
}

/// Purchases, and how they are looked at.
pub(super) struct Measuring {
    purchases: Purchases,
    window_days: i32,
    level: f64,
}

impl Measuring {
    pub(super) fn new(purchases: Purchases, window_days: u32, level: f64) -> Self {
        Self {
            purchases,
            window_days: window_days as i32,
            level,
        }
    }

    /// Compares the arms of a campaign, or says why they cannot be.
    pub(super) fn compare(&mut self, campaign: Campaign) -> Result<CampaignUplift, NotCompared> {
        let everyone = || campaign.treatment.iter().chain(&campaign.holdout);
        let (Some(from), Some(until)) = (
            everyone().map(|customer| customer.day).min(),
            everyone().map(|customer| customer.day).max(),
        ) else {
            return Err(not_compared(campaign, WhyNot::TooEarly));
        };
        if campaign.holdout.is_empty() {
            return Err(not_compared(campaign, WhyNot::NobodyHeldOut));
        }
        if campaign.treatment.is_empty() {
            return Err(not_compared(campaign, WhyNot::NobodyContacted));
        }
        let weighted = unequal(&campaign.treatment) || unequal(&campaign.holdout);
        let treatment = self.measure(&campaign.treatment);
        let holdout = self.measure(&campaign.holdout);
        let sense = "the level is in range";
        let of = |people: &[Measured], value: fn(&Measured) -> f64| {
            Arm::of(people.iter().map(|one| (value(one), one.weight)))
        };
        let shares = [&treatment, &holdout].map(|people| of(people, |one| one.bought_again));
        let money = [&treatment, &holdout].map(|people| of(people, |one| one.revenue));
        let outcome = |arm: usize| ArmOutcome {
            customers: shares[arm].people,
            bought_again: shares[arm].share(self.level).expect(sense),
            revenue: money[arm].average(self.level).expect(sense),
        };
        let bought_again = difference_of_shares(&shares[0], &shares[1], self.level).expect(sense);
        let verdict = match bought_again.ends() {
            Some((low, _)) if low > 0.0 => Verdict::Helped,
            Some((_, high)) if high < 0.0 => Verdict::Harmed,
            _ => Verdict::CannotTell,
        };
        Ok(CampaignUplift {
            campaign: campaign.name,
            channel: campaign.channel,
            from: date_of(from),
            until: date_of(until),
            treatment: outcome(0),
            holdout: outcome(1),
            window_not_over: campaign.not_over,
            weighted,
            bought_again,
            revenue: difference_of_means(&money[0], &money[1], self.level).expect(sense),
            customers_needed: people_needed(&shares[0], &shares[1], self.level, POWER)
                .expect(sense),
            balance: vec![
                balance(Measure::SilentDays, &treatment, &holdout, |one| {
                    one.silent_days
                }),
                balance(Measure::RevenueBefore, &treatment, &holdout, |one| {
                    Some(one.revenue_before)
                }),
            ],
            verdict,
        })
    }

    fn measure(&mut self, arm: &[Customer]) -> Vec<Measured> {
        let weighted = unequal(arm);
        arm.iter()
            .map(|customer| self.measure_one(customer, weighted))
            .collect()
    }

    fn measure_one(&mut self, customer: &Customer, weighted: bool) -> Measured {
        let weight = match customer.propensity {
            Some(propensity) if weighted => 1.0 / propensity,
            _ => 1.0,
        };
        let (mut bought, mut money, mut before) = (false, 0, 0);
        let mut last = None;
        if let Some(rank) = self.purchases.rank(&customer.id) {
            let days = self.purchases.days_of(rank).iter();
            for day in days.filter(|day| day.counts()) {
                if day.day <= customer.day {
                    last = Some(day.day);
                    before += day.net();
                } else if day.day <= customer.day + self.window_days {
                    bought = true;
                    money += day.net();
                }
            }
        }
        Measured {
            weight,
            bought_again: f64::from(u8::from(bought)),
            revenue: money as f64 / MONEY_SCALE,
            silent_days: last.map(|last| f64::from(customer.day - last)),
            revenue_before: before as f64 / MONEY_SCALE,
        }
    }
}

/// Whether weights are known and make a difference: every customer of the arm has a probability,
/// and they are not all the same.
fn unequal(arm: &[Customer]) -> bool {
    let known = arm.iter().all(|customer| customer.propensity.is_some());
    known
        && arm
            .windows(2)
            .any(|pair| pair[0].propensity != pair[1].propensity)
}

fn balance(
    measure: Measure,
    treatment: &[Measured],
    holdout: &[Measured],
    value: fn(&Measured) -> Option<f64>,
) -> Balance {
    let arm = |people: &[Measured]| {
        Arm::of(
            people
                .iter()
                .filter_map(|one| Some((value(one)?, one.weight))),
        )
    };
    let (treatment, holdout) = (arm(treatment), arm(holdout));
    let both_are_there = treatment.people > 0 && holdout.people > 0;
    let difference = both_are_there
        .then(|| standardised_difference(&treatment, &holdout))
        .flatten();
    let chance = CHANCE_ERRORS * (1.0 / treatment.effective + 1.0 / holdout.effective).sqrt();
    Balance {
        measure,
        treatment: treatment.mean,
        holdout: holdout.mean,
        standardised_difference: difference,
        in_balance: difference.is_none_or(|off| off.abs() <= MOST_IMBALANCE.max(chance)),
    }
}

fn not_compared(campaign: Campaign, why: WhyNot) -> NotCompared {
    NotCompared {
        campaign: campaign.name,
        treatment: campaign.treatment.len() as u64,
        holdout: campaign.holdout.len() as u64,
        window_not_over: campaign.not_over,
        why,
    }
}
