//! The study of coverage behind `docs/methods/lifetime.md`: 1,000 shops of 1,500 customers for every
//! model, printed as a table.
//!
//! `cargo bench -p worth-model --bench coverage`, a quarter of an hour on two cores. A small one is a
//! test (`tests/coverage.rs`).

mod study;

fn main() {
    // Run once as a test (without `--bench`) it takes no time.
    let is_benchmark = std::env::args().any(|argument| argument == "--bench");
    let (shops, customers) = if is_benchmark { (1000, 1500) } else { (4, 400) };
    println!("| model | 90 % interval of | shops | held | standard error |");
    println!("|---|---|---|---|---|");
    for case in study::cases() {
        for held in study::study(&case, shops, customers) {
            let (share, error) = held.share();
            println!(
                "| {} | {} | {} | {:.1} % | {:.1} |",
                case.model.title(),
                held.what,
                held.shops(),
                100.0 * share,
                100.0 * error
            );
        }
    }
}
