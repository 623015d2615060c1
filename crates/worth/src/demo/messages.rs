//! Campaigns with a random holdout: `messages.csv`.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::Plan;
use super::calendar::Moment;
use super::history::Visit;
use super::people::Person;
use super::table::Rows;
use super::truth::Campaign;

/// Header of `messages.csv`.
pub(crate) const MESSAGES: [&str; 12] = [
    "message_id",
    "customer_id",
    "sent_at",
    "campaign",
    "channel",
    "arm",
    "propensity",
    "claims",
    "cost",
    "currency",
    "opened_at",
    "clicked_at",
];
/// Share of the customers who may be contacted that a campaign draws.
const DRAWN: f64 = 0.35;
/// Days within which a message works, if it does.
const WORKS_WITHIN_DAYS: u32 = 14;

/// A message, or its absence in the holdout.
pub(crate) struct Message {
    /// Which campaign.
    campaign: usize,
    treated: bool,
    /// The day of the purchase it brought.
    pub(crate) brings_back: Option<u32>,
    opened: bool,
    clicked: bool,
}

/// The messages of one customer.
pub(crate) fn draw(
    plan: &Plan,
    person: &Person,
    visits: &[Visit],
    draws: &mut ChaCha8Rng,
) -> Vec<Message> {
    let mut messages = Vec::new();
    if !person.contact_allowed {
        return messages;
    }
    for (index, campaign) in plan.truth.campaigns.iter().enumerate() {
        let day = plan.campaign_days[index];
        let known = visits.first().is_some_and(|visit| visit.at.day < day);
        if !known || !draws.random_bool(DRAWN) {
            continue;
        }
        let treated = draws.random_bool(campaign.propensity);
        let works = treated && !person.unaffected && works_for(campaign, person);
        let brings_back = (works && draws.random::<f64>() < campaign.lift)
            .then(|| day + draws.random_range(1..=WORKS_WITHIN_DAYS));
        let opened = treated && draws.random_bool(0.42);
        let clicked = opened && draws.random_bool(0.3);
        messages.push(Message {
            campaign: index,
            treated,
            brings_back,
            opened,
            clicked,
        });
    }
    messages
}

fn works_for(campaign: &Campaign, person: &Person) -> bool {
    match campaign.works_for_column {
        Some("acquisition_channel") => campaign.works_for_value == Some(person.acquisition_channel),
        Some("culture") => campaign.works_for_value == Some(person.region.culture),
        _ => false,
    }
}

/// Appends the messages of a customer; how many were sent.
pub(crate) fn write(plan: &Plan, person: &Person, messages: &[Message], rows: &mut Rows) -> u64 {
    for message in messages {
        let campaign = &plan.truth.campaigns[message.campaign];
        // sent between nine and ten in the morning, spread by customer
        let at = Moment {
            day: plan.campaign_days[message.campaign],
            second: 32_400 + (person.index % 3_600) as u32,
        };
        rows.show(format_args!("{}-{:08}", campaign.campaign, person.index))
            .text(&person.code())
            .iso(&plan.calendar, at)
            .text(campaign.campaign)
            .text(campaign.channel)
            .text(if message.treated {
                "treatment"
            } else {
                "holdout"
            })
            .show(if message.treated {
                campaign.propensity
            } else {
                campaign.held_out()
            })
            .text(&campaign.claims.join(";"))
            .show(if message.treated { campaign.cost } else { 0 })
            .text("VND");
        for (happened, seconds) in [(message.opened, 1_800), (message.clicked, 1_900)] {
            if happened {
                rows.iso(&plan.calendar, at.later(seconds));
            } else {
                rows.none();
            }
        }
        rows.end();
    }
    messages.iter().filter(|message| message.treated).count() as u64
}
