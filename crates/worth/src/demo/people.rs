//! Customers, their households and their parts in them: `khach_hang.csv` and `roles.csv`.

use rand::RngExt;

use super::Plan;
use super::calendar::Moment;
use super::names;
use super::random::{Purpose, normal, pick, stream, weighted};
use super::shop::{ACQUISITION, REGIONS, Region};
use super::table::Rows;

/// Header of `khach_hang.csv`.
pub(crate) const CUSTOMERS: [&str; 20] = [
    "Mã khách hàng",
    "Mã hộ",
    "Tên khách hàng",
    "Email",
    "Điện thoại",
    "Năm sinh",
    "Giới tính",
    "Quốc gia",
    "Khu vực",
    "Quận/Huyện",
    "Ngôn ngữ",
    "Văn hóa",
    "Thu nhập",
    "Tiền tệ",
    "Nghề nghiệp",
    "Ngày tham gia",
    "Kênh đăng ký",
    "Người giới thiệu",
    "Cho phép liên hệ",
    "Ghi chú",
];
/// Header of `roles.csv`.
pub(crate) const ROLES: [&str; 6] = [
    "account_id",
    "customer_id",
    "role",
    "since",
    "until",
    "weight",
];

/// Customers per block: the first ones of each block live together.
pub(crate) const BLOCK: u64 = 20;
const OCCUPATIONS: [&str; 6] = [
    "Sinh viên",
    "Nhân viên văn phòng",
    "Kinh doanh tự do",
    "Giáo viên",
    "Kỹ sư",
    "Nội trợ",
];

/// A customer.
pub(crate) struct Person {
    /// Number of the customer.
    pub(crate) index: u64,
    /// Where the customer lives.
    pub(crate) region: &'static Region,
    /// Whether nothing planted touches the customer.
    pub(crate) unaffected: bool,
    /// Day of the first purchase.
    pub(crate) acquired: u32,
    /// How the customer heard of the shop.
    pub(crate) acquisition_channel: &'static str,
    /// Whether messages may be sent.
    pub(crate) contact_allowed: bool,
    /// The household, if the customer shares one.
    pub(crate) household: Option<Household>,
    /// How convenient buying here feels, in standard deviations.
    pub(crate) convenience: f64,
    /// How far the customer trusts the shop, in standard deviations.
    pub(crate) trust: f64,
    /// Whether the customer orders in the app rather than in a store.
    pub(crate) prefers_app: bool,
    /// The store the customer goes to.
    pub(crate) store: &'static str,
    /// Letters for the e-mail.
    letters: String,
    name: String,
    female: bool,
    birth_year: i32,
}

/// People who live together: numbers of the first and how many.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Household {
    /// Number of its first customer, who buys and decides.
    pub(crate) head: u64,
    /// How many they are, 2 or 3.
    pub(crate) size: u64,
}

impl Person {
    /// Customer number `index`; `acquired` is the day of the first purchase.
    pub(crate) fn draw(plan: &Plan, index: u64) -> Self {
        let household = household(plan, index);
        let region = region(plan, household.map_or(index, |household| household.head));
        let mut draws = stream(plan.options.seed, Purpose::Person, index);
        let female = draws.random_bool(0.56);
        let (name, letters) = names::name(&mut draws, female);
        // a fifth were there when the loyalty card began, the others came over time
        let acquired = if draws.random_bool(0.2) {
            draws.random_range(0..30)
        } else {
            draws.random_range(0..plan.calendar.days)
        };
        Self {
            index,
            unaffected: region.name == plan.truth.unaffected.value,
            acquired,
            acquisition_channel: ACQUISITION[weighted(&mut draws, &ACQUISITION.map(|way| way.1))].0,
            contact_allowed: draws.random_bool(0.8),
            household,
            convenience: normal(&mut draws),
            trust: normal(&mut draws),
            prefers_app: region.app && draws.random_bool(0.45),
            store: pick(&mut draws, region.stores),
            birth_year: 2026 - (18.0 + draws.random::<f64>().powi(2) * 50.0) as i32,
            region,
            letters,
            name,
            female,
        }
    }

    /// The customer's code in the shop's files.
    pub(crate) fn code(&self) -> String {
        code(self.index)
    }

    /// The customer's e-mail.
    pub(crate) fn email(&self) -> String {
        format!("{}{}@example.com", self.letters, self.index)
    }

    /// Appends the customer to `khach_hang.csv`.
    pub(crate) fn write(&self, plan: &Plan, rows: &mut Rows) {
        let mut draws = stream(plan.options.seed, Purpose::Details, self.index);
        draws.set_word_pos(1 << 20);
        let phone = draws.random_bool(0.93).then(|| names::phone(self.index));
        let phone = phone.map(|digits| names::write_phone(&mut draws, digits));
        let email = draws.random_bool(0.62).then(|| self.email());
        let income = draws
            .random_bool(0.3)
            .then(|| (8 + (draws.random::<f64>().powi(2) * 60.0) as i64) * 1_000_000);
        let referrer = (self.acquisition_channel == "Bạn bè giới thiệu" && self.index > 0)
            .then(|| code(draws.random_range(0..self.index)));
        rows.text(&self.code())
            .maybe(self.household.map(|household| household.code()))
            .text(&self.name)
            .maybe(email)
            .maybe(phone)
            .show(self.birth_year)
            .text(if self.female { "Nữ" } else { "Nam" })
            .text("VN")
            .text(self.region.name)
            .text(pick(&mut draws, self.region.cities))
            .text(if draws.random_bool(0.94) { "vi" } else { "en" })
            .text(self.region.culture)
            .maybe(income)
            .text("VND")
            .text(pick(&mut draws, &OCCUPATIONS))
            .text(plan.calendar.vietnamese(self.acquired))
            .text(self.acquisition_channel)
            .maybe(referrer)
            .text(if self.contact_allowed {
                "Có"
            } else {
                "Không"
            })
            .text(if draws.random_bool(0.02) {
                "Khách quen, ít đường"
            } else {
                ""
            })
            .end();
    }

    /// Appends the customer's parts in the household to `roles.csv`.
    pub(crate) fn write_roles(&self, plan: &Plan, rows: &mut Rows) {
        let Some(household) = self.household else {
            return;
        };
        for (role, weight) in household.parts(self.index) {
            rows.text(&household.code())
                .text(&self.code())
                .text(role)
                .iso(
                    &plan.calendar,
                    Moment {
                        day: self.acquired,
                        second: 0,
                    },
                )
                .none()
                .show(weight)
                .end();
        }
    }
}

impl Household {
    /// The household's code in the shop's files.
    pub(crate) fn code(self) -> String {
        format!("HGD{:07}", self.head)
    }

    /// Roles of a member, with the say in each.
    pub(crate) fn parts(self, member: u64) -> &'static [(&'static str, f64)] {
        match member - self.head {
            0 => &[("buyer", 0.5), ("decider", 0.6)],
            1 => &[("payer", 0.4), ("influencer", 0.3)],
            _ => &[("user", 0.1)],
        }
    }

    /// Codes of who pays and of who drinks the coffee.
    pub(crate) fn payer_and_user(self) -> (String, String) {
        (code(self.head + 1), code(self.head + self.size - 1))
    }
}

/// The code of customer `index`.
pub(crate) fn code(index: u64) -> String {
    format!("KH{index:08}")
}

/// The region of customer `index`, were the customer alone.
fn region(plan: &Plan, index: u64) -> &'static Region {
    let mut draws = stream(plan.options.seed, Purpose::Person, index);
    draws.set_word_pos(1 << 20);
    &REGIONS[weighted(&mut draws, &REGIONS.map(|region| region.share))]
}

/// Of every block of customers the first two or three share a household.
fn household(plan: &Plan, index: u64) -> Option<Household> {
    let head = index / BLOCK * BLOCK;
    let mut draws = stream(plan.options.seed, Purpose::Person, head);
    draws.set_word_pos(2 << 20);
    let size = draws.random_range(2..=3);
    let complete = head + size <= plan.options.customers;
    (complete && index < head + size).then_some(Household { head, size })
}
