//! Costs as a table for people, in Markdown.

use super::{Cost, CostTable, RequestKind};
use std::fmt;

const HEAD: &str = "\
| entity | request | on | items | bytes | read units | consistent | write units | by indexes and sentinels | in a transaction |
|---|---|---|---:|---:|---:|---:|---:|---|---:|
";

impl fmt::Display for CostTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.rows.iter().try_for_each(|cost| row(cost, f))
    }
}

fn row(cost: &Cost, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let on = cost.on.map_or_else(|| "table".to_owned(), |index| format!("`{index}`"));
    let mut parts: Vec<_> =
        cost.index_write_units.iter().map(|(index, units)| format!("{} `{index}`", number(*units))).collect();
    if cost.sentinel_write_units > 0.0 {
        parts.push(format!("{} sentinels", number(cost.sentinel_write_units)));
    }
    let request = match cost.request {
        RequestKind::Pattern(name) => format!("`{name}`"),
        other => other.to_string(),
    };
    let cells = [
        format!("`{}`", cost.entity),
        request,
        on,
        cost.items.to_string(),
        cost.bytes.to_string(),
        maybe(Some(cost.read_units).filter(|units| *units > 0.0)),
        maybe(cost.consistent_read_units),
        maybe(Some(cost.write_units).filter(|units| *units > 0.0)),
        parts.join(", "),
        maybe(cost.transaction_units),
    ];
    writeln!(f, "| {} |", cells.join(" | "))
}

fn maybe(units: Option<f64>) -> String {
    units.map(number).unwrap_or_default()
}

/// At most two digits behind the point, and none that say nothing.
fn number(units: f64) -> String {
    let text = format!("{units:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
