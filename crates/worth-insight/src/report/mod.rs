//! The report: every question's sheet in one HTML file whose first page answers a manager.
//!
//! Page one is put together from what the sheets offer: their headlines in the catalogue's order,
//! of all advice the three with the most money at stake, and the one datum to collect. A question
//! without data does not stop the report: its place says what is missing.

mod page_one;

use jiff::civil::Date;
use maud::html;
use serde_json::Value;

use crate::catalogue::CATALOGUE;
use crate::context::Context;
use crate::error::Error;
use crate::question::{Provenance, Scope};
use crate::render::html::{self, Page};
use crate::sheet::Sheet;
use crate::words::Words;

/// A report before it is written: the answers in the reader's language.
#[derive(Debug, Clone)]
pub struct Report {
    /// Name of the business.
    pub business: String,
    /// The day it was made, in the business's time zone.
    pub made_on: Date,
    /// The end of observation.
    pub until: Date,
    /// One per question, in the order of the catalogue, without those that have nothing to tell.
    pub chapters: Vec<Chapter>,
}

/// What one question has to say.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The question's name: the anchor of the chapter.
    pub name: String,
    /// Whether its short answers stand on page one, else at its own beginning.
    pub on_page_one: bool,
    /// Its sheet, or why it has none.
    pub content: Content,
}

/// A sheet, or why there is none.
#[derive(Debug, Clone)]
pub enum Content {
    /// The question was answered.
    Answer {
        /// What to show.
        sheet: Sheet,
        /// Where it came from.
        provenance: Box<Provenance>,
    },
    /// There are no data to answer it from.
    Missing {
        /// What the question asks, for a heading.
        asks: String,
        /// What is missing and would answer it, in the reader's language.
        why: String,
    },
}

/// Asks every question of the catalogue with its defaults.
///
/// # Errors
///
/// Whatever keeps a question from an answer, except for want of data: that becomes a chapter.
pub async fn gather(context: &Context, scope: &Scope, words: &Words) -> Result<Report, Error> {
    let observed = context.observe(scope).await?;
    let mut chapters = Vec::new();
    for entry in CATALOGUE.iter().filter(|entry| entry.in_report) {
        let content = match entry.ask(context, scope.clone(), Value::Null).await {
            Ok(told) => {
                let sheet = told.sheet(words);
                if sheet.nothing_to_tell {
                    continue;
                }
                let provenance = Box::new(told.provenance().clone());
                Content::Answer { sheet, provenance }
            }
            Err(error) if error.is_for_want_of_data() => Content::Missing {
                asks: entry.asks(words),
                why: words.error(&error),
            },
            Err(error) => return Err(error),
        };
        chapters.push(Chapter {
            name: entry.name.into(),
            on_page_one: entry.on_page_one,
            content,
        });
    }
    Ok(Report {
        business: context.workspace().business().name.clone(),
        made_on: context.today(),
        until: observed.until,
        chapters,
    })
}

impl Report {
    /// The report as one file that needs nothing else.
    #[must_use]
    pub fn html(&self, words: &Words) -> String {
        let business: &str = &self.business;
        let body = html! {
            header.masthead {
                p.kind { (words.say("report-kind")) }
                h1 { (business) }
                p.when {
                    (words.tell("report-when", &[
                        ("until", words.date(self.until).into()),
                        ("made", words.date(self.made_on).into()),
                    ]))
                }
                nav.contents aria-label=(words.say("report-contents")) {
                    ul {
                        @for chapter in &self.chapters {
                            li { a href={ "#" (chapter.name) } { (chapter.title()) } }
                        }
                    }
                }
            }
            main id="content" {
                (page_one::render(self, words))
                @for chapter in &self.chapters {
                    @match &chapter.content {
                        Content::Answer { sheet, provenance } if chapter.on_page_one => {
                            (html::chapter(sheet, provenance, &chapter.name, words))
                        }
                        Content::Answer { sheet, provenance } => {
                            (html::sheet(sheet, Some(provenance), &chapter.name, words))
                        }
                        Content::Missing { asks, why } => {
                            section.sheet id=(chapter.name) {
                                h2 { (asks) }
                                p.no-answer {
                                    (words.tell("report-no-answer", &[("why", why.as_str().into())]))
                                }
                            }
                        }
                    }
                }
            }
            footer.colophon {
                p {
                    (words.tell("report-made-by", &[("version", env!("CARGO_PKG_VERSION").into())]))
                }
            }
        };
        let variables = [("business", business.into())];
        html::page(
            Page {
                title: &words.tell("report-title", &variables),
                about: &words.tell("report-about", &variables),
                body: &body,
            },
            words,
        )
    }
}

impl Chapter {
    /// Its heading.
    fn title(&self) -> &str {
        match &self.content {
            Content::Answer { sheet, .. } => &sheet.title,
            Content::Missing { asks, .. } => asks,
        }
    }
}

#[cfg(test)]
mod tests;
