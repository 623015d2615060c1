//! From bytes to UTF-8: which encoding a file is in, decided from all of its bytes, and reading
//! it as UTF-8 piece by piece.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use memchr::{memchr_iter, memrchr2};

use super::{RECORD_BYTES_MAX, SourceError};
use crate::progress::Progress;

/// Bytes read at once.
const CHUNK_BYTES: usize = 256 << 10;

/// What one pass over all bytes found out.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    /// BLAKE3 of the file's bytes as they are on disk.
    pub(super) digest: String,
    pub(super) encoding: &'static Encoding,
}

/// Reads a text file once through: its digest, and the encoding that fits all of it.
///
/// `may_be_one_line` tells that the text is a JSON array or an event log.
pub(super) fn survey(
    path: &Path,
    gzip: bool,
    asked: Option<&'static Encoding>,
    may_be_one_line: bool,
    progress: &dyn Progress,
) -> Result<Survey, SourceError> {
    let mut raw = Digesting {
        file: open_file(path)?,
        hasher: blake3::Hasher::new(),
        progress,
    };
    let mut head = Head::default();
    if gzip {
        let mut unpacked = MultiGzDecoder::new(&mut raw);
        head.read_all(path, &mut unpacked, true, asked, may_be_one_line)?;
    } else {
        head.read_all(path, &mut raw, false, asked, may_be_one_line)?;
    }
    // What stands behind the end of a gzip stream belongs to the digest too.
    io::copy(&mut raw, &mut io::sink()).map_err(|source| unreadable(path, source))?;
    let encoding = head.encoding(path, asked)?;
    Ok(Survey {
        digest: raw.hasher.finalize().to_hex().to_string(),
        encoding,
    })
}

/// BLAKE3 of a file's bytes, 64 hexadecimal digits.
pub(super) fn digest(path: &Path, progress: &dyn Progress) -> Result<String, SourceError> {
    let mut raw = Digesting {
        file: open_file(path)?,
        hasher: blake3::Hasher::new(),
        progress,
    };
    let mut chunk = vec![0; CHUNK_BYTES];
    while raw
        .read(&mut chunk)
        .map_err(|source| unreadable(path, source))?
        > 0
    {}
    Ok(raw.hasher.finalize().to_hex().to_string())
}

pub(super) fn open_file(path: &Path) -> Result<File, SourceError> {
    File::open(path).map_err(|source| unreadable(path, source))
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> SourceError {
    match source.kind() {
        io::ErrorKind::NotFound => SourceError::Missing {
            path: path.to_owned(),
        },
        _ => SourceError::Unreadable {
            path: path.to_owned(),
            source,
        },
    }
}

/// The encoding of this WHATWG label.
pub(super) fn encoding_of(path: &Path, label: &str) -> Result<&'static Encoding, SourceError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| SourceError::Option {
        path: path.to_owned(),
        option: "encoding",
        given: label.to_owned(),
        right: "right would be utf-8, utf-16le, windows-1252, windows-1258 or another name of the \
                WHATWG encoding standard"
            .to_owned(),
    })
}

struct Digesting<'a> {
    file: File,
    hasher: blake3::Hasher,
    progress: &'a dyn Progress,
}

impl Read for Digesting<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.hasher.update(&into[..count]);
        self.progress.advance(count as u64);
        Ok(count)
    }
}

/// Where text first was no UTF-8.
#[derive(Debug, Clone, Copy)]
struct BadByte {
    line: u64,
    byte: u8,
}

/// What is known of the encoding while the bytes go by.
#[derive(Default)]
struct Head {
    marked: Option<&'static Encoding>,
    detector: Option<EncodingDetector>,
    fed_bytes: usize,
    lines: u64,
    first_bad: Option<BadByte>,
    bad_sequences: u64,
    good_sequences: u64,
}

impl Head {
    fn read_all(
        &mut self,
        path: &Path,
        from: &mut dyn Read,
        gzip: bool,
        asked: Option<&'static Encoding>,
        may_be_one_line: bool,
    ) -> Result<(), SourceError> {
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut kept = 0;
        let mut since_line_end = 0;
        let mut first = true;
        loop {
            let count = fill(from, &mut chunk[kept..])
                .map_err(|source| broken_stream(path, gzip, source))?;
            let end = kept + count;
            if first {
                self.marked = marked_encoding(&chunk[..end]);
                first = false;
            }
            let text = &chunk[kept..end];
            since_line_end = match memrchr2(b'\n', b'\r', text) {
                Some(at) => text.len() - at,
                None => since_line_end + text.len(),
            };
            if since_line_end > RECORD_BYTES_MAX && !may_be_one_line {
                return Err(SourceError::RecordTooLong {
                    path: path.to_owned(),
                    line: self.lines + 1,
                    limit_bytes: RECORD_BYTES_MAX,
                    right: "right would be one row a line",
                });
            }
            let utf8 = asked
                .or(self.marked)
                .is_none_or(|encoding| encoding == UTF_8);
            if !utf8 {
                if count == 0 {
                    return Ok(());
                }
                kept = 0;
                continue;
            }
            let used = self.check(&chunk[..end], count == 0);
            if count == 0 {
                return Ok(());
            }
            self.lines += memchr_iter(b'\n', &chunk[..used]).count() as u64;
            chunk.copy_within(used..end, 0);
            kept = end - used;
        }
    }

    /// Checks a piece of text for UTF-8; returns how much of it is done with.
    fn check(&mut self, text: &[u8], last: bool) -> usize {
        const FED_BYTES_MAX: usize = 1 << 20;
        let mut at = 0;
        let used = loop {
            match std::str::from_utf8(&text[at..]) {
                Ok(good) => {
                    self.count_good(good.as_bytes());
                    break text.len();
                }
                Err(error) => {
                    let good = error.valid_up_to();
                    self.count_good(&text[at..at + good]);
                    let bad = at + good;
                    let length = match error.error_len() {
                        Some(length) => length,
                        None if last => text.len() - bad,
                        None => break bad,
                    };
                    self.bad_sequences += 1;
                    self.first_bad.get_or_insert_with(|| BadByte {
                        line: self.lines + memchr_iter(b'\n', &text[..bad]).count() as u64 + 1,
                        byte: text[bad],
                    });
                    at = bad + length;
                }
            }
        };
        if self.first_bad.is_some() && self.fed_bytes < FED_BYTES_MAX {
            self.fed_bytes += used;
            self.detector
                .get_or_insert_with(|| EncodingDetector::new(Iso2022JpDetection::Deny))
                .feed(&text[..used], last);
        }
        used
    }

    /// Counts characters of more than one byte, until there are enough to be sure.
    fn count_good(&mut self, text: &[u8]) {
        const ENOUGH: u64 = 100_000;
        if self.good_sequences < ENOUGH && !text.is_ascii() {
            self.good_sequences += text.iter().filter(|&&byte| byte >= 0xC0).count() as u64;
        }
    }

    fn encoding(
        self,
        path: &Path,
        asked: Option<&'static Encoding>,
    ) -> Result<&'static Encoding, SourceError> {
        /// So many good multi-byte sequences for a bad one say: UTF-8, but damaged. In another
        /// encoding hardly any two bytes in a row happen to be good.
        const GOOD_TO_BAD: u64 = 5;
        let told = asked.or(self.marked);
        let Some(bad) = self.first_bad else {
            return Ok(told.unwrap_or(UTF_8));
        };
        let damaged_utf8 = self.good_sequences >= GOOD_TO_BAD * self.bad_sequences;
        if told == Some(UTF_8) || damaged_utf8 {
            return Err(SourceError::Encoding {
                path: path.to_owned(),
                line: bad.line,
                what: format!("the byte 0x{:02X}", bad.byte),
                encoding: UTF_8.name().to_owned(),
            });
        }
        Ok(told.unwrap_or_else(|| {
            self.detector
                .map_or(UTF_8, |detector| detector.guess(None, Utf8Detection::Deny))
        }))
    }
}

/// The encoding that a byte order mark, or the zeros of UTF-16 text, tell.
pub(super) fn marked_encoding(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding);
    }
    // Text in Latin letters has a zero in every other byte: the second in UTF-16LE.
    let head = &head[..head.len().min(4096) & !1];
    let zeros = |first: usize| {
        head.iter()
            .skip(first)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
            * 2
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = |zeros: usize| zeros * 10 >= head.len() * 4;
    let few = |zeros: usize| zeros * 50 <= head.len();
    match () {
        () if head.len() < 4 => None,
        () if many(odd) && few(even) => Some(UTF_16LE),
        () if many(even) && few(odd) => Some(UTF_16BE),
        () => None,
    }
}

/// Reads until the buffer is full or there is no more.
pub(super) fn fill(from: &mut dyn Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match from.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn broken_stream(path: &Path, gzip: bool, source: io::Error) -> SourceError {
    let in_stream = matches!(
        source.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
    );
    if gzip && in_stream {
        return SourceError::Broken {
            path: path.to_owned(),
            format: "gzip stream",
            detail: match source.kind() {
                io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
                _ => source.to_string(),
            },
        };
    }
    unreadable(path, source)
}

/// A text file as UTF-8, without its byte order mark.
pub(super) struct TextStream {
    path: PathBuf,
    gzip: bool,
    from: Box<dyn Read + Send>,
    /// None for UTF-8, which needs no change.
    decoder: Option<Decoder>,
    encoding: &'static Encoding,
    raw: Vec<u8>,
    begun: bool,
    ended: bool,
    lines: u64,
}

impl TextStream {
    /// Opens a file whose encoding [`survey`] decided.
    pub(super) fn open(
        path: &Path,
        gzip: bool,
        encoding: &'static Encoding,
    ) -> Result<Self, SourceError> {
        let file = open_file(path)?;
        let from: Box<dyn Read + Send> = if gzip {
            Box::new(MultiGzDecoder::new(file))
        } else {
            Box::new(file)
        };
        Ok(Self {
            path: path.to_owned(),
            gzip,
            from,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal()),
            encoding,
            raw: Vec::new(),
            begun: false,
            ended: false,
            lines: 0,
        })
    }

    /// Appends some more text; `false` when there is no more.
    pub(super) fn read_more(&mut self, into: &mut Vec<u8>) -> Result<bool, SourceError> {
        if self.ended {
            return Ok(false);
        }
        if self.decoder.is_some() {
            self.decode_more(into)
        } else {
            self.copy_more(into)
        }
    }

    fn copy_more(&mut self, into: &mut Vec<u8>) -> Result<bool, SourceError> {
        let before = into.len();
        into.resize(before + CHUNK_BYTES, 0);
        let count = fill(&mut self.from, &mut into[before..])
            .map_err(|source| broken_stream(&self.path, self.gzip, source))?;
        into.truncate(before + count);
        if !self.begun && into[before..].starts_with(b"\xEF\xBB\xBF") {
            into.drain(before..before + 3);
        }
        self.begun = true;
        self.ended = count < CHUNK_BYTES;
        Ok(count > 0)
    }

    fn decode_more(&mut self, into: &mut Vec<u8>) -> Result<bool, SourceError> {
        let Some(decoder) = self.decoder.as_mut() else {
            return Ok(false);
        };
        self.raw.resize(CHUNK_BYTES, 0);
        let count = fill(&mut self.from, &mut self.raw)
            .map_err(|source| broken_stream(&self.path, self.gzip, source))?;
        self.ended = count < CHUNK_BYTES;
        let before = into.len();
        // Three bytes of UTF-8 for one of a single-byte encoding are the most.
        into.resize(before + count * 3 + 16, 0);
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(
            &self.raw[..count],
            &mut into[before..],
            self.ended,
        );
        into.truncate(before + written);
        match result {
            DecoderResult::InputEmpty => {
                self.lines += memchr_iter(b'\n', &into[before..]).count() as u64;
                Ok(true)
            }
            DecoderResult::Malformed(length, behind) => {
                let line = self.lines + memchr_iter(b'\n', &into[before..]).count() as u64 + 1;
                let end = read.saturating_sub(usize::from(behind));
                let bytes = &self.raw[end.saturating_sub(usize::from(length))..end];
                let shown: Vec<String> = bytes.iter().map(|byte| format!("0x{byte:02X}")).collect();
                Err(SourceError::Encoding {
                    path: self.path.clone(),
                    line,
                    what: format!("the byte sequence {}", shown.join(" ")),
                    encoding: self.encoding.name().to_owned(),
                })
            }
            DecoderResult::OutputFull => Err(SourceError::Broken {
                path: self.path.clone(),
                format: "text",
                detail: format!("{} grew beyond three bytes a byte", self.encoding.name()),
            }),
        }
    }
}
