//! Five features of how funds are stored, rated by 363 respondents of four cohorts, each asked in
//! other words. No shares are published with the data: counts are those of an independent count.

use std::path::PathBuf;

use worth_model::kano::{Category, Kano, KanoAnswers, Reaction, kano};

/// Wordings of the four cohorts.
fn reaction(wording: &str) -> Reaction {
    match wording {
        "I like it that way"
        | "I enjoy it that way"
        | "I like it"
        | "This would be very helpful to me" => Reaction::Like,
        "I must be that way"
        | "It is a basic necessity or I expect it that way"
        | "I expect it"
        | "This is a basic requirement for me" => Reaction::MustBe,
        "I am neutral" | "I’m neutral" | "This would not affect me" => Reaction::Neutral,
        "I can live with it that way"
        | "I dislike it, but I can live with it that way"
        | "I can tolerate it"
        | "This would be a minor inconvenience" => Reaction::LiveWith,
        "I dislike it that way"
        | "I dislike it, and I can’t accept it"
        | "I dislike it"
        | "This would be a major problem for me" => Reaction::Dislike,
        other => panic!("another wording: {other}"),
    }
}

/// Fields of a line, quoted where they hold a comma.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("one at least").push(letter),
        }
    }
    fields
}

/// Each feature over all cohorts; nothing, with a printed line, without WORTH_TEST_DATA.
fn features() -> Option<Vec<Kano>> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        eprintln!("skipped: needs WORTH_TEST_DATA");
        return None;
    };
    let mut columns = vec![(Vec::new(), Vec::new()); 5];
    for cohort in 1..=4 {
        let name = format!("kano/storage--cohort{cohort}-clean.csv");
        let path = PathBuf::from(&folder).join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!("WORTH_TEST_DATA is set, but {}: {error}", path.display())
        });
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        let header = fields(lines.next().expect("a header"));
        let place = |name: String| {
            header
                .iter()
                .position(|column| *column == name)
                .expect("a column")
        };
        for line in lines {
            let fields = fields(line);
            for (feature, (with, without)) in columns.iter_mut().enumerate() {
                let answer = |kind: &str| {
                    let place = place(format!("F{}_{kind}", feature + 1));
                    Some(reaction(&fields[place]))
                };
                with.push(answer("functional"));
                without.push(answer("dysfunctional"));
            }
        }
    }
    let sorted = columns.iter().map(|(with, without)| {
        let answers = KanoAnswers {
            with,
            without,
            weight: None,
        };
        kano(&answers, 0.9).expect("pairs").expect("respondents")
    });
    Some(sorted.collect())
}

#[test]
fn storage_is_sorted_as_counted() {
    let Some(features) = features() else {
        return;
    };
    // must-be, one-dimensional, attractive, indifferent, reverse, questionable; better, worse
    let anonymous = (
        [10, 9, 59, 214, 55, 16],
        0.232_877,
        -0.065_068,
        Category::Indifferent,
    );
    let convenient = (
        [52, 110, 78, 98, 14, 11],
        0.556_213,
        -0.479_290,
        Category::OneDimensional,
    );
    let reliable = (
        [53, 169, 50, 68, 11, 12],
        0.644_118,
        -0.652_941,
        Category::OneDimensional,
    );
    let secure = (
        [82, 190, 18, 43, 16, 14],
        0.624_625,
        -0.816_817,
        Category::OneDimensional,
    );
    let transparent = (
        [40, 74, 82, 128, 22, 17],
        0.481_481,
        -0.351_852,
        Category::Indifferent,
    );
    let expected = [anonymous, convenient, reliable, secure, transparent];
    for (found, (counts, better, worse, category)) in features.iter().zip(expected) {
        let counted: Vec<usize> = found.shares.iter().map(|share| share.respondents).collect();
        assert_eq!(counted, counts);
        assert_eq!((found.respondents, found.incomplete), (363, 0));
        assert_eq!(found.category, category);
        assert!((found.better.expect("told").value - better).abs() < 1e-6);
        assert!((found.worse.expect("told").value - worse).abs() < 1e-6);
    }
    // of convenience 110 say the more the better, 98 do not mind: 3 % of difference is chance
    assert_eq!(features[1].too_close, [Category::Indifferent]);
    assert!(features[3].too_close.is_empty());
}
