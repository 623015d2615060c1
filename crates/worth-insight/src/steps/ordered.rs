//! Puts what was read in order and gives it its names, so that the order of rows cannot be seen in any
//! result.

use std::sync::Arc;

use hashbrown::HashSet;
use worth_model::journey::Log;

use super::names::clean;
use super::read::{FILTERED, NO_TEXT, Person, REASONS, RawKind, Reader};
use super::{
    Case, JourneyIds, JourneySettings, NameRead, Outcome, StepKind, StepTable, Steps, Stitched,
    TableRead,
};
use crate::question::LeftOut;

impl Reader<'_> {
    /// All that was read. `stages`: the only ones that count, all when empty.
    pub(super) fn finish(mut self, settings: &JourneySettings, stages: &[String]) -> Steps {
        let (kinds, names) = self.number_kinds(settings, stages);
        let links = self.links.values();
        let stitched = Stitched {
            visitors: links.clone().flatten().count() as u64,
            steps: self.stitched_steps,
            ambiguous: links.filter(|customer| customer.is_none()).count() as u64,
        };
        let ids = self.number_journeys();
        let first_at = self.events.iter().map(|event| event.at).min();
        let mut tables: Vec<TableRead> = (settings.tables.iter())
            .map(|&table| TableRead { table, steps: 0 })
            .collect();
        for event in &self.events {
            let table = kinds[event.kind as usize].table;
            let read = tables.iter_mut().find(|read| read.table == table);
            read.expect("no other table is read").steps += 1;
        }
        let reasons = REASONS.iter().zip(self.left_out);
        Steps {
            left_out: reasons
                .filter(|(_, rows)| *rows > 0)
                .map(|(&reason, rows)| LeftOut {
                    reason: reason.into(),
                    rows,
                })
                .collect(),
            log: Log::of(self.events, ids.journeys(), kinds.len())
                .expect("journeys and kinds are numbered from 0"),
            window: settings.window,
            ids: Arc::new(ids),
            kinds,
            stitched,
            names,
            tables,
            first_at,
        }
    }

    /// Gives kinds their names and numbers in order; leaves out those of other stages.
    fn number_kinds(
        &mut self,
        settings: &JourneySettings,
        stages: &[String],
    ) -> (Vec<StepKind>, Vec<NameRead>) {
        let mut raw: Vec<(StepKind, u64)> = self.raw_kinds();
        for event in &self.events {
            raw[event.kind as usize].1 += 1;
        }
        let names = clean(&mut raw, settings);
        let in_scope = |kind: &StepKind| {
            let stage = kind.stage.as_ref();
            stages.is_empty() || stage.is_some_and(|stage| stages.contains(stage))
        };
        let mut kinds: Vec<StepKind> = raw.iter().map(|(kind, _)| kind.clone()).collect();
        kinds.retain(in_scope);
        kinds.sort_unstable();
        kinds.dedup();
        let place = |kind: &StepKind| kinds.binary_search(kind).ok().map(|place| place as u32);
        let places: Vec<Option<u32>> = raw.iter().map(|(kind, _)| place(kind)).collect();
        let all = self.events.len();
        self.events.retain_mut(|event| {
            let place = places[event.kind as usize];
            event.kind = place.unwrap_or(event.kind);
            place.is_some()
        });
        self.left_out[FILTERED] += (all - self.events.len()) as u64;
        (kinds, names)
    }

    /// Kinds as the tables have them, in the order in which they were met.
    fn raw_kinds(&self) -> Vec<(StepKind, u64)> {
        let text = |number: u32| (number != NO_TEXT).then(|| self.texts.id(number).to_owned());
        let table = |number: u32| {
            let name = self.texts.id(number);
            let mut tables = StepTable::ALL.into_iter();
            let table = tables.find(|table| table.name() == name);
            table.expect("the statement beside the code names its tables")
        };
        let mut kinds: Vec<(&RawKind, &u32)> = self.kinds.iter().collect();
        kinds.sort_unstable_by_key(|(_, place)| **place);
        let kind = |raw: &RawKind| StepKind {
            table: table(raw.table),
            name: text(raw.name).unwrap_or_default(),
            stage: text(raw.stage),
            touchpoint: text(raw.touchpoint),
            channel: text(raw.channel),
            outcome: text(raw.outcome).as_deref().and_then(Outcome::of),
        };
        kinds.into_iter().map(|(raw, _)| (kind(raw), 0)).collect()
    }

    /// Numbers journeys in the order of the ids of those whose they are.
    fn number_journeys(&mut self) -> JourneyIds {
        let mut ids = JourneyIds {
            case: self.case,
            customers: Vec::new(),
            visitors: Vec::new(),
            cases: Vec::new(),
            person_of_case: Vec::new(),
        };
        // those whose steps were all left out took none
        let journeys: HashSet<u32> = self.events.iter().map(|event| event.journey).collect();
        let people: HashSet<u32> = match self.case {
            Case::Customer => journeys,
            Case::Journey => (self.people_of_cases.iter())
                .filter(|(case, _)| journeys.contains(case))
                .map(|&(_, person)| person)
                .collect(),
        };
        let people = || people.iter().map(|&number| Person::of_number(number));
        let customers = people().filter_map(Person::customer);
        let visitors = people().filter_map(Person::visitor);
        let (rank_of_customer, rank_of_visitor);
        (ids.customers, rank_of_customer) = self.customers.ranked(customers);
        (ids.visitors, rank_of_visitor) = self.visitors.ranked(visitors);
        let first_visitor = ids.customers.len() as u32;
        let place = |person: u32| match Person::of_number(person) {
            Person::Customer(number) => rank_of_customer[number as usize],
            Person::Visitor(number) => first_visitor + rank_of_visitor[number as usize],
        };
        match self.case {
            Case::Customer => {
                for event in &mut self.events {
                    event.journey = place(event.journey);
                }
            }
            Case::Journey => {
                let cases = self.events.iter().map(|event| event.journey);
                let rank;
                (ids.cases, rank) = self.cases.ranked(cases);
                for event in &mut self.events {
                    event.journey = rank[event.journey as usize];
                }
                ids.person_of_case = vec![u32::MAX; ids.cases.len()];
                for &(case, person) in &self.people_of_cases {
                    if let Some(first) = ids.person_of_case.get_mut(rank[case as usize] as usize) {
                        *first = place(person).min(*first);
                    }
                }
            }
        }
        ids
    }
}
