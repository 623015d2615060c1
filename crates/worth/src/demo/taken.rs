//! What the demo's actions took from customers, added up while they are written: the sums that
//! `worth costs` has to find.

use serde::Serialize;

/// Sums over all rows that are written, of customers and of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(crate) struct Taken {
    /// Money paid, tax and delivery with it, less what came back; in đồng.
    pub(crate) money: i64,
    /// Seconds that recorded steps took.
    pub(crate) time: u64,
    /// Seconds from order to delivery.
    pub(crate) waiting: u64,
    /// Seconds by which deliveries came after the promise.
    pub(crate) lateness: u64,
    /// Deliveries after the promise.
    pub(crate) late_deliveries: u64,
    /// Steps that recorded steps of a journey took.
    pub(crate) effort: u64,
    /// Steps that had to be taken again.
    pub(crate) repeats: u64,
    /// Steps that failed.
    pub(crate) failures: u64,
    /// Lines that came back.
    pub(crate) refunds: u64,
    /// Personal data asked for: fields.
    pub(crate) personal_data: u64,
    /// Messages sent.
    pub(crate) messages: u64,
    /// Tickets and calls.
    pub(crate) contacts: u64,
    /// Ratings of at most 2, and tickets and calls, which have none.
    pub(crate) complaints: u64,
}

impl Taken {
    pub(crate) fn add(&mut self, other: &Self) {
        self.money += other.money;
        self.time += other.time;
        self.waiting += other.waiting;
        self.lateness += other.lateness;
        self.late_deliveries += other.late_deliveries;
        self.effort += other.effort;
        self.repeats += other.repeats;
        self.failures += other.failures;
        self.refunds += other.refunds;
        self.personal_data += other.personal_data;
        self.messages += other.messages;
        self.contacts += other.contacts;
        self.complaints += other.complaints;
    }
}
