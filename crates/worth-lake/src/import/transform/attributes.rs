//! What no column of the table takes: one JSON object per row, its keys sorted.

use std::io::Write;

use datafusion::arrow::array::{Array, StringArray, StringBuilder};

/// The source columns that no column takes, sorted by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes {
    /// `"name":` as JSON, and the column's place in the batch.
    columns: Vec<(String, usize)>,
}

impl Attributes {
    /// Of these columns: name and place.
    pub(crate) fn new(mut columns: Vec<(String, usize)>) -> Self {
        columns.sort();
        let columns = columns
            .into_iter()
            .map(|(name, place)| {
                let name = serde_json::to_string(&name).expect("text is always JSON");
                (format!("{name}:"), place)
            })
            .collect();
        Self { columns }
    }

    /// One JSON object per row; null where the row has nothing in these columns.
    pub(crate) fn of(&self, arrays: &[&StringArray], rows: usize) -> StringArray {
        if self.columns.is_empty() {
            return StringArray::new_null(rows);
        }
        let mut builder = StringBuilder::with_capacity(rows, rows * 32);
        let mut json: Vec<u8> = Vec::with_capacity(256);
        for row in 0..rows {
            json.clear();
            for (name, place) in &self.columns {
                let array = arrays[*place];
                if array.is_null(row) || array.value(row).is_empty() {
                    continue;
                }
                json.push(if json.is_empty() { b'{' } else { b',' });
                json.extend_from_slice(name.as_bytes());
                write_text(&mut json, array.value(row));
            }
            if json.is_empty() {
                builder.append_null();
            } else {
                json.push(b'}');
                builder.append_value(std::str::from_utf8(&json).expect("made of text"));
            }
        }
        builder.finish()
    }
}

/// One row as JSON, the columns in the file's order: the `raw` of a reject.
pub(crate) fn raw_json(names: &[&str], arrays: &[&StringArray], row: usize) -> String {
    let mut json: Vec<u8> = b"{".to_vec();
    for (name, array) in names.iter().zip(arrays) {
        if array.is_null(row) {
            continue;
        }
        if json.len() > 1 {
            json.push(b',');
        }
        write_text(&mut json, name);
        json.push(b':');
        write_text(&mut json, array.value(row));
    }
    json.push(b'}');
    String::from_utf8(json).expect("made of text")
}

fn write_text(json: &mut Vec<u8>, text: &str) {
    let plain = text
        .bytes()
        .all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
    if plain {
        json.push(b'"');
        json.extend_from_slice(text.as_bytes());
        json.push(b'"');
    } else {
        let quoted = serde_json::to_string(text).expect("text is always JSON");
        json.write_all(quoted.as_bytes())
            .expect("memory takes any write");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_empty_cells_left_out() {
        let second = StringArray::from(vec![Some("say \"ỏ\""), None]);
        let first = StringArray::from(vec![Some("1"), Some("")]);
        let attributes = Attributes::new(vec![("b".into(), 0), ("a".into(), 1)]);
        let json = attributes.of(&[&second, &first], 2);
        assert_eq!(json.value(0), r#"{"a":"1","b":"say \"ỏ\""}"#);
        assert!(json.is_null(1));
    }
}
