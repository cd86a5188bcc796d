//! The entity chart: the key templates of each entity, on the table and on every index.

use super::html::{Html, colour};
use crate::define::definition::{TableDefinition, pattern};
use crate::schema::{EntitySchema, KeyAttribute, Pattern, Piece};

pub(super) fn entities(html: &mut Html, definition: &TableDefinition) {
    html.raw("<section class=\"chart\">\n<h3>Entities and their keys</h3>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Entity</th>");
    let names: Vec<_> = definition.attributes().iter().map(|attribute| attribute.name).collect();
    for name in &names {
        html.raw("<th scope=\"col\">").text(name).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for (at, entity) in definition.entities().iter().enumerate() {
        html.raw("<tr class=\"");
        colour(html, at).raw("\"><th scope=\"row\"><span class=\"tag\">").text(entity.name).raw("</span></th>");
        for name in &names {
            match key(entity, name) {
                Some(key) => template(html, key),
                None => {
                    html.raw("<td class=\"none\"></td>");
                }
            }
        }
        html.raw("</tr>\n");
    }
    html.raw("</tbody></table></div>\n</section>\n");
}

fn key(entity: &EntitySchema, attribute: &str) -> Option<&'static KeyAttribute> {
    entity.keys.iter().find(|key| key.attribute == attribute)
}

fn template(html: &mut Html, key: &KeyAttribute) {
    html.raw("<td><code>");
    match &key.pattern {
        Pattern::Template(pieces) => {
            for piece in *pieces {
                match piece {
                    Piece::Literal(text) => html.text(text),
                    Piece::Field { .. } => html.raw("<var>").text(&pattern::piece(piece)).raw("</var>"),
                };
            }
        }
        Pattern::Native { name, .. } => {
            html.raw("<var>").text(name).raw("</var>");
        }
    }
    html.raw("</code>");
    if key.index.is_some() && pattern::is_sparse(&key.pattern) {
        html.raw(" <small>sparse</small>");
    }
    html.raw("</td>");
}
