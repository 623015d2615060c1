//! When the moon is new, and where the sun stands: what a lunisolar calendar is made of.
//!
//! Source: J. Meeus (1998), Astronomical Algorithms, second edition, Willmann-Bell: chapter 49
//! (phases of the moon; to 20 seconds) and chapter 25 (the sun with low accuracy; to a hundredth of
//! a degree, a quarter of an hour). That is enough: from 1900 to 2199 all days come out as with the
//! ephemerides of VSOP87 and Moshier, `tests/published/lunar.py`.
//!
//! Times here are days since 1970-01-01 at 0:00, universal time.

/// Julian day of 1970-01-01, 0:00.
const JULIAN_DAY: f64 = 2_440_587.5;
/// Julian day of 2000-01-01, 12:00.
const JULIAN_DAY_2000: f64 = 2_451_545.0;
/// Lunation 0: the first new moon of the year 2000, and days from one to the next in the mean.
const FIRST_LUNATION: f64 = 2_451_550.097_66;
const SYNODIC_MONTH: f64 = 29.530_588_861;
const DAYS_PER_CENTURY: f64 = 36525.0;

/// Terms of the new moon: days, how often they carry the eccentricity of the earth's orbit, and
/// multiples of the anomaly of the sun, the anomaly of the moon, and the moon's argument of
/// latitude.
const MOON: [(f64, i32, f64, f64, f64); 24] = [
    (-0.407_20, 0, 0.0, 1.0, 0.0),
    (0.172_41, 1, 1.0, 0.0, 0.0),
    (0.016_08, 0, 0.0, 2.0, 0.0),
    (0.010_39, 0, 0.0, 0.0, 2.0),
    (0.007_39, 1, -1.0, 1.0, 0.0),
    (-0.005_14, 1, 1.0, 1.0, 0.0),
    (0.002_08, 2, 2.0, 0.0, 0.0),
    (-0.001_11, 0, 0.0, 1.0, -2.0),
    (-0.000_57, 0, 0.0, 1.0, 2.0),
    (0.000_56, 1, 1.0, 2.0, 0.0),
    (-0.000_42, 0, 0.0, 3.0, 0.0),
    (0.000_42, 1, 1.0, 0.0, 2.0),
    (0.000_38, 1, 1.0, 0.0, -2.0),
    (-0.000_24, 1, -1.0, 2.0, 0.0),
    (-0.000_07, 0, 2.0, 1.0, 0.0),
    (0.000_04, 0, 0.0, 2.0, -2.0),
    (0.000_04, 0, 3.0, 0.0, 0.0),
    (0.000_03, 0, 1.0, 1.0, -2.0),
    (0.000_03, 0, 0.0, 2.0, 2.0),
    (-0.000_03, 0, 1.0, 1.0, 2.0),
    (0.000_03, 0, -1.0, 1.0, 2.0),
    (-0.000_02, 0, -1.0, 1.0, -2.0),
    (-0.000_02, 0, 1.0, 3.0, 0.0),
    (0.000_02, 0, 0.0, 4.0, 0.0),
];

/// Terms that come from planets: millionths of a day, degrees, and degrees per lunation.
const PLANETS: [(f64, f64, f64); 14] = [
    (325.0, 299.77, 0.107_408),
    (165.0, 251.88, 0.016_321),
    (164.0, 251.83, 26.651_886),
    (126.0, 349.42, 36.412_478),
    (110.0, 84.66, 18.206_239),
    (62.0, 141.74, 53.303_771),
    (60.0, 207.14, 2.453_732),
    (56.0, 154.84, 7.306_860),
    (47.0, 34.52, 27.261_239),
    (42.0, 207.19, 0.121_824),
    (40.0, 291.34, 1.844_379),
    (37.0, 161.72, 24.198_154),
    (35.0, 239.56, 25.513_099),
    (23.0, 331.55, 3.592_518),
];

/// Year, and seconds by which clocks that run evenly are ahead of the turning earth: F. Espenak, J.
/// Meeus (2006), Five Millennium Canon of Solar Eclipses, NASA/TP-2006-214141; observed until 2005,
/// a guess after. Lines in between are within three seconds of their polynomials until 2050, within
/// eight later.
const SECONDS_AHEAD: [(f64, f64); 12] = [
    (1900.0, -2.8),
    (1905.0, 3.8),
    (1910.0, 10.4),
    (1920.0, 21.2),
    (1940.0, 24.4),
    (1960.0, 33.1),
    (1970.0, 40.2),
    (1990.0, 56.9),
    (2005.0, 64.7),
    (2050.0, 93.0),
    (2150.0, 328.5),
    (2200.0, 442.1),
];

/// When the moon is new, of lunation number `lunation`, counted from January 2000.
pub(super) fn new_moon(lunation: i32) -> f64 {
    let k = f64::from(lunation);
    let t = k / 1236.85;
    let eccentricity = 1.0 - t * (0.002_516 + t * 0.000_007_4);
    let sun = 2.5534 + 29.105_356_70 * k - t * t * (0.000_001_4 + t * 0.000_000_11);
    let moon = 201.5643
        + 385.816_935_28 * k
        + t * t * (0.010_758_2 + t * (0.000_012_38 - t * 0.000_000_058));
    let latitude = 160.7108 + 390.670_502_84 * k
        - t * t * (0.001_611_8 + t * (0.000_002_27 - t * 0.000_000_011));
    let node = 124.7746 - 1.563_755_88 * k + t * t * (0.002_067_2 + t * 0.000_002_15);
    let mut day = FIRST_LUNATION
        + SYNODIC_MONTH * k
        + t * t * (0.000_154_37 - t * (0.000_000_150 - t * 0.000_000_000_73))
        - 0.000_17 * node.to_radians().sin();
    for (days, eccentric, of_sun, of_moon, of_latitude) in MOON {
        let angle = of_sun * sun + of_moon * moon + of_latitude * latitude;
        day += days * eccentricity.powi(eccentric) * angle.to_radians().sin();
    }
    for (millionths, start, step) in PLANETS {
        day += 1e-6 * millionths * (start + step * k).to_radians().sin();
    }
    day - JULIAN_DAY - days_ahead(day)
}

/// The lunation whose new moon is nearest to `day`, or one next to it.
pub(super) fn lunation_near(day: f64) -> i32 {
    ((day + JULIAN_DAY - FIRST_LUNATION) / SYNODIC_MONTH).round() as i32
}

/// Where the sun stands on its way through the year: degrees from the equinox of spring, 0 to 360.
pub(super) fn longitude_of_sun(time: f64) -> f64 {
    let day = time + JULIAN_DAY;
    let t = (day + days_ahead(day) - JULIAN_DAY_2000) / DAYS_PER_CENTURY;
    let mean = 280.466_46 + t * (36_000.769_83 + t * 0.000_303_2);
    let anomaly = (357.529_11 + t * (35_999.050_29 - t * 0.000_153_7)).to_radians();
    let centre = (1.914_602 - t * (0.004_817 + t * 0.000_014)) * anomaly.sin()
        + (0.019_993 - t * 0.000_101) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1934.136 * t).to_radians();
    // Aberration and nutation.
    (mean + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// How far evenly running clocks are ahead on a Julian day, in days.
fn days_ahead(julian_day: f64) -> f64 {
    let year = 2000.0 + (julian_day - JULIAN_DAY_2000) / 365.25;
    let after = SECONDS_AHEAD.partition_point(|&(from, _)| from <= year);
    let right = after.clamp(1, SECONDS_AHEAD.len() - 1);
    let ((from, start), (until, end)) = (SECONDS_AHEAD[right - 1], SECONDS_AHEAD[right]);
    (start + (end - start) * (year - from) / (until - from)) / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_of_the_book() {
        // Example 49.a: the new moon of February 1977 at JDE 2443192.65118.
        let ahead = days_ahead(2_443_192.65);
        let found = new_moon(lunation_near(2_443_192.65 - JULIAN_DAY));
        assert!((found + ahead + JULIAN_DAY - 2_443_192.651_18).abs() < 1e-5);
        // Example 25.a: the sun on 13 October 1992, 0 h, at 199.90895 degrees.
        let time = 2_448_908.5 - JULIAN_DAY - days_ahead(2_448_908.5);
        assert!((longitude_of_sun(time) - 199.908_95).abs() < 1e-4);
    }

    #[test]
    fn clocks_are_as_far_ahead_as_was_observed() {
        // The Astronomical Almanac: 24.3, 40.2, 56.9 and 63.8 seconds.
        for (year, seconds) in [
            (1940.0, 24.3),
            (1970.0, 40.2),
            (1990.0, 56.9),
            (2000.0, 63.8),
        ] {
            let day = JULIAN_DAY_2000 + (year - 2000.0) * 365.25;
            assert!((days_ahead(day) * 86_400.0 - seconds).abs() < 2.0, "{year}");
        }
    }
}
