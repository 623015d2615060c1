//! The short answer: how many come back, which groups differ in that, and which pay back their cost.

use super::{RATIO, SHARE, Teller, returns};
use crate::acquisition::answer::{Group, NoCost, Verdict};
use crate::sheet::{Headline, Tone};
use crate::words::Unit;

/// Groups that a sentence names; the others are counted.
const MOST_NAMED: usize = 5;

impl Teller<'_> {
    pub(super) fn headline(&self) -> Headline {
        let answer = self.answer;
        let mut says = vec![match &answer.all.returned.share {
            Some(share) => {
                let of_hundred = share.scaled(100.0);
                let unit = Unit::Number { decimals: 0 };
                self.tell(
                    "acquisition-headline-back",
                    &[
                        ("n", self.words.value(&of_hundred, &unit).into()),
                        ("interval", self.words.interval(&of_hundred, &unit).into()),
                        ("days", answer.window_days.into()),
                    ],
                )
            }
            None => self.tell("acquisition-headline-back-unknown", &[self.window()]),
        }];
        says.extend(self.differences());
        says.extend(self.verdicts());
        let has = |verdict| !self.of(verdict).is_empty();
        let some_pay_back = has(Verdict::PaysBack) || has(Verdict::PaysBackManyTimes);
        let some_are_open = has(Verdict::CannotTell) || has(Verdict::TooFew);
        let tone = if has(Verdict::CostsMore) {
            Tone::Bad
        } else if some_pay_back && !some_are_open {
            Tone::Good
        } else {
            Tone::Plain
        };
        Headline {
            asks: self.say("acquisition-asks"),
            says: says.join(" "),
            tone,
            figures: Vec::new(),
        }
    }

    /// Which groups come back more than the rest, and which less.
    fn differences(&self) -> Vec<String> {
        if self.answer.compared < 2 {
            return Vec::new();
        }
        let differing = |more: bool| -> Vec<&Group> {
            let differs = |group: &&Group| {
                let against = group.returned.against_rest;
                against.is_some_and(|one| one.differs && (one.difference.value > 0.0) == more)
            };
            self.answer.groups.iter().filter(differs).collect()
        };
        let share = |group: &Group| {
            let share = group.returned.share.as_ref();
            let share = share.map(|share| self.words.value(share, &SHARE));
            format!("{} ({})", self.name(group), share.unwrap_or_default())
        };
        let sentence = |id: &str, groups: &[&Group]| {
            (!groups.is_empty())
                .then(|| self.tell(id, &[("groups", self.named(groups, share).into())]))
        };
        let (more, mut less) = (differing(true), differing(false));
        less.reverse();
        let found = [
            sentence("acquisition-headline-more", &more),
            sentence("acquisition-headline-less", &less),
        ];
        if found.iter().all(Option::is_none) {
            let compared = [("groups", self.answer.compared.into())];
            return vec![self.tell("acquisition-headline-alike", &compared)];
        }
        found.into_iter().flatten().collect()
    }

    /// Which groups pay back what they cost.
    fn verdicts(&self) -> Vec<String> {
        if self.answer.no_cost == Some(NoCost::NoSpending) {
            return vec![self.say("acquisition-headline-no-spending")];
        }
        let ratio = |group: &Group| {
            let ratio = returns(group).map(|cost| &cost.value_to_cost);
            let ratio = ratio.map(|ratio| self.words.estimate(ratio, &RATIO));
            format!("{} {}", self.name(group), ratio.unwrap_or_default())
        };
        let horizon = self.horizon();
        let sentence = |(id, verdicts): (&str, &[Verdict])| {
            let groups: Vec<&Group> = verdicts.iter().flat_map(|&one| self.of(one)).collect();
            let variables = [
                ("groups", self.named(&groups, ratio).into()),
                horizon.clone(),
            ];
            (!groups.is_empty()).then(|| self.tell(id, &variables))
        };
        let sentences: [(&str, &[Verdict]); 3] = [
            ("acquisition-headline-costs-more", &[Verdict::CostsMore]),
            (
                "acquisition-headline-pays-back",
                &[Verdict::PaysBackManyTimes, Verdict::PaysBack],
            ),
            (
                "acquisition-headline-cannot-tell",
                &[Verdict::CannotTell, Verdict::TooFew],
            ),
        ];
        sentences.into_iter().filter_map(sentence).collect()
    }

    /// Groups of which this can be said.
    fn of(&self, verdict: Verdict) -> Vec<&Group> {
        let is = |group: &&Group| returns(group).is_some_and(|cost| cost.verdict == verdict);
        self.judged().iter().filter(is).collect()
    }

    /// Channels; of cohorts all together, as a younger one has had less time to pay back.
    fn judged(&self) -> &[Group] {
        if self.is_by_channel() {
            &self.answer.groups
        } else {
            std::slice::from_ref(&self.answer.all)
        }
    }

    /// "TikTok (12%), Facebook (9%) and 3 more". `told`: a group as it is named.
    fn named(&self, groups: &[&Group], told: impl Fn(&Group) -> String) -> String {
        let (named, others) = groups.split_at(groups.len().min(MOST_NAMED));
        let mut names: Vec<String> = named.iter().map(|group| told(group)).collect();
        if !others.is_empty() {
            names.push(self.tell("acquisition-more", &[("n", others.len().into())]));
        }
        self.words.list(&names)
    }
}
