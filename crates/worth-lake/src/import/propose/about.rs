//! Rows of a file that are about different things: which of them are rows of a table.

use super::super::reason::Reason;
use super::super::recognise::{About, LeftOut, words_of};
use super::looked::Looked;
use super::proposal::{Answers, Choice, OpenQuestion};

/// The condition on the rows that are about what a table wants: by what somebody answered, else by
/// the words of the file. Where neither says it, it is asked.
pub(super) fn condition(
    about: &About,
    looked: &Looked,
    source: &str,
    answers: &Answers,
    notes: &mut Vec<Reason>,
    questions: &mut Vec<OpenQuestion>,
) -> Option<String> {
    let path = format!("{source}.{}", about.word);
    let column = looked.called(&about.column);
    let name = column.map_or(about.column.as_str(), |column| &column.name);
    let said = column.into_iter().flat_map(|column| &column.frequent);
    let said = said.map(|(said, _)| said.as_str());
    let is_wanted = |said: &&str| words_of("about", said) == Some(about.word.as_str());
    let wanted = answers.get(&path).or_else(|| said.clone().find(is_wanted));
    let Some(wanted) = wanted else {
        let choice = |said: &str| Choice {
            answer: said.to_owned(),
            meaning: format!("each {said} is a {}", about.word),
        };
        questions.push(OpenQuestion {
            source: source.to_owned(),
            column: name.to_owned(),
            question: Reason::new("about")
                .with("column", name)
                .with("word", &about.word),
            choices: said.map(choice).collect(),
            path,
        });
        return None;
    };
    notes.push(
        Reason::new("rows-about")
            .with("column", name)
            .with("value", wanted),
    );
    Some(format!("{} = {}", quoted(name), text(wanted)))
}

/// The condition on the rows that are not left out, and a note on each kind that is.
pub(super) fn note_left_out(
    left_out: &LeftOut,
    looked: &Looked,
    notes: &mut Vec<Reason>,
) -> Option<String> {
    let column = looked.called(&left_out.column)?;
    for (value, count) in &column.frequent {
        if left_out.values.contains(value) {
            notes.push(
                Reason::new("rows-left-out")
                    .with("column", &column.name)
                    .with("value", value)
                    .with("count", count),
            );
        }
    }
    let values: Vec<String> = left_out.values.iter().map(|value| text(value)).collect();
    let name = quoted(&column.name);
    Some(format!(
        "coalesce({name}, '') not in ({})",
        values.join(", ")
    ))
}

/// The name of a column in SQL.
fn quoted(column: &str) -> String {
    format!("\"{}\"", column.replace('"', "\"\""))
}

/// A text in SQL.
fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
