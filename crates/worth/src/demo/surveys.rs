//! Two surveys: the shop's own form in Vietnamese, one row per respondent as Google Forms
//! exports it (`khao_sat.xlsx`), and a market panel on three brands, one row per answer
//! (`market_panel.csv`).

use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, Result};
use rand::{Rng, RngExt};
use rust_xlsxwriter::Workbook;

use super::Plan;
use super::calendar::Moment;
use super::history::{History, opening_second};
use super::names;
use super::people::{BLOCK, Person};
use super::random::{Purpose, normal, pick, round_fairly, stream, weighted};
use super::service;
use super::shop::{REGIONS, Region};
use super::table::{CsvFile, Rows};
use super::truth::{BRANDS, DIMENSIONS, Dimension};

/// Grid question of the shop's form; its rows follow [`DIMENSIONS`].
const GRID: &str = "Bạn đồng ý đến mức nào với các nhận định sau về Cà phê Lá?";
/// The statements, each with whether agreeing means a low cost (a positively worded cost).
const STATEMENTS: [(&str, bool); 9] = [
    ("Chất lượng đồ uống tốt", false),
    ("Tôi thấy vui và thoải mái khi đến quán", false),
    ("Thương hiệu có hình ảnh đẹp", false),
    ("Mua hàng thuận tiện", false),
    ("Tôi tin tưởng quán", false),
    ("Giá cả hợp lý", true),
    ("Tôi mất nhiều thời gian chờ đợi", false),
    ("Đặt món tốn nhiều công sức", false),
    ("Tôi lo rủi ro đơn hàng bị sai hoặc hỏng", false),
];
const AGREEMENT: [&str; 5] = [
    "Rất không đồng ý",
    "Không đồng ý",
    "Bình thường",
    "Đồng ý",
    "Rất đồng ý",
];
/// Share of customers who answer the form, and the most rows it may have.
const ANSWERS: f64 = 0.06;
const MOST_ANSWERS: f64 = 15_000.0;
/// Share of households that are asked together, the most of them, and how many of their members answer.
const HOUSEHOLDS: f64 = 0.4;
const MOST_HOUSEHOLDS: f64 = 2_000.0;
const MEMBERS: f64 = 0.8;
/// Share of respondents who had answered before, after a visit at least so many days earlier, if there was one.
const ANSWERED_BEFORE: f64 = 0.5;
const DAYS_APART: u32 = 21;
/// The shop asks after one of the first visits, when people make up their minds.
pub(crate) const EARLY_VISITS: usize = 4;
/// Answers come so many days after a visit.
pub(crate) const DAYS_AFTER_VISIT: Range<u32> = 1..10;
/// Scores of one person scatter this far around what the person feels in general.
pub(crate) const SCATTER: f64 = 1.2;
/// How far people differ in how friendly they answer in general.
const MOOD: f64 = 0.6;

/// One respondent of the shop's form: cells in the order of its columns.
pub(crate) struct Answer {
    at: Moment,
    cells: Vec<String>,
}

/// The customer's answers to the shop's form: none, one, or one and another of some weeks before.
pub(crate) fn answers(plan: &Plan, person: &Person, history: &History) -> Vec<Answer> {
    let mut draws = stream(plan.options.seed, Purpose::Survey, person.index);
    let asked = ANSWERS.min(MOST_ANSWERS / plan.options.customers as f64);
    let is_asked = draws.random_bool(asked);
    if !is_asked && !answers_with_household(plan, person) {
        return Vec::new();
    }
    let visit = history.visits[draws.random_range(0..history.visits.len().min(EARLY_VISITS))];
    let day = (visit.at.day + draws.random_range(DAYS_AFTER_VISIT)).min(plan.calendar.days - 1);
    let mood = MOOD * normal(&mut draws);
    let scores: Vec<f64> = (0..DIMENSIONS.len())
        .map(|dimension| {
            felt(
                dimension,
                0,
                mood,
                person.convenience,
                person.trust,
                &mut draws,
            ) + shift_in_household(plan, person, DIMENSIONS[dimension].name)
        })
        .collect();
    let fallen = |day: u32| plan.has_fallen(person.region, day);
    let contact = [
        if draws.random_bool(0.85) {
            names::write_phone(&mut draws, names::phone(person.index))
        } else {
            String::new()
        },
        if draws.random_bool(0.5) {
            person.email()
        } else {
            String::new()
        },
    ];
    let felt_on = |day: u32| after_failures(plan, history, &scores, day);
    let agreement = plan.agreement(&felt_on(day), fallen(day), &mut draws);
    let comes_back = 7.0 + 1.5 * person.convenience + 0.4 * person.trust + normal(&mut draws);
    let recommends = 7.2 + mood + 0.6 * person.trust + 1.2 * normal(&mut draws);
    let satisfied = 7.0 + mood + 0.5 * person.convenience + normal(&mut draws);
    let wholes = [(satisfied, 1), (recommends, 0), (comes_back, 0)];
    let rounded = plan.in_numbers(wholes, fallen(day), &mut draws);
    let remark = remark(&mut draws, person.prefers_app).to_owned();
    let at = Moment {
        day,
        second: opening_second(&mut draws),
    };
    let of_ten = plan.truth.share_of_wallet.of_ten(person.trust) + 1.5 * normal(&mut draws);
    let of_ten = round_fairly(&mut draws, of_ten, 0, 10).to_string();
    let answer = Answer {
        at,
        cells: [
            &contact[..],
            &agreement,
            &rounded,
            &[of_ten.clone(), remark],
        ]
        .concat(),
    };
    let mut draws = stream(plan.options.seed, Purpose::SurveyBefore, person.index);
    let earlier = history.visits.iter();
    let earlier: Vec<u32> = earlier
        .map(|visit| visit.at.day + draws.random_range(DAYS_AFTER_VISIT))
        .filter(|before| before + DAYS_APART <= day)
        .collect();
    let mut answers = vec![answer];
    if !earlier.is_empty() && draws.random_bool(ANSWERED_BEFORE) {
        // the same feelings, put into words anew
        let at = Moment {
            day: pick(&mut draws, &earlier),
            second: opening_second(&mut draws),
        };
        let agreement = plan.agreement(&felt_on(at.day), fallen(at.day), &mut draws);
        let rounded = plan.in_numbers(wholes, fallen(at.day), &mut draws);
        let rest = [of_ten, String::new()];
        let cells = [&contact[..], &agreement, &rounded, &rest].concat();
        answers.push(Answer { at, cells });
    }
    answers
}

/// Scores with what failures of the days before add to them.
fn after_failures(plan: &Plan, history: &History, scores: &[f64], day: u32) -> Vec<f64> {
    let bad = &plan.truth.bad_experience;
    let remembered = day.saturating_sub(bad.remembered_days - 1)..=day;
    let recent = history.visits.iter();
    let recent = recent.filter(|visit| remembered.contains(&visit.at.day));
    let failures: u32 = recent.map(|visit| visit.failures).sum();
    let with = |(score, dimension): (&f64, &Dimension)| {
        let is_felt = bad.dimensions.contains(&dimension.name);
        score
            + if is_felt {
                bad.points_more * f64::from(failures)
            } else {
                0.0
            }
    };
    scores.iter().zip(&DIMENSIONS).map(with).collect()
}

/// Whether the customer answers because the household was asked.
fn answers_with_household(plan: &Plan, person: &Person) -> bool {
    let Some(household) = person.household else {
        return false;
    };
    let mut draws = stream(plan.options.seed, Purpose::Household, household.head);
    let households = plan.options.customers as f64 / BLOCK as f64;
    let is_asked = draws.random_bool(HOUSEHOLDS.min(MOST_HOUSEHOLDS / households));
    let members = (household.head..=person.index).map(|_| draws.random_bool(MEMBERS));
    is_asked && members.last() == Some(true)
}

/// What the customer's part in the household adds to a score of the shop's form.
fn shift_in_household(plan: &Plan, person: &Person, dimension: &str) -> f64 {
    let gap = &plan.truth.role_gap;
    person.household.map_or(0.0, |household| {
        let mut parts = household.parts(person.index).iter();
        let has_role = parts.any(|(role, _)| *role == gap.role);
        gap.shift(dimension, has_role, household.size)
    })
}

/// Writes `khao_sat.xlsx`.
pub(crate) fn write_form(plan: &Plan, answers: &[Answer], folder: &Path) -> Result<(String, u64)> {
    let mut workbook = Workbook::new();
    let sheet = workbook
        .add_worksheet()
        .set_name("Câu trả lời biểu mẫu 1")?;
    let mut titles = vec![
        "Dấu thời gian".to_owned(),
        "Số điện thoại".to_owned(),
        "Email".to_owned(),
    ];
    titles.extend(
        STATEMENTS
            .iter()
            .map(|(statement, _)| format!("{GRID} [{statement}]")),
    );
    titles.push("Nhìn chung, bạn hài lòng với Cà phê Lá đến mức nào? (1-10)".to_owned());
    titles.push("Bạn có sẵn lòng giới thiệu Cà phê Lá cho bạn bè không? (0-10)".to_owned());
    titles.push("Khả năng bạn sẽ quay lại mua trong 3 tháng tới? (0-10)".to_owned());
    titles.push("Trong mười lần mua gần đây, mấy lần bạn mua ở Cà phê Lá? (0-10)".to_owned());
    titles.push("Góp ý của bạn".to_owned());
    for (column, title) in titles.iter().enumerate() {
        sheet.write(0, column as u16, title)?;
    }
    for (row, answer) in (1..).zip(answers) {
        let mut time = Vec::new();
        plan.calendar.write_vietnamese(answer.at, &mut time);
        sheet.write(row, 0, String::from_utf8_lossy(&time).as_ref())?;
        for (column, cell) in (1..).zip(&answer.cells) {
            match cell.parse::<f64>() {
                // a spreadsheet turns a phone that lost its zero, and every mark, into a number
                Ok(number) if !cell.starts_with(['0', '+']) || cell == "0" => {
                    sheet.write(row, column, number)?;
                }
                _ if cell.is_empty() => {}
                _ => {
                    sheet.write(row, column, cell)?;
                }
            }
        }
    }
    let path = folder.join("khao_sat.xlsx");
    workbook
        .save(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(("khao_sat.xlsx".to_owned(), answers.len() as u64))
}

/// Header of `market_panel.csv`.
const PANEL: [&str; 19] = [
    "response_id",
    "question",
    "answered_at",
    "survey",
    "brand",
    "role",
    "stage",
    "category",
    "measure",
    "dimension",
    "score",
    "scale_min",
    "scale_max",
    "text",
    "weight",
    "seconds",
    "usual_brand",
    "region",
    "culture",
];
/// The panel is asked over the last two years: a year before value falls in one region, and a year after.
const PANEL_DAYS: u32 = 730;
const ROLES: [&str; 4] = ["user", "buyer", "payer", "decider"];
const STAGES: [&str; 3] = ["before", "payment", "after"];

/// Writes `market_panel.csv`: respondents of the whole market on the own brand and competitors.
/// Behind them come the careless, so that nobody else's answers depend on them.
pub(crate) fn write_panel(plan: &Plan, folder: &Path) -> Result<(String, u64)> {
    let mut file = CsvFile::create(folder, "market_panel.csv", &PANEL)?;
    let attentive = plan.attentive_respondents();
    for respondent in 0..attentive + plan.careless_respondents() {
        let manner = match respondent < attentive {
            true => Manner::Attentive,
            false => careless(plan, respondent),
        };
        let mut rows = Rows::new();
        write_respondent(plan, respondent, manner, &mut rows);
        file.append(rows)?;
    }
    file.finish()
}

impl Plan {
    fn attentive_respondents(&self) -> u64 {
        (self.options.customers / 25).clamp(300, 20_000)
    }

    /// Respondents of the panel who do not read the questions.
    pub(super) fn careless_respondents(&self) -> u64 {
        let share = self.truth.careless.per_attentive_respondent;
        (self.attentive_respondents() as f64 * share).round() as u64
    }
}

/// How a respondent fills in the form.
#[derive(Clone, Copy)]
enum Manner {
    /// Reads and thinks.
    Attentive,
    /// Ticks the same score everywhere, quickly.
    Careless(i64),
}

fn careless(plan: &Plan, respondent: u64) -> Manner {
    let mut draws = stream(plan.options.seed, Purpose::Careless, respondent);
    Manner::Careless(draws.random_range(1..=10))
}

/// What all answers of one respondent share.
pub(crate) struct Respondent<'a> {
    pub(crate) plan: &'a Plan,
    id: String,
    at: Moment,
    role: &'static str,
    pub(crate) stage: &'static str,
    usual_brand: &'static str,
    region: &'static Region,
    weight: f64,
    manner: Manner,
}

/// An answer as it is given.
pub(crate) enum Given {
    /// A score, and the ends of its scale.
    Score(i64, (i64, i64)),
    /// Words.
    Words(&'static str),
}

fn write_respondent(plan: &Plan, number: u64, manner: Manner, rows: &mut Rows) {
    let mut draws = stream(plan.options.seed, Purpose::Panel, number);
    let shares: Vec<f64> = plan
        .truth
        .brands
        .iter()
        .map(|brand| brand.market_share)
        .collect();
    let respondent = Respondent {
        plan,
        id: format!("P{number:06}"),
        at: Moment {
            day: draws.random_range(plan.calendar.days - PANEL_DAYS..plan.calendar.days),
            second: opening_second(&mut draws),
        },
        role: pick(&mut draws, &ROLES),
        stage: pick(&mut draws, &STAGES),
        usual_brand: BRANDS[weighted(&mut draws, &shares)],
        region: &REGIONS[weighted(&mut draws, &REGIONS.map(|region| region.share))],
        weight: f64::round(80.0 + 40.0 * draws.random::<f64>()) / 100.0,
        manner,
    };
    for dimension in &DIMENSIONS {
        // on 1..10, the most important of a kind near 9
        let important = 4.0 + dimension.weight * 14.0 + 0.8 * normal(&mut draws);
        let score = round_fairly(&mut draws, important, 1, 10);
        let asked = ("importance", Some(dimension.name));
        respondent.write(asked, None, Given::Score(score, (1, 10)), &mut draws, rows);
    }
    let (convenience, trust) = (normal(&mut draws), normal(&mut draws));
    let mut better = 0.0;
    for (index, brand) in BRANDS.iter().enumerate() {
        let mood = MOOD * normal(&mut draws);
        let fallen = index == 0 && respondent.has_fallen();
        let mut worth = 0.0;
        for (place, dimension) in DIMENSIONS.iter().enumerate() {
            let felt = felt(place, index, mood, convenience, trust, &mut draws)
                + respondent.shift(index, dimension.name)
                + plan.points_more(fallen, dimension.name);
            worth += dimension.weight * if dimension.benefit { felt } else { -felt };
            let score = round_fairly(&mut draws, felt, 1, 10);
            let measure = if dimension.benefit { "benefit" } else { "cost" };
            let asked = (measure, Some(dimension.name));
            let given = Given::Score(score, (1, 10));
            respondent.write(asked, Some(brand), given, &mut draws, rows);
        }
        let usual = if respondent.usual_brand == *brand {
            1.0
        } else {
            0.0
        };
        let overall = [
            ("worth", 4.5 + worth, (1, 10)),
            ("recommend", 4.6 + worth + usual, (0, 10)),
            (
                "repurchase",
                3.8 + 0.5 * worth + 1.2 * convenience + 2.0 * usual,
                (0, 10),
            ),
        ];
        for (measure, felt, scale) in overall {
            let felt = felt + 0.7 * normal(&mut draws);
            let score = round_fairly(&mut draws, felt, scale.0, scale.1);
            let given = Given::Score(score, scale);
            respondent.write((measure, None), Some(brand), given, &mut draws, rows);
        }
        if index == 0 {
            better = worth - plan.truth.brands[0].difference;
        }
    }
    service::write(&respondent, number, better, rows);
}

impl Respondent<'_> {
    /// Whether value has fallen for this one.
    fn has_fallen(&self) -> bool {
        self.plan.has_fallen(self.region, self.at.day)
    }

    /// Payers feel the price most; paying with the own brand costs time and effort. The shifts
    /// cancel over roles and stages.
    fn shift(&self, brand: usize, dimension: &str) -> f64 {
        let gap = &self.plan.truth.role_gap;
        let of_role = gap.shift(dimension, self.role == gap.role, ROLES.len() as u64);
        let of_stage = match (dimension, self.stage) {
            ("time" | "effort", "payment") if brand == 0 => 0.8,
            ("time" | "effort", _) if brand == 0 => -0.4,
            _ => 0.0,
        };
        of_role + of_stage
    }

    /// Writes one answer: what was asked (measure and dimension), about which brand.
    pub(crate) fn write(
        &self,
        (measure, dimension): (&str, Option<&str>),
        brand: Option<&str>,
        given: Given,
        draws: &mut impl Rng,
        rows: &mut Rows,
    ) {
        let given = match (given, self.manner) {
            (Given::Score(_, scale), Manner::Careless(same)) => {
                Given::Score(same.clamp(scale.0, scale.1), scale)
            }
            (given, _) => given,
        };
        let seconds = match self.manner {
            Manner::Attentive => 3..25,
            Manner::Careless(_) => 1..3,
        };
        let (score, scale, words) = match given {
            Given::Score(score, scale) => (Some(score), Some(scale), None),
            Given::Words(words) => (None, None, Some(words)),
        };
        rows.text(&self.id)
            .text(&dimension.map_or(measure.to_owned(), |name| format!("{measure}: {name}")))
            .iso(&self.plan.calendar, self.at)
            .text("market panel")
            .maybe(brand)
            .text(self.role)
            .text(self.stage)
            .text("Cà phê")
            .text(measure)
            .maybe(dimension)
            .maybe(score)
            .maybe(scale.map(|scale| scale.0))
            .maybe(scale.map(|scale| scale.1))
            .maybe(words)
            .show(self.weight)
            .show(draws.random_range(seconds))
            .text(self.usual_brand)
            .text(self.region.name)
            .text(self.region.culture)
            .end();
    }
}

impl Plan {
    /// Scores of the own brand's dimensions in the words of the form, up or down at random.
    fn agreement(&self, scores: &[f64], fallen: bool, draws: &mut impl Rng) -> Vec<String> {
        let in_words = |(place, score): (usize, &f64)| {
            let score = score + self.points_more(fallen, DIMENSIONS[place].name);
            let (_, reversed) = STATEMENTS[place];
            let score = if reversed { 11.0 - score } else { score };
            let words = round_fairly(draws, (score - 1.0) / 9.0 * 4.0, 0, 4);
            AGREEMENT[words as usize].to_owned()
        };
        scores.iter().enumerate().map(in_words).collect()
    }

    /// What is felt of the whole, each with the lowest answer of its scale, as whole numbers to 10.
    fn in_numbers(
        &self,
        wholes: [(f64, i64); 3],
        fallen: bool,
        draws: &mut impl Rng,
    ) -> [String; 3] {
        let more = match fallen {
            true => self.truth.falling_region.difference_more,
            false => 0.0,
        };
        wholes.map(|(felt, lowest)| round_fairly(draws, felt + more, lowest, 10).to_string())
    }

    /// By how many points more one for whom value has fallen scores a dimension of the own brand.
    fn points_more(&self, fallen: bool, dimension: &str) -> f64 {
        let points_more = &self.truth.falling_region.points_more;
        let more = points_more.get(dimension).filter(|_| fallen);
        more.copied().unwrap_or_default()
    }
}

/// What someone feels about a dimension of a brand, before it is put into a whole score.
fn felt(
    dimension: usize,
    brand: usize,
    mood: f64,
    convenience: f64,
    trust: f64,
    draws: &mut impl Rng,
) -> f64 {
    let planted = &DIMENSIONS[dimension];
    let own = match planted.name {
        "convenience" => SCATTER * convenience,
        "trust" => SCATTER * trust,
        _ => SCATTER * normal(draws),
    };
    planted.means[brand] + if planted.benefit { mood } else { -mood } + own
}

fn remark(draws: &mut impl Rng, app: bool) -> &'static str {
    match draws.random_range(0..10) {
        0 if app => "Sửa lỗi thanh toán trên app giúp mình",
        1 if app => "App hay báo lỗi khi trả tiền",
        2 => "Mong quán mở thêm chỗ ngồi",
        3 => "Chờ hơi lâu vào buổi sáng",
        4 => "Nhân viên dễ thương, cà phê ngon",
        _ => "",
    }
}
