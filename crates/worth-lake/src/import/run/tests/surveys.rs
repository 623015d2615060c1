//! Surveys with one column per question, in English and Vietnamese, and how their people are
//! found among the customers.

use super::{Shop, count};

const CUSTOMERS: &str = "customer_id,name,phone,email\n\
    C1,An,0901234567,an@example.com\n\
    C2,Bình,0912345678,binh@example.com\n\
    C3,Chi,0912345678,chi@example.com\n";

#[tokio::test(flavor = "multi_thread")]
async fn google_form_in_vietnamese() {
    let mut shop = Shop::new().await;
    let customers = shop.file("customers.csv", CUSTOMERS);
    let form = shop.file(
        "Khảo sát (Câu trả lời).csv",
        "Dấu thời gian,Số điện thoại của bạn,Đánh giá của bạn [Chất lượng sản phẩm],Đánh giá của bạn [Giá cả hợp lý],Đánh giá của bạn [Thời gian chờ đợi],Bạn có sẵn sàng giới thiệu cho bạn bè?,Góp ý khác\n\
         25/10/2025 14:30:00,901234567,Rất đồng ý,Đồng ý,Không đồng ý,9,Phục vụ tốt\n\
         26/10/2025 08:00:00,+84 912 345 678,Bình thường,Không đồng ý,Rất đồng ý,10,\n\
         27/10/2025 09:00:00,0999999999,Đồng ý,Rất không đồng ý,Đồng ý,0,Giá hơi cao\n",
    );
    let report = shop
        .import(&[form.clone(), customers])
        .await
        .expect("imported without a question");
    let answers = count(&report, "survey_answers");
    assert_eq!(
        (answers.read, answers.accepted, answers.rejected),
        (14, 14, 0)
    );
    let survey = report
        .sources
        .iter()
        .find(|source| source.people.is_some())
        .expect("a survey");
    let people = survey.people.expect("its people");
    assert_eq!(
        (people.by_phone, people.ambiguous, people.unmatched),
        (1, 1, 1)
    );
    let rows = shop
        .ask("select question, measure, dimension, score, scale_min, scale_max, customer_id from survey_answers \
              where business_date(answered_at) = date '2025-10-25' and score is not null order by question")
        .await;
    assert_eq!(
        rows,
        [
            "Bạn có sẵn sàng giới thiệu cho bạn bè?|recommend||9.0|0.0|10.0|C1",
            "Chất lượng sản phẩm|benefit|product|5.0|1.0|5.0|C1",
            "Giá cả hợp lý|cost|price|4.0|5.0|1.0|C1",
            "Thời gian chờ đợi|cost|time|2.0|1.0|5.0|C1",
        ]
    );
    assert_eq!(
        shop.ask("select text from survey_answers where text is not null order by 1")
            .await,
        ["Giá hơi cao", "Phục vụ tốt"]
    );
    let again = shop.import(&[form]).await.expect("imported again");
    assert_eq!(count(&again, "survey_answers").skipped, 14);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_may_come_before_its_customers() {
    let mut shop = Shop::new().await;
    let form = shop.file(
        "survey.csv",
        "Timestamp,Your phone number,Email Address,Product quality,Price\n\
         2025-10-25 14:30:00,901234567,,5,2\n\
         2025-10-26 14:30:00,0912345678,,4,3\n\
         2025-10-27 14:30:00,0912345678,CHI@example.com,3,3\n\
         2025-10-28 14:30:00,0999999999,,1,5\n",
    );
    shop.import(std::slice::from_ref(&form))
        .await
        .expect("imported without a question");
    let named = "select count(distinct customer_id) from survey_answers";
    assert_eq!(shop.number(named).await, 0);
    let customers = shop.file("customers.csv", CUSTOMERS);
    let report = shop
        .import(std::slice::from_ref(&customers))
        .await
        .expect("imported without a question");
    // Bình and Chi share a number; the address says that the third is Chi.
    assert_eq!(report.found_later.len(), 1);
    assert_eq!(report.found_later[0].people, 2);
    let rows = shop
        .ask(
            "select customer_id, count(*), min(score), max(score) from survey_answers \
              where customer_id is not null group by 1 order by 1",
        )
        .await;
    assert_eq!(rows, ["C1|2|2.0|5.0", "C3|2|3.0|3.0"]);
    assert_eq!(shop.number("select count(*) from survey_answers").await, 8);
    // Neither file has anything new to say.
    let again = shop
        .import(&[customers, form])
        .await
        .expect("imported again");
    assert_eq!(count(&again, "survey_answers").skipped, 8);
    assert!(again.found_later.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn english_form_about_three_brands() {
    let mut shop = Shop::new().await;
    let mut header = String::from("Timestamp,Email Address,Which province do you live in?");
    let mut row = String::from("2025-10-25 14:30:00,an@example.com,Hue");
    for brand in ["Ours", "Highlands", "Phuc Long"] {
        for (item, score) in [("Product quality", 6), ("Price", 3), ("Waiting time", 7)] {
            header.push_str(&format!(",{brand} – {item}"));
            row.push_str(&format!(",{score}"));
        }
    }
    header.push_str(
        ",How important is product quality?,How important is price?,Overall satisfaction",
    );
    row.push_str(",7,5,6");
    let form = shop.file(
        "survey.csv",
        format!("{header}\n{row}\n{}\n", row.replace("an@", "bo@")),
    );
    let report = shop
        .import(&[form])
        .await
        .expect("imported without a question");
    assert_eq!(count(&report, "survey_answers").accepted, 24);
    let rows = shop
        .ask("select distinct brand, question, measure, dimension, scale_min, scale_max from survey_answers order by 1, 2")
        .await;
    assert_eq!(
        rows,
        [
            "Highlands|Price|cost|price|1.0|7.0",
            "Highlands|Product quality|benefit|product|1.0|7.0",
            "Highlands|Waiting time|cost|time|1.0|7.0",
            "Ours|Price|cost|price|1.0|7.0",
            "Ours|Product quality|benefit|product|1.0|7.0",
            "Ours|Waiting time|cost|time|1.0|7.0",
            "Phuc Long|Price|cost|price|1.0|7.0",
            "Phuc Long|Product quality|benefit|product|1.0|7.0",
            "Phuc Long|Waiting time|cost|time|1.0|7.0",
            "|How important is price?|importance|price|1.0|7.0",
            "|How important is product quality?|importance|product|1.0|7.0",
            "|Overall satisfaction|satisfaction||1.0|7.0",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_without_a_time_is_an_error_that_names_the_file() {
    let mut shop = Shop::new().await;
    let form = shop.file(
        "khao-sat.csv",
        "Chất lượng,Giá cả,Thời gian chờ\n5,4,3\n4,4,2\n",
    );
    let error = shop
        .import(&[form])
        .await
        .expect_err("when was it answered?")
        .to_string();
    assert!(
        error.contains("khao-sat.csv") && error.contains("Dấu thời gian"),
        "{error}"
    );
    assert_eq!(shop.number("select count(*) from survey_answers").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_survey_with_our_own_columns() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "survey_answers.csv",
        "response_id,question,answered_at,measure,dimension,brand,score,scale_min,scale_max\n\
         r1,q1,2025-10-01T08:00:00Z,benefit,product,Ours,8,1,10\n\
         r1,q2,2025-10-01T08:00:00Z,cost,price,Ours,3,1,10\n",
    );
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(count(&report, "survey_answers").accepted, 2);
}
