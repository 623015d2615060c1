//! A hand-made sheet with one block of each kind, in both languages: what the tests render.

use jiff::civil::date;
use worth_model::{Estimate, Method, NoInterval};

use crate::question::{LeftOut, Provenance, Source};
use crate::sheet::{
    Advice, Axis, Block, Cell, Chart, ChartKind, Figure, Flow, FlowForm, FlowPlace, FlowWay,
    Headline, HeatMap, Map, Mark, NoteKind, On, Place, Point, Series, Sheet, Slope, Table,
    TableColumn, Tone, Wanted,
};
use crate::words::{Language, Unit, Words};

/// Where the sample came from.
pub(crate) fn provenance() -> Provenance {
    Provenance {
        question: "sample".into(),
        source: Source::Lake {
            snapshot: 3,
            time_zone: "Asia/Ho_Chi_Minh".into(),
        },
        rows_used: 541_909,
        rows_left_out: 1_260,
        left_out: vec![
            LeftOut {
                reason: "anonymous".into(),
                rows: 1_200,
            },
            LeftOut {
                reason: "cancelled".into(),
                rows: 60,
            },
        ],
        from: Some(date(2024, 1, 1)),
        until: Some(date(2025, 10, 25)),
        currency: "VND".into(),
        seed: 1,
        version: "0.1.0".into(),
    }
}

fn ratio(value: f64, low: f64, high: f64) -> Estimate {
    Estimate::between(value, low, high, 0.9, Method::Bootstrap)
}

fn money(value: f64, low: f64, high: f64) -> Estimate {
    Estimate::between(value, low, high, 0.9, Method::Simulation)
}

/// The sample in the language of `words`.
pub(crate) fn sheet(words: &Words) -> Sheet {
    let say = |english: &str, vietnamese: &str| -> String {
        match words.language() {
            Language::English => english.into(),
            Language::Vietnamese => vietnamese.into(),
        }
    };
    let mut sheet = Sheet::new(say("Are we worth it?", "Khách có thấy đáng không?"));
    sheet.headlines = headlines(words, &say);
    sheet.section(
        say("Against each brand", "So với từng thương hiệu"),
        say(
            "Benefits for what customers give up for them, per brand.",
            "Lợi ích so với những gì khách phải bỏ ra, theo từng thương hiệu.",
        ),
    );
    sheet.push(Block::Table(brands(words, &say)));
    sheet.push(Block::Chart(bars(&say)));
    sheet.push(Block::Chart(lines(&say)));
    sheet.push(Block::Chart(scatter(&say)));
    sheet.push(Block::HeatMap(heat_map(&say)));
    sheet.push(Block::Map(map(&say)));
    sheet.push(Block::Flow(bands(&say)));
    sheet.push(Block::Flow(arrows(&say)));
    sheet.note(
        NoteKind::Uncertain,
        say(
            "The order of the brands does not survive moving the scale's zero by a point.",
            "Thứ tự các thương hiệu không giữ nguyên khi dời điểm không của thang đo một điểm.",
        ),
    );
    sheet.push(Block::Advice(vec![advice(&say, words)]));
    sheet.wanted = Some(Wanted {
        what: say(
            "Ask 200 customers about personal data",
            "Hỏi 200 khách về dữ liệu cá nhân",
        ),
        why: say(
            "whether it costs you customers",
            "liệu điều đó có làm mất khách không",
        ),
        how: say(
            "one question in the next survey",
            "thêm một câu vào khảo sát tới",
        ),
    });
    sheet
}

type Say<'a> = &'a dyn Fn(&str, &str) -> String;

/// Looking, buying, and leaving in two columns.
fn bands(say: Say<'_>) -> Flow {
    let place = |name: String, column, amount, is_end| FlowPlace {
        name,
        column,
        amount,
        is_end,
        about: String::new(),
    };
    let way = |to, amount| FlowWay {
        from: 0,
        to,
        amount,
        about: String::new(),
    };
    Flow {
        title: say("The first steps", "Những bước đầu tiên"),
        reading: say("From the left to the right.", "Từ trái sang phải."),
        form: FlowForm::Bands,
        amount: say("Journeys", "Hành trình"),
        places: vec![
            place(say("look <b>", "xem <b>"), 1, 1_000.0, false),
            place(say("buy", "mua"), 2, 700.0, false),
            place(say("(end)", "(kết thúc)"), 2, 300.0, true),
        ],
        ways: vec![way(1, 700.0), way(2, 300.0)],
        unit: Unit::Count,
    }
}

/// On, back, and once more.
fn arrows(say: Say<'_>) -> Flow {
    let place = |name: String, amount| FlowPlace {
        name,
        column: 0,
        amount,
        is_end: false,
        about: say("begins 10, ends 4", "bắt đầu 10, kết thúc 4"),
    };
    let way = |from, to, amount| FlowWay {
        from,
        to,
        amount,
        about: say("half within 5 min", "một nửa trong vòng 5 phút"),
    };
    Flow {
        title: say("From step to step", "Từ bước này sang bước khác"),
        reading: say("Back on the left.", "Quay lại ở bên trái."),
        form: FlowForm::Arrows,
        amount: say("Times", "Số lần"),
        places: vec![
            place(say("look", "xem"), 1_200.0),
            place(
                say(
                    "pay at the counter or in the app",
                    "trả tiền tại quầy hoặc trong ứng dụng",
                ),
                900.0,
            ),
        ],
        ways: vec![way(0, 1, 800.0), way(1, 0, 200.0), way(1, 1, 50.0)],
        unit: Unit::Count,
    }
}

fn headlines(words: &Words, say: Say<'_>) -> Vec<Headline> {
    let ratio_unit = Unit::Number { decimals: 2 };
    vec![
        Headline {
            asks: say(
                "Are we worth it, and against whom?",
                "Khách có thấy đáng không, so với ai?",
            ),
            says: say(
                "Yes: customers get more from you for what they give up than from Sao Mai, and about as much as from Lotus & Co.",
                "Có: so với những gì phải bỏ ra, khách nhận được nhiều hơn ở Sao Mai và ngang với Lotus & Co.",
            ),
            tone: Tone::Good,
            figures: vec![
                Figure::new(
                    say(
                        "Benefits for each point of cost",
                        "Lợi ích trên mỗi điểm chi phí",
                    ),
                    &ratio(1.42, 1.36, 1.49),
                    &ratio_unit,
                    say(
                        "Above 1, benefits outweigh what customers give up.",
                        "Trên 1 là lợi ích lớn hơn những gì khách bỏ ra.",
                    ),
                    words,
                )
                .with_tone(Tone::Good)
                .with_further("perceived"),
                Figure::new(
                    say("Ahead of the competitors' mean", "Hơn trung bình đối thủ"),
                    &ratio(0.31, 0.12, 0.5),
                    &Unit::PointsMore,
                    say(
                        "Benefits less costs, on a scale of 1 to 10.",
                        "Lợi ích trừ chi phí, thang 1 đến 10.",
                    ),
                    words,
                ),
            ],
        },
        Headline {
            asks: say(
                "What are our customers worth?",
                "Khách hàng của ta đáng giá bao nhiêu?",
            ),
            says: say(
                "About ₫12.5 bn in the next twelve months; a tenth of them bring in 58% of it.",
                "Khoảng 12,5 tỷ ₫ trong mười hai tháng tới; một phần mười số khách mang lại 58%.",
            ),
            tone: Tone::Plain,
            figures: vec![
                Figure::new(
                    say(
                        "Customer equity, next 12 months",
                        "Tổng giá trị khách hàng, 12 tháng tới",
                    ),
                    &money(12_530_000_000.0, 11_800_000_000.0, 13_320_000_000.0),
                    &Unit::money_short("VND"),
                    say(
                        "What today's customers will bring in, less discounting.",
                        "Khách hiện có sẽ mang lại, đã chiết khấu.",
                    ),
                    words,
                ),
                Figure::new(
                    say("Customers", "Số khách hàng"),
                    &Estimate::counted(18_240.0),
                    &Unit::Count,
                    say(
                        "Everyone who bought at least once.",
                        "Mọi người đã mua ít nhất một lần.",
                    ),
                    words,
                ),
                Figure::new(
                    say("Margin", "Biên lợi nhuận"),
                    &Estimate::without(0.32, NoInterval::Given),
                    &Unit::Share { decimals: 0 },
                    say("From worth.toml.", "Lấy từ worth.toml."),
                    words,
                ),
            ],
        },
    ]
}

fn brands(words: &Words, say: Say<'_>) -> Table {
    let unit = Unit::Number { decimals: 2 };
    let row = |brand: &str, one: Estimate, n: f64| {
        vec![
            Cell::text(brand),
            Cell::estimate(&one, &unit, words),
            Cell::number(n, &Unit::Count, words),
        ]
    };
    Table {
        title: say("Value by brand", "Giá trị theo thương hiệu"),
        reading: say(
            "Intervals that overlap: no telling who is ahead.",
            "Khoảng chồng lên nhau: chưa nói được ai hơn.",
        ),
        columns: vec![
            TableColumn::text(say("Brand", "Thương hiệu")),
            TableColumn::number(say("Ratio", "Tỷ số")),
            TableColumn::number(say("Respondents", "Người trả lời")),
        ],
        rows: vec![
            row("Phố Xanh", ratio(1.42, 1.36, 1.49), 1_204.0),
            row(
                "Lotus & Co. <script>alert(1)</script>",
                ratio(1.39, 1.31, 1.48),
                388.0,
            ),
            row("Sao Mai", ratio(1.18, 1.09, 1.27), 402.0),
            vec![
                Cell::text("顾客 | 价值"),
                Cell::Empty,
                Cell::number(3.0, &Unit::Count, words),
            ],
        ],
    }
}

fn bars(say: Say<'_>) -> Chart {
    let bar = |english: &str, vietnamese: &str, value: f64| {
        Point::bar(
            say(english, vietnamese),
            &ratio(value, value - 0.3, value + 0.25),
        )
    };
    Chart {
        title: say("What weighs on the customer", "Điều gì đè nặng lên khách"),
        reading: say("10 is the heaviest sacrifice.", "10 là nặng nhất."),
        kind: ChartKind::Bars,
        x: Axis::new(say("Cost", "Chi phí bỏ ra"), Unit::Count),
        y: Axis::new(say("Points of 10", "Điểm trên 10"), Unit::Points),
        series: vec![Series {
            name: "Phố Xanh".into(),
            points: vec![
                bar("Time", "Thời gian", 6.8),
                bar("Price", "Giá", 5.1),
                bar(
                    "Effort to find the right size in the app",
                    "Công sức tìm đúng kích cỡ trong ứng dụng",
                    4.4,
                ),
                bar("Risk", "Rủi ro", 3.2),
            ],
        }],
        marks: vec![Mark {
            on: On::Y,
            at: 4.6,
            label: say("competitors' mean", "trung bình đối thủ"),
        }],
    }
}

fn lines(say: Say<'_>) -> Chart {
    let series = |name: String, start: f64, step: f64| Series {
        name,
        points: (0..18)
            .map(|month| {
                let value = start + step * f64::from(month) + 0.1 * f64::from(month % 3);
                let day = date(2024 + (month / 12) as i16, (month % 12 + 1) as i8, 1);
                Point::on(
                    day,
                    &money(value * 1e9, (value - 0.15) * 1e9, (value + 0.2) * 1e9),
                )
            })
            .collect(),
    };
    Chart {
        title: say("Sales by month", "Doanh số theo tháng"),
        reading: say(
            "The band is the 90% interval.",
            "Dải màu là khoảng tin cậy 90%.",
        ),
        kind: ChartKind::Lines,
        x: Axis::new(say("Month", "Tháng"), Unit::Count),
        y: Axis::new(say("Sales", "Doanh số"), Unit::money_short("VND")),
        series: vec![
            series(say("Stores", "Cửa hàng"), 1.4, 0.02),
            series(say("App", "Ứng dụng"), 0.3, 0.06),
        ],
        marks: Vec::new(),
    }
}

fn scatter(say: Say<'_>) -> Chart {
    let point = |brand: &str, cost: f64, benefit: f64| {
        Point::at(
            &ratio(cost, cost - 0.15, cost + 0.15),
            &ratio(benefit, benefit - 0.2, benefit + 0.2),
            brand,
        )
    };
    Chart {
        title: say("Value map", "Bản đồ giá trị"),
        reading: say(
            "Up and to the left is better.",
            "Càng lên trên và sang trái càng tốt.",
        ),
        kind: ChartKind::Scatter,
        x: Axis::new(say("Costs", "Chi phí bỏ ra"), Unit::Points),
        y: Axis::new(say("Benefits", "Lợi ích"), Unit::Points),
        series: vec![Series {
            name: say("Brands", "Thương hiệu"),
            points: vec![
                point("Phố Xanh", 5.1, 7.2),
                point("Lotus & Co.", 5.3, 7.4),
                point("Sao Mai", 5.6, 6.6),
            ],
        }],
        marks: vec![Mark {
            on: On::X,
            at: 5.33,
            label: say("mean", "trung bình"),
        }],
    }
}

fn heat_map(say: Say<'_>) -> HeatMap {
    HeatMap {
        title: say("When customers come", "Khách đến lúc nào"),
        reading: say("Share of a day's visits.", "Tỷ lệ lượt ghé trong ngày."),
        x: say("Hour", "Giờ"),
        y: say("Day", "Ngày"),
        columns: vec!["8".into(), "12".into(), "18".into()],
        rows: vec![say("Monday", "Thứ Hai"), say("Sunday", "Chủ nhật")],
        values: vec![
            vec![Some(0.5), Some(0.25), Some(0.25)],
            vec![None, Some(0.125), Some(0.875)],
        ],
        unit: Unit::Share { decimals: 0 },
        ends: (0.0, 1.0),
    }
}

fn map(say: Say<'_>) -> Map {
    let place = |name: &str, x: f64, y: f64| {
        let at =
            |value: f64| Estimate::between(value, value - 0.1, value + 0.1, 0.9, Method::Bootstrap);
        Place {
            name: name.into(),
            x: at(x),
            y: at(y),
            outline: vec![[x - 0.1, y], [x, y + 0.1], [x + 0.1, y], [x, y - 0.1]],
        }
    };
    let unit = Unit::Number { decimals: 2 };
    Map {
        title: say("Value map", "Bản đồ giá trị"),
        reading: say("Below the line is good value.", "Dưới đường là đáng giá."),
        x: Axis::new(say("Quality", "Chất lượng"), unit.clone()),
        y: Axis::new(say("Price", "Giá"), unit),
        places: vec![place("Phố Xanh", 1.05, 0.98), place("Sao Mai", 0.93, 1.1)],
        line: Some(Slope {
            through: [1.0, 1.0],
            rise: 1.0,
            label: say("fair value", "giá trị hợp lý"),
        }),
    }
}

fn advice(say: Say<'_>, words: &Words) -> Advice {
    let at_stake = money(412_000_000.0, 305_000_000.0, 530_000_000.0);
    Advice {
        act: say(
            "Call 212 good customers who fell silent",
            "Gọi cho 212 khách tốt đã im lặng",
        ),
        whom: say(
            "Those who used to buy every month and have been silent for more than 84 days",
            "Người từng mua hằng tháng mà im lặng hơn 84 ngày",
        ),
        evidence: say(
            "Each has a chance under 40% of buying again",
            "Mỗi người có xác suất còn mua dưới 40%",
        ),
        money: words.estimate(&at_stake, &Unit::money_short("VND")),
        at_least: at_stake.ends().map(|(low, _)| low),
        rule: say(
            "P(alive) below 0.4 and value in the top fifth",
            "P(còn mua) dưới 0,4 và giá trị thuộc nhóm một phần năm cao nhất",
        ),
    }
}
