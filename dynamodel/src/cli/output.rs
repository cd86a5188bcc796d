//! The output of each format: an arm of the match each.

use super::connect;
use super::errors::invalid;
use super::format::Format;
use super::program::Cli;
use crate::client::Client;
use crate::define::{HtmlPage, Policy, Scope, TableDefinition, Template, Unchanged};
use crate::entity::NoTable;
use crate::error::Result;
use std::fmt::Write as _;

/// The printed text.
pub(super) struct Report {
    pub(super) text: String,
    /// Whether a live table differs from its definition.
    pub(super) drifted: bool,
}

pub(super) async fn print(cli: &Cli, format: Format) -> Result<Report> {
    let text = match format {
        Format::Yaml => template(cli).to_yaml()?,
        Format::Json => template(cli).to_json()?,
        Format::Markdown => each(cli, |own| format!("## {}\n\n{}", own.table(), own.markdown())),
        Format::Mermaid => each(cli, |own| format!("## {}\n\n```mermaid\n{}```\n", own.table(), own.mermaid())),
        Format::Html => page(cli),
        Format::Cost => costs(cli)?,
        Format::Iam => policies(cli)?,
        Format::Check | Format::Plan => return compare(cli, format).await,
    };
    Ok(Report { text, drifted: false })
}

/// The texts of all tables, with an empty line between them.
fn each(cli: &Cli, text: impl Fn(&TableDefinition) -> String) -> String {
    cli.tables.iter().flat_map(|own| [text(own), "\n".to_owned()]).collect()
}

fn page(cli: &Cli) -> String {
    let page = cli.description.iter().fold(HtmlPage::new(), HtmlPage::title);
    cli.tables.iter().cloned().fold(page, HtmlPage::table).to_html()
}

fn costs(cli: &Cli) -> Result<String> {
    let mut out = String::new();
    for own in &cli.tables {
        let costs = own.cost().finish()?;
        // Writing into text cannot fail.
        let _ = writeln!(out, "## {}\n\n{costs}", own.table());
    }
    Ok(out)
}

fn template(cli: &Cli) -> Template {
    let template = cli.description.iter().fold(Template::new(), Template::description);
    let template = cli.tables.iter().cloned().fold(template, Template::table);
    cli.policies.iter().cloned().fold(template, Template::policy)
}

/// The documents of the policies; without policies, one that allows everything that the tables' access patterns need.
fn policies(cli: &Cli) -> Result<String> {
    if cli.policies.is_empty() {
        let all = cli.tables.iter().map(|own| own.permissions().allow_all());
        return all.fold(Policy::new("Policy"), Policy::allow).to_json();
    }
    if let [only] = &cli.policies[..] {
        return only.to_json();
    }
    Policy::documents(&cli.policies)
}

/// The differences or steps of each table, a line each.
async fn compare(cli: &Cli, format: Format) -> Result<Report> {
    let mut report = Report { text: String::new(), drifted: false };
    let client = match &cli.client {
        Some(client) => client.clone(),
        None => connect::from_env().await?,
    };
    for definition in &cli.tables {
        definition.check()?;
        let settings = definition.settings();
        let Some(name) = settings.name.as_ref().or(settings.default_name.as_ref()) else {
            let table = definition.table();
            return Err(invalid(format!("the table `{table}` has no name: add `--table {table}=NAME`")));
        };
        let client = Client::<NoTable>::new(&client, name);
        let (head, lines) = match format {
            Format::Plan => {
                let plan = client.planned(definition, Scope::Settings).await?;
                let remains = plan.unchanged().iter().any(|kept| !matches!(kept, Unchanged::NotCompared(_)));
                report.drifted |= remains || !plan.is_empty();
                let head =
                    if plan.is_empty() { "nothing to do".to_owned() } else { counted(plan.steps().len(), "step") };
                (head, plan.to_string().lines().map(str::to_owned).collect())
            }
            _ => {
                let found = client.differences(definition).await?;
                report.drifted |= !found.is_empty();
                let head = if found.is_empty() { "as defined".to_owned() } else { counted(found.len(), "difference") };
                (head, found.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
        };
        // Writing into text cannot fail.
        let _ = writeln!(report.text, "{} ({name}): {head}", definition.table());
        for line in lines {
            let _ = writeln!(report.text, "  {line}");
        }
    }
    Ok(report)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
