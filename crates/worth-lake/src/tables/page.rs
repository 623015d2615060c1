//! The tables as a page of documentation, so that it cannot say something else than the code.

use std::fmt::Write;

use super::{COMMON, Column, Table};

/// Every table, column by column, in Markdown: `docs/tables.md`.
pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    section(
        &mut page,
        "Every table",
        "these columns come first in every table",
        COMMON,
    );
    for table in Table::ALL {
        section(
            &mut page,
            &format!("`{table}`"),
            table.about(),
            table.columns(),
        );
        let key: Vec<_> = table
            .key()
            .iter()
            .map(|column| format!("`{column}`"))
            .collect();
        line(&mut page, &format!("\nKey: `source`, {}.", key.join(", ")));
    }
    page
}

const INTRODUCTION: &str = "\
# The tables

These tables hold all that Worth knows. Ask them with `worth sql`, or read the lake with DuckDB
(below). Names and meanings are a public interface: they change only with notice.

* `*` = required: no row is without it.
* Money is exact to four digits after the point; so are quantities and seconds.
* Times are UTC, to the microsecond. Days, weeks and months are those of the business's time
  zone: `business_date(ordered_at)`.
* A row whose key is there already with the same values is skipped on import; with other values
  it replaces the old one, which stays in its snapshot. `attributes` and `loaded_at` do not count
  as values. A source without the key's columns is keyed by what identifies the fact.
* JSON is read with functions: `json_get_str(attributes, 'colour')` or `attributes->>'colour'`.

In DuckDB, here for the workspace `shop`:

```sql
INSTALL ducklake; INSTALL sqlite;
ATTACH 'ducklake:sqlite:shop/lake/catalog.sqlite' AS lake (READ_ONLY);
SELECT channel, sum(amount) FROM lake.order_lines GROUP BY 1;
SELECT count(*) FROM lake.order_lines AT (VERSION => 3);      -- as of snapshot 3
```

This page is written from the code (`crates/worth-lake/src/tables/`); a test keeps them the same.
";

fn section(page: &mut String, title: &str, about: &str, columns: &[Column]) {
    line(
        page,
        &format!("\n## {title}\n\nA row is {about}.\n").replace("A row is these", "These"),
    );
    line(
        page,
        "| column | type | unit | meaning |\n|---|---|---|---|",
    );
    for Column {
        name,
        kind,
        required,
        unit,
        meaning,
    } in columns
    {
        let star = if *required { "*" } else { "" };
        line(
            page,
            &format!(
                "| `{name}`{star} | {} | {unit} | {meaning} |",
                kind.sql_type()
            ),
        );
    }
}

fn line(page: &mut String, text: &str) {
    writeln!(page, "{text}").expect("text grows");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// To write the page anew: `WORTH_WRITE_DOCS=1 cargo test --workspace --lib tables::page`.
    #[test]
    fn the_page_says_what_the_code_does() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");
        if std::env::var_os("WORTH_WRITE_DOCS").is_some() {
            std::fs::write(path, page()).expect("docs can be written");
        }
        let written = std::fs::read_to_string(path).expect("docs/tables.md is there");
        assert!(
            written == page(),
            "docs/tables.md is not what the code says; write it anew with \
             `WORTH_WRITE_DOCS=1 cargo test --workspace --lib tables::page`"
        );
    }
}
