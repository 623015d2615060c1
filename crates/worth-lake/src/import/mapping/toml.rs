//! A mapping as text of `worth.toml`: tables for what people look for, one line per column.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table as TomlTable};

use super::Mapping;

/// Reads a mapping from its `[[source]]` table.
pub fn mapping_from_toml(table: &TomlTable) -> Result<Mapping, toml_edit::de::Error> {
    let mut document = DocumentMut::new();
    for (key, item) in table {
        document.insert(key, item.clone());
    }
    toml_edit::de::from_document(document)
}

/// Writes a mapping as a `[[source]]` table.
pub fn mapping_to_toml(mapping: &Mapping) -> Result<TomlTable, toml_edit::ser::Error> {
    let mut root = toml_edit::ser::to_document(mapping)?.as_table().clone();
    unfold_list(&mut root, "file");
    unfold_list(&mut root, "table");
    if let Some(tables) = root.get_mut("table").and_then(Item::as_array_of_tables_mut) {
        for table in tables.iter_mut() {
            for name in ["columns", "scores"] {
                unfold_table(table, name);
            }
            for name in ["join", "item"] {
                unfold_list(table, name);
            }
        }
    }
    Ok(root)
}

/// Turns an inline list of tables into `[[name]]` tables.
fn unfold_list(table: &mut TomlTable, name: &str) {
    let Some(item) = table.remove(name) else {
        return;
    };
    let unfolded = match item.into_array_of_tables() {
        Ok(list) => Item::ArrayOfTables(clear_positions(list)),
        Err(item) => item,
    };
    table.insert(name, unfolded);
}

/// Turns an inline table into a `[name]` table.
fn unfold_table(table: &mut TomlTable, name: &str) {
    let Some(item) = table.remove(name) else {
        return;
    };
    let unfolded = match item.into_table() {
        Ok(mut inner) => {
            inner.set_position(None);
            Item::Table(inner)
        }
        Err(item) => item,
    };
    table.insert(name, unfolded);
}

/// Tables are written where they stand in the tree, not where a parser once saw them.
fn clear_positions(mut list: ArrayOfTables) -> ArrayOfTables {
    for table in list.iter_mut() {
        table.set_position(None);
    }
    list
}
