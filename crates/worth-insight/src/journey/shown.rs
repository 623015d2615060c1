//! The steps that are told apart, with all others as one, and what the map says of each.

use worth_model::Estimate;
use worth_model::concentration::share;
use worth_model::journey::{Edge, Log, Map, MapParts, Node, Passing, map};

use super::Journey;
use super::answer::{Check, CheckName, InDoubt, OtherTransitions, Outcomes, Place, Transition};
use super::satisfaction::Satisfied;
use super::worth::Worth;
use crate::funnel::Condition;
use crate::steps::{Labelled, Outcome, StepName, Steps, ToldApart, WAYS_TO_END, usual_order};
use crate::why::{Rule, Why};

/// Transitions in doubt that are named.
const MOST_IN_DOUBT: usize = 5;

/// Steps told apart, and their map.
pub(super) struct Shown<'a> {
    /// By number in the maps; the others last, when there are any.
    names: Vec<StepName>,
    /// With what each customer is expected to bring.
    map: Map,
    /// Each step by how it ended, with what is at stake of each customer.
    by_outcome: Map,
    /// By number in `map`.
    usually_after: Vec<Option<f64>>,
    worth: &'a Worth,
    question: &'a Journey,
    /// Whether capital letters in names do not matter.
    fold_case: bool,
}

impl<'a> Shown<'a> {
    /// `log`: all steps in their journeys; `all`: its map at the labels of `labelled`.
    pub(super) fn of(
        (question, fold_case): (&'a Journey, bool),
        steps: &Steps,
        log: &Log,
        labelled: &Labelled,
        all: &Map,
        worth: &'a Worth,
    ) -> Self {
        let told_apart = ToldApart::of(steps, labelled, &[all], question.most_steps as usize);
        let mapped = |log: &Log, values: Option<&[f64]>, waiting| {
            let parts = MapParts {
                waiting,
                ..MapParts::default()
            };
            map(log, values, parts).expect("there is a finite value for each journey")
        };
        let log_of_places = told_apart.log(log);
        let usually_after = usual_order(&log_of_places);
        let map = mapped(&log_of_places, worth.expected(), Some(question.level));
        drop(log_of_places);
        let log_of_outcomes = told_apart.log_with_ways(log);
        Self {
            map,
            by_outcome: mapped(&log_of_outcomes, worth.at_stake(), None),
            usually_after,
            names: told_apart.names,
            worth,
            question,
            fold_case,
        }
    }

    /// What is known of all people on journeys: their expected value, and what is at stake.
    pub(super) fn of_all(&self) -> [&Passing; 2] {
        [&self.map.all, &self.by_outcome.all]
    }

    /// Each step, those of most people first, the others last.
    pub(super) fn places(&self, satisfied: &Satisfied) -> Vec<Place> {
        let mut places: Vec<Place> = self
            .map
            .nodes
            .iter()
            .map(|node| self.place(node, satisfied))
            .collect();
        places.sort_by_key(|place| {
            let is_other = place.name == StepName::Other;
            (is_other, std::cmp::Reverse((place.people, place.steps)))
        });
        places
    }

    fn place(&self, node: &Node, satisfied: &Satisfied) -> Place {
        let name = self.names[node.kind as usize].clone();
        let at_stake = self.by_outcomes(node.kind).map(|(_, node)| node.last);
        Place {
            steps: node.events,
            usually_after: self.usually_after[node.kind as usize].unwrap_or_default(),
            journeys: node.journeys,
            people: node.through.origins,
            starts: node.starts,
            ends: node.ends,
            ends_share: self.share(node.ends, node.journeys),
            last_of_people: node.last.origins,
            repeats: node.repeats(),
            returns: node.returns,
            repeating_share: self.share(node.repeating, node.journeys),
            outcomes: self.outcomes(node),
            satisfaction: satisfied.of(&name, self.question.level),
            value_through: self.expected(&node.through),
            value_last: self.expected(&node.last),
            at_stake: self.stake(&together(at_stake)),
            why: self.called(&name).map(|step| self.why(&Rule::Each(step))),
            name,
        }
    }

    /// Steps of that name, as a condition.
    fn called(&self, name: &StepName) -> Option<Condition> {
        Condition::called(self.question.by, name, self.fold_case)
    }

    fn why(&self, rule: &Rule) -> Why {
        let asked = self.question;
        Why::of(rule, asked.case, asked.window, &asked.tables)
    }

    /// The node of a step for each way in which it ended.
    fn by_outcomes(&self, kind: u32) -> impl Iterator<Item = (Option<Outcome>, &Node)> {
        let outcomes = std::iter::once(None).chain(Outcome::ALL.into_iter().map(Some));
        let nodes =
            (0..WAYS_TO_END).map(move |number| self.by_outcome.node(kind * WAYS_TO_END + number));
        outcomes
            .zip(nodes)
            .filter_map(|(outcome, node)| Some((outcome, node?)))
    }

    fn outcomes(&self, node: &Node) -> Outcomes {
        let of = |wanted: Option<Outcome>| {
            let mut nodes = self.by_outcomes(node.kind);
            nodes
                .find(|(outcome, _)| *outcome == wanted)
                .map(|(_, node)| node)
        };
        let steps = |outcome| of(outcome).map_or(0, |node| node.events);
        let journeys = |outcome| of(Some(outcome)).map_or(0, |node| node.journeys);
        let ends = |outcome| of(Some(outcome)).map_or(0, |node| node.ends);
        let broken_off = ends(Outcome::Failed) + ends(Outcome::Abandoned);
        let unknown = steps(None);
        let share = |hits: u64| (unknown < node.events).then(|| self.share(hits, node.journeys));
        Outcomes {
            ok: steps(Some(Outcome::Ok)),
            failed: steps(Some(Outcome::Failed)),
            abandoned: steps(Some(Outcome::Abandoned)),
            unknown,
            failed_share: share(journeys(Outcome::Failed)),
            abandoned_share: share(journeys(Outcome::Abandoned)),
            broken_off,
            broken_off_share: share(broken_off),
        }
    }

    /// At most so many transitions, the most frequent first, and what the others come to.
    pub(super) fn transitions(&self, most: usize) -> (Vec<Transition>, OtherTransitions) {
        let mut edges: Vec<&Edge> = self.map.edges.iter().collect();
        edges.sort_by_key(|edge| (std::cmp::Reverse(edge.times), edge.from, edge.to));
        let (shown, others) = edges.split_at(most.min(edges.len()));
        let other = OtherTransitions {
            transitions: others.len() as u64,
            times: others.iter().map(|edge| edge.times).sum(),
        };
        (
            shown.iter().map(|edge| self.transition(edge)).collect(),
            other,
        )
    }

    fn transition(&self, edge: &Edge) -> Transition {
        let steps_before = self.map.node(edge.from).map_or(0, |node| node.events);
        let last = (0..WAYS_TO_END).flat_map(|before| {
            (0..WAYS_TO_END).filter_map(move |after| {
                let [from, to] = [(edge.from, before), (edge.to, after)]
                    .map(|(kind, outcome)| kind * WAYS_TO_END + outcome);
                self.by_outcome.edge(from, to).map(|edge| edge.last)
            })
        });
        let [from, to] = [edge.from, edge.to].map(|kind| &self.names[kind as usize]);
        let called = self.called(from).zip(self.called(to));
        Transition {
            from: from.clone(),
            to: to.clone(),
            why: called.map(|(from, to)| self.why(&Rule::Next([from, to]))),
            times: edge.times,
            share: self.share(edge.times, steps_before),
            journeys: edge.journeys,
            people: edge.through.origins,
            waiting: edge.waiting.expect("they are wanted of this map"),
            tied: edge.tied,
            in_doubt: edge.in_doubt,
            value_through: self.expected(&edge.through),
            at_stake: self.stake(&together(last)),
        }
    }

    /// The transitions that are most often in doubt, and how often others are.
    pub(super) fn transitions_in_doubt(&self) -> (Vec<InDoubt>, u64) {
        let mut edges: Vec<&Edge> = self
            .map
            .edges
            .iter()
            .filter(|edge| edge.in_doubt > 0)
            .collect();
        edges.sort_by_key(|edge| (std::cmp::Reverse(edge.in_doubt), edge.from, edge.to));
        let (named, others) = edges.split_at(MOST_IN_DOUBT.min(edges.len()));
        let named = named.iter().map(|edge| InDoubt {
            from: self.names[edge.from as usize].clone(),
            to: self.names[edge.to as usize].clone(),
            times: edge.times,
            in_doubt: edge.in_doubt,
        });
        (
            named.collect(),
            others.iter().map(|edge| edge.in_doubt).sum(),
        )
    }

    /// What is shown, added up, beside the whole.
    pub(super) fn checks(
        &self,
        all: &Map,
        steps: &Steps,
        transitions: &[Transition],
        others: &OtherTransitions,
    ) -> Vec<Check> {
        let nodes = |number: fn(&Node) -> u64| self.map.nodes.iter().map(number).sum::<u64>();
        let starts = nodes(|node| node.starts);
        let shown: u64 = transitions.iter().map(|edge| edge.times).sum();
        let in_tables = steps.tables.iter().map(|table| table.steps).sum();
        let by_way = all.variants.iter().map(|variant| variant.journeys).sum();
        let check = |code, shown, all| Check { code, shown, all };
        vec![
            check(CheckName::Tables, in_tables, all.events),
            check(CheckName::Steps, nodes(|node| node.events), all.events),
            check(
                CheckName::Transitions,
                shown + others.times + starts,
                all.events,
            ),
            check(CheckName::Starts, starts, all.journeys),
            check(CheckName::Ends, nodes(|node| node.ends), all.journeys),
            check(
                CheckName::People,
                nodes(|node| node.last.origins),
                all.all.origins,
            ),
            check(CheckName::Variants, by_way, all.journeys),
        ]
    }

    fn share(&self, hits: u64, of: u64) -> Estimate {
        share(hits as f64, of as f64, self.question.level)
            .expect("part of a whole, and the level is in range")
    }

    fn expected(&self, passing: &Passing) -> Option<Estimate> {
        self.worth
            .of_expected(passing, &self.map.all, self.question.level)
    }

    fn stake(&self, passing: &Passing) -> Option<Estimate> {
        self.worth
            .of_stake(passing, &self.map.all, self.question.level)
    }
}

/// Different people together.
fn together(passing: impl Iterator<Item = Passing>) -> Passing {
    passing.fold(Passing::default(), |sum, more| Passing {
        origins: sum.origins + more.origins,
        sum: sum.sum + more.sum,
        squares: sum.squares + more.squares,
    })
}
