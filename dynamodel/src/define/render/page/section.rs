//! One table: its facts, its entities, and a tab for the table and for each index.

use super::html::{Html, colour};
use super::view::View;
use super::{access, chart, items};
use crate::define::definition::TableDefinition;
use crate::schema::{IndexKind, ProjectionType};

pub(super) fn table(html: &mut Html, place: usize, definition: &TableDefinition) {
    let views = View::all(definition);
    html.raw("<section class=\"table\" id=\"").place(place, None, None).raw("\">\n<div class=\"head\"><h2>");
    html.text(definition.table()).raw("</h2>");
    facts(html, definition);
    html.raw("</div>\n");
    legend(html, definition);
    tabs(html, place, &views);
    html.raw("<div class=\"columns\">\n<div class=\"views\">\n");
    for (at, view) in views.iter().enumerate() {
        panel(html, (place, at), view);
    }
    html.raw("</div>\n");
    access::patterns(html, place, &views);
    html.raw("</div>\n");
    chart::entities(html, definition);
    html.raw("</section>\n");
}

fn facts(html: &mut Html, definition: &TableDefinition) {
    let settings = definition.settings();
    let facts = [
        ("name", settings.name.as_deref()),
        ("partition key", Some(definition.partition_key())),
        ("sort key", definition.sort_key()),
        ("expires by", definition.ttl()),
    ];
    html.raw("<ul class=\"facts\">");
    for (what, name) in facts {
        if let Some(name) = name {
            html.raw("<li>").raw(what).raw(" <code>").text(name).raw("</code></li>");
        }
    }
    html.raw("<li>").count(definition.samples.len(), "sample item", "sample items").raw("</li></ul>");
}

/// The colours of the entities; with the script also a filter.
fn legend(html: &mut Html, definition: &TableDefinition) {
    html.raw("<div class=\"legend\" role=\"group\" aria-label=\"Entities\">");
    for (at, entity) in definition.entities().iter().enumerate() {
        let count = definition.samples.iter().filter(|sample| sample.entity == at).count();
        html.raw("<button type=\"button\" class=\"chip ");
        colour(html, at).raw("\" aria-pressed=\"true\" data-entity=\"").number(at).raw("\">");
        html.text(entity.name).raw(" <b>").number(count).raw("</b></button>");
    }
    html.raw("</div>\n");
}

fn tabs(html: &mut Html, place: usize, views: &[View<'_>]) {
    html.raw("<nav class=\"tabs\" aria-label=\"The table and its indexes\">");
    for (at, view) in views.iter().enumerate() {
        html.raw("<a href=\"#").place(place, Some(at), None).raw("\" id=\"tab-").place(place, Some(at), None);
        html.raw("\"><span>").text(view.name()).raw("</span> <b>").number(view.count()).raw("</b></a>");
    }
    html.raw("</nav>\n");
}

fn panel(html: &mut Html, (place, at): (usize, usize), view: &View<'_>) {
    html.raw("<section class=\"view\" id=\"").place(place, Some(at), None).raw("\">\n<h3>").text(view.name());
    html.raw("</h3>\n<p class=\"about\">");
    about(html, view);
    html.raw("</p>\n");
    if view.blocks.is_empty() {
        html.raw("<p class=\"empty\">").raw(match (view.definition.samples.is_empty(), view.index) {
            (true, _) => "No sample items yet: give some with <code>definition.sample(&amp;value)</code>.",
            (false, Some(_)) => "No sample item has all attributes of this index’s key, so none is in it.",
            (false, None) => "",
        });
        html.raw("</p>\n");
    }
    items::blocks(html, (place, at), view);
    html.raw("</section>\n");
}

/// The key, what the index holds, and how many samples are not in it.
fn about(html: &mut Html, view: &View<'_>) {
    html.raw("Partitions by ");
    names(html, &view.partition_key);
    if !view.sort_key.is_empty() {
        html.raw(", in the order of ");
        names(html, &view.sort_key);
    }
    let Some(index) = view.index else { return };
    html.raw(match index.kind {
        IndexKind::Local => " <span>local index</span>",
        _ => " <span>global index</span>",
    });
    match &index.projection {
        ProjectionType::All => {
            html.raw(" <span>holds whole items</span>");
        }
        ProjectionType::KeysOnly => {
            html.raw(" <span>holds keys only</span>");
        }
        ProjectionType::Include(included) => {
            html.raw(" <span>holds the keys and ");
            names(html, included);
            html.raw("</span>");
        }
    }
    let left_out = view.definition.samples.len().saturating_sub(view.count());
    if left_out > 0 && view.count() > 0 {
        html.raw(" <span>").count(left_out, "item is", "items are").raw(" not in it</span>");
    }
}

pub(super) fn names(html: &mut Html, names: &[&'static str]) {
    for (at, name) in names.iter().enumerate() {
        html.raw(if at == 0 { "<code>" } else { ", <code>" }).text(name).raw("</code>");
    }
}
