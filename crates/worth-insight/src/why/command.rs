//! How to ask on the command line.

use super::Why;
use crate::question::Question;
use crate::steps::{Case, Grain, Span};

impl Why {
    /// The command that asks this.
    pub(crate) fn command(&self) -> String {
        let tables: Vec<&str> = self.tables.iter().map(|table| table.name()).collect();
        let span = |span: Option<Span>| span.map(|span| span.to_string());
        let flags = [
            ("steps", self.steps.clone()),
            ("within", span(self.within)),
            ("trouble", self.trouble.map(|trouble| trouble.name().into())),
            ("place", self.place.clone()),
            ("by", self.by.map(Grain::name).map(Into::into)),
            ("wait", span(self.wait)),
            ("customer", self.customer.clone()),
            ("case", self.case.map(Case::name).map(Into::into)),
            ("window", span(self.window)),
            ("tables", (!tables.is_empty()).then(|| tables.join(","))),
        ];
        let flags = flags.into_iter().filter_map(|(name, value)| {
            let value = in_shell(&value?);
            Some(format!(" --{name} {value}"))
        });
        format!("worth {}{}", Self::NAME, flags.collect::<String>())
    }
}

/// A text as one word of a command.
fn in_shell(text: &str) -> String {
    let is_word = |sign: char| sign.is_alphanumeric() || "-_.,=:/".contains(sign);
    match text {
        _ if !text.is_empty() && text.chars().all(is_word) => text.into(),
        _ if text.contains(['"', '$', '`', '\\', '!']) => {
            format!("'{}'", text.replace('\'', "'\\''"))
        }
        _ => format!("\"{text}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::friction::Trouble;

    #[test]
    fn a_command_is_what_people_type() {
        let steps = Why {
            steps: Some("cart > \"pay & go\"".into()),
            window: "7d".parse().ok(),
            ..Why::default()
        };
        let told = "worth why --steps 'cart > \"pay & go\"' --window 7d";
        assert_eq!(steps.command(), told);
        let trouble = Why {
            trouble: Some(Trouble::LateDelivery),
            place: Some("cửa hàng".into()),
            ..Why::default()
        };
        let told = "worth why --trouble late-delivery --place \"cửa hàng\"";
        assert_eq!(trouble.command(), told);
    }
}
