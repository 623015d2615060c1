//! A form as a Google Apps Script that builds it in Google Forms, with a table for the answers and
//! a link that fills in the customer's code.

use worth_insight::words::Words;

use super::{Form, Kind, Scale};

/// The script. Run `makeSurvey` once; then `linkFor("C1042")` gives that customer's link.
pub(crate) fn script(form: &Form, words: &Words) -> String {
    let mut text = format!("// {}\n\n", words.say("cli-survey-script"));
    text.push_str(&format!("const TITLE = {};\n\n", quoted(&form.title)));
    text.push_str("function makeSurvey() {\n  const form = FormApp.create(TITLE);\n");
    let introduction = words.say("cli-survey-introduction");
    text.push_str(&format!(
        "  form.setDescription({});\n",
        quoted(&introduction)
    ));
    for question in &form.questions {
        let title = quoted(&question.title);
        let line = match &question.kind {
            Kind::Line => format!("form.addTextItem().setTitle({title})"),
            Kind::Paragraph => format!("form.addParagraphTextItem().setTitle({title})"),
            Kind::Choice(choices) => format!(
                "form.addMultipleChoiceItem().setTitle({title}).setChoiceValues([{}])",
                listed(choices.iter().map(String::as_str))
            ),
            Kind::Scale(scale) => format!(
                "form.addScaleItem().setTitle({title}).setBounds({}, {}).setLabels({}, {})",
                scale.least,
                scale.most,
                quoted(&scale.low),
                quoted(&scale.high)
            ),
            Kind::Grid(scale, rows) => format!(
                "form.addGridItem().setTitle({title}).setHelpText({}).setRows([{}]).setColumns([{}])",
                quoted(&ends(scale)),
                listed(rows.iter().map(|row| row.text.as_str())),
                listed((scale.least..=scale.most).map(|point| point.to_string()))
            ),
        };
        text.push_str(&format!("  {line};\n"));
    }
    text.push_str(
        "  const answers = SpreadsheetApp.create(TITLE);\n  \
         form.setDestination(FormApp.DestinationType.SPREADSHEET, answers.getId());\n  \
         PropertiesService.getScriptProperties().setProperty(\"form\", form.getId());\n  \
         Logger.log(form.getEditUrl());\n  \
         Logger.log(form.getPublishedUrl());\n}\n\n\
         function linkFor(customerCode) {\n  \
         const form = FormApp.openById(PropertiesService.getScriptProperties().getProperty(\"form\"));\n  \
         const code = form.getItems()[0].asTextItem().createResponse(customerCode);\n  \
         return form.createResponse().withItemResponse(code).toPrefilledUrl();\n}\n",
    );
    text
}

fn ends(scale: &Scale) -> String {
    format!(
        "{} = {}, {} = {}",
        scale.least, scale.low, scale.most, scale.high
    )
}

fn listed(texts: impl Iterator<Item = impl AsRef<str>>) -> String {
    let texts: Vec<String> = texts.map(|text| quoted(text.as_ref())).collect();
    texts.join(", ")
}

/// A text as JavaScript writes it, which is as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
