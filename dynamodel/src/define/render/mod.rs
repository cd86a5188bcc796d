//! Definitions as text for people and for deployments: CloudFormation templates, the HTML page, Markdown, Mermaid, costs.

mod cloudformation;
mod cost;
mod markdown;
mod mermaid;
mod page;

pub use cloudformation::{Format, Template};
pub use page::HtmlPage;
