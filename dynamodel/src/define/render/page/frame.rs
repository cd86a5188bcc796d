//! The page around the tables: its head, with a content security policy that allows only what is in the page itself.

use super::html::Html;
use super::section;
use crate::define::definition::TableDefinition;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn page(title: &str, tables: &[TableDefinition]) -> String {
    let mut html = Html::default();
    html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"dynamodel\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-");
    html.text(&hash(STYLE)).raw("'; script-src 'sha256-").text(&hash(SCRIPT)).raw("'\">\n<title>");
    html.text(title).raw("</title>\n<style>").raw(STYLE).raw("</style>\n</head>\n<body>\n");
    top(&mut html, title, tables);
    html.raw("<main>\n");
    for (place, table) in tables.iter().enumerate() {
        section::table(&mut html, place, table);
    }
    html.raw("</main>\n<script>").raw(SCRIPT).raw("</script>\n</body>\n</html>\n");
    html.finish()
}

fn top(html: &mut Html, title: &str, tables: &[TableDefinition]) {
    html.raw("<header class=\"top\">\n<h1>").text(title).raw("</h1>\n");
    if tables.len() > 1 {
        html.raw("<nav class=\"tables\" aria-label=\"Tables\">");
        for (place, table) in tables.iter().enumerate() {
            html.raw("<a href=\"#").place(place, None, None).raw("\">").text(table.table()).raw("</a>");
        }
        html.raw("</nav>\n");
    }
    html.raw("<p class=\"search\"><label for=\"search\">Search</label>");
    html.raw("<input id=\"search\" type=\"search\" placeholder=\"Search keys and values\" autocomplete=\"off\" spellcheck=\"false\">");
    html.raw("<kbd aria-hidden=\"true\">/</kbd></p>\n<p class=\"found\" role=\"status\"></p>\n</header>\n");
}

/// The content security policy allows a script by its hash.
fn hash(text: &str) -> String {
    // A browser normalizes line ends before it computes the hash.
    let text = text.replace("\r\n", "\n");
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}
