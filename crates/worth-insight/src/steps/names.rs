//! What steps are called: the rules of `worth.toml` on the distinct names that the tables have, one
//! spelling for names that differ in capital letters or spaces only, and what that changed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{JourneySettings, StepKind, StepTable};

/// A name as a table has it, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct NameRead {
    /// What it is called in every answer.
    pub name: String,
    /// As the table has it.
    pub before: String,
    /// The table.
    pub table: StepTable,
    /// Steps of that name.
    pub steps: u64,
}

/// Gives each of `kinds`, read as the tables have them with how many steps there are of each, its name,
/// stage and touchpoint; and says what the names were before, those with most steps first.
pub(crate) fn clean(kinds: &mut [(StepKind, u64)], settings: &JourneySettings) -> Vec<NameRead> {
    let fold = |text: &str| folded(text, settings.fold_case);
    let before: Vec<String> = kinds.iter().map(|(kind, _)| kind.name.clone()).collect();
    for (kind, _) in kinds.iter_mut() {
        kind.name = spaced(&kind.name);
        for text in [&mut kind.stage, &mut kind.touchpoint] {
            *text = text
                .take()
                .map(|text| spaced(&text))
                .filter(|text| !text.is_empty());
        }
        let mut name = fold(&kind.name);
        for rule in &settings.rules {
            if rule.is_for(kind.table, &name, fold) {
                if let Some(wanted) = &rule.name {
                    kind.name.clone_from(wanted);
                    name = fold(wanted);
                }
                kind.stage = rule.stage.clone().or(kind.stage.take());
                kind.touchpoint = rule.touchpoint.clone().or(kind.touchpoint.take());
            }
        }
    }
    let written = settings.rules.iter();
    let names = written.clone().filter_map(|rule| rule.name.as_deref());
    let stages = written.clone().filter_map(|rule| rule.stage.as_deref());
    let stages = stages.chain(settings.stages.iter().map(String::as_str));
    let touchpoints = written.filter_map(|rule| rule.touchpoint.as_deref());
    one_spelling(kinds, names, fold, |kind| Some(&mut kind.name));
    one_spelling(kinds, stages, fold, |kind| kind.stage.as_mut());
    one_spelling(kinds, touchpoints, fold, |kind| kind.touchpoint.as_mut());
    told(kinds, before)
}

/// Gives texts that are folded alike one spelling: that of the settings, else the most frequent, among
/// equals the first in the alphabet.
fn one_spelling<'a>(
    kinds: &mut [(StepKind, u64)],
    written: impl Iterator<Item = &'a str>,
    fold: impl Fn(&str) -> String,
    text_of: impl Fn(&mut StepKind) -> Option<&mut String>,
) {
    let mut spellings: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (kind, steps) in kinds.iter_mut() {
        if let Some(text) = text_of(kind) {
            let alike = spellings.entry(fold(text)).or_default();
            *alike.entry(text.clone()).or_default() += *steps;
        }
    }
    let most = |alike: BTreeMap<String, u64>| {
        // the last of the greatest, so from the end of the alphabet
        let greatest = alike.into_iter().rev().max_by_key(|(_, steps)| *steps);
        greatest.map(|(text, _)| text).unwrap_or_default()
    };
    let mut chosen: BTreeMap<String, String> = spellings
        .into_iter()
        .map(|(folded, alike)| (folded, most(alike)))
        .collect();
    for text in written {
        chosen.insert(fold(text), text.to_owned());
    }
    for (kind, _) in kinds.iter_mut() {
        if let Some(text) = text_of(kind) {
            text.clone_from(&chosen[&fold(text)]);
        }
    }
}

/// Names before and after, those with most steps first.
fn told(kinds: &[(StepKind, u64)], before: Vec<String>) -> Vec<NameRead> {
    let mut steps: BTreeMap<NameRead, u64> = BTreeMap::new();
    for ((kind, count), before) in kinds.iter().zip(before) {
        let name = NameRead {
            name: kind.name.clone(),
            before,
            table: kind.table,
            steps: 0,
        };
        *steps.entry(name).or_default() += count;
    }
    let mut names: Vec<NameRead> = steps
        .into_iter()
        .map(|(name, steps)| NameRead { steps, ..name })
        .collect();
    names.sort_by(|one, other| other.steps.cmp(&one.steps).then_with(|| one.cmp(other)));
    names
}

/// Without spaces around it, and with one space where there were several signs that are none.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What texts that are one have in common.
fn folded(text: &str, fold_case: bool) -> String {
    let text = spaced(text);
    match fold_case {
        true => text.to_lowercase(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::settings::Rule;

    fn kind(name: &str, stage: Option<&str>) -> StepKind {
        StepKind {
            table: StepTable::Events,
            name: name.into(),
            stage: stage.map(Into::into),
            touchpoint: None,
            channel: None,
            outcome: None,
        }
    }

    fn rule(names: &[&str], name: Option<&str>, stage: Option<&str>) -> Rule {
        Rule {
            names: names.iter().map(|&name| name.into()).collect(),
            table: None,
            name: name.map(Into::into),
            stage: stage.map(Into::into),
            touchpoint: None,
        }
    }

    #[test]
    fn capital_letters_and_spaces_do_not_make_another_name() {
        let mut kinds = [
            (kind("Add  to cart", None), 3),
            (kind("add to cart", None), 5),
            (kind("Mua hàng ", Some("Chọn")), 1),
            (kind("MUA HÀNG", Some("chọn")), 2),
        ];
        let names = clean(&mut kinds, &JourneySettings::default());
        let found: Vec<&str> = kinds.iter().map(|(kind, _)| kind.name.as_str()).collect();
        assert_eq!(
            found,
            ["add to cart", "add to cart", "MUA HÀNG", "MUA HÀNG"]
        );
        assert_eq!(kinds[2].0.stage.as_deref(), Some("chọn"));
        assert_eq!(names[0].before, "add to cart");
        assert_eq!(names.iter().map(|name| name.steps).sum::<u64>(), 11);
        let apart = JourneySettings {
            fold_case: false,
            ..JourneySettings::default()
        };
        let mut kinds = [(kind("Pay", None), 1), (kind("pay ", None), 1)];
        clean(&mut kinds, &apart);
        assert_ne!(kinds[0].0, kinds[1].0);
        assert_eq!(kinds[1].0.name, "pay");
    }

    #[test]
    fn rules_are_taken_one_after_the_other() {
        let settings = JourneySettings {
            rules: vec![
                rule(&["PDP", "/product/*"], Some("View product"), None),
                rule(&["view product"], None, Some("browse")),
            ],
            ..JourneySettings::default()
        };
        let mut kinds = [
            (kind("/Product/12", None), 9),
            (kind("pdp", Some("shop")), 1),
            (kind("view product", None), 20),
        ];
        let names = clean(&mut kinds, &settings);
        for (kind, _) in &kinds {
            assert_eq!(kind.name, "View product");
            assert_eq!(kind.stage.as_deref(), Some("browse"));
        }
        let before: Vec<&str> = names.iter().map(|name| name.before.as_str()).collect();
        assert_eq!(before, ["view product", "/Product/12", "pdp"]);
    }
}
