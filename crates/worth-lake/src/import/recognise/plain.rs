//! Text of people without the marks of a web page: survey tools keep their questions as HTML.

/// `"<p>Giá cả <b>hợp lý</b>&nbsp;?</p>"` becomes `"Giá cả hợp lý ?"`. A sign `<` that opens no
/// tag ("< 5 minutes") stays.
pub(crate) fn plain_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (meaning, length) = tag(rest).or_else(|| entity(rest)).unwrap_or_else(|| {
            let sign = if rest.starts_with('<') { '<' } else { '&' };
            (sign, 1)
        });
        plain.push(meaning);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A tag at the beginning of the text, which counts as a space, and its bytes.
fn tag(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('<')?;
    let opens = inside.starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!".contains(sign));
    let end = inside.find('>').filter(|_| opens)?;
    Some((' ', end + 2))
}

/// A character written as an entity at the beginning of the text, and its bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST_BYTES: usize = 8;
    let inside = text.strip_prefix('&')?;
    let end = inside.find(';').filter(|end| *end <= LONGEST_BYTES)?;
    let name = &inside[..end];
    let character = match name {
        "nbsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((character, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_entities_go_and_words_stay_apart() {
        let cases = [
            ("<p>Giá cả <b>hợp lý</b></p>\n<br/>?", "Giá cả hợp lý ?"),
            (
                "Tea &amp; coffee&nbsp;&#8211; <i>how good</i>",
                "Tea & coffee – how good",
            ),
            ("Price<br>Time", "Price Time"),
            ("Waiting < 5 minutes & more", "Waiting < 5 minutes & more"),
            ("a &unknown; b &#x110;", "a &unknown; b Đ"),
            ("x <b", "x <b"),
        ];
        for (html, plain) in cases {
            assert_eq!(plain_text(html), plain);
        }
    }
}
