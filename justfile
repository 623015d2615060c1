# The things one does every day. `just` alone lists them.

default:
    @just --list

# Formatting and lints, as CI asks them.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# All tests; with real data when WORTH_TEST_DATA names the folder.
test:
    cargo test --workspace

# The demo business, from generated files to worth-demo/report.html.
demo:
    cargo run --release -- demo

# Speed against the peers named in docs/benchmarks.md.
bench:
    benches/run

# The API documentation, with warnings denied.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Licences, advisories, duplicates (needs cargo-deny).
deny:
    cargo deny check
