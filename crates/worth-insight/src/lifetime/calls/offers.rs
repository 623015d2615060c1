//! What to say first: a small set of named rules. None of them has been tested; whether calling helps
//! at all is what the held-out customers tell.

use super::known::Person;
use crate::words::Words;

/// A complaint counts when it is at most so many days older than the last purchase: what came
/// before and did not keep the customer from buying is forgotten sooner.
const COMPLAINT_DAYS: i32 = 30;

/// Someone whose discount over all purchases is so much of the list price above that of all customers
/// together buys by the price. Where everyone gets a discount, a discount says nothing.
const PRICE_SENSITIVE_FURTHER: f64 = 0.1;

/// The rules; the first that fits a customer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfferRule {
    /// Complained not long before falling silent, or since.
    Complaint,
    /// Bought at a discount more than others do.
    PriceSensitive,
    /// Has a category bought more often than others.
    FavouriteCategory,
    /// Nothing to go by.
    Greeting,
}

impl OfferRule {
    /// The rule for a customer whose last purchase was on this day (since 1970-01-01).
    pub(super) fn of(person: &Person, last_purchase: i32) -> Self {
        let complained = person
            .complaint
            .as_ref()
            .is_some_and(|(day, _)| *day >= last_purchase - COMPLAINT_DAYS);
        let price_sensitive = person
            .further_discount
            .is_some_and(|further| further >= PRICE_SENSITIVE_FURTHER);
        match person.favourite_category {
            _ if complained => Self::Complaint,
            _ if price_sensitive => Self::PriceSensitive,
            Some(_) => Self::FavouriteCategory,
            None => Self::Greeting,
        }
    }

    /// As in the rows.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::PriceSensitive => "price-sensitive",
            Self::FavouriteCategory => "favourite-category",
            Self::Greeting => "greeting",
        }
    }

    /// What to offer, in words.
    pub(super) fn offer(self, person: &Person, words: &Words) -> String {
        let category = person.favourite_category.as_deref();
        match (self, category) {
            (Self::Complaint, _) => words.say("lifetime-offer-complaint"),
            (Self::PriceSensitive, _) => words.say("lifetime-offer-price-sensitive"),
            (Self::FavouriteCategory, Some(category)) => words.tell(
                "lifetime-offer-favourite-category",
                &[("category", category.into())],
            ),
            (Self::FavouriteCategory, None) | (Self::Greeting, _) => {
                words.say("lifetime-offer-greeting")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_fits_holds() {
        let mut person = Person::default();
        assert_eq!(OfferRule::of(&person, 100), OfferRule::Greeting);
        person.favourite_category = Some("tea".into());
        assert_eq!(OfferRule::of(&person, 100), OfferRule::FavouriteCategory);
        person.further_discount = Some(0.099);
        assert_eq!(OfferRule::of(&person, 100), OfferRule::FavouriteCategory);
        person.further_discount = Some(0.1);
        assert_eq!(OfferRule::of(&person, 100), OfferRule::PriceSensitive);
        person.complaint = Some((69, None));
        assert_eq!(OfferRule::of(&person, 100), OfferRule::PriceSensitive);
        person.complaint = Some((70, None));
        assert_eq!(OfferRule::of(&person, 100), OfferRule::Complaint);
    }
}
