//! Files in the manner of Vietnamese (and other) exports: titles above the header, `1.250.000`,
//! day before month, "Khách lẻ", cancelled orders.

use super::{Shop, count};
use crate::import::propose::Answers;

const KIOTVIET: &str = "\
DANH SÁCH CHI TIẾT HÓA ĐƠN;;;;;;;;;;;
Từ ngày 01/10/2025 đến ngày 31/10/2025;;;;;;;;;;;
;;;;;;;;;;;
Chi nhánh;Mã hóa đơn;Thời gian;Mã khách hàng;Tên khách hàng;Điện thoại;Kênh bán;Trạng thái;Mã hàng;Tên hàng;Số lượng;Đơn giá;Giảm giá;Thành tiền
Quận 1;HD0001;25/10/2025 09:15;KH001;Nguyễn Văn An;0901234567;Cửa hàng;Hoàn thành;SP01;Cà phê sữa;2;45.000;0;90.000
;;;;;;;;SP02;Bánh mì;1;1.250.000;50.000;1.200.000
Quận 3;HD0002;26/10/2025 10:00;KH002;Trần Thị Bình;912345678;Facebook;Đã hủy;SP01;Cà phê sữa;1;45.000;0;45.000
Quận 3;HD0003;03/10/2025 11:30;Khách lẻ;Khách lẻ;;Cửa hàng;Hoàn thành;SP03;Trà đào;3;55.000;0;165.000
";

#[tokio::test(flavor = "multi_thread")]
async fn kiotviet_invoices() {
    let mut shop = Shop::new().await;
    let file = shop.file("DanhSachChiTietHoaDon.csv", KIOTVIET);
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "kiotviet");
    let lines = count(&report, "order_lines");
    assert_eq!((lines.accepted, lines.rejected, lines.anonymous), (4, 0, 1));
    let rows = shop
        .ask("select order_id, customer_id, ordered_at, product_id, quantity, amount, status, channel, touchpoint, currency from order_lines order by 1, 4")
        .await;
    assert_eq!(
        rows,
        [
            "HD0001|KH001|2025-10-25T02:15:00Z|SP01|2.0000|90000.0000|delivered|Cửa hàng|Quận 1|VND",
            "HD0001|KH001|2025-10-25T02:15:00Z|SP02|1.0000|1200000.0000|delivered|Cửa hàng|Quận 1|VND",
            "HD0002|KH002|2025-10-26T03:00:00Z|SP01|1.0000|45000.0000|cancelled|Facebook|Quận 3|VND",
            "HD0003||2025-10-03T04:30:00Z|SP03|3.0000|165000.0000|delivered|Cửa hàng|Quận 3|VND",
        ]
    );
    let people = shop
        .ask("select customer_id, name, phone from customers order by 1")
        .await;
    assert_eq!(
        people,
        [
            "KH001|Nguyễn Văn An|+84901234567",
            "KH002|Trần Thị Bình|+84912345678"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sapo_orders() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "sapo.csv",
        "Mã đơn hàng,Ngày chứng từ,Nguồn,Chi nhánh,Mã khách hàng,Tên khách hàng,Số điện thoại,Trạng thái đơn hàng,Mã SKU,Tên sản phẩm,Số lượng,Đơn giá,Chiết khấu sản phẩm\n\
         SON01,13/09/2025,Website,HN,CUZN01,Lê Minh,0987654321,Hoàn thành,A1,Áo thun,2,\"150.000\",\"20.000\"\n\
         SON02,14/09/2025,Shopee,HN,CUZN02,Phạm Hoa,0977777777,Hủy,A2,Quần jean,1,\"1.350.000\",0\n",
    );
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "sapo");
    let rows = shop.ask("select order_id, amount, list_amount, status, business_date(ordered_at) from order_lines order by 1").await;
    assert_eq!(
        rows,
        [
            "SON01|280000.0000|300000.0000|delivered|2025-09-13",
            "SON02|1350000.0000|1350000.0000|cancelled|2025-09-14"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn haravan_orders() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "haravan.csv",
        "Mã đơn hàng,Email,Ngày đặt hàng,Trạng thái thanh toán,Trạng thái giao hàng,Mã sản phẩm,Tên sản phẩm,Số lượng sản phẩm,Giá sản phẩm,Phí vận chuyển,Số điện thoại\n\
         #1001,an@example.com,2025-08-20 10:00:00,Đã thanh toán,Đã giao hàng,P1,Son môi,1,250000,30000,0901111111\n\
         #1001,an@example.com,2025-08-20 10:00:00,Đã thanh toán,Đã giao hàng,P2,Kem,2,100000,30000,0901111111\n",
    );
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "haravan");
    let rows = shop
        .ask("select product_id, amount, shipping, status from order_lines order by 1")
        .await;
    assert_eq!(
        rows,
        [
            "P1|250000.0000|30000.0000|delivered",
            "P2|200000.0000||delivered"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn shopee_orders() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "Order.all.csv",
        "Mã đơn hàng,Ngày đặt hàng,Trạng Thái Đơn Hàng,Ngày giao hàng dự kiến,SKU phân loại hàng,Tên sản phẩm,Giá gốc,Giá ưu đãi,Số lượng,Tổng giá bán (sản phẩm),Phí vận chuyển mà người mua trả,Thời gian giao hàng,Người Mua,Số điện thoại,Tỉnh/Thành phố\n\
         250101A,2025-01-01 12:00,Hoàn thành,2025-01-05 00:00,S1,Tai nghe,200000,150000,1,150000,15000,2025-01-04 09:00,minhle99,******67,Hà Nội\n\
         250101B,2025-01-02 13:00,Đã hủy,,S2,Ốp lưng,50000,40000,2,80000,0,,hoa_pham,******11,TP. Hồ Chí Minh\n",
    );
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "shopee");
    let rows = shop.ask("select order_id, customer_id, amount, list_amount, status, channel, shipping from order_lines order by 1").await;
    assert_eq!(
        rows,
        [
            "250101A|minhle99|150000.0000|200000.0000|delivered|shopee|15000.0000",
            "250101B|hoa_pham|80000.0000|100000.0000|cancelled|shopee|0.0000"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn shopify_orders() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "orders_export.csv",
        "Name,Email,Financial Status,Fulfillment Status,Accepts Marketing,Currency,Shipping,Taxes,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Lineitem discount,Billing Name\n\
         #1,a@example.com,paid,fulfilled,yes,USD,5.00,1.20,2025-03-01 10:00:00 +0700,2,Mug,10.00,MUG,,1.00,Ann\n\
         #1,a@example.com,,,,,,,2025-03-01 10:00:00 +0700,1,Tee,20.00,TEE,,0.00,\n\
         #2,b@example.com,refunded,,no,USD,0.00,0.00,2025-03-02 10:00:00 +0700,1,Mug,10.00,MUG,,0.00,Bob\n\
         #3,c@example.com,paid,,no,USD,0.00,0.00,2025-03-02 11:00:00 +0700,1,Mug,10.00,MUG,2025-03-03 10:00:00 +0700,0.00,Cem\n",
    );
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "shopify");
    let rows = shop.ask("select order_id, product_id, amount, shipping, currency, status from order_lines order by 1, 2").await;
    assert_eq!(
        rows,
        [
            "#1|MUG|19.0000|5.0000|USD|shipped",
            "#1|TEE|20.0000||USD|shipped",
            "#2|MUG|10.0000|0.0000|USD|returned",
            "#3|MUG|10.0000|0.0000|USD|cancelled"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn woocommerce_orders() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "orders.csv",
        "Order Number,Order Status,Order Date,Email (Billing),SKU,Item #,Item Name,Quantity,Item Cost,Order Currency\n\
         501,Completed,2025-04-01 08:00,x@example.com,K1,1,Candle,3,12.50,EUR\n\
         502,Cancelled,2025-04-01 09:00,y@example.com,K1,1,Candle,1,12.50,EUR\n",
    );
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "woocommerce");
    let rows = shop
        .ask("select order_id, line, amount, currency, status from order_lines order by 1")
        .await;
    assert_eq!(
        rows,
        ["501|1|37.5000|EUR|delivered", "502|1|12.5000|EUR|cancelled"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_values_leave_open_is_asked() {
    let mut shop = Shop::new().await;
    let file = shop.file(
        "orders.csv",
        "order_id,customer_id,ordered_at,amount\n1,a,03/04/2025,1.250\n2,b,05/06/2025,2.500\n",
    );
    let files = [file];
    let proposal = shop
        .propose(&files, &Answers::new())
        .await
        .expect("proposed");
    let asked: Vec<&str> = proposal
        .open_questions
        .iter()
        .map(|question| question.path.as_str())
        .collect();
    assert_eq!(asked, ["orders.amount.decimal", "orders.ordered_at.dates"]);
    let refused = shop.import(&files).await.expect_err("nothing is guessed");
    assert!(refused.to_string().contains("amount"), "{refused}");
    let mut answers = Answers::new();
    for question in &proposal.open_questions {
        let wanted = if question.path.ends_with("dates") {
            "dmy"
        } else {
            "comma"
        };
        let choice = question
            .choices
            .iter()
            .find(|choice| choice.answer == wanted);
        answers.set(
            &question.path,
            &choice.expect("it is among the choices").answer,
        );
    }
    shop.import_with(&files, &answers).await.expect("imported");
    let rows = shop
        .ask("select business_date(ordered_at), amount from order_lines order by 1")
        .await;
    assert_eq!(rows, ["2025-04-03|1250.0000", "2025-06-05|2500.0000"]);
    // what was answered is kept: the same file asks no more
    let again = shop.import(&files).await.expect("imported again");
    assert_eq!(count(&again, "order_lines").skipped, 2);
}

const CALLS: &str = "\
list_id,list_date,campaign,customer_id,name,phone,arm,propensity,contacted_at,result,note
slipping-2025-06-30-1,2025-06-30,slipping-2025-06-30-1,KH001,An,0901234567,treatment,0.9,CALLED,REACHED,
slipping-2025-06-30-1,2025-06-30,slipping-2025-06-30-1,KH002,Bình,0912345678,treatment,0.9,,,
slipping-2025-06-30-1,2025-06-30,slipping-2025-06-30-1,KH003,Cúc,0923456789,holdout,0.1,,,
";

#[tokio::test(flavor = "multi_thread")]
async fn a_call_list_is_filled_in_and_imported_twice() {
    let mut shop = Shop::new().await;
    let blank = CALLS.replace("CALLED", "").replace("REACHED", "");
    let file = shop.file("calls.csv", blank);
    let report = shop
        .import(&[file])
        .await
        .expect("imported without a question");
    assert_eq!(report.sources[0].source, "call_list");
    assert_eq!(count(&report, "messages").accepted, 3);
    // days first, as people write them
    let filled = CALLS
        .replace("CALLED", "15/07/2025 10:30")
        .replace("REACHED", "will come by");
    let file = shop.file("calls-filled-in.csv", filled);
    let report = shop
        .import_with(&[file], &Answers::new())
        .await
        .expect("imported without a question");
    let messages = count(&report, "messages");
    assert_eq!(
        (messages.accepted, messages.replaced, messages.skipped),
        (0, 1, 2)
    );
    let rows = shop
        .ask(
            "select message_id, sent_at, campaign, channel, arm, propensity, attributes->>'result'
             from messages order by 1",
        )
        .await;
    // midnight in Vietnam is 17:00 of the day before in UTC
    assert_eq!(
        rows,
        [
            "slipping-2025-06-30-1-KH001|2025-07-15T03:30:00Z|slipping-2025-06-30-1|call|treatment|0.9|will come by",
            "slipping-2025-06-30-1-KH002|2025-06-29T17:00:00Z|slipping-2025-06-30-1|call|treatment|0.9|",
            "slipping-2025-06-30-1-KH003|2025-06-29T17:00:00Z|slipping-2025-06-30-1|call|holdout|0.1|",
        ]
    );
    let kept = shop
        .ask(
            "select count(*) from messages where attributes like '%090%' or attributes like '%An%'",
        )
        .await;
    assert_eq!(kept, ["0"], "names and numbers stay where they belong");
}
