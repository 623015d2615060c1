//! Reviews, tickets and call notes in Vietnamese and English: `feedback.csv`.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::Plan;
use super::history::Visit;
use super::orders::order_id;
use super::people::Person;
use super::random::pick;
use super::table::Rows;
use super::taken::Taken;

/// Header of `feedback.csv`.
pub(crate) const FEEDBACK: [&str; 9] = [
    "feedback_id",
    "customer_id",
    "at",
    "kind",
    "touchpoint",
    "order_id",
    "language",
    "rating",
    "text",
];

/// What a text is about: where, how it is meant, and the ways to say it.
struct Topic {
    touchpoint: &'static str,
    ratings: [i64; 2],
    vietnamese: &'static [&'static str],
    english: &'static [&'static str],
}

const PAYMENT: Topic = Topic {
    touchpoint: "app: thanh toán",
    ratings: [1, 2],
    vietnamese: &[
        "Thanh toán trên app lỗi hoài, bấm mấy lần mới được",
        "App trừ tiền mà báo thất bại, mình phải gọi tổng đài",
        "Lần nào thanh toán cũng xoay vòng vòng, bực mình thật sự",
        "Không trả được bằng thẻ, đành xóa app",
    ],
    english: &[
        "Payment in the app fails again and again",
        "Charged me but said payment failed, had to call support",
        "The checkout keeps spinning, I gave up twice",
    ],
};
const LATE: Topic = Topic {
    touchpoint: "giao hàng",
    ratings: [2, 3],
    vietnamese: &[
        "Giao trễ gần cả tiếng, nước tan hết đá",
        "Hẹn 40 phút mà hơn một tiếng mới tới",
        "Shipper thân thiện nhưng giao chậm quá",
    ],
    english: &[
        "Delivery came far too late, the ice was gone",
        "Late again, no one told me why",
    ],
};
const HAPPY: Topic = Topic {
    touchpoint: "cửa hàng",
    ratings: [4, 5],
    vietnamese: &[
        "Cà phê thơm, đậm vị, nhân viên dễ thương",
        "Quán đẹp, ngồi làm việc rất thoải mái",
        "Trà đào ngon, giá hợp lý, sẽ quay lại",
        "Mua nhanh gọn, tiện đường đi làm",
        "Bánh mì que giòn, bạc xỉu béo vừa phải",
    ],
    english: &[
        "Great coffee and friendly staff",
        "Lovely place to work, will come back",
        "Quick and convenient on my way to the office",
    ],
};
const MEH: Topic = Topic {
    touchpoint: "cửa hàng",
    ratings: [2, 4],
    vietnamese: &[
        "Đồ uống ổn nhưng hơi đông, phải chờ lâu",
        "Giá hơi cao so với mặt bằng",
        "Bình thường, không có gì đặc biệt",
    ],
    english: &[
        "Decent drinks but the queue is long",
        "A bit pricey for what it is",
    ],
};
const OPENINGS: [&str; 6] = [
    "",
    "",
    "Nói thật là ",
    "Hôm nay ghé, ",
    "Góp ý chút: ",
    "Mình thấy ",
];
const ENDINGS: [&str; 6] = ["", "", ".", "!", " ạ.", ". Cảm ơn quán."];

/// Appends what the customer said about visit number `number`, if anything; what it took.
pub(crate) fn write(
    plan: &Plan,
    person: &Person,
    number: usize,
    visit: &Visit,
    late: bool,
    draws: &mut ChaCha8Rng,
    rows: &mut Rows,
) -> Taken {
    let mut taken = Taken::default();
    let (topic, says) = if visit.failures > 0 {
        (&PAYMENT, 0.22)
    } else if late {
        (&LATE, 0.15)
    } else if draws.random_bool(0.75) {
        (&HAPPY, 0.03)
    } else {
        (&MEH, 0.05)
    };
    if !draws.random_bool(says) {
        return taken;
    }
    let english = draws.random_bool(0.12);
    let text = if english {
        pick(draws, topic.english).to_owned()
    } else {
        let said = pick(draws, topic.vietnamese);
        format!("{}{said}{}", pick(draws, &OPENINGS), pick(draws, &ENDINGS))
    };
    let kind = match draws.random_range(0..10) {
        0 => "call",
        1..=3 if topic.ratings[0] < 3 => "ticket",
        _ => "review",
    };
    // one review in eight is stars without words
    let wordless = kind == "review" && draws.random_bool(0.12);
    let rating = draws.random_range(topic.ratings[0]..=topic.ratings[1]);
    let at = visit.at.later(draws.random_range(1_200..80_000));
    rows.show(format_args!("F{:08}.{number:03}", person.index))
        .text(&person.code())
        .iso(&plan.calendar, at)
        .text(kind)
        .text(topic.touchpoint)
        .text(&order_id(person, number))
        .text(if english { "en" } else { "vi" })
        .maybe((kind == "review").then_some(rating))
        .text(if wordless { "" } else { &text })
        .end();
    taken.contacts += u64::from(kind != "review");
    taken.complaints += u64::from(kind != "review" || rating <= 2);
    taken
}
