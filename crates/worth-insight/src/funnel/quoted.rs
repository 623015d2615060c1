//! Texts of which parts are in quotation marks: no sign in there has a meaning of its own.

/// Signs and words that have a meaning outside quotation marks.
const MARKS: [&str; 11] = [
    "\"",
    "*",
    "&",
    "|",
    "=",
    " > ",
    " then ",
    " within ",
    " without ",
    " but not ",
    " left before ",
];

/// A text at the marks outside quotation marks; the whole of it when there is none.
pub(crate) fn split<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut start, mut is_inside) = (0, false);
    for (place, sign) in text.char_indices() {
        is_inside ^= sign == '"';
        if !is_inside && place >= start && text[place..].starts_with(mark) {
            parts.push(&text[start..place]);
            start = place + mark.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// A text up to the first mark outside quotation marks, and what follows it.
pub(crate) fn cut<'a>(text: &'a str, mark: &str) -> (&'a str, Option<&'a str>) {
    let before = split(text, mark)[0];
    let after = text[before.len()..].strip_prefix(mark);
    (before, after.map(str::trim))
}

/// What stands between quotation marks, when a text is that and nothing else; two of them are one.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner.replace("\"\"", "\""))
}

/// A text between quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Whether a text means itself without quotation marks.
pub(super) fn is_plain(text: &str) -> bool {
    let alone = format!(" {text} ");
    !text.is_empty() && text.trim() == text && !MARKS.iter().any(|mark| alone.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_quotation_marks_are_no_marks() {
        assert_eq!(split("a > \"b > c\" > d", " > "), ["a", "\"b > c\"", "d"]);
        assert_eq!(cut("\"a & b\" & c", "&"), ("\"a & b\" ", Some("c")));
        assert_eq!(cut("alone", " > "), ("alone", None));
        for text in ["a > b", "5\" pipe", "", "\"", "a * b"] {
            assert!(!is_plain(text), "{text}");
            assert_eq!(unquoted(&quoted(text)).as_deref(), Some(text));
            assert_eq!(split(&quoted(text), " > ").len(), 1);
        }
        assert!(is_plain("/search: chè") && !is_plain("then") && !is_plain("a "));
    }
}
