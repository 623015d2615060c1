//! A page that stands alone: style, scripts and policy around a body.
//!
//! The policy allows the two scripts that the page carries, by hash, and styles; it allows no
//! other host, no form, no frame. Plotly writes its styles from the script, therefore styles are
//! allowed inline.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::plot::PALETTE;
use crate::words::Words;

/// What stands around the body of a page.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// For the tab and for bookmarks.
    pub title: &'a str,
    /// One sentence on what the page is.
    pub about: &'a str,
    /// What stands between header and footer.
    pub body: &'a Markup,
}

const STYLE: &str = include_str!("style.css");
const CHARTS: &str = include_str!("charts.js");

/// Plotly without MathJax, as the crate `plotly` carries it.
static PLOTLY: LazyLock<String> = LazyLock::new(|| {
    let scripts = plotly::Plot::offline_js_sources();
    let begin = scripts.find('>').map_or(0, |end| end + 1);
    let end = scripts[begin..]
        .find("</script>")
        .map_or(scripts.len(), |length| begin + length);
    scripts[begin..end].to_owned()
});

/// The script that draws the charts, with the colours of the dark page filled in.
static DRAWING: LazyLock<String> = LazyLock::new(|| {
    let dark: serde_json::Map<String, serde_json::Value> = PALETTE
        .iter()
        .map(|(light, dark)| ((*light).to_owned(), (*dark).into()))
        .collect();
    CHARTS.replace("__DARK__", &serde_json::Value::from(dark).to_string())
});

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = |script: &str| STANDARD.encode(Sha256::digest(script.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}' 'sha256-{}'; style-src 'unsafe-inline'; \
         img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(&PLOTLY),
        hash(&DRAWING),
    )
});

/// A page that needs nothing else: it can be mailed, kept and opened without a network.
#[must_use]
pub fn page(page: Page<'_>, words: &Words) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(*POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(page.about);
                title { (page.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#content" { (words.say("render-skip")) }
                (page.body)
                script { (PreEscaped(PLOTLY.as_str())) }
                script { (PreEscaped(DRAWING.as_str())) }
            }
        }
    };
    markup.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn plotly_is_there_once_and_mathjax_is_not() {
        let body = html! { main id="content" {} };
        let words = Words::new(Language::English);
        let text = page(
            Page {
                title: "t",
                about: "a",
                body: &body,
            },
            &words,
        );
        assert_eq!(text.matches("plotly.js v").count(), 1);
        assert!(!text.contains("MathJax-script") && !text.contains("tex-svg"));
        assert!(!text.contains("cdn.jsdelivr"));
        assert!(!DRAWING.contains("</script") && !PLOTLY.contains("</script"));
    }
}
