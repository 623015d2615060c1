//! Surveys as the tools that ask them export them: LimeSurvey, Qualtrics, Formbricks, SurveyJS.

use super::{Shop, count};

const CUSTOMERS: &str = "customer_id,name,phone,email\n\
    C1,An,0901234567,an@example.com\n\
    C2,Bình,0912345678,binh@example.com\n";

const ANSWERS: &str = "select question, measure, dimension, score, scale_min, scale_max, seconds, customer_id \
     from survey_answers where response_id = ";

#[tokio::test(flavor = "multi_thread")]
async fn limesurvey_with_full_texts() {
    let mut shop = Shop::new().await;
    let customers = shop.file("customers.csv", CUSTOMERS);
    let answers = shop.file(
        "results-survey123456.csv",
        "\u{feff}\"Response ID\";\"Date submitted\";\"Last page\";\"Start language\";\"Seed\";\"Access code\";\
         \"Your customer code\";\"Please rate \"\"our\"\" café [Chất lượng sản phẩm]\";\"Please rate \"\"our\"\" café [Giá cả hợp lý]\";\
         \"How likely are you to recommend us?\";\"Góp ý khác\";\"Total time\";\"Group time: Value\";\
         \"Question time: Q00\";\"Question time: Q01\";\"Question time: Q02\";\"Question time: Q03\"\n\
         \"1\";\"2025-10-25 14:30:00\";\"2\";\"vi\";\"873264\";\"a1b2\";\"C1\";\"Rất đồng ý\";\"Đồng ý\";\"9\";\"Phục vụ\n\"\"tốt\"\"\";\"61.5\";\"60\";\"3\";\"21\";\"7.5\";\"12\"\n\
         \"2\";\"2025-10-26 09:00:00\";\"2\";\"en\";\"99\";\"c3d4\";\"C2\";\"Agree\";\"N/A\";\"10\";\"\";\"40\";\"38\";\"2\";\"18\";\"9\";\"1\"\n\
         \"3\";\"\";\"1\";\"vi\";\"5\";\"e5f6\";\"\";\"Đồng ý\";\"\";\"\";\"\";\"10\";\"9\";\"1\";\"7\";\"\";\"\"\n\
         \"4\";\"2025-10-27 09:00:00\";\"2\";\"vi\";\"5\";\"\";\"\";\"Bình thường\";\"Không đồng ý\";\"0\";\"\";\"50\";\"49\";\"1\";\"30\";\"5\";\"\"\n\
         \"5\";\"2025-10-27 09:30:00\";\"2\";\"vi\";\"5\";\"\";\"\";\"Đồng ý\";\"Không đồng ý\";\"8\";\"\";\"50\";\"49\";\"1\";\"30\";\"5\";\"\"\n",
    );
    let report = shop
        .import(&[customers, answers.clone()])
        .await
        .expect("imported without a question");
    let rows = shop
        .ask(&format!(
            "{ANSWERS}'1' and score is not null order by question"
        ))
        .await;
    assert_eq!(
        rows,
        [
            "Chất lượng sản phẩm|benefit|product|5.0|1.0|5.0|10.5000|C1",
            "Giá cả hợp lý|cost|price|4.0|5.0|1.0|10.5000|C1",
            "How likely are you to recommend us?|recommend||9.0|0.0|10.0|7.5000|C1",
        ]
    );
    let answers_of_two = shop.ask(&format!("{ANSWERS}'2' order by question")).await;
    assert_eq!(
        answers_of_two,
        [
            "Chất lượng sản phẩm|benefit|product|4.0|1.0|5.0|18.0000|C2",
            "How likely are you to recommend us?|recommend||10.0|0.0|10.0|9.0000|C2",
        ],
        "a scale in two languages, and N/A is no answer"
    );
    // the third never came to its end: when it was answered is not known
    let counted = count(&report, "survey_answers");
    assert_eq!(
        (counted.read, counted.accepted, counted.rejected),
        (13, 12, 1)
    );
    assert_eq!(
        shop.ask("select text from survey_answers where measure = 'comment'")
            .await,
        ["Phục vụ\n\"tốt\""]
    );
    assert_eq!(
        shop.number(
            "select count(*) from survey_answers where attributes like '%\"Total time\":\"61.5\"%'"
        )
        .await,
        4
    );
    let again = shop.import(&[answers]).await.expect("imported again");
    assert_eq!(count(&again, "survey_answers").skipped, 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn limesurvey_with_question_codes() {
    let mut shop = Shop::new().await;
    let answers = shop.file(
        "results.csv",
        "id,submitdate,lastpage,startlanguage,seed,token,price[SQ001],G1Q1[SQ001],G1Q1[SQ002],recommend,interviewtime,groupTime25,priceTime,G1Q1Time,recommendTime\n\
         7,2025-10-25 14:30:00,3,vi,11,C1,A4,A5,AO,9,60.2,50,4.25,9,3\n\
         8,2025-10-25 15:30:00,3,vi,12,C2,A2,A1,A3,10,70.2,60,5,8,2.5\n",
    );
    let error = shop.import(std::slice::from_ref(&answers)).await;
    let report = error.expect("imported without a question");
    let counted = count(&report, "survey_answers");
    assert_eq!(
        (counted.read, counted.accepted, counted.rejected),
        (6, 6, 0)
    );
    assert_eq!(
        shop.ask(&format!("{ANSWERS}'7' order by question")).await,
        [
            "G1Q1[SQ001]|other||5.0|1.0|5.0|9.0000|C1",
            "price – SQ001|cost|price|4.0|1.0|5.0|4.2500|C1",
            "recommend|recommend||9.0|0.0|10.0|3.0000|C1",
        ]
    );
    assert_eq!(
        shop.number(
            "select count(*) from survey_answers where attributes like '%\"G1Q1[SQ002]\":\"AO\"%'"
        )
        .await,
        3,
        "answers of no scale stay beside"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn qualtrics_with_three_rows_of_header() {
    let mut shop = Shop::new().await;
    let customers = shop.file("customers.csv", CUSTOMERS);
    let names = "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,DistributionChannel,UserLanguage,Q1_First Click,Q1_Last Click,Q1_Page Submit,Q1_Click Count,Q2_1,Q2_2,Q5_First Click,Q5_Page Submit,Q6,Q7";
    let texts = "Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,Location Latitude,Distribution Channel,User Language,Timing - First Click,Timing - Last Click,Timing - Page Submit,Timing - Click Count,\"How far do you agree?\n\n<b>Please be honest</b> - Product&nbsp;quality is good\",\"How far do you agree?\n\n<b>Please be honest</b> - The price is <i>reasonable</i>\",Timing - First Click,Timing - Page Submit,\"How likely are you to \"\"recommend\"\" us to a friend?\",Your mobile number";
    let ids: Vec<String> = names
        .split(',')
        .map(|name| format!("\"{{\"\"ImportId\"\":\"\"{name}\"\"}}\""))
        .collect();
    let row = |status: &str, id: &str, email: &str, answers: &str| {
        format!(
            "2025-10-25 07:25:00,2025-10-25 07:30:00,{status},1.2.3.4,100,300,True,2025-10-25 07:30:02,{id},,,{email},,16.07,email,VI,1.1,5.2,20.5,4,{answers}\n"
        )
    };
    let text = [
        format!("{names}\n{texts}\n{}\n", ids.join(",")),
        row(
            "IP Address",
            "R_1",
            "AN@example.com",
            "Strongly agree,Agree,1.0,6,9,",
        ),
        row(
            "IP Address",
            "R_2",
            "",
            "Disagree,Strongly disagree,1.0,4,2,+84 912 345 678",
        ),
        row("Survey Preview", "R_3", "", "Agree,Agree,1.0,1,10,"),
        row("Spam", "R_4", "", "Agree,Agree,1.0,1,10,"),
    ];
    let answers = shop.file("value survey_25 October 2025.csv", text.concat());
    let report = shop
        .import(&[customers, answers])
        .await
        .expect("imported without a question");
    assert_eq!(
        shop.ask(&format!("{ANSWERS}'R_1' order by question")).await,
        [
            "How likely are you to \"recommend\" us to a friend?|recommend||9.0|0.0|10.0|6.0000|C1",
            "Product quality is good|benefit|product|5.0|1.0|5.0|10.2500|C1",
            "The price is reasonable|cost|price|4.0|5.0|1.0|10.2500|C1",
        ]
    );
    assert_eq!(
        shop.ask("select distinct customer_id from survey_answers where response_id = 'R_2'")
            .await,
        ["C2"]
    );
    let counted = count(&report, "survey_answers");
    assert_eq!(
        (counted.read, counted.accepted, counted.skipped),
        (8, 6, 2),
        "previews and spam are left out"
    );
    let mapping = shop.workspace.mappings().last().expect("kept").clone();
    assert_eq!(
        (mapping.recognised.as_str(), mapping.tables[0].items.len()),
        ("qualtrics", 3)
    );
}

const FORMBRICKS: &str = r#"{"data": [
  {"id": "cm1", "createdAt": "2025-10-25T07:30:00.000Z", "updatedAt": "2025-10-25T07:31:00.000Z", "surveyId": "s1", "finished": true,
   "data": {"kq1": 9, "kq2": {"Chất lượng sản phẩm": "Rất đồng ý", "Giá cả hợp lý": "Đồng ý"}, "kq3": "Ngon", "kq4": ["Bạn bè", "Quảng cáo"]},
   "ttc": {"kq1": 4000, "kq2": 9001, "kq3": 12000.5, "_total": 25001.5}, "meta": {"url": "https://x.vn", "userAgent": {"os": "iOS"}},
   "contact": {"id": "p1", "userId": "C1"}, "contactAttributes": {"email": "an@example.com"}, "tags": [], "language": "vi"},
  {"id": "cm2", "createdAt": "2025-10-26T07:30:00.000Z", "updatedAt": "2025-10-26T07:31:00.000Z", "surveyId": "s1", "finished": false,
   "data": {"kq1": 3}, "ttc": {"kq1": 2500}, "meta": {}, "contact": null, "contactAttributes": {"email": "Binh@example.com"}, "tags": [{"name": "vip"}], "language": null}
]}"#;

const FORMBRICKS_SURVEY: &str = r#"{"data": {"id": "s1", "name": "Value", "questions": [
  {"id": "kq1", "type": "nps", "headline": {"default": "<p>How likely are you to <b>recommend</b> us?</p>", "vi": "Giới thiệu?"}},
  {"id": "kq2", "type": "matrix", "headline": {"default": "Bạn đồng ý đến đâu?"}, "rows": [{"default": "Chất lượng sản phẩm"}, {"default": "Giá cả hợp lý"}], "columns": [{"default": "Đồng ý"}, {"default": "Rất đồng ý"}]},
  {"id": "kq3", "type": "openText", "headline": {"default": "Góp ý khác"}},
  {"id": "kq4", "type": "multipleChoiceMulti", "headline": {"default": "Bạn biết chúng tôi qua đâu?"}, "choices": [{"id": "a", "label": {"default": "Bạn bè"}}]}
]}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn formbricks_as_its_web_service_gives_it() {
    let mut shop = Shop::new().await;
    let files = [
        shop.file("customers.csv", CUSTOMERS),
        shop.file("survey.json", FORMBRICKS_SURVEY),
        shop.file("responses.json", FORMBRICKS),
    ];
    let report = shop
        .import(&files)
        .await
        .expect("imported without a question");
    let counted = count(&report, "survey_answers");
    assert_eq!(
        (counted.read, counted.accepted, counted.rejected),
        (5, 5, 0)
    );
    assert_eq!(
        shop.ask(&format!(
            "{ANSWERS}'cm1' and score is not null order by question"
        ))
        .await,
        [
            "Chất lượng sản phẩm|benefit|product|5.0|1.0|5.0|4.5005|C1",
            "Giá cả hợp lý|cost|price|4.0|5.0|1.0|4.5005|C1",
            "How likely are you to recommend us?|recommend||9.0|0.0|10.0|4.0000|C1",
        ]
    );
    assert_eq!(
        shop.ask(&format!("{ANSWERS}'cm2'")).await,
        ["How likely are you to recommend us?|recommend||3.0|0.0|10.0|2.5000|C2"]
    );
    assert_eq!(
        shop.ask("select distinct attributes from survey_answers where response_id = 'cm2'")
            .await,
        [
            r#"{"contactAttributes.email":"Binh@example.com","finished":"false","surveyId":"s1","tags.1.name":"vip","ttc.kq1":"2500","updatedAt":"2025-10-26T07:31:00.000Z"}"#
        ]
    );
    // the definition is needed once
    let again = shop.import(&files[2..]).await.expect("imported again");
    assert_eq!(count(&again, "survey_answers").skipped, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn formbricks_as_the_table_it_lets_people_download() {
    let mut shop = Shop::new().await;
    let customers = shop.file("customers.csv", CUSTOMERS);
    let answers = shop.file(
        "export-value-2025-10-27-09-00-00.csv",
        "\"No.\",\"Response ID\",\"Timestamp\",\"Finished\",\"Survey ID\",\"Formbricks ID (internal)\",\"User ID\",\"Tags\",\"userAgent - browser\",\"userAgent - os\",\"country\",\
         \"1. How satisfied are you overall?\",\"2. Rate us - Product quality\",\"2. Rate us - Waiting time\",\"3. Who pays, you?\",\"3. Who pays, you? - Option ID\",\"email\"\n\
         1,cm1,2025-10-25 14:30:00,Yes,s1,p1,C1,\"a, b\",Safari,iOS,VN,5,4,2,Yes,opt1,\n\
         2,cm2,2025-10-26 14:30:00,No,s1,p2,,,Chrome,Android,VN,2,3,5,No,opt2,binh@example.com\n",
    );
    let report = shop
        .import(&[customers, answers])
        .await
        .expect("imported without a question");
    assert_eq!(count(&report, "survey_answers").accepted, 8);
    assert_eq!(
        shop.ask("select question, measure, dimension, score, customer_id from survey_answers where response_id = 'cm2' and score is not null order by 1").await,
        [
            "How satisfied are you overall?|satisfaction||2.0|C2",
            "Product quality|benefit|product|3.0|C2",
            "Waiting time|cost|time|5.0|C2",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn surveyjs_with_its_definition() {
    let mut shop = Shop::new().await;
    let definition = shop.file(
        "coffee.json",
        r#"{"title": "Coffee", "pages": [{"name": "page1", "elements": [
            {"type": "rating", "name": "question1", "title": {"default": "Overall satisfaction", "vi": "Hài lòng chung"}, "rateMax": 7},
            {"type": "matrix", "name": "question2", "title": "How far do you agree?",
             "columns": [{"value": 1, "text": "Strongly disagree"}, {"value": 2, "text": "Disagree"}, {"value": 3, "text": "Neutral"}, {"value": 4, "text": "Agree"}, {"value": 5, "text": "Strongly agree"}],
             "rows": [{"value": "r1", "text": "Reasonable price"}, {"value": "r2", "text": "Friendly service"}]},
            {"type": "text", "name": "question3", "title": "Your phone number"},
            {"type": "checkbox", "name": "question4", "title": "Which ones do you have?", "choices": ["tea", "coffee"]},
            {"type": "paneldynamic", "name": "cafes", "title": "Which cafés do you know?", "templateElements": [{"type": "text", "name": "cafe"}]}
        ]}]}"#,
    );
    let answers = shop.file(
        "results.json",
        r#"[
          {"question1": 6, "question2": {"r1": 5, "r2": 4}, "question3": "0901 234 567", "question4": ["tea", "coffee"],
           "cafes": [{"cafe": "Highlands"}, {"cafe": "Phúc Long"}], "timeSpent": 73, "completedAt": "2025-10-25T07:30:00Z"},
          {"question1": 2, "question2": {"r2": 1}, "timeSpent": 12, "completedAt": "2025-10-25T08:30:00Z"}
        ]"#,
    );
    let customers = shop.file("customers.csv", CUSTOMERS);
    let report = shop
        .import(&[customers, definition, answers])
        .await
        .expect("imported without a question");
    let counted = count(&report, "survey_answers");
    assert_eq!(
        (counted.read, counted.accepted, counted.rejected),
        (5, 5, 0)
    );
    assert_eq!(
        shop.ask("select question, measure, dimension, score, scale_min, scale_max from survey_answers where customer_id = 'C1' order by question").await,
        [
            "Friendly service|benefit|emotion|4.0|1.0|5.0",
            "Overall satisfaction|satisfaction||6.0|1.0|7.0",
            "Reasonable price|cost|price|5.0|5.0|1.0",
        ]
    );
    let beside = r#"{"cafes.1.cafe":"Highlands","cafes.2.cafe":"Phúc Long","question3":"0901 234 567","question4":"[\"tea\",\"coffee\"]","timeSpent":"73"}"#;
    assert_eq!(
        shop.ask("select distinct attributes from survey_answers where customer_id = 'C1'")
            .await,
        [beside]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_respondents_add_in_surveyjs() {
    let mut shop = Shop::new().await;
    let definition = shop.file(
        "visit.json",
        r#"{"pages": [{"name": "page1", "elements": [
            {"type": "text", "name": "code", "title": "Your customer code"},
            {"type": "paneldynamic", "name": "cafes", "title": "Rate each café you know", "keyName": "cafe", "templateElements": [
                {"type": "dropdown", "name": "cafe", "title": "Which brand?", "choices": [{"value": 1, "text": "Highlands"}, {"value": 2, "text": "Phúc Long"}]},
                {"type": "rating", "name": "price", "title": "Reasonable price"},
                {"type": "matrix", "name": "agree", "title": "Do you agree?", "columns": [{"value": "a", "text": "Disagree"}, {"value": "b", "text": "Agree"}, {"value": "c", "text": "Strongly agree"}], "rows": [{"value": "r1", "text": "Friendly service"}]}
            ]},
            {"type": "matrixdynamic", "name": "visits", "title": "Your last visits", "columns": [
                {"name": "store", "title": "Which store", "cellType": "text"},
                {"name": "wait", "title": "Waiting time", "cellType": "rating", "rateMax": 10}]},
            {"type": "matrixdropdown", "name": "compare", "title": "Product quality", "choices": [1, 2, 3, 4, 5],
             "rows": [{"value": "hl", "text": "Highlands"}, {"value": "pl", "text": "Phúc Long"}],
             "columns": [{"name": "taste", "title": "Taste"}, {"name": "variety", "title": "Variety"}]},
            {"type": "multipletext", "name": "more", "title": "In your words", "items": [{"name": "c", "title": "Other comments"}]}
        ]}]}"#,
    );
    let first = r#"[{"code": "C1", "completedAt": "2025-10-25T07:30:00Z", "timeSpent": 90,
        "cafes": [{"cafe": 1, "price": 4, "agree": {"r1": "c"}}, {"cafe": 2, "price": 2}],
        "visits": [{"store": "Nguyễn Huệ", "wait": 3}, {"wait": 9}],
        "compare": {"hl": {"taste": 5, "variety": 3}, "pl": {"taste": 2}}, "more": {"c": "Ngon"}}"#;
    let answers = shop.file("answers.json", format!("{first}]"));
    let report = shop
        .import(&[definition, answers.clone()])
        .await
        .expect("imported without a question");
    let counted = count(&report, "survey_answers");
    assert_eq!((counted.accepted, counted.rejected), (9, 0));
    let said = "select question, brand, touchpoint, measure, dimension, score, scale_min, scale_max, text from survey_answers where response_id in (select response_id from survey_answers where customer_id = 'C1') order by question, brand";
    let expected = [
        "Friendly service|Highlands||benefit|emotion|5.0|1.0|5.0|",
        "Other comments|||comment|||||Ngon",
        "Reasonable price|Highlands||cost|price|4.0|5.0|1.0|",
        "Reasonable price|Phúc Long||cost|price|2.0|5.0|1.0|",
        "Taste|Highlands||benefit|product|5.0|1.0|5.0|",
        "Taste|Phúc Long||benefit|product|2.0|1.0|5.0|",
        "Variety|Highlands||benefit|product|3.0|1.0|5.0|",
        "Waiting time (2)|||cost|time|9.0|1.0|10.0|",
        "Waiting time [Nguyễn Huệ]||Nguyễn Huệ|cost|time|3.0|1.0|10.0|",
    ];
    assert_eq!(shop.ask(said).await, expected);
    // a later file in which somebody adds more rows, and nobody rates a visit, is of the same kind
    let later = shop.file(
        "answers-later.json",
        format!(
            r#"{first}, {{"code": "C2", "completedAt": "2025-10-26T07:30:00Z", "timeSpent": 30, "compare": {{"pl": {{"taste": 4}}}},
            "cafes": [{{"cafe": 2, "price": 1}}, {{"cafe": "Cộng", "price": 5}}, {{"price": 3}}]}}]"#
        ),
    );
    let report = shop.import(&[later]).await.expect("of the same kind");
    let counted = count(&report, "survey_answers");
    assert_eq!(
        (counted.skipped, counted.accepted, counted.rejected),
        (9, 3, 1),
        "a café without a name is not the own one"
    );
    assert_eq!(
        shop.ask("select brand, score from survey_answers where customer_id = 'C2' and question = 'Reasonable price' order by brand")
            .await,
        ["Cộng|5.0", "Phúc Long|1.0"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_respondents_add_without_a_definition() {
    let mut shop = Shop::new().await;
    let answers = shop.file(
        "results.json",
        r#"[{"timeSpent": 12, "completedAt": "2025-10-25T07:30:00Z",
             "cafes": [{"Thương hiệu": "Highlands", "Giá cả hợp lý": 4}, {"Thương hiệu": "Phúc Long", "Giá cả hợp lý": 2}],
             "visits": [{"Thời gian chờ đợi": 2}, {"Thời gian chờ đợi": 5}],
             "family": [{"Họ tên": "An", "Mức độ hài lòng": 4}]}]"#,
    );
    let report = shop
        .import(&[answers])
        .await
        .expect("imported without a question");
    assert_eq!(count(&report, "survey_answers").accepted, 5);
    assert_eq!(
        shop.ask("select question, brand, measure, dimension, score from survey_answers order by question, brand")
            .await,
        [
            "Giá cả hợp lý|Highlands|cost|price|4.0",
            "Giá cả hợp lý|Phúc Long|cost|price|2.0",
            "Mức độ hài lòng (1)||satisfaction||4.0",
            "Thời gian chờ đợi (1)||cost|time|2.0",
            "Thời gian chờ đợi (2)||cost|time|5.0",
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_understood_is_an_error_that_says_what_would_help() {
    let mut shop = Shop::new().await;
    let definition = shop.file("survey.json", FORMBRICKS_SURVEY);
    let error = shop
        .import(&[definition])
        .await
        .expect_err("no answers")
        .to_string();
    assert!(
        error.contains("survey.json") && error.contains("not its answers"),
        "{error}"
    );
    let answers = shop.file(
        "responses.json",
        r#"[{"id": "cm1", "createdAt": "2025-10-25T07:30:00Z", "surveyId": "s1", "finished": true, "data": {"kq1": "nine"}}]"#,
    );
    let error = shop
        .import(&[answers])
        .await
        .expect_err("no questions")
        .to_string();
    assert!(
        error.contains("responses.json") && error.contains("the survey's definition"),
        "{error}"
    );
}
