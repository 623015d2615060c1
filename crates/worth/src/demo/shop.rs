//! The shop: regions with their stores, and what is on the menu.

/// A region with its customers and stores.
pub(crate) struct Region {
    /// Its name.
    pub(crate) name: &'static str,
    /// Share of all customers.
    pub(crate) share: f64,
    /// The label of habits that the business uses.
    pub(crate) culture: &'static str,
    /// Towns and districts.
    pub(crate) cities: &'static [&'static str],
    /// Stores.
    pub(crate) stores: &'static [&'static str],
    /// Whether the app delivers there. It does not in the unaffected region.
    pub(crate) app: bool,
}

/// All regions.
pub(crate) const REGIONS: [Region; 6] = [
    Region {
        name: "TP. Hồ Chí Minh",
        share: 0.34,
        culture: "Nam",
        cities: &["Quận 1", "Quận 3", "Quận 7", "Phú Nhuận", "Thủ Đức"],
        stores: &["Lá Nguyễn Huệ", "Lá Thảo Điền", "Lá Phú Nhuận"],
        app: true,
    },
    Region {
        name: "Hà Nội",
        share: 0.22,
        culture: "Bắc",
        cities: &["Hoàn Kiếm", "Cầu Giấy", "Đống Đa", "Tây Hồ"],
        stores: &["Lá Hồ Gươm", "Lá Cầu Giấy"],
        app: true,
    },
    Region {
        name: "Đà Nẵng",
        share: 0.12,
        culture: "Trung",
        cities: &["Hải Châu", "Sơn Trà", "Ngũ Hành Sơn"],
        stores: &["Lá Bạch Đằng", "Lá Mỹ Khê"],
        app: true,
    },
    Region {
        name: "Cần Thơ",
        share: 0.10,
        culture: "Nam",
        cities: &["Ninh Kiều", "Cái Răng"],
        stores: &["Lá Ninh Kiều"],
        app: true,
    },
    Region {
        name: "Hải Phòng",
        share: 0.07,
        culture: "Bắc",
        cities: &["Lê Chân", "Ngô Quyền"],
        stores: &["Lá Lạch Tray"],
        app: true,
    },
    Region {
        name: "Lâm Đồng",
        share: 0.15,
        culture: "Trung",
        cities: &["Đà Lạt", "Bảo Lộc", "Đức Trọng"],
        stores: &["Lá Hồ Xuân Hương", "Lá Bảo Lộc"],
        app: false,
    },
];

/// One thing on the menu.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    /// Its code.
    pub(crate) code: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// Its category.
    pub(crate) category: &'static str,
    /// Price in đồng.
    pub(crate) price: i64,
    /// What it costs the shop, as a share of the price.
    pub(crate) cost_share: f64,
}

/// The menu, cheapest first.
pub(crate) const PRODUCTS: [Product; 9] = [
    product("BN01", "Bánh mì que", "Bánh", 25_000, 0.42),
    product("CF01", "Cà phê sữa đá", "Cà phê", 39_000, 0.30),
    product("BN02", "Croissant bơ", "Bánh", 42_000, 0.45),
    product("CF02", "Bạc xỉu", "Cà phê", 45_000, 0.31),
    product("TR02", "Trà sen vàng", "Trà", 49_000, 0.28),
    product("TR01", "Trà đào cam sả", "Trà", 55_000, 0.29),
    product("CF03", "Cold brew cam vàng", "Cà phê", 59_000, 0.33),
    product("HR01", "Cà phê rang xay 500g", "Cà phê gói", 185_000, 0.48),
    product("QT01", "Bộ phin quà tặng", "Quà tặng", 320_000, 0.52),
];

const fn product(
    code: &'static str,
    name: &'static str,
    category: &'static str,
    price: i64,
    cost_share: f64,
) -> Product {
    Product {
        code,
        name,
        category,
        price,
        cost_share,
    }
}

/// Ways customers first heard of the shop, with their shares.
pub(crate) const ACQUISITION: [(&str, f64); 5] = [
    ("Cửa hàng", 0.38),
    ("Facebook", 0.24),
    ("TikTok", 0.18),
    ("Zalo", 0.10),
    ("Bạn bè giới thiệu", 0.10),
];
