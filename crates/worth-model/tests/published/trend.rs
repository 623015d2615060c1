//! The flow of the Nile at Aswan, 1871 to 1970: it fell in 1899 (Cobb 1978, The Problem of the Nile,
//! doi:10.1093/biomet/65.2.243); as a local level in Durbin, Koopman (2012), Time Series Analysis by State
//! Space Methods, section 2.2: variance of a year 15,099, filtered level of 1970 798.37.

use worth_model::Estimate;
use worth_model::trend::{Period, Told, changes, outlook};

/// Flows in 10⁸ m³.
const NILE: [f64; 100] = [
    1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0,
    1110.0, 994.0, 1020.0, 960.0, 1180.0, 799.0, 958.0, 1140.0, 1100.0, 1210.0, 1150.0, 1250.0,
    1260.0, 1220.0, 1030.0, 1100.0, 774.0, 840.0, 874.0, 694.0, 940.0, 833.0, 701.0, 916.0, 692.0,
    1020.0, 1050.0, 969.0, 831.0, 726.0, 456.0, 824.0, 702.0, 1120.0, 1100.0, 832.0, 764.0, 821.0,
    768.0, 845.0, 864.0, 862.0, 698.0, 845.0, 744.0, 796.0, 1040.0, 759.0, 781.0, 865.0, 845.0,
    944.0, 984.0, 897.0, 822.0, 1010.0, 771.0, 676.0, 649.0, 846.0, 812.0, 742.0, 801.0, 1040.0,
    860.0, 874.0, 848.0, 890.0, 744.0, 749.0, 838.0, 1050.0, 918.0, 986.0, 797.0, 923.0, 975.0,
    815.0, 1020.0, 906.0, 901.0, 1170.0, 912.0, 746.0, 919.0, 718.0, 714.0, 740.0,
];

/// Each year as a mean that is off by what the book says.
fn years() -> Vec<Period> {
    let year = |&flow: &f64| Period {
        answers: 1000,
        effective: 1.0,
        mean: Some(Estimate::normal(flow, 15_099f64.sqrt(), 0.9)),
        variance: 15_099.0,
    };
    NILE.iter().map(year).collect()
}

/// Probabilities of dates by the formula of Smith (1975) in numpy: .8075 for 1899, .1060 for 1898.
#[test]
fn the_nile_fell_in_1899() {
    let Ok(Told::Told(found)) = changes(&years(), 0.9) else {
        panic!("a hundred years")
    };
    let [change] = found.changes.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(1871 + change.period, 1899);
    let dates: Vec<(usize, f64)> = (change.dates.iter())
        .map(|date| (1871 + date.period, date.probability))
        .collect();
    assert_eq!(dates.len(), 2);
    assert_eq!((dates[0].0, dates[1].0), (1898, 1899));
    assert!((dates[0].1 - 0.1060).abs() < 5e-5 && (dates[1].1 - 0.8075).abs() < 5e-5);
    assert!(found.p_value < 1e-9);
}

/// The book takes the likeliest size of steps, and statsmodels 0.15.0 gives 798.37 with it; over all sizes,
/// each as probable as the flows make it (numpy), the level is 795.04.
#[test]
fn the_level_of_the_nile_is_that_of_the_textbook() {
    let Ok(Told::Told(found)) = outlook(&years(), 1, 0.9) else {
        panic!("a hundred years")
    };
    assert!((found.now.value - 795.04).abs() < 5e-3, "{found:?}");
    let (low, high) = found.now.ends().expect("an interval");
    assert!(low < 798.37 && 798.37 < high);
    // 1.645 · √4032 at the book's size of steps
    assert!(((high - low) / 2.0 / 104.4 - 1.0).abs() < 0.1);
}
