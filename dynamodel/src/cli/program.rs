//! The program: which tables it knows, and what it is given besides.

use crate::define::{Policy, TableDefinition};

/// A program that prints what tables' definitions make: the CloudFormation template (`yaml`, `json`), the access patterns
/// (`markdown`), diagrams (`mermaid`), the page with the sample items (`html`), what these cost (`cost`), IAM policies (`iam`);
/// and that compares the live tables with them (`check`) and says how they would be changed (`plan`).
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
/// `cargo run --example tables -- --format yaml` prints the template, and `--help` says what else there is. The exit
/// code is 0 where all is well, 1 where `check` has found a difference or `plan` something to change, and 2 where something
/// could not be done.
#[derive(Debug, Clone, Default)]
#[must_use = "`run` does it"]
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

    /// With this table too.
    pub fn table(mut self, definition: TableDefinition) -> Self {
        self.tables.push(definition);
        self
    }

    /// With this policy too, in the template and for `--format iam`.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policies.push(policy);
        self
    }

    /// The template's description.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The client that `check` and `plan` ask. Without one it takes the environment's, with the feature `aws-config`: the engine at
    /// `DYNAMODB_ENDPOINT` if that is set, else AWS as the SDK is configured.
    pub fn client(mut self, client: &aws_sdk_dynamodb::Client) -> Self {
        self.client = Some(client.clone());
        self
    }
}
