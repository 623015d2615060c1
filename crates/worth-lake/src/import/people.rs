//! Who a respondent or author is: a customer by id, else by telephone number, else by e-mail
//! address. More than one customer with that number is no match: nobody is guessed.

use std::collections::{HashMap, HashSet};

use datafusion::arrow::array::{Array, AsArray, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::record_batch::RecordBatch;
use futures::StreamExt;

use super::report::PeopleCount;
use crate::error::Error;
use crate::lake::Snapshot;

/// A telephone number as `+84901234567`: without signs, with the country's code, and with the
/// leading zero that spreadsheets lose made good. None when it is no telephone number.
///
/// ```
/// use worth_lake::import::people::normal_phone;
/// assert_eq!(normal_phone("0901 234 567", Some("84")).as_deref(), Some("+84901234567"));
/// assert_eq!(normal_phone("901234567", Some("84")).as_deref(), Some("+84901234567"));
/// assert_eq!(normal_phone("84.901.234.567", Some("84")).as_deref(), Some("+84901234567"));
/// assert_eq!(normal_phone("khách lẻ", Some("84")), None);
/// ```
pub fn normal_phone(text: &str, country: Option<&str>) -> Option<String> {
    let text = text.trim().trim_start_matches('\'');
    let text = text.strip_suffix(".0").unwrap_or(text);
    let signs = |character: char| matches!(character, ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}');
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || c == '+' || signs(c))
    {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !(8..=15).contains(&digits.len()) {
        return None;
    }
    if let Some(international) = digits.strip_prefix("00") {
        return Some(format!("+{international}"));
    }
    let Some(country) = country else {
        return Some(if text.starts_with('+') {
            format!("+{digits}")
        } else {
            digits
        });
    };
    // "+84 (0) 901 234 567": the zero is for calls within the country
    if let Some(national) = digits.strip_prefix(country)
        && (text.starts_with('+') || digits.len() > 10)
    {
        return Some(format!("+{country}{}", national.trim_start_matches('0')));
    }
    if text.starts_with('+') {
        return Some(format!("+{digits}"));
    }
    Some(format!("+{country}{}", digits.trim_start_matches('0')))
}

/// An e-mail address without spaces and in lower case.
pub fn normal_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// What people of a file can be found by.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    ids: HashSet<String>,
    phones: HashSet<String>,
    emails: HashSet<String>,
}

/// Whether one customer, or several, have a number or address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    One(String),
    Several,
}

/// The customers that a file's people were found to be.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    ids: HashSet<String>,
    phones: HashMap<String, Found>,
    emails: HashMap<String, Found>,
}

/// What one row gives of its person.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Person<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) phone: Option<&'a str>,
    pub(crate) email: Option<&'a str>,
}

impl Wanted {
    /// Looks for this person too.
    pub(crate) fn add(&mut self, person: Person<'_>) {
        for (set, value) in [
            (&mut self.ids, person.id),
            (&mut self.phones, person.phone),
            (&mut self.emails, person.email),
        ] {
            if let Some(value) = value.filter(|value| !set.contains(*value)) {
                set.insert(value.to_owned());
            }
        }
    }

    /// Finds them among the customers of a snapshot, and those who only stand in orders.
    pub(crate) async fn find(&self, snapshot: &Snapshot) -> Result<Matcher, Error> {
        let mut matcher = Matcher::default();
        let sql = "select customer_id, phone, email from customers";
        let mut batches = snapshot.query(sql, &[]).await?.execute_stream().await?;
        while let Some(batch) = batches.next().await {
            self.look_through(&batch?, &mut matcher)?;
        }
        if matcher.ids.len() < self.ids.len() {
            let sql = "select distinct customer_id from order_lines where customer_id is not null";
            let mut batches = snapshot.query(sql, &[]).await?.execute_stream().await?;
            while let Some(batch) = batches.next().await {
                let ids = text(&batch?, 0)?;
                let known = ids.iter().flatten().filter(|id| self.ids.contains(*id));
                matcher.ids.extend(known.map(str::to_owned));
            }
        }
        Ok(matcher)
    }

    fn look_through(&self, batch: &RecordBatch, matcher: &mut Matcher) -> Result<(), Error> {
        let (ids, phones, emails) = (text(batch, 0)?, text(batch, 1)?, text(batch, 2)?);
        for (row, id) in ids.iter().enumerate() {
            let Some(id) = id else { continue };
            if self.ids.contains(id) {
                matcher.ids.insert(id.to_owned());
            }
            for (values, wanted, found) in [
                (&phones, &self.phones, &mut matcher.phones),
                (&emails, &self.emails, &mut matcher.emails),
            ] {
                if values.is_null(row) || !wanted.contains(values.value(row)) {
                    continue;
                }
                found
                    .entry(values.value(row).to_owned())
                    .and_modify(|found| {
                        if *found != Found::One(id.to_owned()) {
                            *found = Found::Several;
                        }
                    })
                    .or_insert_with(|| Found::One(id.to_owned()));
            }
        }
        Ok(())
    }
}

impl Matcher {
    /// The customer that a person is, and how that was found out.
    pub(crate) fn customer<'a>(
        &'a self,
        person: Person<'a>,
        count: &mut PeopleCount,
    ) -> Option<&'a str> {
        if person.id.is_none() && person.phone.is_none() && person.email.is_none() {
            count.unnamed += 1;
            return None;
        }
        if let Some(id) = person.id
            && self.ids.contains(id)
        {
            count.by_id += 1;
            return Some(id);
        }
        let by_phone = person.phone.and_then(|phone| self.phones.get(phone));
        if let Some(Found::One(id)) = by_phone {
            count.by_phone += 1;
            return Some(id);
        }
        let by_email = person.email.and_then(|email| self.emails.get(email));
        if let Some(Found::One(id)) = by_email {
            count.by_email += 1;
            return Some(id);
        }
        if by_phone.is_some() || by_email.is_some() {
            count.ambiguous += 1;
        } else {
            count.unmatched += 1;
        }
        // an id that no customer has yet stays: the customer may be imported later
        person.id
    }
}

fn text(batch: &RecordBatch, column: usize) -> Result<StringArray, Error> {
    Ok(cast(batch.column(column), &DataType::Utf8)?
        .as_string::<i32>()
        .clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_person_are_the_same_however_they_are_written() {
        for written in [
            "0901234567",
            "090 123 45 67",
            "+84 901 234 567",
            "84901234567",
            "901234567",
            "901234567.0",
            "'0901234567",
            "+84 (0) 901 234 567",
            "0084901234567",
        ] {
            let normal = normal_phone(written, Some("84"));
            assert_eq!(normal.as_deref(), Some("+84901234567"), "{written}");
        }
        assert_eq!(normal_phone("12345", Some("84")), None);
        assert_eq!(normal_phone("****234567", Some("84")), None);
        assert_eq!(
            normal_phone("+44 20 7946 0958", Some("84")).as_deref(),
            Some("+442079460958")
        );
    }

    #[test]
    fn two_customers_of_one_number_are_no_match() {
        let matcher = Matcher {
            ids: HashSet::from(["A".to_owned()]),
            phones: HashMap::from([
                ("+841".to_owned(), Found::Several),
                ("+842".to_owned(), Found::One("B".to_owned())),
            ]),
            emails: HashMap::new(),
        };
        let mut count = PeopleCount::default();
        let person = |id, phone| Person {
            id,
            phone,
            email: None,
        };
        assert_eq!(
            matcher.customer(person(Some("A"), None), &mut count),
            Some("A")
        );
        assert_eq!(
            matcher.customer(person(None, Some("+841")), &mut count),
            None
        );
        assert_eq!(
            matcher.customer(person(None, Some("+842")), &mut count),
            Some("B")
        );
        assert_eq!(
            matcher.customer(person(None, Some("+843")), &mut count),
            None
        );
        assert_eq!(matcher.customer(person(None, None), &mut count), None);
        let expected = PeopleCount {
            by_id: 1,
            by_phone: 1,
            ambiguous: 1,
            unmatched: 1,
            unnamed: 1,
            ..PeopleCount::default()
        };
        assert_eq!(count, expected);
    }
}
