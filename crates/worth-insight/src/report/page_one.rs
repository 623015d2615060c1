//! The first page: a manager's questions answered, what to do next week, what to collect.

use maud::{Markup, html};

use super::{Content, Report};
use crate::render::html as blocks;
use crate::sheet::{Advice, Sheet, Wanted};
use crate::words::Words;

/// More than three things are not done next week.
const MOST_ADVICE: usize = 3;

pub(super) fn render(report: &Report, words: &Words) -> Markup {
    let advice = chosen_advice(report);
    html! {
        div.page-one {
            @for (chapter, urgent) in urgent(report) {
                p.urgent {
                    strong { (urgent) }
                    " "
                    a href={ "#" (chapter) } { (words.say("render-details")) }
                }
            }
            @for chapter in report.chapters.iter().filter(|chapter| chapter.on_page_one) {
                @match &chapter.content {
                    Content::Answer { sheet, .. } => {
                        @for headline in &sheet.headlines {
                            (blocks::headline(headline, (&chapter.name, &sheet.title), words))
                        }
                    }
                    Content::Missing { asks, why } => {
                        article.headline {
                            h2 { (asks) }
                            p.no-answer {
                                (words.tell("report-no-answer", &[("why", why.as_str().into())]))
                            }
                        }
                    }
                }
            }
            section.to-do aria-labelledby="to-do" {
                h2 #to-do { (words.say("report-do")) }
                @if advice.is_empty() {
                    p.nothing { (words.say("report-nothing-to-do")) }
                } @else {
                    p.about { (words.tell("report-do-about", &[("n", advice.len().into())])) }
                    (blocks::advice(&advice, words))
                }
            }
            @if let Some(wanted) = wanted(report) { (blocks::wanted(wanted, words)) }
            p.how-to-read { (words.say("report-reading")) }
        }
    }
}

/// What cannot wait, with the anchor of its chapter.
fn urgent(report: &Report) -> impl Iterator<Item = (&str, &str)> {
    report
        .chapters
        .iter()
        .filter_map(|chapter| match &chapter.content {
            Content::Answer { sheet, .. } => {
                Some((chapter.name.as_str(), sheet.urgent.as_deref()?))
            }
            Content::Missing { .. } => None,
        })
}

fn sheets(report: &Report) -> impl DoubleEndedIterator<Item = &Sheet> {
    report
        .chapters
        .iter()
        .filter_map(|chapter| match &chapter.content {
            Content::Answer { sheet, .. } => Some(sheet),
            Content::Missing { .. } => None,
        })
}

/// At most three acts: those with the most money at the low end of its interval; among equals
/// the order of the chapters. An act whose low end is not above zero may bring nothing and is
/// left out; one whose money cannot be told comes last.
pub(super) fn chosen_advice(report: &Report) -> Vec<Advice> {
    let mut chosen: Vec<Advice> = Vec::new();
    for advice in sheets(report).flat_map(Sheet::advice) {
        let may_bring_something = advice.at_least.is_none_or(|least| least > 0.0);
        let is_new = chosen.iter().all(|known| known.act != advice.act);
        if may_bring_something && is_new {
            chosen.push(advice.clone());
        }
    }
    let least = |advice: &Advice| advice.at_least.unwrap_or(f64::NEG_INFINITY);
    chosen.sort_by(|one, other| least(other).total_cmp(&least(one)));
    chosen.truncate(MOST_ADVICE);
    chosen
}

/// What the last question wants most: later questions build on earlier ones and see more.
fn wanted(report: &Report) -> Option<&Wanted> {
    sheets(report).rev().find_map(|sheet| sheet.wanted.as_ref())
}
