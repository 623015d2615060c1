//! Events as the tools that gather them export them, imported without a word from the user.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;

use super::{Shop, count, real_data, real_file};
use crate::import::propose::Answers;

const XES: &str = r#"<log><trace><string key="concept:name" value="NA"/><string key="city" value="Huế"/>
<event><string key="concept:name" value="register"/><date key="time:timestamp" value="2010-12-30T00:00:00.000+01:00"/><string key="org:resource" value="An"/></event>
<event><string key="concept:name" value="decide"/><date key="time:timestamp" value="2010-12-30T00:00:00.000+01:00"/></event>
<event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2011-01-06T09:18:00.000+01:00"/></event>
</trace></log>"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_xes_is_a_visitor_and_ties_keep_their_order() {
    let mut shop = Shop::new().await;
    let log = shop.file("log.xes", XES);
    let report = shop
        .import(std::slice::from_ref(&log))
        .await
        .expect("imported");
    assert_eq!(report.sources[0].source, "xes");
    assert_eq!(count(&report, "events").accepted, 3);
    assert_eq!(
        shop.ask("select anonymous_id, journey_id, name, at, sequence, attributes from events order by at, sequence").await,
        [
            r#"NA|NA|register|2010-12-29T23:00:00Z|1|{"case:city":"Huế","org:resource":"An"}"#,
            r#"NA|NA|decide|2010-12-29T23:00:00Z|2|{"case:city":"Huế"}"#,
            r#"NA|NA|pay|2011-01-06T08:18:00Z|3|{"case:city":"Huế"}"#,
        ]
    );
    let again = shop.import(&[log]).await.expect("imported again");
    assert_eq!(count(&again, "events").skipped, 3);
    // another log of the kind need not have what is mapped but not required
    let other = XES.replace(
        r#"value="NA"/>"#,
        r#"value="7"/><string key="customer_id" value="C7"/>"#,
    );
    let report = shop
        .import(&[shop.file("other.xes", other)])
        .await
        .expect("of the same kind");
    assert_eq!(count(&report, "events").accepted, 3);
}

const OCEL: &str = r#"{"eventTypes": [], "objectTypes": [], "events": [
  {"id": "e1", "type": "place order", "time": "2024-05-01T08:00:00Z", "attributes": [{"name": "total", "value": 12.5}],
   "relationships": [{"objectId": "c1", "qualifier": "buyer"}, {"objectId": "c2", "qualifier": "receiver"}, {"objectId": "o1", "qualifier": "order"}]},
  {"id": "e2", "type": "pay", "time": "2024-05-02T08:00:00Z", "relationships": [{"objectId": "c1", "qualifier": "payer"}]}],
 "objects": [{"id": "c1", "type": "Customers", "attributes": [{"name": "city", "value": "Huế", "time": "1970-01-01T00:00:00Z"}]},
  {"id": "c2", "type": "Customers"}, {"id": "o1", "type": "orders"}]}"#;

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_ocel_is_one_for_each_customer_it_is_about() {
    let mut shop = Shop::new().await;
    let log = shop.file("orders.jsonocel", OCEL);
    let report = shop
        .import(std::slice::from_ref(&log))
        .await
        .expect("imported");
    let events = count(&report, "events");
    assert_eq!((events.read, events.accepted, events.skipped), (4, 3, 1));
    assert_eq!(
        shop.ask("select event_id, customer_id, name, attributes from events order by event_id")
            .await,
        [
            r#"e1/c1|c1|place order|{"object:city":"Huế","ocel:eid":"e1","ocel:qualifier":"buyer","ocel:type":"Customers","ocel:type:Customers":"[\"c1\",\"c2\"]","ocel:type:orders":"[\"o1\"]","total":"12.5"}"#,
            r#"e1/c2|c2|place order|{"ocel:eid":"e1","ocel:qualifier":"receiver","ocel:type":"Customers","ocel:type:Customers":"[\"c1\",\"c2\"]","ocel:type:orders":"[\"o1\"]","total":"12.5"}"#,
            r#"e2/c1|c1|pay|{"object:city":"Huế","ocel:eid":"e2","ocel:qualifier":"payer","ocel:type":"Customers","ocel:type:Customers":"[\"c1\"]"}"#,
        ]
    );
    let again = shop.import(&[log]).await.expect("imported again");
    assert_eq!(count(&again, "events").skipped, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn which_objects_are_customers_is_asked_where_no_word_says_it() {
    let mut shop = Shop::new().await;
    let log = shop.file("log.json", OCEL.replace("Customers", "Kunden"));
    let proposal = shop
        .propose(std::slice::from_ref(&log), &Answers::new())
        .await
        .expect("proposed");
    let question = &proposal.open_questions[0];
    assert_eq!(
        (question.path.as_str(), question.choices[0].answer.as_str()),
        ("ocel.customer", "Kunden")
    );
    let mut answers = Answers::new();
    answers.set("ocel.customer", "Kunden");
    let report = shop.import_with(&[log], &answers).await.expect("imported");
    assert_eq!(count(&report, "events").accepted, 3);
}

const SEGMENT: &str = r#"{"type":"identify","messageId":"m1","anonymousId":"a1","userId":"C1","timestamp":"2025-10-25T07:30:00.000Z","traits":{"firstName":"An","lastName":"Nguyễn","email":"AN@example.com","address":{"city":"Huế"}},"context":{"library":{"name":"analytics.js"}}}
{"type":"page","messageId":"m2","anonymousId":"a1","userId":null,"name":"Pricing","timestamp":"2025-10-25T07:29:00.000Z","context":{"page":{"path":"/pricing"},"sessionId":"s1"}}
{"type":"page","messageId":"m3","anonymousId":"a1","timestamp":"2025-10-25T07:29:30.000Z","context":{"page":{"path":"/home"},"sessionId":"s1"}}
{"type":"track","messageId":"m4","anonymousId":"a1","userId":"C1","event":"Order Completed","timestamp":"2025-10-25T07:31:00.000Z","properties":{"revenue":25.5,"currency":"USD","products":[{"product_id":"P1"}],"coupon":"X"},"context":{"sessionId":"s1"}}
{"type":"screen","messageId":"m5","anonymousId":"a2","name":"Home","timestamp":"2025-10-25T07:32:00.000Z","context":{"screen":{"name":"Home"}}}
{"type":"group","messageId":"m6","anonymousId":"a2","groupId":"g1","timestamp":"2025-10-25T07:33:00.000Z"}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn segment_calls_are_events_and_customers() {
    let mut shop = Shop::new().await;
    let calls = shop.file("calls.jsonl", SEGMENT);
    let proposal = shop
        .propose(std::slice::from_ref(&calls), &Answers::new())
        .await
        .expect("proposed");
    let notes: Vec<String> = proposal.sources[0]
        .notes
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(notes.iter().any(|note| note.contains("group")), "{notes:?}");
    let report = shop
        .import(std::slice::from_ref(&calls))
        .await
        .expect("imported");
    let events = count(&report, "events");
    assert_eq!(
        (
            events.read,
            events.accepted,
            events.skipped,
            events.rejected
        ),
        (6, 4, 2, 0)
    );
    assert_eq!(
        shop.ask("select event_id, customer_id, anonymous_id, name, touchpoint, journey_id, product_id, price, currency from events order by event_id").await,
        [
            "m2||a1|Pricing|/pricing|s1|||VND",
            "m3||a1|page|/home|s1|||VND",
            "m4|C1|a1|Order Completed||s1|P1|25.5000|USD",
            "m5||a2|Home|Home||||VND",
        ]
    );
    assert_eq!(
        shop.ask("select customer_id, name, email, city from customers")
            .await,
        ["C1|An Nguyễn|an@example.com|Huế"]
    );
    let again = shop.import(&[calls]).await.expect("imported again");
    assert_eq!(
        (
            count(&again, "events").accepted,
            count(&again, "events").replaced
        ),
        (0, 0)
    );
    // another day has less of it, in another shape, and what the first had not
    let next = r#"[{"type":"page","messageId":"m9","anonymousId":"a1","timestamp":"2025-10-26T07:29:00.000Z","context":{"page":{"path":"/"}}}]"#;
    let report = shop
        .import(&[shop.file("next.json", next)])
        .await
        .expect("of the same kind");
    assert_eq!(count(&report, "events").accepted, 1);
    assert_eq!(report.sources[0].source, "segment_calls");
}

#[tokio::test(flavor = "multi_thread")]
async fn segment_calls_of_a_quiet_day_do_not_settle_what_there_may_be() {
    let mut shop = Shop::new().await;
    let quiet = r#"{"type":"page","messageId":"m0","anonymousId":"a9","timestamp":"2025-10-24T07:29:00.000Z"}"#;
    let files = [
        shop.file("quiet.jsonl", quiet),
        shop.file("busy.jsonl", SEGMENT),
    ];
    for file in files {
        shop.import(&[file]).await.expect("of one kind");
    }
    assert_eq!(
        shop.ask("select name, customer_id, price from events where event_id in ('m0', 'm4') order by event_id").await,
        ["page||", "Order Completed|C1|25.5000"]
    );
    assert_eq!(
        shop.ask("select customer_id, name from customers").await,
        ["C1|An Nguyễn"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_product_analytics_are_events() {
    let mut shop = Shop::new().await;
    let files = [
        shop.file(
            "ga4.csv",
            "event_date,event_timestamp,event_name,user_pseudo_id,user_id,ga_session_id,page_location,event_value_in_usd\n\
             20251025,1761377400123456,page_view,g1,,17,https://x.vn/,\n\
             20251025,1761377401123456,purchase,g1,C1,17,https://x.vn/pay,12.5\n",
        ),
        shop.file(
            "export.jsonl",
            r#"{"event":"Signed up","properties":{"time":1761377400,"distinct_id":"d1","$insert_id":"i1","$user_id":"C1","$current_url":"https://x.vn/a"}}"#,
        ),
        shop.file(
            "posthog.csv",
            "uuid,event,distinct_id,timestamp,properties.$session_id\nu1,$pageview,d2,2025-10-25T07:30:00.5Z,s2\n",
        ),
        shop.file(
            "amplitude.jsonl",
            r#"{"event_type":"open","event_time":"2025-10-25 07:30:00.000000","user_id":null,"device_id":"x9","uuid":"q1","session_id":1761377400000,"platform":"iOS"}"#,
        ),
    ];
    shop.import(&files)
        .await
        .expect("imported without a question");
    assert_eq!(
        shop.ask("select source, customer_id, anonymous_id, name, at, touchpoint, journey_id, price from events order by source, at").await,
        [
            "amplitude||x9|open|2025-10-25T00:30:00Z||x9/1761377400000|",
            "google_analytics||g1|page_view|2025-10-25T07:30:00.123456Z|https://x.vn/|g1/17|",
            "google_analytics|C1|g1|purchase|2025-10-25T07:30:01.123456Z|https://x.vn/pay|g1/17|12.5000",
            "mixpanel|C1|d1|Signed up|2025-10-25T07:30:00Z|https://x.vn/a||",
            "posthog||d2|$pageview|2025-10-25T07:30:00.500Z||s2|",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn workbooks_and_parquet_files_of_events_are_known_too() {
    let mut shop = Shop::new().await;
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let whole = "the cell is in the sheet";
    for (column, name) in (0_u16..).zip(["user_id", "event", "timestamp", "session_id"]) {
        sheet.write(0, column, name).expect(whole);
    }
    for row in 1..=2_u32 {
        let at = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 10, 25).expect("a date");
        let style = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy hh:mm");
        sheet.write(row, 0, "C1").expect(whole);
        sheet.write(row, 1, format!("step {row}")).expect(whole);
        sheet
            .write_datetime_with_format(row, 2, &at, &style)
            .expect(whole);
        sheet.write(row, 3, 7).expect(whole);
    }
    let workbook = shop.file(
        "visits.xlsx",
        workbook.save_to_buffer().expect("a workbook"),
    );
    let text = |values: [&str; 2]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let columns = [
        ("event_name", text(["open", "close"])),
        (
            "event_timestamp",
            Arc::new(Int64Array::from(vec![
                1_761_377_400_000_001,
                1_761_377_400_000_002,
            ])) as ArrayRef,
        ),
        ("user_pseudo_id", text(["g1", "g1"])),
        ("user_id", text(["", "C1"])),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    let parquet = shop.file("ga4.parquet", bytes);
    shop.import(&[workbook, parquet])
        .await
        .expect("imported without a question");
    assert_eq!(
        shop.ask("select source, customer_id, anonymous_id, name, at, journey_id from events order by source, sequence").await,
        [
            "google_analytics||g1|open|2025-10-25T07:30:00.000001Z|",
            "google_analytics|C1|g1|close|2025-10-25T07:30:00.000002Z|",
            "visits|C1||step 1|2025-10-24T17:00:00Z|7",
            "visits|C1||step 2|2025-10-24T17:00:00Z|7",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_cases_are_events_by_their_headings() {
    let heads = [
        (
            "pm4py.csv",
            "case:concept:name,concept:name,time:timestamp,org:resource",
        ),
        ("disco.csv", "Case ID,Activity,Complete Timestamp,Resource"),
        ("log.csv", "case_id,activity,timestamp,resource"),
    ];
    for (name, head) in heads {
        let mut shop = Shop::new().await;
        let text = format!("{head}\nNA,b,2006-07-24,x\nNA,a,2006-07-24,\n7,b,2006-12-05,\n");
        let file = shop.file(name, &text);
        let report = shop.import(std::slice::from_ref(&file)).await.expect(name);
        let events = count(&report, "events");
        assert_eq!((events.accepted, events.rejected), (3, 0), "{name}");
        assert_eq!(
            shop.ask("select anonymous_id, journey_id, name from events order by at, sequence")
                .await,
            ["NA|NA|b", "NA|NA|a", "7|7|b"],
            "{name}"
        );
        let again = shop.import(&[file]).await.expect(name);
        assert_eq!(count(&again, "events").skipped, 3, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn published_logs_have_the_events_and_cases_that_are_known_of_them() {
    let Some(data) = real_data() else { return };
    let logs = [
        ("running-example.xes", 42, 6),
        ("bpic2020_DomesticDeclarations.xes.gz", 55_628, 10_357),
        ("traffic_fines.csv", 34_724, 10_000),
    ];
    for (name, events, cases) in logs {
        let mut shop = Shop::new().await;
        let file = real_file(&data, &format!("journeys/{name}"));
        let report = shop.import(std::slice::from_ref(&file)).await.expect(name);
        let counted = count(&report, "events");
        assert_eq!((counted.accepted, counted.rejected), (events, 0), "{name}");
        assert_eq!(
            shop.number("select count(distinct journey_id) from events")
                .await,
            cases,
            "{name}"
        );
        let again = shop.import(&[file]).await.expect(name);
        assert_eq!(count(&again, "events").skipped, events, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_a_case_without_an_id_are_kept_aside_until_it_has_one() {
    let Some(data) = real_data() else { return };
    let mut shop = Shop::new().await;
    // its case "NA" was blank when it was written
    let file = real_file(&data, "journeys/sepsis.csv");
    let report = shop
        .import(std::slice::from_ref(&file))
        .await
        .expect("imported");
    let counted = count(&report, "events");
    assert_eq!((counted.accepted, counted.rejected), (15_190, 24));
    let mut shop = Shop::new().await;
    let mut answers = Answers::new();
    for column in ["anonymous_id", "journey_id"] {
        answers.set(
            &format!("bupar.{column}"),
            "sql:coalesce(\"case_id\", 'NA')",
        );
    }
    let report = shop.import_with(&[file], &answers).await.expect("imported");
    let counted = count(&report, "events");
    assert_eq!((counted.accepted, counted.rejected), (15_214, 0));
    assert_eq!(
        shop.number("select count(distinct journey_id) from events")
            .await,
        1_050
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_clickstream_has_customers_and_sessions() {
    let Some(data) = real_data() else { return };
    let mut shop = Shop::new().await;
    let file = real_file(&data, "journeys/retentioneering_ecom.csv.gz");
    let report = shop.import(&[file]).await.expect("imported");
    let counted = count(&report, "events");
    assert_eq!((counted.accepted, counted.rejected), (31_106, 0));
    assert_eq!(
        shop.ask("select customer_id, journey_id, name from events order by sequence limit 1")
            .await,
        ["user_0000|sess_000001|home"]
    );
}
