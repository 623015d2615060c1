//! The demo business: "Cà phê Lá", a chain of coffee shops with an app, three years of it, as the
//! plain files such a business has. What is true of it is planted ([`truth`]) and written beside
//! them, so that one can see whether Worth finds it.
//!
//! Customers are drawn one by one from random streams of their own, a block at a time, blocks in
//! parallel, and written in order: the files depend on the options alone, and ten million
//! customers need no more memory than ten thousand.

mod calendar;
mod choices;
mod contracts;
mod feedback;
mod history;
mod journeys;
mod market;
mod messages;
mod names;
mod orders;
mod people;
mod random;
mod service;
mod shop;
mod surveys;
mod table;
mod taken;
pub(crate) mod truth;
mod what_if;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use worth_lake::progress::{Progress, Stage, Unit};

use calendar::Calendar;
use history::History;
use people::Person;
use random::{Purpose, stream};
use shop::Region;
use surveys::Answer;
use table::{CsvFile, Rows};
use truth::Truth;

/// Customers that are drawn together, and blocks that wait to be written at the same time.
const BLOCK: u64 = 1_000;
const BLOCKS_AT_ONCE: u64 = 16;

/// What demo to make.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// How many customers.
    pub(crate) customers: u64,
    /// Seed of every draw.
    pub(crate) seed: u64,
    /// Whether purchases follow the seasons of Tết.
    pub(crate) tet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            customers: 20_000,
            seed: 1,
            tet: false,
        }
    }
}

/// What every generator looks at.
pub(crate) struct Plan {
    options: Options,
    truth: Truth,
    calendar: Calendar,
    /// Day the falling region begins to fall.
    fall_day: u32,
    /// Day the hurting touchpoint begins to hurt.
    trouble_day: u32,
    /// Days the campaigns are sent.
    campaign_days: Vec<u32>,
}

/// Writes the source files into `folder/files` and the truth into `folder/truth.json`; gives the
/// files, customers and orders first.
pub(crate) fn write(
    options: &Options,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Vec<PathBuf>> {
    let files = folder.join("files");
    fs::create_dir_all(&files).with_context(|| format!("cannot make {}", files.display()))?;
    let mut plan = Plan::new(options);
    let mut written = write_customers(&mut plan, &files, progress)?;
    written.push(surveys::write_panel(&plan, &files)?);
    written.push(choices::write(&plan, &files)?);
    written.push(market::write_prices(&plan, &files)?);
    written.push(market::write_spending(&plan, &files)?);
    written.push(market::write_exchange_rates(&plan, &files)?);
    plan.truth.what_if.repurchase_change = what_if::repurchase_change(&plan);
    let paths = written.iter().map(|(name, _)| files.join(name)).collect();
    plan.truth.written.careless_respondents = plan.careless_respondents();
    plan.truth.written.rows = written.into_iter().collect();
    let path = folder.join("truth.json");
    let json = serde_json::to_string_pretty(&plan.truth)?;
    fs::write(&path, json + "\n").with_context(|| format!("cannot write {}", path.display()))?;
    Ok(paths)
}

impl Plan {
    fn new(options: &Options) -> Self {
        let truth = Truth::new(options);
        let calendar = Calendar::new(options.tet);
        Self {
            options: options.clone(),
            fall_day: calendar.day_of(truth.falling_region.from_month),
            trouble_day: calendar.day_of(truth.hurting_touchpoint.from_month),
            campaign_days: truth
                .campaigns
                .iter()
                .map(|campaign| calendar.day_of(campaign.sent_on))
                .collect(),
            truth,
            calendar,
        }
    }

    /// Whether value has fallen there by that day.
    fn has_fallen(&self, region: &Region, day: u32) -> bool {
        region.name == self.truth.falling_region.region && day >= self.fall_day
    }
}

/// The files with rows of customers, in the order of [`Block::rows`].
const FILES: [(&str, &[&str]); 7] = [
    ("khach_hang.csv", &people::CUSTOMERS),
    ("don_hang.csv", &orders::ORDERS),
    ("roles.csv", &people::ROLES),
    ("events.csv", &journeys::EVENTS),
    ("messages.csv", &messages::MESSAGES),
    ("feedback.csv", &feedback::FEEDBACK),
    ("contracts.csv", &contracts::CONTRACTS),
];

/// Everything about some customers, ready to be written.
struct Block {
    rows: [Rows; FILES.len()],
    answers: Vec<Answer>,
    counts: orders::Counts,
    unaffected: u64,
    failed_payments: u64,
}

fn write_customers(
    plan: &mut Plan,
    folder: &Path,
    progress: &dyn Progress,
) -> Result<Vec<(String, u64)>> {
    let mut files = Vec::new();
    for (name, header) in FILES {
        files.push(CsvFile::create(folder, name, header)?);
    }
    let mut answers = Vec::new();
    let blocks = plan.options.customers.div_ceil(BLOCK);
    progress.begin(
        Stage::of("demo", ""),
        Some(plan.options.customers),
        Unit::Rows,
    );
    for first in (0..blocks).step_by(BLOCKS_AT_ONCE as usize) {
        let wave: Vec<Block> = (first..blocks.min(first + BLOCKS_AT_ONCE))
            .into_par_iter()
            .map(|number| Block::draw(plan, number))
            .collect();
        for block in wave {
            let written = &mut plan.truth.written;
            written.unaffected_customers += block.unaffected;
            written.anonymous_lines += block.counts.anonymous;
            written.lines_to_reject += block.counts.damaged;
            written.failed_payments += block.failed_payments;
            written.taken.add(&block.counts.taken);
            progress.advance(block.rows[0].count);
            answers.extend(block.answers);
            for (file, rows) in files.iter_mut().zip(block.rows) {
                file.append(rows)?;
            }
        }
    }
    progress.end();
    let mut written = Vec::new();
    for file in files {
        written.push(file.finish()?);
    }
    written.push(surveys::write_form(plan, &answers, folder)?);
    Ok(written)
}

impl Block {
    fn draw(plan: &Plan, number: u64) -> Self {
        let mut block = Self {
            rows: std::array::from_fn(|_| Rows::new()),
            answers: Vec::new(),
            counts: orders::Counts::default(),
            unaffected: 0,
            failed_payments: 0,
        };
        let mut visits = 0;
        for index in number * BLOCK..plan.options.customers.min((number + 1) * BLOCK) {
            visits += block.add(plan, index);
        }
        let [_, orders, ..] = &mut block.rows;
        orders::write_walk_ins(plan, number, visits, orders, &mut block.counts);
        block
    }

    /// Adds customer `index`; how often the customer bought.
    fn add(&mut self, plan: &Plan, index: u64) -> u64 {
        let person = Person::draw(plan, index);
        let history = History::draw(plan, &person);
        let mut draws = stream(plan.options.seed, Purpose::Details, index);
        let [
            customers,
            orders,
            roles,
            events,
            messages,
            feedback,
            contracts,
        ] = &mut self.rows;
        person.write(plan, customers);
        person.write_roles(plan, roles);
        for (number, visit) in history.visits.iter().enumerate() {
            let delivery = orders::write(
                plan,
                &person,
                number,
                visit,
                &mut draws,
                orders,
                &mut self.counts,
            );
            let late = delivery.is_some_and(orders::Delivery::late);
            let taken = &mut self.counts.taken;
            taken.add(&journeys::write(
                plan, &person, number, visit, &mut draws, events,
            ));
            taken.add(&feedback::write(
                plan, &person, number, visit, late, &mut draws, feedback,
            ));
            self.failed_payments += u64::from(visit.failures);
        }
        self.counts.taken.messages += messages::write(plan, &person, &history.messages, messages);
        contracts::write(plan, &person, contracts);
        self.answers
            .extend(surveys::answers(plan, &person, &history));
        self.unaffected += u64::from(person.unaffected);
        history.visits.len() as u64
    }
}
