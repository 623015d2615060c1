//! Survival methods on 7,043 subscribers (telco churn, a fictional company of IBM) against
//! lifelines 0.30.3 and scikit-survival 0.28.0.

use std::path::PathBuf;

use worth_model::survival::{
    AalenJohansen, Covariates, Cox, Durations, FittedCox, KaplanMeier, NelsonAalen, Ties,
    TimeScale, Variance, log_rank,
};

struct Subscribers {
    start: Option<Vec<f64>>,
    months: Vec<f64>,
    /// 1 = left paying by electronic cheque, 2 = left paying otherwise, 0 = still there.
    event: Vec<u32>,
    contract: Vec<u32>,
    female: Vec<u32>,
    /// Senior, partner, paperless, monthly charges, one year, two years.
    columns: Vec<Vec<f64>>,
}

const NAMES: [&str; 6] = [
    "senior",
    "partner",
    "paperless",
    "monthly",
    "one_year",
    "two_year",
];

/// Nothing, with a printed line, without WORTH_TEST_DATA.
fn subscribers() -> Option<Subscribers> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        eprintln!("skipped: needs WORTH_TEST_DATA");
        return None;
    };
    let path = PathBuf::from(folder).join("telco_churn/telco_churn.csv");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("WORTH_TEST_DATA is set, but {}: {error}", path.display()));
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let place = |name: &str| {
        header
            .iter()
            .position(|column| *column == name)
            .expect(name)
    };
    let mut read = Subscribers {
        start: None,
        months: Vec::new(),
        event: Vec::new(),
        contract: Vec::new(),
        female: Vec::new(),
        columns: vec![Vec::new(); 6],
    };
    for line in lines {
        let fields: Vec<&str> = line.split(',').collect();
        let is = |name: &str, value: &str| fields[place(name)] == value;
        let number = |name: &str| fields[place(name)].parse::<f64>().expect("a number");
        read.months.push(number("tenure"));
        read.event.push(
            match (is("Churn", "Yes"), is("PaymentMethod", "Electronic check")) {
                (false, _) => 0,
                (true, true) => 1,
                (true, false) => 2,
            },
        );
        let (one, two) = (is("Contract", "One year"), is("Contract", "Two year"));
        read.contract.push(u32::from(one) + 2 * u32::from(two));
        read.female.push(u32::from(is("gender", "Female")));
        for (column, value) in read.columns.iter_mut().zip([
            number("SeniorCitizen"),
            f64::from(u8::from(is("Partner", "Yes"))),
            f64::from(u8::from(is("PaperlessBilling", "Yes"))),
            number("MonthlyCharges"),
            f64::from(u8::from(one)),
            f64::from(u8::from(two)),
        ]) {
            column.push(value);
        }
    }
    Some(read)
}

impl Subscribers {
    fn durations(&self) -> Durations<'_> {
        Durations {
            start: self.start.as_deref(),
            end: &self.months,
            event: &self.event,
            weight: None,
            group: None,
        }
    }

    /// Everyone a second later than the one before.
    fn without_ties(mut self) -> Self {
        for (row, months) in self.months.iter_mut().enumerate() {
            *months += row as f64 * 1e-6;
        }
        self
    }

    fn fit(&self, cox: &Cox, stratum: Option<&[u32]>) -> FittedCox {
        self.fit_with(cox, stratum, None)
    }

    fn fit_with(&self, cox: &Cox, stratum: Option<&[u32]>, id: Option<&[u64]>) -> FittedCox {
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        let durations = self.durations().check().expect("it makes sense");
        let covariates = Covariates {
            names: &NAMES,
            columns: &columns,
            stratum,
            id,
        };
        cox.fit(
            &durations,
            &covariates.check(&durations).expect("it makes sense"),
        )
        .expect("it makes sense")
    }
}

#[track_caller]
fn near(value: f64, wanted: f64, within: f64) {
    assert!(
        (value - wanted).abs() <= within,
        "{value} in place of {wanted}"
    );
}

#[track_caller]
fn coefficients(fitted: &FittedCox, wanted: [(f64, f64); 6]) {
    for (found, (value, error)) in fitted.coefficients.iter().zip(wanted) {
        near(found.coefficient.value, value, 2e-8);
        near(found.standard_error.expect("it makes sense"), error, 2e-8);
    }
}

#[test]
fn curves_match_lifelines() {
    let Some(read) = subscribers() else { return };
    let durations = read.durations().check().unwrap();
    assert_eq!((durations.weight(), durations.events()), (7043.0, 1869.0));
    let curve = &KaplanMeier::default().fit(&durations).unwrap()[0];
    for (month, survival, low, high) in [
        (1.0, 0.945_961_319_7, 0.941_345_284_7, 0.950_223_750_0),
        (12.0, 0.843_199_553_8, 0.835_651_478_6, 0.850_432_734_4),
        (24.0, 0.788_736_398_4, 0.780_017_844_0, 0.797_155_869_3),
        (72.0, 0.592_790_152_1, 0.576_272_738_6, 0.608_898_126_3),
    ] {
        let found = curve.at(month);
        let (found_low, found_high) = found.ends().unwrap();
        near(found.value, survival, 1e-9);
        near(found_low, low, 1e-9);
        near(found_high, high, 1e-9);
    }
    near(
        curve.restricted_mean(72.0).unwrap().mean.value,
        54.492_387_106_7,
        1e-8,
    );
    let hazard = &NelsonAalen::default().fit(&durations).unwrap()[0];
    near(hazard.at(12.0).value, 0.168_354_492_0, 1e-9);
    near(hazard.at(72.0).value, 0.519_423_347_9, 1e-9);
}

#[test]
fn incidences_match_scikit_survival() {
    let Some(read) = subscribers() else { return };
    let found = &AalenJohansen::default()
        .fit(&read.durations().check().unwrap())
        .unwrap()[0];
    // `var_type="Dinse_Approx"`: equation 6 of Dinse and Larson (1986), Biometrika 73, is the same.
    for (month, reason, value, low, high) in [
        (
            12.0,
            1,
            0.091_572_438_5,
            0.085_830_536_702,
            0.097_531_756_685,
        ),
        (
            12.0,
            2,
            0.065_228_007_7,
            0.060_338_384_211,
            0.070_361_554_582,
        ),
        (
            36.0,
            1,
            0.149_056_278_7,
            0.141_443_531_631,
            0.156_858_197_999,
        ),
        (
            36.0,
            2,
            0.102_398_306_5,
            0.095_974_518_107,
            0.109_056_562_807,
        ),
        (
            72.0,
            1,
            0.222_138_104_2,
            0.209_953_512_918,
            0.234_551_112_730,
        ),
        (
            72.0,
            2,
            0.185_071_743_7,
            0.172_513_348_709,
            0.197_987_247_886,
        ),
    ] {
        let estimate = found.at(reason, month).unwrap();
        let (found_low, found_high) = estimate.ends().unwrap();
        near(estimate.value, value, 1e-9);
        near(found_low, low, 1e-9);
        near(found_high, high, 1e-9);
    }
}

#[test]
fn log_rank_of_contracts_matches_lifelines() {
    let Some(read) = subscribers() else { return };
    let durations = Durations {
        group: Some(&read.contract),
        ..read.durations()
    };
    let test = log_rank(&durations.check().unwrap(), None)
        .unwrap()
        .test
        .unwrap();
    near(test.statistic, 2_352.872_538_259_34, 1e-7);
    assert_eq!(test.degrees_of_freedom, 2.0);
}

#[test]
fn cox_matches_lifelines_and_scikit_survival() {
    let Some(read) = subscribers() else { return };
    let fitted = read.fit(&Cox::default(), None);
    coefficients(
        &fitted,
        [
            (0.028_395_717, 0.055_007_506),
            (-0.625_032_378, 0.049_943_020),
            (0.237_556_043, 0.056_243_684),
            (0.000_013_106, 0.000_958_937),
            (-2.105_510_179, 0.084_418_522),
            (-4.064_711_442, 0.158_639_102),
        ],
    );
    near(fitted.log_likelihood, -14_251.617_218_999, 1e-8);
    near(
        fitted.tests.likelihood_ratio.unwrap().statistic,
        2_802.844_832_224_7,
        1e-7,
    );
    near(fitted.concordance.value, 0.809_570_770_6, 1e-9);
    let stratified = read.fit(&Cox::default(), Some(&read.female));
    coefficients(
        &stratified,
        [
            (0.027_081_198, 0.055_028_004),
            (-0.626_164_552, 0.049_999_190),
            (0.236_861_890, 0.056_272_912),
            (0.000_020_382, 0.000_959_300),
            (-2.103_507_313, 0.084_416_781),
            (-4.053_875_550, 0.158_954_938),
        ],
    );
    near(stratified.log_likelihood, -12_960.497_303_487, 1e-8);
    // scikit-survival 0.28.0.
    let breslow = read.fit(
        &Cox {
            ties: Ties::Breslow,
            ..Cox::default()
        },
        None,
    );
    for (found, wanted) in breslow.coefficients.iter().zip([
        0.027_275_289,
        -0.614_726_989,
        0.233_076_580,
        0.000_134_282,
        -2.091_646_173,
        -4.044_600_520,
    ]) {
        near(found.coefficient.value, wanted, 2e-8);
    }
}

#[test]
fn trends_of_residuals_match_lifelines() {
    let Some(read) = subscribers() else { return };
    let spec = Cox {
        time_scale: TimeScale::Identity,
        ..Cox::default()
    };
    trends(
        &read.fit(&spec, None),
        [
            0.318_853_355,
            9.522_633_952,
            0.079_018_931,
            50.786_174_033,
            118.819_313_710,
            51.915_194_422,
        ],
    );
}

#[track_caller]
fn trends(fitted: &FittedCox, wanted: [f64; 6]) {
    let check = fitted
        .diagnosis
        .proportionality
        .as_ref()
        .expect("it makes sense");
    for (found, wanted) in check.covariates.iter().zip(wanted) {
        near(found.test.statistic, wanted, 1e-5);
    }
}

// Where several leave at the same time, lifelines mixes Breslow's formulas with Efron's: residuals and
// the baseline can be compared without ties only. One more second per row keeps rows apart.

#[test]
fn without_ties_robust_errors_match_lifelines() {
    let Some(read) = subscribers() else { return };
    let read = read.without_ties();
    let robust = Cox {
        variance: Variance::Robust,
        ..Cox::default()
    };
    coefficients(
        &read.fit(&robust, None),
        [
            (0.021_148_948, 0.057_992_084),
            (-0.634_390_450, 0.051_030_262),
            (0.226_131_396, 0.058_554_708),
            (-0.000_491_523, 0.000_950_192),
            (-2.122_656_391, 0.079_507_132),
            (-4.111_869_519, 0.153_563_502),
        ],
    );
    // Seven subscribers at a time taken together.
    let id: Vec<u64> = (0..read.months.len() as u64).map(|row| row / 7).collect();
    coefficients(
        &read.fit_with(&robust, None, Some(&id)),
        [
            (0.021_148_948, 0.058_811_730),
            (-0.634_390_450, 0.049_337_946),
            (0.226_131_396, 0.057_959_202),
            (-0.000_491_523, 0.000_967_611),
            (-2.122_656_391, 0.078_348_300),
            (-4.111_869_519, 0.160_735_064),
        ],
    );
}

#[test]
fn without_ties_predictions_and_trends_match_lifelines() {
    let Some(read) = subscribers() else { return };
    let fitted = read.without_ties().fit(&Cox::default(), None);
    let customer = [0.0, 1.0, 1.0, 70.0, 0.0, 0.0];
    let found = fitted
        .survival(
            &customer,
            None,
            &[12.001_015, 36.001_278, 60.000_406].map(|month| month + 1e-8),
        )
        .unwrap();
    for (found, wanted) in found
        .iter()
        .zip([0.794_312_366, 0.608_840_923, 0.360_154_052])
    {
        near(found.value, wanted, 1e-8);
    }
    near(fitted.concordance.value, 0.815_707_453, 1e-8);
    // lifelines given the part that has left before, as R and the code here have it.
    trends(
        &fitted,
        [
            0.271_912_093,
            14.590_977_188,
            0.020_729_666,
            66.242_339_395,
            96.082_673_522,
            37.533_796_225,
        ],
    );
}

#[test]
fn without_ties_late_entry_matches_lifelines() {
    let Some(read) = subscribers() else { return };
    let mut read = read.without_ties();
    // Every third came into sight after two fifths of the time.
    let start: Vec<f64> = (read.months.iter().enumerate())
        .map(|(row, months)| if row % 3 == 0 { months * 0.4 } else { 0.0 })
        .collect();
    let kept: Vec<usize> = (0..start.len())
        .filter(|&row| read.months[row] > 0.5)
        .collect();
    read.start = Some(kept.iter().map(|&row| start[row]).collect());
    read.months = kept.iter().map(|&row| read.months[row]).collect();
    read.event = kept.iter().map(|&row| read.event[row]).collect();
    for column in &mut read.columns {
        *column = kept.iter().map(|&row| column[row]).collect();
    }
    let fitted = read.fit(&Cox::default(), None);
    coefficients(
        &fitted,
        [
            (0.027_676_537, 0.054_921_480),
            (-0.609_967_751, 0.049_951_046),
            (0.232_621_542, 0.056_217_021),
            (0.000_291_634, 0.000_963_854),
            (-2.056_598_383, 0.084_799_639),
            (-4.040_455_172, 0.159_679_479),
        ],
    );
    near(fitted.log_likelihood, -13_877.425_211_317, 1e-8);
}
