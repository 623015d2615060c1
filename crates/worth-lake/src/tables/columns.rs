//! Column by column: what each table holds. This list is a public interface; names, types and
//! meanings here are what analysts, connectors and questions rely on. One line per column, so
//! that it reads as the table it is (rustfmt leaves this file alone).

use super::{Column, Kind, Table};

const fn must(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, kind, required: true, unit, meaning }
}

const fn may(name: &'static str, kind: Kind, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, kind, required: false, unit, meaning }
}

use Kind::{Count, Flag, Json, Money, Real, Text, TextList, Time};

/// The own columns of a table, in order.
pub(super) fn of(table: Table) -> &'static [Column] {
    match table {
        Table::Customers => CUSTOMERS,
        Table::Roles => ROLES,
        Table::OrderLines => ORDER_LINES,
        Table::Events => EVENTS,
        Table::SurveyAnswers => SURVEY_ANSWERS,
        Table::Choices => CHOICES,
        Table::Prices => PRICES,
        Table::Messages => MESSAGES,
        Table::Feedback => FEEDBACK,
        Table::Contracts => CONTRACTS,
        Table::Spending => SPENDING,
        Table::ExchangeRates => EXCHANGE_RATES,
        Table::Scores => SCORES,
        Table::Rejects => REJECTS,
    }
}

const CUSTOMERS: &[Column] = &[
    must("customer_id", Text, "", "The person's id in the business."),
    may("account_id", Text, "", "Account (company, household, team) the person belongs to."),
    may("name", Text, "", "Name. Personal data: never in a report."),
    may("email", Text, "", "E-mail address, normalised. Personal data: never in a report."),
    may("phone", Text, "", "Phone number with country code (+84…). Personal data: never in a report."),
    may("birth_year", Count, "year", "Year of birth."),
    may("gender", Text, "", "Gender, in the source's words."),
    may("country", Text, "", "Country of residence."),
    may("region", Text, "", "Region, province or state."),
    may("city", Text, "", "City or district."),
    may("language", Text, "", "Language the person prefers (vi, en, …)."),
    may("culture", Text, "", "Cultural group: a label the business chooses."),
    may("income", Money, "currency per month", "Income of the person or household."),
    may("currency", Text, "", "Currency of `income` (ISO 4217)."),
    may("occupation", Text, "", "Occupation, in the source's words."),
    may("acquired_at", Time, "UTC", "When the person became a customer, as the source says it."),
    may("acquisition_channel", Text, "", "Channel that won the customer."),
    may("referred_by", Text, "", "`customer_id` of the person who referred this one."),
    may("contact_allowed", Flag, "", "Whether the person consented to being contacted."),
];

const ROLES: &[Column] = &[
    must("account_id", Text, "", "The account (company, household, team)."),
    must("customer_id", Text, "", "The person."),
    must("role", Text, "", "user, buyer, payer, decider, influencer or receiver."),
    may("since", Time, "UTC", "From when the person has had the role."),
    may("until", Time, "UTC", "Until when; empty = still."),
    may("weight", Real, "share, 0 to 1", "Say of the person in the account's decisions."),
];

const ORDER_LINES: &[Column] = &[
    must("order_id", Text, "", "The order, invoice or receipt."),
    may("line", Count, "", "Number of the line within the order."),
    may("customer_id", Text, "", "The buyer. Empty = an anonymous sale: in totals, in no customer question."),
    may("payer_id", Text, "", "`customer_id` of who paid, when not the buyer."),
    may("user_id", Text, "", "`customer_id` of who uses the product, when not the buyer."),
    must("ordered_at", Time, "UTC", "When it was ordered."),
    may("product_id", Text, "", "The product's id."),
    may("product_name", Text, "", "The product's name."),
    may("category", Text, "", "The product's category."),
    may("quantity", Money, "pieces", "How many; negative on a return."),
    must("amount", Money, "`currency`", "The line's money, net of discount, without tax and shipping; negative = refund."),
    may("list_amount", Money, "`currency`", "The line's money at list price, before discount."),
    may("shipping", Money, "`currency`", "Shipping the customer paid; the order's stands on its first line."),
    may("tax", Money, "`currency`", "Tax the customer paid; the order's stands on its first line."),
    may("cost", Money, "`currency`", "What the line cost the business."),
    must("currency", Text, "", "Currency of every money column here (ISO 4217)."),
    may("channel", Text, "", "Channel of the sale (shop, web, marketplace, …)."),
    may("touchpoint", Text, "", "Place of the sale: the store, site or app."),
    may("status", Text, "", "placed, paid, shipped, delivered, returned, refused or cancelled."),
    may("promised_at", Time, "UTC", "When delivery was promised."),
    may("delivered_at", Time, "UTC", "When it was delivered."),
    may("refund_of", Text, "", "`order_id` that this line refunds."),
];

const EVENTS: &[Column] = &[
    may("event_id", Text, "", "The event's id."),
    may("customer_id", Text, "", "Who did it; this or `anonymous_id` is there."),
    may("anonymous_id", Text, "", "Visitor or device, when the person is not known."),
    must("at", Time, "UTC", "When it happened."),
    may("sequence", Count, "", "Order of arrival, so that ties in time stay ordered."),
    must("name", Text, "", "What happened (page_view, add_to_cart, complaint, …)."),
    may("stage", Text, "", "Stage of the journey it belongs to."),
    may("touchpoint", Text, "", "Where it happened: store, site, app, hotline."),
    may("channel", Text, "", "Channel it came through."),
    may("journey_id", Text, "", "Journey, case or session it is part of."),
    may("product_id", Text, "", "Product it was about."),
    may("outcome", Text, "", "ok, failed or abandoned."),
    may("seconds", Money, "seconds", "Time the customer spent on it."),
    may("steps", Count, "steps", "Effort: steps the customer had to take."),
    may("fields", TextList, "", "Personal data the customer was asked for, one field name each."),
    may("price", Money, "`currency`", "Price shown or paid."),
    may("currency", Text, "", "Currency of `price` (ISO 4217)."),
];

const SURVEY_ANSWERS: &[Column] = &[
    must("response_id", Text, "", "The respondent's filled-in form."),
    must("question", Text, "", "The question, as the survey names it."),
    may("customer_id", Text, "", "The respondent, when matched to a customer."),
    may("account_id", Text, "", "The respondent's account."),
    may("role", Text, "", "Role the respondent answers in (user, buyer, payer, …)."),
    must("answered_at", Time, "UTC", "When it was answered."),
    may("survey", Text, "", "The survey or wave."),
    may("brand", Text, "", "Brand the answer is about: the own one or a competitor's."),
    may("stage", Text, "", "Stage of the journey the answer is about."),
    may("touchpoint", Text, "", "Touchpoint the answer is about."),
    may("event_id", Text, "", "Event the answer is about."),
    may("order_id", Text, "", "Order the answer is about."),
    may("product_id", Text, "", "Product the answer is about."),
    may("category", Text, "", "Product category the answer is about."),
    must("measure", Text, "", "What is measured: benefit, cost, importance, overall, worth, satisfaction, recommend, repurchase, effort, kano_with, kano_without, price_too_cheap and others."),
    may("dimension", Text, "", "Dimension of value the question belongs to (quality, price, time, …)."),
    may("score", Real, "points, `scale_min` to `scale_max`", "The answer as a number."),
    may("scale_min", Real, "points", "Lowest score the scale has."),
    may("scale_max", Real, "points", "Highest score the scale has."),
    may("amount", Money, "`currency`", "An amount of money given as the answer."),
    may("currency", Text, "", "Currency of `amount` (ISO 4217)."),
    may("text", Text, "", "The answer in words."),
    may("weight", Real, "", "Weight of the respondent in the population; empty = 1."),
    may("seconds", Money, "seconds", "Time the answer took."),
    may("usual_brand", Text, "", "Brand the respondent usually buys."),
    may("region", Text, "", "Region of a respondent who is not a customer."),
    may("culture", Text, "", "Cultural group of a respondent who is not a customer."),
];

const CHOICES: &[Column] = &[
    must("task_id", Text, "", "The choice task of one respondent (or one real choice)."),
    must("alternative", Text, "", "The alternative within the task."),
    may("customer_id", Text, "", "Who chose, when known."),
    may("brand", Text, "", "Brand of the alternative."),
    must("chosen", Real, "share, 0 to 1", "1 = chosen, 0 = not; shares when points were distributed."),
    may("price", Money, "`currency`", "Price of the alternative."),
    may("currency", Text, "", "Currency of `price` (ISO 4217)."),
    may("levels", Json, "", "The alternative's attributes: attribute to number or label."),
    may("weight", Real, "", "Weight of the respondent; empty = 1."),
    may("survey", Text, "", "The survey or wave."),
    may("chosen_at", Time, "UTC", "When it was chosen."),
];

const PRICES: &[Column] = &[
    must("brand", Text, "", "Who offers: the own brand or a competitor's."),
    may("product_id", Text, "", "The product's id."),
    must("at", Time, "UTC", "When the price held."),
    must("price", Money, "`currency`", "The price of one piece."),
    must("currency", Text, "", "Currency of `price` (ISO 4217)."),
    may("share", Real, "share, 0 to 1", "Share of the market, if known."),
];

const MESSAGES: &[Column] = &[
    must("message_id", Text, "", "The message's id."),
    must("customer_id", Text, "", "Who it was for."),
    must("sent_at", Time, "UTC", "When it was sent; for a holdout, when it would have been."),
    may("campaign", Text, "", "The campaign it belongs to."),
    may("channel", Text, "", "Way it was sent: sms, email, zalo, push, call."),
    may("arm", Text, "", "Arm of the experiment: treatment or holdout."),
    may("propensity", Real, "probability, 0 to 1", "Probability with which this person was put in this arm."),
    may("claims", TextList, "", "Dimensions of value it speaks of."),
    may("cost", Money, "`currency`", "What the message cost the business."),
    may("currency", Text, "", "Currency of `cost` (ISO 4217)."),
    may("opened_at", Time, "UTC", "When it was opened."),
    may("clicked_at", Time, "UTC", "When it was clicked."),
];

const FEEDBACK: &[Column] = &[
    must("feedback_id", Text, "", "The id of the review, ticket or note."),
    may("customer_id", Text, "", "Who said it, when matched to a customer."),
    must("at", Time, "UTC", "When it was said."),
    may("kind", Text, "", "review, ticket, survey or call."),
    may("touchpoint", Text, "", "Touchpoint it is about."),
    may("event_id", Text, "", "Event it is about."),
    may("order_id", Text, "", "Order it is about."),
    may("product_id", Text, "", "Product it is about."),
    may("category", Text, "", "Product category it is about."),
    may("language", Text, "", "Language of `text` (vi, en, …)."),
    may("rating", Real, "points of the source's scale", "The rating; this or `text` is there."),
    may("text", Text, "", "What was said; this or `rating` is there."),
];

const CONTRACTS: &[Column] = &[
    must("contract_id", Text, "", "The contract's or subscription's id."),
    must("customer_id", Text, "", "Who has it."),
    must("started_at", Time, "UTC", "When it started."),
    may("ended_at", Time, "UTC", "When it ended; empty = still running."),
    may("end_reason", Text, "", "Why it ended."),
    may("amount", Money, "`currency` per `period`", "What it pays."),
    may("currency", Text, "", "Currency of `amount` (ISO 4217)."),
    may("period", Text, "", "Period that `amount` is paid for: week, month, quarter or year."),
];

const SPENDING: &[Column] = &[
    must("channel", Text, "", "Channel the money was spent in."),
    must("from_at", Time, "UTC", "Start of the period, inclusive."),
    must("until_at", Time, "UTC", "End of the period, exclusive."),
    must("kind", Text, "", "acquisition, service or retention."),
    must("amount", Money, "`currency`", "What was spent."),
    must("currency", Text, "", "Currency of `amount` (ISO 4217)."),
];

const EXCHANGE_RATES: &[Column] = &[
    must("currency", Text, "", "The other currency (ISO 4217)."),
    must("at", Time, "UTC", "From when the rate holds."),
    must("rate", Real, "business currency per unit", "What one unit of `currency` is worth in the business's currency."),
];

const SCORES: &[Column] = &[
    must("customer_id", Text, "", "Who it is about."),
    must("question", Text, "", "The question that said it (lifetime, perceived, …)."),
    must("measure", Text, "", "Which of its measures."),
    may("value", Real, "of the measure", "The estimate."),
    may("low", Real, "of the measure", "Lower end of its interval."),
    may("high", Real, "of the measure", "Upper end of its interval."),
    may("label", Text, "", "The measure as a word, where it is one."),
    must("input_snapshot", Count, "", "Snapshot of the lake that was asked."),
    may("parameters", Json, "", "Parameters the question was asked with."),
    must("computed_at", Time, "UTC", "When it was computed."),
];

const REJECTS: &[Column] = &[
    must("table_name", Text, "", "Table the row was meant for."),
    may("file", Text, "", "Name of the file it stood in."),
    must("file_digest", Text, "", "BLAKE3 of the file's bytes, as hexadecimal."),
    must("file_row", Count, "", "Its row (or line) in the file, from 1."),
    must("raw", Text, "", "The row as the file had it."),
    must("reasons", TextList, "", "Every reason it was rejected for, each a JSON object with a code and its fields."),
    must("at", Time, "UTC", "When it was rejected."),
];
