//! The tables of the sheet: what each role sees, where two are apart, and who decides.

use worth_model::Estimate;
use worth_model::perceived::Measured;

use super::{SCORE, SHARE, Teller};
use crate::answers::{dimension_label, respondents_cell};
use crate::perceived::SMALL;
use crate::roles::answer::{Basis, Decision, Gap, GapFound, RoleView, WhoDecides};
use crate::sheet::{Block, Cell, Sheet, Table, TableColumn};
use crate::words::Unit;

/// Sets of roles that are shown.
const MOST_SETS: usize = 6;

impl Teller<'_> {
    /// Value by role, with everyone below.
    pub(super) fn views(&self) -> Table {
        let row = |name: String, respondents: Cell, accounts: Cell, of: [Option<Estimate>; 4]| {
            let [benefits, costs, ratio, difference] = of;
            vec![
                Cell::text(name),
                respondents,
                accounts,
                self.estimate(benefits),
                self.estimate(costs),
                self.estimate(ratio),
                self.estimate(difference),
            ]
        };
        let of = |measured: &Measured| {
            [
                measured.benefits,
                measured.costs,
                measured.ratio,
                measured.difference,
            ]
        };
        let mut rows: Vec<Vec<Cell>> = (self.answer.roles.iter())
            .map(|view| {
                let accounts = Cell::number(view.accounts as f64, &Unit::Count, self.words);
                row(
                    self.view_name(view),
                    respondents_cell(view.respondents, view.effective, self.words),
                    accounts,
                    of(&view.measured),
                )
            })
            .collect();
        rows.push(row(
            self.say("roles-everyone"),
            respondents_cell(self.answer.respondents, self.answer.effective, self.words),
            Cell::Empty,
            of(&self.answer.everyone),
        ));
        Table {
            title: self.say("roles-table"),
            reading: self.tell(
                "roles-table-reading",
                &[("small", self.words.count(SMALL).into())],
            ),
            columns: vec![
                TableColumn::text(self.say("roles-column-role")),
                TableColumn::number(self.say("roles-column-respondents")),
                TableColumn::number(self.say("roles-column-accounts")),
                TableColumn::number(self.say("perceived-column-benefits")),
                TableColumn::number(self.say("perceived-column-costs")),
                TableColumn::number(self.say("perceived-column-ratio")),
                TableColumn::number(self.say("perceived-column-difference")),
            ],
            rows,
        }
    }

    pub(super) fn view_name(&self, view: &RoleView) -> String {
        let name = self.role(&view.role);
        if view.small {
            self.tell("perceived-part-small", &[("name", name.into())])
        } else {
            name
        }
    }

    fn estimate(&self, estimate: Option<Estimate>) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, &SCORE, self.words)
        })
    }

    /// Pairs of roles, and where they surely differ.
    pub(super) fn gaps(&self, sheet: &mut Sheet) {
        sheet.section(self.say("roles-gaps"), self.say("roles-gaps-about"));
        let row = |alike: &AlikeGaps<'_>| {
            let found = alike.found;
            let pair = [
                ("role", self.roles(&alike.roles).into()),
                ("other", self.roles(&alike.others).into()),
            ];
            let real: Vec<String> = (found.dimensions.iter())
                .filter(|one| one.gap.differs)
                .map(|one| {
                    let points = self.words.signed(one.gap.difference.value, 2);
                    format!("{} {points}", dimension_label(&one.name, self.words))
                })
                .collect();
            let smallest = found.smallest.map_or(Cell::Empty, |points| {
                Cell::number(points, &SCORE, self.words)
            });
            vec![
                Cell::text(self.tell("roles-pair", &pair)),
                Cell::text(self.say(&format!("roles-basis-{}", alike.basis.name()))),
                Cell::number(found.accounts as f64, &Unit::Count, self.words),
                self.estimate(found.value.map(|value| value.difference)),
                Cell::text(match found.value {
                    Some(value) if value.differs => self.say("scores-differs"),
                    Some(_) => self.say("scores-cannot-tell"),
                    None => String::new(),
                }),
                smallest,
                Cell::text(self.words.list(&real)),
            ]
        };
        let found = AlikeGaps::of(&self.answer.gaps);
        sheet.push(Block::Table(Table {
            title: self.say("roles-gaps-table"),
            reading: self.say("roles-gaps-table-reading"),
            columns: vec![
                TableColumn::text(self.say("roles-column-pair")),
                TableColumn::text(self.say("roles-column-basis")),
                TableColumn::number(self.say("roles-column-accounts")),
                TableColumn::number(self.say("roles-column-gap")),
                TableColumn::text(self.say("scores-column-verdict")),
                TableColumn::number(self.say("roles-column-smallest")),
                TableColumn::text(self.say("roles-column-dimensions")),
            ],
            rows: found.iter().map(row).collect(),
        }));
        sheet.push(Block::Table(self.dimensions()));
    }

    /// Roles as people call them, in one breath.
    fn roles(&self, roles: &[&str]) -> String {
        let roles: Vec<String> = roles.iter().map(|role| self.role(role)).collect();
        self.words.list(&roles)
    }

    /// Mean scores: dimensions by role.
    fn dimensions(&self) -> Table {
        let roles = &self.answer.roles;
        let rows = self.answer.dimensions.iter().map(|name| {
            let label = dimension_label(name, self.words);
            let of_role = |view: &RoleView| {
                let score = view.dimensions.iter().find(|score| score.name == *name);
                score.map_or(Cell::Empty, |score| {
                    Cell::number(score.mean.value, &SCORE, self.words)
                })
            };
            let kind = Cell::text(self.say(&format!("perceived-kind-{}", name.kind.name())));
            [Cell::text(label), kind]
                .into_iter()
                .chain(roles.iter().map(of_role))
                .collect()
        });
        let mut columns = vec![
            TableColumn::text(self.say("perceived-dimension")),
            TableColumn::text(self.say("perceived-kind")),
        ];
        columns.extend(
            roles
                .iter()
                .map(|view| TableColumn::number(self.role(&view.role))),
        );
        Table {
            title: self.say("roles-dimensions"),
            reading: self.say("roles-dimensions-reading"),
            columns,
            rows: rows.collect(),
        }
    }

    pub(super) fn who_decides(&self, decided: &WhoDecides, sheet: &mut Sheet) {
        sheet.section(self.say("roles-decides"), self.say("roles-decides-about"));
        let count = |count: u64| Cell::number(count as f64, &Unit::Count, self.words);
        let say = decided.roles.iter().map(|say| {
            vec![
                Cell::text(self.role(&say.role)),
                Cell::estimate(&say.share, &SHARE, self.words),
                count(say.accounts),
                count(say.people),
            ]
        });
        sheet.push(Block::Table(Table {
            title: self.say("roles-say"),
            reading: self.tell(
                "roles-say-reading",
                &[("accounts", self.words.count(decided.accounts).into())],
            ),
            columns: vec![
                TableColumn::text(self.say("roles-column-role")),
                TableColumn::number(self.say("roles-column-say")),
                TableColumn::number(self.say("roles-column-accounts")),
                TableColumn::number(self.say("roles-column-people")),
            ],
            rows: say.collect(),
        }));
        let several = decided.held.iter().filter(|held| held.roles.len() > 1);
        let rows: Vec<Vec<Cell>> = several
            .take(MOST_SETS)
            .map(|held| {
                let roles: Vec<String> = held.roles.iter().map(|role| self.role(role)).collect();
                let share = held.people as f64 / decided.people as f64;
                vec![
                    Cell::text(self.words.list(&roles)),
                    count(held.people),
                    Cell::number(share, &SHARE, self.words),
                ]
            })
            .collect();
        if !rows.is_empty() {
            sheet.push(Block::Table(Table {
                title: self.say("roles-held"),
                reading: self.say("roles-held-reading"),
                columns: vec![
                    TableColumn::text(self.say("roles-column-held")),
                    TableColumn::number(self.say("roles-column-people")),
                    TableColumn::number(self.say("roles-column-share")),
                ],
                rows,
            }));
        }
        if let Some(decision) = &self.answer.decision_value {
            sheet.push(Block::Table(self.decision(decision)));
        }
    }

    fn decision(&self, decision: &Decision) -> Table {
        let row = |id: &str, of: &Measured| {
            vec![
                Cell::text(self.say(id)),
                self.estimate(of.benefits),
                self.estimate(of.costs),
                self.estimate(of.ratio),
                self.estimate(of.difference),
            ]
        };
        Table {
            title: self.say("roles-decision-table"),
            reading: self.tell(
                "roles-decision-table-reading",
                &[("accounts", self.words.count(decision.accounts).into())],
            ),
            columns: vec![
                TableColumn::text(String::new()),
                TableColumn::number(self.say("perceived-column-benefits")),
                TableColumn::number(self.say("perceived-column-costs")),
                TableColumn::number(self.say("perceived-column-ratio")),
                TableColumn::number(self.say("perceived-column-difference")),
            ],
            rows: vec![
                row("roles-by-say", &decision.by_say),
                row("roles-plain", &decision.plain),
                row("roles-say-less-plain", &decision.gap),
            ],
        }
    }
}

/// Points closer than that are the same.
const ROUNDING: f64 = 1e-9;

/// Gaps that are one: the same people hold several roles, so what is found between them is the same.
struct AlikeGaps<'a> {
    roles: Vec<&'a str>,
    others: Vec<&'a str>,
    basis: Basis,
    found: &'a GapFound,
}

impl<'a> AlikeGaps<'a> {
    /// In the order of the gaps.
    fn of(gaps: &'a [Gap]) -> Vec<Self> {
        let mut alike: Vec<Self> = Vec::new();
        for gap in gaps {
            let Some(found) = gap.found() else { continue };
            let (role, other) = (gap.role.as_str(), gap.other.as_str());
            match alike.iter_mut().find(|one| is_one(one.found, found)) {
                Some(one) => {
                    for (names, name) in [(&mut one.roles, role), (&mut one.others, other)] {
                        if !names.contains(&name) {
                            names.push(name);
                        }
                    }
                }
                None => alike.push(Self {
                    roles: vec![role],
                    others: vec![other],
                    basis: gap.basis,
                    found,
                }),
            }
        }
        alike
    }
}

/// Whether two gaps are found on the same people: all their points are the same but for rounding.
fn is_one(gap: &GapFound, other: &GapFound) -> bool {
    let points = |found: &GapFound| -> Vec<f64> {
        let dimensions = found.dimensions.iter().map(|one| &one.gap);
        let gaps = found.value.iter().chain(dimensions);
        gaps.map(|gap| gap.difference.value).collect()
    };
    let (one, two) = (points(gap), points(other));
    gap.accounts == other.accounts
        && one.len() == two.len()
        && one
            .iter()
            .zip(two)
            .all(|(one, two)| (one - two).abs() < ROUNDING)
}
