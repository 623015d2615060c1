//! Files that define a survey instead of answering it: given beside the answers, they say which
//! question each code stands for. What they say ends up in the mapping, so they are needed once.

use std::path::{Path, PathBuf};

use super::super::recognise::Codebook;
use crate::error::Error;

/// Bytes of a definition at most.
const DEFINITION_BYTES_MAX: u64 = 16 << 20;

/// Takes the definitions from the files.
///
/// Errors: [`Error::Unrecognised`] when nothing else is left.
pub(super) fn take_definitions(files: &[PathBuf]) -> Result<(Vec<Codebook>, Vec<&PathBuf>), Error> {
    let mut definitions = Vec::new();
    let mut others = Vec::new();
    for path in files {
        match definition(path) {
            Some(codebook) => definitions.push(codebook),
            None => others.push(path),
        }
    }
    match files.last() {
        Some(path) if others.is_empty() => Err(Error::Unrecognised {
            path: path.clone(),
            problem: "the definition of a survey, not its answers; give the file with the answers \
                      together with it"
                .to_owned(),
        }),
        _ => Ok((definitions, others)),
    }
}

/// The definition that a file is, if it is one. What is wrong with the others is told when they
/// are opened.
fn definition(path: &Path) -> Option<Codebook> {
    let is_json = path.extension()?.eq_ignore_ascii_case("json");
    let is_small = is_json && std::fs::metadata(path).ok()?.len() <= DEFINITION_BYTES_MAX;
    let bytes = is_small.then(|| std::fs::read(path).ok())??;
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if !text.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    Codebook::read(&serde_json::from_slice(text).ok()?)
}
