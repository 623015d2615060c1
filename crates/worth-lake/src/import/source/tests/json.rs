//! JSON lines and arrays of objects.

use super::*;

#[test]
fn objects_are_laid_out_flat() {
    let made = made(
        "orders.jsonl",
        "{\"id\":7,\"buyer\":{\"name\":\"An\",\"vip\":true},\"total\":0.1,\"tags\":[\"a\",1]}\n\n\
         {\"id\":8,\"note\":null,\"buyer\":{\"name\":\"e\\u0301\"}}\n{\"id\":9,\"late\":\"x\"}\n",
    );
    let file = open(&made);
    assert_eq!(
        names(&file),
        [
            "id",
            "buyer.name",
            "buyer.vip",
            "total",
            "tags",
            "note",
            "late"
        ]
    );
    assert_eq!(
        natives(&file)[..4],
        [Native::Number, Native::Text, Native::Flag, Native::Number]
    );
    let read = numbered_rows(&file);
    assert_eq!(read[0].1, ["7", "An", "true", "0.1", "[\"a\",1]", "", ""]);
    assert_eq!(
        read[1],
        (3, ["8", "é", "", "", "", "", ""].map(str::to_owned).into())
    );
    assert_eq!(read[2].1[6], "x");
}

#[test]
fn an_array_is_read_like_lines() {
    let made = made(
        "orders.json",
        "[\n  {\"id\": 1},\n  {\"id\": \"x, ]\"}\n]\n",
    );
    let file = open(&made);
    assert_eq!(natives(&file), [Native::Text]);
    assert_eq!(
        numbered_rows(&file),
        [(1, vec!["1".to_owned()]), (2, vec!["x, ]".to_owned()])]
    );
}

#[test]
fn a_line_that_is_no_object_is_damaged() {
    let made = made("a.jsonl", "{\"id\":1}\n{\"id\":\n[1]\n{\"id\":2}\n");
    let file = open(&made);
    assert_eq!(rows(&file), [["1"], ["2"]]);
    let damaged = damaged(&file);
    assert_eq!(damaged.len(), 2);
    assert_eq!(
        (damaged[0].file_row, damaged[0].raw.as_str()),
        (2, "{\"id\":")
    );
    assert!(
        damaged[1]
            .reason
            .ends_with("; right would be one JSON object"),
        "{damaged:?}"
    );
}

#[test]
fn objects_in_lists_have_their_number_and_other_lists_stay_text() {
    let made = made(
        "answers.jsonl",
        "{\"cafes\":[{\"name\":\"Lá\",\"price\":4},{\"name\":\"Highlands\"}],\"drinks\":[\"tea\",\"coffee\"],\"none\":[]}\n",
    );
    let file = open(&made);
    assert_eq!(
        names(&file),
        [
            "cafes.1.name",
            "cafes.1.price",
            "cafes.2.name",
            "drinks",
            "none"
        ]
    );
    assert_eq!(
        rows(&file),
        [["Lá", "4", "Highlands", "[\"tea\",\"coffee\"]", "[]"]]
    );
}

#[test]
fn an_object_may_wrap_the_array_of_rows() {
    let texts = [
        "{\"total\": 2, \"meta\": {\"data\": [1]}, \"data\": [{\"id\": 1}, {\"id\": 2}], \"next\": null}",
        "\u{feff}{\n  \"note\": \"a \\\"data\\\": [\",\n  \"Responses\": [\n    {\"id\": 1},\n    {\"id\": 2}\n  ]\n}\n",
    ];
    for text in texts {
        let made = made("answers.json", text);
        let file = open(&made);
        let read = numbered_rows(&file);
        assert_eq!(
            read,
            [(1, vec!["1".to_owned()]), (2, vec!["2".to_owned()])],
            "{text}"
        );
    }
    // a line with a list of its own is a row
    let made = made("orders.jsonl", "{\"id\":7,\"lines\":[{\"sku\":\"a\"}]}\n");
    assert_eq!(names(&open(&made)), ["id", "lines.1.sku"]);
}
