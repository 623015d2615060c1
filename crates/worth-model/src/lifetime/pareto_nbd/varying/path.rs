//! A customer's way through time: pieces in which no covariate changes, and how far the two
//! operational times have come at each.
//!
//! On a piece the rate of buying is the customer's own times `exp(γ'x)`, so operational time
//! `A(t) = ∫ exp(γ'x)` grows in a straight line; its derivatives with respect to the coefficients do as
//! well. The same holds for leaving, with coefficients of its own.

use super::timelines::Timelines;

/// Beyond this a factor on a rate is as good as 0 or without limit.
const LARGEST_LOG: f64 = 30.0;

/// Coefficients of one process.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Coefficients {
    /// Which covariates act on it.
    pub(super) covariates: Vec<usize>,
    pub(super) values: Vec<f64>,
}

/// Pieces from the first purchase on, times counted from there.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    /// Where each piece begins, and where the last one ends.
    pub(super) times: Vec<f64>,
    pub(super) buying: Course,
    pub(super) leaving: Course,
    /// Values of all covariates, and the part of them that is the customer's own.
    now: Vec<f64>,
    own: Vec<f64>,
}

/// Operational time of one process: straight on each piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    /// How fast it goes on each piece.
    pub(super) speed: Vec<f64>,
    /// How far it is where each piece begins, and where the last one ends.
    pub(super) level: Vec<f64>,
    /// Number of coefficients.
    size: usize,
    /// Their covariates on each piece.
    x: Vec<f64>,
    /// Derivatives of the levels.
    slope: Vec<f64>,
    /// Second ones; none when they are not asked for.
    bend: Vec<f64>,
}

/// How far to look, and how closely.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    /// Time of the first purchase, on the scale of the covariates.
    pub(super) start: f64,
    /// Time from there to the end of the path, in the same unit.
    pub(super) length: f64,
    /// What times are divided by.
    pub(super) unit: f64,
    /// Whether second derivatives are wanted.
    pub(super) twice: bool,
}

impl Path {
    /// Lays out the path of a customer; `own`: the row of one who has covariates of their own.
    pub(super) fn lay(
        &mut self,
        timelines: &Timelines,
        own: Option<usize>,
        scope: Scope,
        [buying, leaving]: [&Coefficients; 2],
    ) {
        self.times.clear();
        self.buying.clear(buying, scope.twice);
        self.leaving.clear(leaving, scope.twice);
        let size = timelines.len();
        let end = scope.start + scope.length;
        let mut stretch = timelines.times.partition_point(|&time| time <= scope.start);
        let mut changes = timelines.own(own).iter().peekable();
        self.own.clear();
        self.own.resize(size, 0.0);
        let mut time = scope.start;
        loop {
            while let Some(change) = changes.next_if(|change| change.time <= time) {
                self.own[change.covariate as usize] += change.by;
            }
            self.now.clear();
            self.now
                .extend_from_slice(&timelines.values[stretch * size..(stretch + 1) * size]);
            for (now, own) in self.now.iter_mut().zip(&self.own) {
                *now += own;
            }
            let next_shared = timelines
                .times
                .get(stretch)
                .copied()
                .unwrap_or(f64::INFINITY);
            let next_own = changes.peek().map_or(f64::INFINITY, |change| change.time);
            let next = next_shared.min(next_own).min(end);
            self.times.push((time - scope.start) / scope.unit);
            let duration = (next - time) / scope.unit;
            self.buying.go(&self.now, buying, duration);
            self.leaving.go(&self.now, leaving, duration);
            if next >= end {
                break;
            }
            stretch += usize::from(next == next_shared);
            time = next;
        }
        self.times.push(scope.length / scope.unit);
    }

    /// The piece in which a time lies; at a border the earlier one.
    pub(super) fn piece(&self, time: f64) -> usize {
        let pieces = self.times.len() - 1;
        self.times[1..pieces].partition_point(|&end| end < time)
    }
}

impl Course {
    fn clear(&mut self, coefficients: &Coefficients, twice: bool) {
        self.size = coefficients.values.len();
        for column in [&mut self.speed, &mut self.x] {
            column.clear();
        }
        self.level.clear();
        self.level.push(0.0);
        self.slope.clear();
        self.slope.resize(self.size, 0.0);
        self.bend.clear();
        self.bend
            .resize(if twice { self.size * self.size } else { 0 }, 0.0);
    }

    /// Adds a piece.
    fn go(&mut self, now: &[f64], coefficients: &Coefficients, duration: f64) {
        let size = self.size;
        let mut log = 0.0;
        for (&covariate, value) in coefficients.covariates.iter().zip(&coefficients.values) {
            self.x.push(now[covariate]);
            log += now[covariate] * value;
        }
        let speed = log.clamp(-LARGEST_LOG, LARGEST_LOG).exp();
        let piece = self.speed.len();
        let far = speed * duration;
        self.speed.push(speed);
        self.level.push(self.level[piece] + far);
        let x = &self.x[piece * size..];
        for (k, value) in x.iter().enumerate() {
            self.slope.push(self.slope[piece * size + k] + far * value);
        }
        if !self.bend.is_empty() {
            let square = size * size;
            for cell in 0..square {
                let more = far * x[cell / size] * x[cell % size];
                self.bend.push(self.bend[piece * square + cell] + more);
            }
        }
    }

    /// How far it is at the end, and the first and second derivatives of that.
    pub(super) fn end(&self) -> (f64, &[f64], &[f64]) {
        let piece = self.speed.len();
        let square = self.size * self.size;
        let slope = &self.slope[piece * self.size..];
        let bend = if self.bend.is_empty() {
            &[]
        } else {
            &self.bend[piece * square..]
        };
        (self.level[piece], slope, bend)
    }

    /// How far it is at a time of the path.
    pub(super) fn at(&self, times: &[f64], piece: usize, time: f64) -> f64 {
        self.level[piece] + self.speed[piece] * (time - times[piece])
    }

    /// When it gets so far; infinite when it does not on this path.
    pub(super) fn when(&self, times: &[f64], level: f64) -> f64 {
        let piece = self.level[1..].partition_point(|&end| end < level);
        match self.speed.get(piece) {
            Some(speed) => times[piece] + (level - self.level[piece]) / speed,
            None => f64::INFINITY,
        }
    }

    /// The covariates of a piece.
    pub(super) fn x(&self, piece: usize) -> &[f64] {
        &self.x[piece * self.size..(piece + 1) * self.size]
    }

    /// On a piece the derivative of `A` by coefficient k is `c + x_k (m + A)`: this is c.
    pub(super) fn offset(&self, piece: usize, m: f64, k: usize) -> f64 {
        let x = self.x[piece * self.size + k];
        self.slope[piece * self.size + k] - x * (m + self.level[piece])
    }

    /// And the second derivative by k and l is `c + x_k x_l (m + A)`.
    pub(super) fn offset_of_bend(&self, piece: usize, m: f64, k: usize, l: usize) -> f64 {
        let x = self.x(piece);
        let at = piece * self.size * self.size + k * self.size + l;
        self.bend[at] - x[k] * x[l] * (m + self.level[piece])
    }
}
