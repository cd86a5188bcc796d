//! The program: its tables, policies and client.

use crate::define::{Policy, TableDefinition};

/// A program that prints what is made from tables' definitions: the CloudFormation template (`yaml`, `json`), the access
/// patterns (`markdown`), diagrams (`mermaid`), the page with the sample items (`html`), their costs (`cost`), IAM policies
/// (`iam`); and that compares live tables with their definitions (`check`) and plans their changes (`plan`).
///
/// It takes two lines in an example or a binary of the crate that has the tables:
///
/// ```no_run
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// #[tokio::main]
/// async fn main() -> std::process::ExitCode {
///     dynamodel::cli::Cli::new().table(Shop::definition()).run().await
/// }
/// ```
///
/// `cargo run --example tables -- --format yaml` prints the template, and `--help` lists the other formats. The exit code is
/// 0 on success, 1 if `check` finds a difference or `plan` something to change, and 2 on an error.
#[derive(Debug, Clone, Default)]
#[must_use = "nothing is printed until `run`"]
pub struct Cli {
    pub(super) tables: Vec<TableDefinition>,
    pub(super) policies: Vec<Policy>,
    pub(super) description: Option<String>,
    pub(super) client: Option<aws_sdk_dynamodb::Client>,
}

impl Cli {
    /// A program without a table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a table.
    pub fn table(mut self, definition: TableDefinition) -> Self {
        self.tables.push(definition);
        self
    }

    /// Adds a policy, for the template and for `--format iam`.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policies.push(policy);
        self
    }

    /// The template's description.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The client for `check` and `plan`. Without one, and with the feature `aws-config`, it is made from the environment: for
    /// the engine at `DYNAMODB_ENDPOINT` if that is set, or else for AWS as the SDK is configured.
    pub fn client(mut self, client: &aws_sdk_dynamodb::Client) -> Self {
        self.client = Some(client.clone());
        self
    }
}
