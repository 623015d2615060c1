//! The command line of Worth.

fn main() {}
