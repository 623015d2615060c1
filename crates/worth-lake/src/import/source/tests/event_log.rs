//! XES and OCEL event logs, whole and broken.

use std::io::Write;

use proptest::prelude::*;

use super::*;

const XES: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<!-- made by hand -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="name"/></global>
  <string key="creator" value="hand"/>
  <trace>
    <string key="concept:name" value="NA"/>
    <int key="age" value="41"/>
    <event>
      <string key="concept:name" value="Đặt &amp; trả"/>
      <date key="time:timestamp" value="2010-12-30T14:32:00.000+01:00"/>
      <float key="cost" value="1.25E1"/>
      <boolean key="late" value="TRUE"/>
      <list key="items"><values><string key="item" value="a"/><string key="item" value="b"/></values></list>
      <string key="org:resource" value="An"><string key="role" value="clerk"/></string>
    </event>
    <event/>
  </trace>
  <trace><string key="concept:name" value="empty"/></trace>
  <trace>
    <string key="concept:name" value="2"/>
    <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="soon"/></event>
  </trace>
</log>
"#;

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).expect("memory takes it");
    packed.finish().expect("memory takes it")
}

#[test]
fn events_of_xes_are_rows_with_what_their_trace_says() {
    for made in [made("log.xes", XES), made("log.xes.gz", gzip(XES))] {
        let file = open(&made);
        assert_eq!(
            names(&file),
            [
                "case:concept:name",
                "case:age",
                "concept:name",
                "time:timestamp",
                "cost",
                "late",
                "items.item",
                "items.item.2",
                "org:resource",
                "org:resource.role"
            ]
        );
        assert_eq!(
            natives(&file)[1..6],
            [
                Native::Number,
                Native::Text,
                Native::Time,
                Native::Number,
                Native::Flag
            ]
        );
        assert_eq!(
            numbered_rows(&file),
            [
                (
                    1,
                    vec![
                        "NA",
                        "41",
                        "Đặt & trả",
                        "2010-12-30T14:32:00.000+01:00",
                        "12.5",
                        "true",
                        "a",
                        "b",
                        "An",
                        "clerk"
                    ]
                ),
                (2, vec!["NA", "41", "", "", "", "", "", "", "", ""]),
                (3, vec!["2", "", "pay", "soon", "", "", "", "", "", ""]),
            ]
            .map(|(place, row)| (place, row.into_iter().map(str::to_owned).collect()))
        );
    }
}

#[test]
fn a_log_that_is_cut_or_wrong_is_told_with_its_line() {
    let half = &XES[..XES.find("<trace><string").expect("there")];
    assert_eq!(
        refused(&made("half.xes", half)),
        "half.xes: the XES log is damaged: line 20: it ends too early; export or copy it again"
    );
    let crossed = XES.replace("<event/>", "<event></trace>");
    let error = refused(&made("crossed.xes", crossed));
    assert!(
        error.starts_with("crossed.xes: the XES log is damaged: line 18: "),
        "{error}"
    );
    let empty = refused(&made("empty.xes", "<log><trace/></log>"));
    assert!(empty.contains("an event log without any event"), "{empty}");
    let endless = format!(
        "<log><trace><event><string key=\"a\" value=\"{}\"/>",
        "x".repeat(RECORD_BYTES_MAX + 1)
    );
    let error = refused(&made("endless.xes", endless));
    assert!(error.contains("is longer than 16777216 bytes"), "{error}");
    let packed = gzip(&XES.repeat(50));
    let error = refused(&made("cut.xes.gz", &packed[..packed.len() / 2]));
    assert!(error.contains("gzip stream is damaged"), "{error}");
}

#[test]
fn entities_that_a_log_defines_are_not_followed() {
    let bomb = "<!DOCTYPE log [<!ENTITY a \"aaaa\">]><log><trace><event>\
                <string key=\"n\" value=\"&a;\"/><string key=\"m\" value=\"1\"/></event></trace></log>";
    let made = made("bomb.xes", bomb);
    assert_eq!(names(&open(&made)), ["m"]);
}

const OCEL_JSON: &str = r#"{
  "eventTypes": [{"name": "place order", "attributes": [{"name": "total", "type": "float"}]}],
  "events": [
    {"id": "e1", "type": "place order", "time": "2024-05-01T08:00:00Z", "attributes": [{"name": "total", "value": 12.5}],
     "relationships": [{"objectId": "c1", "qualifier": "buyer"}, {"objectId": "o1", "qualifier": "order"}, {"objectId": "o2", "qualifier": "order"}]},
    {"id": "e2", "type": "close", "time": "2024-06-01T08:00:00Z", "attributes": []}
  ],
  "objectTypes": [{"name": "customers", "attributes": []}, {"name": "orders", "attributes": []}],
  "objects": [
    {"id": "c1", "type": "customers", "attributes": [
      {"name": "city", "value": "Hà Nội", "time": "1970-01-01T00:00:00Z"}, {"name": "city", "value": "Huế", "time": "2024-05-15T00:00:00Z"}],
     "relationships": [{"objectId": "o1", "qualifier": "places"}]},
    {"id": "o1", "type": "orders", "attributes": [{"name": "state", "value": "late", "time": "2024-07-01T00:00:00Z"}]},
    {"id": "o2", "type": "orders"}
  ]
}"#;

const OCEL_XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log>
  <object-types><object-type name="customers"><attributes><attribute name="city" type="string"/></attributes></object-type></object-types>
  <event-types><event-type name="place order"><attributes><attribute name="total" type="float"/></attributes></event-type></event-types>
  <objects>
    <object id="c1" type="customers">
      <attributes><attribute name="city" time="1970-01-01T00:00:00Z">Hà Nội</attribute><attribute name="city" time="2024-05-15T00:00:00Z">Huế</attribute></attributes>
      <objects><relationship object-id="o1" qualifier="places"/></objects>
    </object>
    <object id="o1" type="orders"><attributes><attribute name="state" time="2024-07-01T00:00:00Z">late</attribute></attributes></object>
    <object id="o2" type="orders"/>
  </objects>
  <events>
    <event id="e1" type="place order" time="2024-05-01T08:00:00Z">
      <attributes><attribute name="total">12.5</attribute></attributes>
      <objects><relationship object-id="c1" qualifier="buyer"/><relationship object-id="o1" qualifier="order"/><relationship object-id="o2" qualifier="order"/></objects>
    </event>
    <event id="e2" type="close" time="2024-06-01T08:00:00Z"/>
  </events>
</log>
"#;

#[test]
fn events_of_ocel_are_a_row_for_each_object_they_are_about() {
    let in_json = made("log.jsonocel", OCEL_JSON);
    let in_xml = made("log.xmlocel", OCEL_XML);
    for made in [in_json, in_xml] {
        let file = open(&made);
        assert_eq!(
            names(&file),
            [
                "ocel:eid",
                "ocel:activity",
                "ocel:timestamp",
                "ocel:oid",
                "ocel:type",
                "ocel:qualifier",
                "total",
                "object:city",
                "ocel:type:customers",
                "ocel:type:orders",
                "object:state"
            ]
        );
        let orders = r#"["o1","o2"]"#;
        let customers = r#"["c1"]"#;
        let time = "2024-05-01T08:00:00Z";
        assert_eq!(
            rows(&file),
            [
                [
                    "e1",
                    "place order",
                    time,
                    "c1",
                    "customers",
                    "buyer",
                    "12.5",
                    "Hà Nội",
                    customers,
                    orders,
                    ""
                ],
                [
                    "e1",
                    "place order",
                    time,
                    "o1",
                    "orders",
                    "order",
                    "12.5",
                    "",
                    customers,
                    orders,
                    "late"
                ],
                [
                    "e1",
                    "place order",
                    time,
                    "o2",
                    "orders",
                    "order",
                    "12.5",
                    "",
                    customers,
                    orders,
                    ""
                ],
                [
                    "e2",
                    "close",
                    "2024-06-01T08:00:00Z",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    ""
                ],
            ]
        );
    }
}

#[test]
fn an_object_is_told_as_it_was_at_the_time() {
    let later = OCEL_JSON.replace("2024-05-01T08:00:00Z", "2024-05-20T08:00:00Z");
    let made = made("log.json", later);
    assert_eq!(rows(&open(&made))[0][7], "Huế");
}

#[test]
fn an_ocel_log_that_is_cut_is_told_with_its_line() {
    let error = refused(&made("cut.json", &OCEL_JSON[..600]));
    assert!(
        error.starts_with("cut.json: the OCEL log is damaged: line "),
        "{error}"
    );
    let xml = &OCEL_XML[..OCEL_XML.find("</events>").expect("there")];
    let error = refused(&made("cut.xml", xml));
    assert!(error.contains("it ends too early"), "{error}");
}

/// Pieces of logs, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "<log>",
        "</log>",
        "<trace>",
        "</trace>",
        "<event>",
        "</event>",
        "<event/>",
        "<trace/>",
        "<global>",
        "</global>",
        "<string key=\"a\" value=\"1\"/>",
        "<string key=\"a\">",
        "</string>",
        "<date value=\"x\"/>",
        "<list key=\"l\">",
        "</list>",
        "<values>",
        "</values>",
        "<objects>",
        "</objects>",
        "<events>",
        "</events>",
        "<object id=\"o\">",
        "</object>",
        "<attribute name=\"n\">",
        "</attribute>",
        "<relationship/>",
        "text",
        "&amp;",
        "&#x0;",
        "<![CDATA[x]]>",
        "<!--",
        "-->",
        "<",
        ">",
        "\"",
        "\n",
    ];
    let any = prop::sample::select(pieces.to_vec());
    prop::collection::vec(any, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_log_makes_a_reader_panic(
        pieces in pieces(),
        root in prop::sample::select(vec!["<log>", "<log><events>", "<log><objects>", "<log><trace><event>"]),
        json in "[\\[\\]{}:,\"a-e0-9]{0,40}",
    ) {
        let json = format!("{{\"eventTypes\":[],\"events\":{json}");
        for text in [format!("{root}{pieces}"), format!("{root}{pieces}</event></trace></log>"), json] {
            let made = made("log", text);
            if let Ok(file) = SourceFile::open(&made.path, &ReadOptions::default(), &Silent) {
                count_rows(&file);
            }
        }
    }
}
