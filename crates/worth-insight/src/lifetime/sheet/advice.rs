//! What to do about customers who are slipping away; said in the same words wherever it is said.

use crate::lifetime::answer::{Slipping, StatusRule};
use crate::lifetime::status::LEAST_FOR_ADVICE;
use crate::sheet::Advice;
use crate::words::{Unit, Value, Words};

/// To contact those who are slipping away, with what they are worth; nothing of a customer summary,
/// from which no list can be drawn up.
pub(crate) fn slipping_advice(
    slipping: &Slipping,
    rule: &StatusRule,
    horizon_days: u32,
    currency: &str,
    words: &Words,
) -> Option<Advice> {
    let revenue = slipping.revenue?;
    let money = Unit::money_short(currency);
    let mut variables = rule_variables(rule, words).to_vec();
    variables.extend([
        ("customers", slipping.customers.into()),
        ("revenue", words.in_unit(revenue, &money).into()),
        ("horizon", horizon_days.into()),
        ("least", LEAST_FOR_ADVICE.into()),
    ]);
    let may_bring = match &slipping.at_stake {
        Some(stake) => {
            variables.push(("stake", words.estimate(stake, &money).into()));
            words.tell("lifetime-advice-slipping-money", &variables)
        }
        None => words.say("lifetime-advice-slipping-uncosted"),
    };
    Some(Advice {
        act: words.say("lifetime-advice-slipping"),
        whom: words.tell("lifetime-advice-slipping-whom", &variables),
        evidence: words.tell("lifetime-advice-slipping-evidence", &variables),
        money: may_bring,
        at_least: slipping
            .at_stake
            .and_then(|stake| stake.ends())
            .map(|(low, _)| low),
        rule: words.tell("lifetime-advice-slipping-rule", &variables),
    })
}

/// The variables of the sentences that state the rule.
pub(super) fn rule_variables(
    rule: &StatusRule,
    words: &Words,
) -> [(&'static str, Value<'static>); 4] {
    [
        ("gaps", words.number(rule.overdue_gaps, 0).into()),
        ("low", words.percent(rule.p_alive_low, 0).into()),
        ("high", words.percent(rule.p_alive_high, 0).into()),
        ("days", words.number(rule.new_days, 0).into()),
    ]
}
