//! The evaluation table, cases worked out by hand, and what must hold for any answers.

use proptest::prelude::*;

use super::*;
use Reaction::{Dislike, Like, LiveWith, MustBe, Neutral};

const REACTIONS: [Reaction; 5] = [Like, MustBe, Neutral, LiveWith, Dislike];

/// Respondents in each category, in the order of [`Category::ALL`].
fn of_counts(counts: [usize; 6], level: f64) -> Option<Kano> {
    let pairs = [
        (Neutral, Dislike),
        (Like, Dislike),
        (Like, LiveWith),
        (Neutral, Neutral),
        (Dislike, Like),
        (Like, Like),
    ];
    let repeated: Vec<(Reaction, Reaction)> = pairs
        .iter()
        .zip(counts)
        .flat_map(|(pair, count)| vec![*pair; count])
        .collect();
    of_pairs(&repeated, None, level)
}

fn of_pairs(pairs: &[(Reaction, Reaction)], weight: Option<&[f64]>, level: f64) -> Option<Kano> {
    let with: Vec<_> = pairs.iter().map(|(with, _)| Some(*with)).collect();
    let without: Vec<_> = pairs.iter().map(|(_, without)| Some(*without)).collect();
    let answers = KanoAnswers {
        with: &with,
        without: &without,
        weight,
    };
    kano(&answers, level).expect("columns of one length")
}

#[test]
fn the_evaluation_table_is_that_of_berger_et_al() {
    let letters = |with: Reaction| -> String {
        let letter = |without: &Reaction| match Category::of(with, *without) {
            Category::MustBe => 'M',
            Category::OneDimensional => 'O',
            Category::Attractive => 'A',
            Category::Indifferent => 'I',
            Category::Reverse => 'R',
            Category::Questionable => 'Q',
        };
        REACTIONS.iter().map(letter).collect()
    };
    let table = REACTIONS.map(letters);
    assert_eq!(table, ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]);
}

#[test]
fn coefficients_by_hand() {
    // 20 must-be, 50 one-dimensional, 20 attractive, 10 indifferent, 5 reverse, 3 questionable
    let found = of_counts([20, 50, 20, 10, 5, 3], 0.9).expect("108 respondents");
    let value = |estimate: Option<Estimate>| estimate.expect("100 respondents tell").value;
    assert!((value(found.better) - 0.7).abs() < 1e-12);
    assert!((value(found.worse) + 0.7).abs() < 1e-12);
    assert!((found.strength.value - 30.0 / 108.0).abs() < 1e-12);
    assert!((found.matters.value - 90.0 / 108.0).abs() < 1e-12);
    assert_eq!(found.category, Category::OneDimensional);
    assert!(found.too_close.is_empty());
    // Wilson's interval of 70 of 100
    let (low, high) = found
        .worse
        .and_then(|worse| worse.ends())
        .expect("an interval");
    assert!(
        (low + 0.769_3).abs() < 5e-5 && (high + 0.620_2).abs() < 5e-5,
        "{low} {high}"
    );
}

#[test]
fn ties_go_to_what_must_be_served_first() {
    let found = of_counts([10, 10, 10, 9, 0, 0], 0.9).expect("respondents");
    assert_eq!(found.category, Category::MustBe);
    assert_eq!(
        found.too_close,
        [
            Category::OneDimensional,
            Category::Attractive,
            Category::Indifferent
        ]
    );
    assert_eq!(found.strength.value, 0.0);
}

#[test]
fn incomplete_pairs_are_counted_and_nobody_is_nothing() {
    let answers = KanoAnswers {
        with: &[Some(Like), None, Some(Like)],
        without: &[Some(Dislike), Some(Like), None],
        weight: None,
    };
    let found = kano(&answers, 0.9).unwrap().expect("one respondent");
    assert_eq!((found.respondents, found.incomplete), (1, 2));
    assert_eq!(of_pairs(&[], None, 0.9), None);
    let reverse = of_counts([0, 0, 0, 0, 4, 0], 0.9).expect("four respondents");
    assert_eq!((reverse.better, reverse.worse), (None, None));
}

fn pairs() -> impl Strategy<Value = Vec<(Reaction, Reaction)>> {
    let reaction = || (0..5usize).prop_map(|place| REACTIONS[place]);
    prop::collection::vec((reaction(), reaction()), 1..60)
}

proptest! {
    #[test]
    fn shares_add_up_and_lie_in_their_intervals(pairs in pairs(), factor in 0.01..100.0f64) {
        let found = of_pairs(&pairs, None, 0.9).expect("respondents");
        let sum: f64 = found.shares.iter().map(|share| share.share.value).sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
        let estimates = found.shares.iter().map(|share| share.share)
            .chain([found.matters, found.strength]).chain(found.better).chain(found.worse);
        for estimate in estimates {
            let (low, high) = estimate.ends().expect("an interval");
            prop_assert!(-1.0 <= low && low <= estimate.value && estimate.value <= high && high <= 1.0);
        }
        // neither the order of respondents nor a weight of all leaves a trace
        let turned: Vec<_> = pairs.iter().rev().copied().collect();
        prop_assert_eq!(of_pairs(&turned, None, 0.9).expect("respondents"), found.clone());
        let weights = vec![factor; pairs.len()];
        let weighted = of_pairs(&pairs, Some(&weights), 0.9).expect("respondents");
        prop_assert_eq!(weighted.category, found.category);
        prop_assert!((weighted.effective - found.effective).abs() < 1e-6);
        prop_assert!((weighted.strength.value - found.strength.value).abs() < 1e-9);
    }
}
