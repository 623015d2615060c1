//! How long respondents took: which columns of times belong to which questions.

use super::super::super::mapping::{Item, ItemTime};
use super::super::super::recognise::{SurveyLayout, TimeColumn, TimeUnit, TimedBy};
use super::super::looked::Looked;

/// Gives each item the column with the time that its question took. `asking` are the columns that
/// respondents filled in.
pub(super) fn find_times(
    layout: &SurveyLayout,
    looked: &Looked,
    asking: &[String],
    items: &mut [Item],
) {
    let first_item = items.first().map(|item| item.column.clone());
    for times in &layout.times {
        let timed: Vec<(&str, &str)> = looked
            .headers
            .iter()
            .filter_map(|header| Some((header.name.as_str(), times.code_in(&header.name)?)))
            .collect();
        if timed.is_empty() {
            continue;
        }
        let columns: Vec<&str> = timed.iter().map(|(column, _)| *column).collect();
        for item in items.iter_mut().filter(|item| item.time.is_none()) {
            let code = code_of(layout, &item.column);
            let found = match times.of {
                TimedBy::Code => {
                    let own = timed.iter().find(|(_, known)| *known == code);
                    own.map(|(column, _)| *column)
                }
                TimedBy::Order => by_order(layout, asking, &columns, code),
                TimedBy::Page => by_page(looked, first_item.as_deref(), &columns, &item.column),
            };
            item.time = found.map(|column| in_unit(times, column));
        }
    }
}

fn in_unit(times: &TimeColumn, column: &str) -> ItemTime {
    match times.unit {
        TimeUnit::Seconds => ItemTime::Seconds(column.to_owned()),
        TimeUnit::Milliseconds => ItemTime::Milliseconds(column.to_owned()),
    }
}

/// The question that a column belongs to: what stands before the row of a grid.
fn code_of<'a>(layout: &SurveyLayout, column: &'a str) -> &'a str {
    let code = column.strip_prefix(layout.asks.as_str()).unwrap_or(column);
    // a question's text may have dots, and ends where its row begins
    let is_text = layout.asks.is_empty() && code.contains(' ');
    let signs: &[char] = if is_text { &['['] } else { &['[', '.'] };
    code.split(signs).next().unwrap_or_default().trim_end()
}

/// The time at the place that the question has among the questions; none when there are not as
/// many times as questions.
fn by_order<'a>(
    layout: &SurveyLayout,
    asking: &[String],
    times: &[&'a str],
    code: &str,
) -> Option<&'a str> {
    let mut codes: Vec<&str> = asking
        .iter()
        .map(|column| code_of(layout, column))
        .collect();
    codes.dedup();
    let place = codes.iter().position(|known| *known == code)?;
    (codes.len() == times.len()).then(|| times[place])
}

/// The time of the page that a question stands on. Where the first time stands before the first
/// question, a time opens its page; else it closes it.
fn by_page<'a>(
    looked: &Looked,
    first_item: Option<&str>,
    times: &[&'a str],
    column: &str,
) -> Option<&'a str> {
    let place = |name: &str| looked.headers.iter().position(|header| header.name == name);
    let own = place(column)?;
    let opens = place(times.first()?)? < place(first_item?)?;
    let mut before = times.iter().filter(|time| place(time) < Some(own));
    let mut after = times.iter().filter(|time| place(time) > Some(own));
    let found = if opens {
        before.next_back()
    } else {
        after.next()
    };
    found.copied()
}
