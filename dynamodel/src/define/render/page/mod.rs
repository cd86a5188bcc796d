//! Tables with their sample items as one HTML page, as single-table designs are drawn. Everything that it shows is in its
//! text; the script only helps to find it.

mod access;
mod chart;
mod frame;
mod html;
mod items;
mod reads;
mod section;
mod view;

use crate::define::definition::TableDefinition;

/// One HTML page of one or more tables: partitions as blocks, items as rows, a tab for each index, and the access patterns
/// with the items that they read.
///
/// The items are the definitions' [samples](TableDefinition::sample). The page is self-contained: it loads nothing from the
/// network (its content security policy forbids that), follows the reader's choice of dark or light, and shows everything
/// without its script too. The same definitions give the same text.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::HtmlPage;
///
/// let shop = Shop::definition().sample(&Session::sample("ada", "s1"))?;
/// let page = HtmlPage::new().title("Our tables").table(shop).to_html();
/// assert!(page.contains("USER#ada") && page.contains("TOKEN#token-of-s1"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a page is a plain value: `to_html` gives its text"]
pub struct HtmlPage {
    title: Option<String>,
    tables: Vec<TableDefinition>,
}

impl HtmlPage {
    /// A page without a table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The title; by default the tables' names.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Adds a table with its samples.
    pub fn table(mut self, definition: TableDefinition) -> Self {
        self.tables.push(definition);
        self
    }

    /// The page's text, to be written to a file.
    pub fn to_html(&self) -> String {
        let names: Vec<_> = self.tables.iter().map(TableDefinition::table).collect();
        let title = self.title.clone().unwrap_or_else(|| names.join(", "));
        frame::page(&title, &self.tables)
    }
}

impl TableDefinition {
    /// The table and its [samples](Self::sample) as one [HTML page](HtmlPage).
    ///
    /// # Examples
    /// ```no_run
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let shop = Shop::definition().sample(&Session::sample("ada", "s1"))?;
    /// std::fs::write("shop.html", shop.html())?;
    /// # Ok(()) }
    /// ```
    pub fn html(&self) -> String {
        HtmlPage::new().table(self.clone()).to_html()
    }
}
