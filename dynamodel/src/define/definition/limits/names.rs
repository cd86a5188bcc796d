//! Names of tables and indexes.

/// The longest name of a table, in characters.
#[cfg(feature = "embedded")]
const LONGEST_TABLE: usize = 255;

/// DynamoDB's rule for names of tables and indexes.
pub(crate) fn is_name(name: &str) -> bool {
    (3..=255).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// The message about an invalid table name.
pub(crate) fn invalid_table_name(name: &str) -> String {
    format!("{name:?} is not a table name: give one of 3 to 255 letters, digits, `_`, `-` and `.`")
}

/// A table name made from a type's name, which may be too short, too long, or have characters that DynamoDB does not allow.
#[cfg(feature = "embedded")]
pub(crate) fn table_name(table: &str) -> String {
    let known = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let mut name: String = table.trim_start_matches("r#").chars().map(known).take(LONGEST_TABLE).collect();
    if !is_name(&name) {
        name.push_str("Table");
    }
    name
}

#[cfg(all(test, feature = "embedded"))]
mod tests {
    use super::*;

    #[test]
    fn every_types_name_makes_a_tables_name() {
        for (table, name) in
            [("Shop", "Shop"), ("Db", "DbTable"), ("T", "TTable"), ("r#Gen", "Gen"), ("Bücher", "B-cher")]
        {
            assert_eq!(table_name(table), name);
        }
        for table in ["", "語", "語彙", &"T".repeat(300)] {
            assert!(is_name(&table_name(table)), "{table}");
        }
    }
}
