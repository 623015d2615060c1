//! Standard output and standard error: results go to the one, everything else to the other.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use anyhow::Result;
use worth_insight::render::terminal::Look;

/// Whoever reads standard output has closed it: there is nobody left to tell, and nothing wrong.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads the output any more")]
pub(crate) struct NobodyReads;

/// Writes a result to standard output.
pub(crate) fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

/// Writes a part of a result to standard output.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut output = io::stdout().lock();
    let written = output.write_all(bytes).and_then(|()| output.flush());
    written.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => NobodyReads.into(),
        _ => anyhow::Error::from(error).context("cannot write to standard output"),
    })
}

/// Writes a message, whole lines, to standard error. Nothing can be done when that fails.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}

/// Whether a person sits at the terminal and can be asked.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// How results look on standard output: as wide as the terminal; colours only there, and not
/// when `NO_COLOR` asks for none (no-color.org).
pub(crate) fn look() -> Look {
    let terminal = io::stdout().is_terminal();
    let plain = Look::default();
    let width = match terminal_size::terminal_size() {
        Some((width, _)) if terminal => usize::from(width.0),
        _ => plain.width.max(100),
    };
    let asked_for_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Look {
        width,
        colour: terminal && !asked_for_none,
    }
}
