//! The access patterns, each with its requests on the samples and the items that they read.

use super::html::{Html, colour};
use super::reads::{self, SampleRead};
use super::view::View;
use crate::schema::{AccessPattern, EntitySchema, ProjectionSchema};

pub(super) fn patterns(html: &mut Html, table: usize, views: &[View<'_>]) {
    let Some(own) = views.first() else { return };
    html.raw("<aside class=\"patterns\">\n<h3>Access patterns</h3>\n<ul>\n");
    for (entity, schema) in own.definition.entities().iter().enumerate() {
        let key = AccessPattern { name: "key", index: None, projection: ProjectionSchema::All, mixed: false };
        pattern(html, table, (0, own), (entity, schema), &key, &reads::by_key(own, entity));
        for access in schema.patterns {
            let view = views.iter().enumerate().find(|(_, view)| view.index.map(|index| index.name) == access.index);
            let Some(view) = view else { continue };
            pattern(html, table, view, (entity, schema), access, &reads::by_pattern(view.1, entity, access));
        }
    }
    html.raw("</ul>\n</aside>\n");
}

fn pattern(
    html: &mut Html,
    table: usize,
    (at, view): (usize, &View<'_>),
    (entity, schema): (usize, &EntitySchema),
    access: &AccessPattern,
    sample_reads: &[SampleRead<'_>],
) {
    html.raw("<li><details class=\"pattern ");
    colour(html, entity).raw("\" data-view=\"").place(table, Some(at), None).raw("\"><summary><code><span>");
    html.text(schema.name).raw("::</span>").text(access.name).raw("</code><small>");
    if access.index.is_none() && access.name == "key" {
        html.raw("get");
    } else if let Some(index) = access.index {
        html.raw("query on ").text(index);
    } else {
        html.raw("query");
    }
    if access.mixed {
        html.raw(", mixed");
    }
    html.raw("</small></summary>\n");
    if sample_reads.is_empty() {
        html.raw("<p>No sample item of ").text(schema.name).raw(" is on ").text(view.name()).raw(".</p>\n");
    }
    html.raw("<ol>\n");
    for read in sample_reads {
        request(html, table, at, read);
    }
    html.raw("</ol></details></li>\n");
}

fn request(html: &mut Html, table: usize, at: usize, read: &SampleRead<'_>) {
    html.raw("<li><a href=\"#").place(table, Some(at), Some(read.block)).raw("\" data-hits=\"");
    html.numbers(&read.hits).raw("\" data-passed=\"").numbers(&read.passed).raw("\">");
    for (name, how, value) in &read.condition {
        html.raw("<span><b>").text(name).raw("</b> ").raw(how).raw(" <code>").text(value).raw("</code></span> ");
    }
    html.raw("<small>").count(read.hits.len(), "item", "items");
    if !read.passed.is_empty() {
        html.raw(", ").number(read.passed.len()).raw(" more read and left out");
    }
    html.raw("</small></a></li>\n");
}
