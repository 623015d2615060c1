//! What to show of roles: who is worse off and in what, who decides, and what accounts see by that.

mod tables;

use worth_model::Estimate;

use super::answer::{Gap, GapFound, GapOfDimension, RolesAnswer};
use crate::answers::{Kind, completing_table, dimension_label, part_label};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Advice, Axis, Block, Chart, ChartKind, Figure, Headline, NoteKind, Point, Series, Sheet, Tone,
    Wanted,
};
use crate::teller;
use crate::words::{Unit, Words};

/// Scores are shown to the hundredth.
const SCORE: Unit = Unit::Number { decimals: 2 };
const SHARE: Unit = Unit::Share { decimals: 0 };

impl Present for RolesAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("roles-title"));
        sheet.nothing_to_tell = self.cannot_tell.is_some() && self.who_decides.is_none();
        sheet.headlines = vec![teller.headline()];
        sheet.wanted = teller.wanted();
        if self.respondents > 0 {
            sheet.push(Block::Table(teller.views()));
        }
        if self.cannot_tell.is_none() {
            sheet.push(Block::Chart(teller.chart()));
            teller.gaps(&mut sheet);
        }
        if let Some(decided) = &self.who_decides {
            teller.who_decides(decided, &mut sheet);
        }
        if let Some(advice) = teller.advice() {
            sheet.push(Block::Advice(vec![advice]));
        }
        teller.notes(&mut sheet);
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, RolesAnswer>;

/// A gap in one dimension that is taken as real.
struct RealGap<'a> {
    gap: &'a Gap,
    found: &'a GapFound,
    dimension: &'a GapOfDimension,
}

impl RealGap<'_> {
    /// The role that gets less of the benefit or feels more of the cost, then the other.
    fn worse_and_better(&self) -> [&str; 2] {
        let has_more = self.dimension.gap.difference.value > 0.0;
        let is_worse = has_more == (self.dimension.name.kind == Kind::Cost);
        let [role, other] = [self.gap.role.as_str(), self.gap.other.as_str()];
        if is_worse {
            [role, other]
        } else {
            [other, role]
        }
    }

    /// How many points it is, whoever has more.
    fn points(&self) -> Estimate {
        let points = self.dimension.gap.difference;
        points.scaled(points.value.signum())
    }
}

impl Teller<'_> {
    /// "Do all who take part in buying see the same value?"
    fn headline(&self) -> Headline {
        let real = self.largest_gap();
        let mut says = vec![match (&self.answer.cannot_tell, &real) {
            (Some(why), _) => self.tell(
                &format!("roles-cannot-{}", why.name()),
                &[
                    ("brand", self.answer.own_brand.name.as_str().into()),
                    (
                        "respondents",
                        self.words.count(self.answer.respondents).into(),
                    ),
                ],
            ),
            (None, Some(real)) => self.told(real, "roles-says"),
            (None, None) => self.say("roles-says-none"),
        }];
        let most_say = self.answer.who_decides.as_ref().filter(|decided| {
            // where nobody's say is known, shares of it are no news
            decided.accounts_without_say < decided.accounts
        });
        if let Some(most) = most_say.and_then(|decided| decided.roles.first()) {
            let variables = [
                ("role", self.role(&most.role).into()),
                ("share", self.words.value(&most.share, &SHARE).into()),
            ];
            says.push(self.tell("roles-says-decides", &variables));
        }
        Headline {
            asks: self.say("roles-asks"),
            says: says.join(" "),
            tone: match real {
                Some(_) => Tone::Bad,
                None => Tone::Plain,
            },
            figures: self.figures(real.as_ref()),
        }
    }

    /// Of the gaps in a dimension that are taken as real, the one that is largest for sure; of equal ones,
    /// because the same people hold the roles, that of the role with most say.
    fn largest_gap(&self) -> Option<RealGap<'_>> {
        let size = |real: &RealGap<'_>| {
            let surely = real.points().ends().map_or(0.0, |(low, _)| low);
            let [worse, _] = real.worse_and_better();
            (surely, self.say_of(worse).map_or(0.0, |share| share.value))
        };
        self.real_gaps().reduce(|largest, real| {
            if size(&real) > size(&largest) {
                real
            } else {
                largest
            }
        })
    }

    /// Share of the say that a role has, where that is known.
    fn say_of(&self, role: &str) -> Option<Estimate> {
        let mut says = self
            .answer
            .who_decides
            .iter()
            .flat_map(|decided| &decided.roles);
        says.find(|say| say.role == role).map(|say| say.share)
    }

    fn real_gaps(&self) -> impl Iterator<Item = RealGap<'_>> {
        let found = self
            .answer
            .gaps
            .iter()
            .filter_map(|gap| Some((gap, gap.found()?)));
        found.flat_map(|(gap, found)| {
            let real = found.dimensions.iter().filter(|one| one.gap.differs);
            real.map(move |dimension| RealGap {
                gap,
                found,
                dimension,
            })
        })
    }

    /// A real gap in a sentence: `{id}-benefit` or `{id}-cost`.
    fn told(&self, real: &RealGap<'_>, id: &str) -> String {
        let [worse, better] = real.worse_and_better();
        let where_ = self.tell(
            &format!("roles-{}", real.gap.basis.name()),
            &[("accounts", self.words.count(real.found.accounts).into())],
        );
        let id = format!("{id}-{}", real.dimension.name.kind.name());
        let points = self.words.estimate(&real.points(), &Unit::Points);
        let variables = [
            ("where", where_.into()),
            ("role", self.role(worse).into()),
            ("other", self.role(better).into()),
            (
                "dimension",
                dimension_label(&real.dimension.name, self.words).into(),
            ),
            ("points", points.into()),
        ];
        self.tell(&id, &variables)
    }

    fn figures(&self, real: Option<&RealGap<'_>>) -> Vec<Figure> {
        let gap = real.map(|real| {
            let [worse, better] = real.worse_and_better().map(|role| self.role(role));
            let dimension = dimension_label(&real.dimension.name, self.words);
            let variables = [
                ("role", worse.into()),
                ("other", better.into()),
                ("dimension", dimension.into()),
            ];
            let label = self.tell("roles-gap", &variables);
            let reading = self.say(&format!(
                "roles-gap-reading-{}",
                real.dimension.name.kind.name()
            ));
            let figure = Figure::new(label, &real.points(), &Unit::Points, reading, self.words);
            figure.with_tone(Tone::Bad)
        });
        let decision = self.answer.decision_value.as_ref().and_then(|decision| {
            let plain = self
                .words
                .value(&decision.plain.difference?, &Unit::PointsMore);
            let variables = [
                ("plain", plain.into()),
                ("accounts", self.words.count(decision.accounts).into()),
            ];
            Some(Figure::new(
                self.say("roles-decision"),
                &decision.by_say.difference?,
                &Unit::PointsMore,
                self.tell("roles-decision-reading", &variables),
                self.words,
            ))
        });
        gap.into_iter().chain(decision).collect()
    }

    fn role(&self, role: &str) -> String {
        part_label("role", role, self.words)
    }

    fn chart(&self) -> Chart {
        let points = self.answer.roles.iter().filter_map(|view| {
            let difference = view.measured.difference?;
            Some(Point::bar(self.view_name(view), &difference))
        });
        Chart {
            title: self.say("roles-chart"),
            reading: self.say("roles-chart-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("roles-column-role"), Unit::Count),
            y: Axis::new(self.say("perceived-difference"), SCORE),
            series: vec![Series {
                name: self.say("perceived-difference"),
                points: points.collect(),
            }],
            marks: Vec::new(),
        }
    }

    /// What to do about the largest gap.
    fn advice(&self) -> Option<Advice> {
        let real = self.largest_gap()?;
        let [worse, _] = real.worse_and_better();
        let kind = real.dimension.name.kind.name();
        let variables = [
            ("role", self.role(worse).into()),
            (
                "dimension",
                dimension_label(&real.dimension.name, self.words).into(),
            ),
        ];
        Some(Advice {
            act: self.tell(&format!("roles-act-{kind}"), &variables),
            whom: match self.say_of(worse) {
                Some(share) => {
                    let share = self.words.value(&share, &SHARE);
                    let variables = [("role", self.role(worse).into()), ("share", share.into())];
                    self.tell("roles-whom-say", &variables)
                }
                None => self.tell("roles-whom", &[("role", self.role(worse).into())]),
            },
            evidence: self.told(&real, "roles-evidence"),
            money: self.say("perceived-money"),
            at_least: None,
            rule: self.say("roles-rule"),
        })
    }

    fn wanted(&self) -> Option<Wanted> {
        let id = match (self.answer.cannot_tell, &self.answer.who_decides) {
            (Some(_), _) => "roles-wanted-role",
            (None, None) => "roles-wanted-say",
            (None, Some(_)) => return None,
        };
        Some(Wanted {
            what: self.say(id),
            why: self.say(&format!("{id}-why")),
            how: self.say(&format!("{id}-how")),
        })
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let count = |number: u64| self.words.count(number);
        if answer.cannot_tell.is_none() {
            sheet.note(NoteKind::Reading, self.say("roles-note-weights"));
            sheet.note(NoteKind::Uncertain, self.say("roles-note-discoveries"));
        }
        let several = answer
            .who_decides
            .as_ref()
            .is_some_and(|decided| decided.held.iter().any(|held| held.roles.len() > 1));
        if several && answer.cannot_tell.is_none() {
            sheet.note(NoteKind::Uncertain, self.say("roles-note-several"));
        }
        if let Some(smallest) = answer.smallest_gap.filter(|_| answer.cannot_tell.is_some()) {
            let points = self.words.in_unit(smallest, &Unit::Points);
            let variables = [
                ("points", points.into()),
                ("respondents", count(answer.respondents).into()),
            ];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("roles-note-smallest", &variables),
            );
        }
        if let Some(decided) = answer
            .who_decides
            .as_ref()
            .filter(|d| d.accounts_without_say > 0)
        {
            let accounts = count(decided.accounts_without_say);
            let variables = [("accounts", accounts.into())];
            sheet.note(
                NoteKind::Uncertain,
                self.tell("roles-note-equal-say", &variables),
            );
        }
        if answer.respondents > 0 {
            answer.own_brand.note(self.words, sheet);
            answer.survey.note(self.words, sheet);
        }
        if answer.without_role > 0 {
            let variables = [("count", answer.without_role.into())];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("roles-note-without", &variables),
            );
        }
        if !answer.other_roles.is_empty() {
            let roles: Vec<String> = answer
                .other_roles
                .iter()
                .map(|role| self.role(role))
                .collect();
            let variables = [("roles", self.words.list(&roles).into())];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("roles-note-others", &variables),
            );
        }
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
