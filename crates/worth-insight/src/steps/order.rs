//! In which order steps are usually met for the first time.

use worth_model::journey::Log;

/// For each kind the number of other kinds that are met before it, on average over the journeys with it;
/// nothing of kinds that never happen.
pub(crate) fn usual_order(log: &Log) -> Vec<Option<f64>> {
    let mut before = vec![0_u64; log.kinds()];
    let mut journeys = vec![0_u64; log.kinds()];
    let mut met_in = vec![usize::MAX; log.kinds()];
    for journey in 0..log.journeys() {
        let mut met = 0;
        for &kind in log.steps(journey).1 {
            let kind = kind as usize;
            if met_in[kind] != journey {
                met_in[kind] = journey;
                before[kind] += met;
                journeys[kind] += 1;
                met += 1;
            }
        }
    }
    let mean = |(&sum, &count): (&u64, &u64)| (count > 0).then(|| sum as f64 / count as f64);
    before.iter().zip(&journeys).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use worth_model::journey::Event;

    use super::*;

    #[test]
    fn what_comes_back_counts_where_it_came_first() {
        let steps = [[1, 0, 1, 2], [1, 0, 2, 0]];
        let mut events = Vec::new();
        for (journey, kinds) in (0..).zip(steps) {
            events.extend((0..).zip(kinds).map(|(at, kind)| Event {
                at,
                journey,
                kind,
                sequence: 0,
            }));
        }
        let log = Log::of(events, 2, 4).expect("numbers below those given");
        assert_eq!(usual_order(&log), [Some(1.0), Some(0.0), Some(2.0), None]);
    }
}
