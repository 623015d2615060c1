//! What a fitted model says of single customers, for comparison with brute force.

use worth_model::lifetime::{FittedPurchases, Histories, PurchaseModel};

/// Why nothing here fails.
pub(crate) const SENSE: &str = "the customers and the settings make sense";

/// A customer of a file: repeat purchases, time of the last, age, time ahead.
pub(crate) type Customer = [f64; 4];

/// The history of one customer.
pub(crate) fn history([x, t_x, age, _]: &Customer) -> Histories<'_> {
    Histories {
        frequency: std::slice::from_ref(x),
        recency: std::slice::from_ref(t_x),
        age: std::slice::from_ref(age),
        ..Histories::default()
    }
}

/// P(alive), alive after the time ahead, mean of the purchases in it, and 0 to 3 purchases of those
/// alive.
pub(crate) fn said_of<M: PurchaseModel<D>, const D: usize>(
    fitted: &FittedPurchases<M, D>,
    customer: &Customer,
) -> [f64; 7] {
    let histories = history(customer).check().expect(SENSE);
    let time = customer[3];
    let count = |count| {
        fitted
            .probability_of(&histories, count, time)
            .expect(SENSE)
            .value[0]
    };
    let alive = fitted.probability_alive(&histories).value[0];
    [
        alive,
        fitted
            .probability_alive_after(&histories, time)
            .expect(SENSE)
            .value[0],
        fitted
            .expected_purchases(&histories, time)
            .expect(SENSE)
            .value[0],
        // Those who have left do not buy either.
        count(0) - (1.0 - alive),
        count(1),
        count(2),
        count(3),
    ]
}

/// Compares what is said with every line of a file: numbers of the model, so many of them, the
/// customer, and what brute force finds. Returns how many numbers were compared.
pub(crate) fn compare<const K: usize>(
    file: &str,
    said: impl Fn([f64; K], &Customer) -> [f64; 7],
) -> usize {
    let mut compared = 0;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let numbers: Vec<f64> = line
            .split(' ')
            .map(|word| word.parse().expect("a number"))
            .collect();
        let (of_model, of_customer) = numbers.split_at(K);
        let (customer, expected) = of_customer.split_at(4);
        let [_, alive, after, mean, _, counts @ ..] = expected else {
            panic!("{line}")
        };
        let customer: Customer = customer.try_into().expect("four");
        let found = said(of_model.try_into().expect("K of them"), &customer);
        let expected = [alive, after, mean].into_iter().chain(counts);
        for (found, expected) in found.iter().zip(expected) {
            let near = (found - expected).abs() < 1e-9 * expected + 1e-12;
            assert!(near, "{line}: {found} {expected}");
            compared += 1;
        }
    }
    compared
}
