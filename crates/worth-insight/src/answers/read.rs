//! Reads `answers.sql` into one compact table: who said what of which brand.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, RecordBatch, StringViewArray};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;
use jiff::civil::Date;

use super::forms::{Forms, Seen};
use super::{About, Answer, Answers, Asked, Respondent, same};
use crate::columns::{column, date_of, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::Scope;

const ANSWERS: &str = concat!(include_str!("respondents.sql"), include_str!("answers.sql"));
const DOING: &str = "reading survey answers";

/// The scope with its defaults. Surveys are often taken after the last order that was exported:
/// when no last day is given, the last answer counts too.
pub(crate) async fn observe(scope: &Scope, context: &Context) -> Result<Observation, Error> {
    let mut observation = context.observe(scope).await?;
    if scope.until.is_none() {
        let sql = "select max(business_date(answered_at)) as last_day from survey_answers";
        let frame = observation.query(sql, &[]).await?;
        let batches = frame
            .collect()
            .await
            .map_err(Error::engine("looking for the last survey answer"))?;
        let days = batches
            .iter()
            .flat_map(|batch| batch.column(0).as_primitive::<Date32Type>().iter());
        let last_day = days.flatten().next().map_or(Date::MIN, date_of);
        observation.until = observation.until.max(last_day);
    }
    Ok(observation)
}

/// Parts of the scope's filter that answers of a survey cannot be filtered by.
pub(crate) fn filters_without_effect(observation: &Observation) -> Vec<String> {
    let has_channel = !observation.filter.channel.is_empty();
    has_channel.then(|| "channel".into()).into_iter().collect()
}

impl Answers {
    /// All answers in scope on these measures.
    pub(crate) async fn read(
        context: &Context,
        observation: &Observation,
        measures: &[&str],
    ) -> Result<Self, Error> {
        let forms = Forms::of(context, observation).await?;
        let measures: Vec<ScalarValue> = measures.iter().map(|&name| name.into()).collect();
        let wanted = ScalarValue::List(ScalarValue::new_list_nullable(&measures, &DataType::Utf8));
        let frame = observation.query(ANSWERS, &[("measures", wanted)]).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        let mut reader = Reader {
            forms: &forms,
            seen: Seen::none_of(&forms),
            answers: Answers::default(),
            asked: HashSet::new(),
            about: HashSet::new(),
        };
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            reader.add(&batch);
        }
        Ok(reader.finished())
    }
}

/// Answers on their way in: what many of them have in common is kept once.
struct Reader<'a> {
    forms: &'a Forms,
    seen: Seen<'a>,
    answers: Answers,
    asked: HashSet<Arc<Asked>>,
    about: HashSet<Arc<About>>,
}

impl Reader<'_> {
    fn add(&mut self, batch: &RecordBatch) {
        let texts = Texts::of(batch);
        let number = |name| column(batch, name).as_primitive::<Float64Type>();
        let [scores, least, most] = ["score", "scale_min", "scale_max"].map(number);
        let days = column(batch, "answered_on").as_primitive::<Date32Type>();
        for row in 0..batch.num_rows() {
            if let Some(reason) = get(&texts.left_out, row) {
                self.leave_out(reason);
                continue;
            }
            let place = (self.forms).place(texts.source.value(row), texts.response_id.value(row));
            self.seen.see(place);
            let form = self.forms.taken(place);
            if let Some(doubt) = form.left_out {
                self.leave_out(doubt.name());
                continue;
            }
            let asked = Asked {
                measure: owned(&texts.measure, row).unwrap_or_default(),
                dimension: owned(&texts.dimension, row),
                question: owned(&texts.question, row).unwrap_or_default(),
            };
            let about = About {
                role: owned(&texts.role, row),
                stage: owned(&texts.stage, row),
                touchpoint: owned(&texts.touchpoint, row),
                product: owned(&texts.product, row),
                category: owned(&texts.category, row),
            };
            let answer = Answer {
                respondent: self.respondent(&texts, row, form.weight),
                brand: self.brand(get(&texts.brand, row)),
                asked: kept_once(&mut self.asked, asked),
                about: kept_once(&mut self.about, about),
                score: if scores.is_valid(row) {
                    scores.value(row)
                } else {
                    f64::NAN
                },
                scale: (least.value(row), most.value(row)),
                text: get(&texts.text, row).map(Into::into),
                day: days.value(row),
            };
            self.answers.given.push(answer);
        }
    }

    fn leave_out(&mut self, reason: &str) {
        *self.answers.left_out.entry(reason.into()).or_default() += 1;
    }

    fn finished(mut self) -> Answers {
        let respondents = self.answers.respondents.iter();
        self.answers.quality = self
            .seen
            .quality(respondents.map(|respondent| respondent.weight));
        self.answers
    }

    /// Rows come by respondent: it is the last one, or a new one.
    fn respondent(&mut self, texts: &Texts, row: usize, weight: f64) -> usize {
        let customer_id = owned(&texts.customer_id, row);
        let form = || {
            let [source, form] = [&texts.source, &texts.response_id].map(|text| text.value(row));
            format!("{source}/{form}")
        };
        let name = customer_id.clone().unwrap_or_else(form);
        let respondents = &mut self.answers.respondents;
        match respondents.last_mut() {
            Some(last) if last.name == name && last.customer_id == customer_id => {
                last.weight = last.weight.max(weight);
            }
            _ => respondents.push(Respondent {
                name,
                customer_id,
                weight,
                account: owned(&texts.account, row),
                region: owned(&texts.region, row),
                culture: owned(&texts.culture, row),
                channel: owned(&texts.channel, row),
                usual_brand: owned(&texts.usual_brand, row),
            }),
        }
        respondents.len() - 1
    }

    fn brand(&mut self, name: Option<&str>) -> usize {
        let name = name.filter(|name| !name.is_empty());
        let brands = &mut self.answers.brands;
        let found = brands.iter().position(|brand| match (brand, name) {
            (Some(brand), Some(name)) => brand == name || same(brand, name),
            (None, None) => true,
            _ => false,
        });
        found.unwrap_or_else(|| {
            brands.push(name.map(str::to_owned));
            brands.len() - 1
        })
    }
}

fn kept_once<T: Eq + Hash>(known: &mut HashSet<Arc<T>>, one: T) -> Arc<T> {
    if let Some(known) = known.get(&one) {
        return Arc::clone(known);
    }
    let one = Arc::new(one);
    known.insert(Arc::clone(&one));
    one
}

/// The columns of `answers.sql` that are text.
struct Texts {
    left_out: StringViewArray,
    source: StringViewArray,
    response_id: StringViewArray,
    customer_id: StringViewArray,
    account: StringViewArray,
    region: StringViewArray,
    culture: StringViewArray,
    channel: StringViewArray,
    usual_brand: StringViewArray,
    role: StringViewArray,
    stage: StringViewArray,
    touchpoint: StringViewArray,
    product: StringViewArray,
    category: StringViewArray,
    brand: StringViewArray,
    measure: StringViewArray,
    dimension: StringViewArray,
    question: StringViewArray,
    text: StringViewArray,
}

impl Texts {
    fn of(batch: &RecordBatch) -> Self {
        let column = |name| text(batch, name).as_string_view().clone();
        Self {
            left_out: column("left_out"),
            source: column("source"),
            response_id: column("response_id"),
            customer_id: column("customer_id"),
            account: column("account"),
            region: column("region"),
            culture: column("culture"),
            channel: column("channel"),
            usual_brand: column("usual_brand"),
            role: column("role"),
            stage: column("stage"),
            touchpoint: column("touchpoint"),
            product: column("product"),
            category: column("category"),
            brand: column("brand"),
            measure: column("measure"),
            dimension: column("dimension"),
            question: column("question"),
            text: column("text"),
        }
    }
}

fn get(column: &StringViewArray, row: usize) -> Option<&str> {
    column.is_valid(row).then(|| column.value(row))
}

pub(super) fn owned(column: &StringViewArray, row: usize) -> Option<String> {
    get(column, row).map(str::to_owned)
}
