//! Partitions as blocks, items as rows. Consecutive items of one entity share a row of attribute names.

use super::html::{Html, colour, titled};
use super::view::{Block, Row, View};
use crate::define::definition::Attribute;
use crate::schema::EntitySchema;
use time::OffsetDateTime;

pub(super) fn blocks(html: &mut Html, (table, at): (usize, usize), view: &View<'_>) {
    for (number, block) in view.blocks.iter().enumerate() {
        html.raw("<article class=\"block\" id=\"").place(table, Some(at), Some(number)).raw("\">\n");
        partition(html, view, block);
        html.raw("<div class=\"scroll\"><table>\n");
        for run in block.rows.chunk_by(|one, other| one.sample.entity == other.sample.entity) {
            items(html, view, run);
        }
        html.raw("</table></div>\n</article>\n");
    }
}

fn partition(html: &mut Html, view: &View<'_>, block: &Block<'_>) {
    html.raw("<header class=\"pk\"><dl>");
    for (at, (name, value)) in view.partition_key.iter().zip(&block.key).enumerate() {
        html.raw("<div><dt>").text(name).raw("</dt>");
        if at == 0 {
            html.raw("<dd class=\"count\">").count(block.rows.len(), "item", "items").raw("</dd>");
        }
        html.raw("<dd class=\"value\"");
        titled(html, &value.text);
        html.raw("</dd></div>");
    }
    html.raw("</dl></header>\n");
}

fn items(html: &mut Html, view: &View<'_>, rows: &[Row<'_>]) {
    let Some(entity) = rows.first().map(|row| row.sample.entity) else { return };
    let Some(schema) = view.definition.entities().get(entity) else { return };
    let columns = columns(view, rows);
    html.raw("<tbody class=\"");
    colour(html, entity).raw("\" data-entity=\"").number(entity).raw("\">\n<tr class=\"names\"><td></td>");
    for name in &view.sort_key {
        html.raw("<th scope=\"col\" class=\"sk\">").text(name).raw("</th>");
    }
    for (name, letter) in &columns {
        head(html, view, schema, name, letter);
    }
    html.raw("</tr>\n");
    for row in rows {
        item(html, view, schema, row, &columns);
    }
    html.raw("</tbody>\n");
}

/// The attributes of all rows, each after the one that it follows in its item.
fn columns<'a>(view: &View<'a>, rows: &[Row<'a>]) -> Vec<(&'a str, &'static str)> {
    let mut out: Vec<(&str, &'static str)> = Vec::new();
    for row in rows {
        let mut next = 0;
        for attribute in view.rest(row.sample) {
            match out.iter().position(|(name, _)| *name == attribute.name) {
                Some(at) => next = at + 1,
                None => {
                    out.insert(next, (&attribute.name, attribute.letter));
                    next += 1;
                }
            }
        }
    }
    out
}

fn head(html: &mut Html, view: &View<'_>, schema: &EntitySchema, name: &str, letter: &'static str) {
    let role = match Some(name) {
        _ if view.is_primary(name) => "key",
        found if found == schema.version => "version",
        found if found == schema.ttl => "time to live",
        found if found == schema.created_at => "created",
        found if found == schema.updated_at => "updated",
        _ if name == view.definition.type_attribute() => "type",
        _ => "",
    };
    html.raw("<th scope=\"col\">").text(name).raw(" <i>").raw(letter).raw("</i>");
    if !role.is_empty() {
        html.raw(" <small>").raw(role).raw("</small>");
    }
    for index in view.indexes_by(name) {
        html.raw(" <small class=\"ix\">").text(index.name).raw("</small>");
    }
    html.raw("</th>");
}

fn item(html: &mut Html, view: &View<'_>, schema: &EntitySchema, row: &Row<'_>, columns: &[(&str, &str)]) {
    let rest = view.rest(row.sample);
    html.raw("<tr class=\"item\" data-item=\"").number(row.at).raw("\"><th scope=\"row\"><span class=\"tag\">");
    html.text(schema.name).raw("</span>");
    if view.is_whole() {
        html.raw(" <small>").number(row.sample.size).raw("&nbsp;B</small>");
    }
    html.raw("</th>");
    for value in &row.sort {
        html.raw("<td class=\"sk\"><span");
        titled(html, &value.text);
        html.raw("</span></td>");
    }
    for (name, _) in columns {
        match rest.iter().find(|attribute| attribute.name == *name) {
            Some(attribute) => cell(html, schema, attribute),
            None => {
                html.raw("<td class=\"none\"></td>");
            }
        }
    }
    html.raw("</tr>\n");
}

fn cell(html: &mut Html, schema: &EntitySchema, attribute: &Attribute) {
    html.raw(match attribute.letter {
        "N" => "<td class=\"n\"><span",
        "BOOL" | "NULL" => "<td class=\"w\"><span",
        "S" => "<td><span",
        _ => "<td class=\"j\"><span",
    });
    titled(html, &attribute.text);
    html.raw("</span>");
    if Some(attribute.name.as_str()) == schema.ttl
        && let Some(timestamp) = timestamp(&attribute.text)
    {
        html.raw(" <small>").text(&timestamp).raw("</small>");
    }
    html.raw("</td>");
}

/// Epoch seconds as date and time.
fn timestamp(seconds: &str) -> Option<String> {
    let timestamp = OffsetDateTime::from_unix_timestamp(seconds.parse().ok()?).ok()?;
    let (date, time) = (timestamp.date(), timestamp.time());
    Some(format!(
        "{:04}-{:02}-{:02} {:02}:{:02}Z",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute()
    ))
}
