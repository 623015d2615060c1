//! Every table from a file with our own column names, and from plain other names.

use super::{Shop, count};

#[tokio::test(flavor = "multi_thread")]
async fn every_table_with_our_own_names() {
    let files: &[(&str, &str)] = &[
        (
            "customers",
            "customer_id,account_id,name,email,phone,birth_year,gender,country,region,city,language,culture,income,currency,occupation,acquired_at,acquisition_channel,referred_by,contact_allowed\nC1,A1,An,an@x.vn,0901234567,1990,f,VN,Nam,HCM,vi,Kinh,15000000,VND,cook,2024-01-31,ads,,true\n",
        ),
        (
            "roles",
            "account_id,customer_id,role,since,until,weight\nA1,C1,buyer,2024-01-31,,0.6\n",
        ),
        (
            "order_lines",
            "order_id,line,customer_id,payer_id,user_id,ordered_at,product_id,product_name,category,quantity,amount,list_amount,shipping,tax,cost,currency,channel,touchpoint,status,promised_at,delivered_at,refund_of\nO1,1,C1,,,2024-05-01T08:00:00Z,P1,Tea,drinks,2,90000,100000,15000,9000,40000,VND,web,app,delivered,2024-05-03T08:00:00Z,2024-05-02T08:00:00Z,\n",
        ),
        (
            "events",
            "event_id,customer_id,anonymous_id,at,sequence,name,stage,touchpoint,channel,journey_id,product_id,outcome,seconds,steps,fields,price,currency\nE1,C1,,2024-05-01T07:00:00Z,1,view,before,app,web,J1,P1,ok,12.5,3,phone;email,90000,VND\n",
        ),
        (
            "choices",
            "task_id,alternative,customer_id,brand,chosen,price,currency,levels,weight,survey,chosen_at\nT1,1,C1,Ours,1,90000,VND,\"{\"\"size\"\":\"\"L\"\"}\",1,cbc,2024-06-01T00:00:00Z\n",
        ),
        (
            "prices",
            "brand,product_id,at,price,currency,share\nOurs,P1,2024-05-01T00:00:00Z,90000,VND,0.4\n",
        ),
        (
            "messages",
            "message_id,customer_id,sent_at,campaign,channel,arm,propensity,claims,cost,currency,opened_at,clicked_at\nM1,C1,2024-05-01T00:00:00Z,spring,email,treatment,0.9,price;trust,200,VND,,\n",
        ),
        (
            "feedback",
            "feedback_id,customer_id,at,kind,touchpoint,event_id,order_id,product_id,category,language,rating,text\nF1,C1,2024-05-04T00:00:00Z,review,app,,O1,P1,drinks,vi,5,Ngon\n",
        ),
        (
            "contracts",
            "contract_id,customer_id,started_at,ended_at,end_reason,amount,currency,period\nK1,C1,2024-01-01,,,99000,VND,month\n",
        ),
        (
            "spending",
            "channel,from_at,until_at,kind,amount,currency\nads,2024-01-01,2024-02-01,acquisition,5000000,VND\n",
        ),
        ("exchange_rates", "currency,at,rate\nUSD,2024-01-01,24500\n"),
    ];
    let mut shop = Shop::new().await;
    let paths: Vec<_> = files
        .iter()
        .map(|(name, text)| shop.file(&format!("{name}.csv"), text))
        .collect();
    let report = shop
        .import(&paths)
        .await
        .expect("imported without a question");
    for (name, _) in files {
        let table = count(&report, name);
        assert_eq!((table.accepted, table.rejected), (1, 0), "{name}");
        let left = shop
            .number(&format!(
                "select count(*) from {name} where attributes is not null"
            ))
            .await;
        assert_eq!(left, 0, "{name}: every column was taken");
    }
    assert_eq!(
        shop.ask("select fields, levels from events, choices").await,
        ["[phone, email]|{\"size\":\"L\"}"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_column_takes_becomes_attributes() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "orders.csv",
        "Order Number,Customer Code,Order Date,Line Total,Zebra,Apple\n1,a,2025-01-31,10.5,z,\n2,b,2025-02-28,3.25,,\n",
    );
    shop.import(&[file]).await.expect("imported");
    let rows = shop
        .ask("select order_id, amount, attributes from order_lines order by 1")
        .await;
    assert_eq!(rows, ["1|10.5000|{\"Zebra\":\"z\"}", "2|3.2500|"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn vietnamese_names_and_price_times_quantity() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "don-hang.csv",
        "Số đơn hàng,Khách hàng,Ngày mua,Sản phẩm,Số lượng,Đơn giá\nA1,Lan,31/12/2024,Áo,2,\"1.250.000 ₫\"\nA2,Khách lẻ,30/12/2024,Quần,1,\"99.000 ₫\"\n",
    );
    let report = shop
        .import(std::slice::from_ref(&file))
        .await
        .expect("imported without a question");
    assert_eq!(count(&report, "order_lines").anonymous, 1);
    let again = shop.import(&[file]).await.expect("nothing is new");
    let lines = count(&again, "order_lines");
    assert_eq!((lines.skipped, lines.anonymous), (2, 0));
    let rows = shop
        .ask("select order_id, customer_id, amount, currency from order_lines order by 1")
        .await;
    assert_eq!(rows, ["A1|Lan|2500000.0000|VND", "A2||99000.0000|VND"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_joined_files_that_belong_nowhere_are_said() {
    let mut shop = Shop::new().await;
    let orders = shop.file(
        "o.csv",
        "order_id,customer_id,order_status,order_purchase_timestamp,order_estimated_delivery_date\n\
         1,a,delivered,2025-01-01 10:00:00,2025-01-09 00:00:00\n",
    );
    let items = shop.file(
        "i.csv",
        "order_id,order_item_id,product_id,seller_id,price,freight_value\n1,1,p,s,9.5,1\n2,1,p,s,8.5,1\n",
    );
    let report = shop.import(&[orders, items]).await.expect("imported");
    assert_eq!(count(&report, "order_lines").accepted, 1);
    let notes = &report.sources[0].notes;
    let orphans = notes
        .iter()
        .find(|note| note.code == "orphans")
        .expect("said");
    assert_eq!(
        (orphans.field("file"), orphans.field("count")),
        ("items", "1")
    );
}
