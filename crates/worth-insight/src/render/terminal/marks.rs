//! Numbers as marks: bars with their intervals, and lines of one row.

/// Where the bars of one chart begin and end.
pub(super) struct BarAxis {
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) width: usize,
}

impl BarAxis {
    fn column(&self, value: f64) -> usize {
        let span = self.most - self.least;
        if span <= 0.0 {
            return 0;
        }
        let share = ((value - self.least) / span).clamp(0.0, 1.0);
        (share * self.width as f64).round() as usize
    }

    /// From zero to the near end of the interval solid, to the value lighter, to the far end
    /// lightest; without an interval solid to the value.
    pub(super) fn bar(&self, value: f64, interval: Option<(f64, f64)>) -> String {
        let (low, high) = interval.unwrap_or((value, value));
        let zero = self.column(0.0);
        let (low, value, high) = (self.column(low), self.column(value), self.column(high));
        (0..self.width)
            .map(|column| {
                let between =
                    |one: usize, other: usize| (one.min(other)..one.max(other)).contains(&column);
                let (near, far) = if value >= zero {
                    (low, high)
                } else {
                    (high, low)
                };
                if between(value, far) {
                    '░'
                } else if between(near, value) {
                    '▒'
                } else if between(zero, near) {
                    '█'
                } else {
                    ' '
                }
            })
            .collect()
    }
}

/// A row of small columns, each the mean of its share of the values.
pub(super) fn sparkline(values: &[f64], room: usize) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let columns = values.len().min(room.max(1));
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let span = most - least;
    (0..columns)
        .map(|column| {
            let begin = column * values.len() / columns;
            let end = ((column + 1) * values.len() / columns).max(begin + 1);
            let part = &values[begin..end];
            let mean = part.iter().sum::<f64>() / part.len() as f64;
            let share = if span > 0.0 {
                (mean - least) / span
            } else {
                0.5
            };
            STEPS[((share * 7.0).round() as usize).min(7)]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_their_interval_and_start_at_zero() {
        let axis = BarAxis {
            least: 0.0,
            most: 10.0,
            width: 10,
        };
        assert_eq!(axis.bar(6.0, Some((4.0, 8.0))), "████▒▒░░  ");
        assert_eq!(axis.bar(6.0, None), "██████    ");
        let both = BarAxis {
            least: -5.0,
            most: 5.0,
            width: 10,
        };
        assert_eq!(both.bar(-3.0, Some((-4.0, -2.0))), " ░▒██     ");
        assert_eq!(both.bar(1.0, Some((-1.0, 3.0))), "    ▒▒░░  ");
    }
}
