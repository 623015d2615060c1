//! A form to read, to print, or to copy into any survey tool.

use worth_insight::words::Words;

use super::{Form, Kind};

/// The form as Markdown.
pub(crate) fn page(form: &Form, words: &Words) -> String {
    let mut text = format!(
        "# {}\n\n{}\n",
        form.title,
        words.say("cli-survey-introduction")
    );
    for (number, question) in (1..).zip(&form.questions) {
        text.push_str(&format!("\n{number}. **{}**\n", question.title));
        if let Kind::Scale(scale) | Kind::Grid(scale, _) = &question.kind {
            let ends = format!(
                "{} = {}, {} = {}",
                scale.least, scale.low, scale.most, scale.high
            );
            text.push_str(&format!("   {ends}\n"));
        }
        match &question.kind {
            Kind::Choice(choices) => list(&mut text, choices.iter().map(String::as_str)),
            Kind::Grid(_, rows) => list(&mut text, rows.iter().map(|row| row.text.as_str())),
            Kind::Line | Kind::Paragraph | Kind::Scale(_) => {}
        }
    }
    text
}

fn list<'a>(text: &mut String, lines: impl Iterator<Item = &'a str>) {
    for line in lines {
        text.push_str(&format!("   - {line}\n"));
    }
}
