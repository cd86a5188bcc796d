//! Definitions as a CloudFormation template.

mod alarms;
mod global;
mod limits;
mod parts;
mod scaling;
mod table;

use crate::define::definition::TableDefinition;
use crate::define::document::{Map, json, yaml};
use crate::define::iam::Policy;
use crate::error::Result;
use parts::{call, logical_id, refused, table_id};

/// A CloudFormation template of one or more tables: `AWS::DynamoDB::Table`, or `AWS::DynamoDB::GlobalTable` for a table with
/// replicas. The same definitions give the same text.
///
/// The resource of `Shop` is called `ShopTable`, or `ShopGlobalTable` with replicas. A table that is not
/// [`named`](TableDefinition::named) has a parameter for its name: `ShopTableName`. The stack's outputs are `ShopName`,
/// `ShopArn` and, with a stream, `ShopStreamArn`.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::Template;
///
/// let template = Template::new().table(Shop::definition().named("shop-prod"));
/// print!("{}", template.to_yaml()?);
/// assert!(template.to_json()?.contains(r#""TableName": "shop-prod""#));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a template is a plain value: `to_yaml` and `to_json` give its text"]
pub struct Template {
    description: Option<String>,
    tables: Vec<TableDefinition>,
    policies: Vec<Policy>,
}

/// The format of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Format {
    /// YAML, without CloudFormation's short forms, so that any YAML reader can read it.
    #[default]
    Yaml,
    /// JSON.
    Json,
}

impl Template {
    /// A template without a table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its description, of up to 1,024 bytes.
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Adds a table.
    pub fn table(mut self, definition: TableDefinition) -> Self {
        self.tables.push(definition);
        self
    }

    /// Adds a policy, as an `AWS::IAM::ManagedPolicy` to attach to roles. Its tables must be in the template. The output
    /// `ReaderPolicyArn` has its ARN, if the policy is called `Reader`.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policies.push(policy);
        self
    }

    /// Its text as YAML.
    ///
    /// # Errors
    /// As [`to_text`](Self::to_text).
    pub fn to_yaml(&self) -> Result<String> {
        self.to_text(Format::Yaml)
    }

    /// Its text as JSON.
    ///
    /// # Errors
    /// As [`to_text`](Self::to_text).
    pub fn to_json(&self) -> Result<String> {
        self.to_text(Format::Json)
    }

    /// Its text.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinition`](crate::ErrorKind::InvalidDefinition) if a definition exceeds a limit of DynamoDB
    /// ([`TableDefinition::check`]), if there is no table, if two resources would have the same name, if the template exceeds
    /// a limit of CloudFormation (500 resources, 200 parameters, 200 outputs, names of 255 characters, a description of 1,024
    /// bytes, 1 MB in all), and if a policy cannot be expressed
    /// ([`Permissions::to_json`](crate::define::Permissions::to_json)) or covers a table that is not in the template.
    ///
    /// A text of more than 51,200 bytes is not an error: CloudFormation accepts it from S3 (`TemplateURL`), but not in the
    /// request (`TemplateBody`).
    pub fn to_text(&self, format: Format) -> Result<String> {
        let document = self.document()?;
        limits::text(match format {
            Format::Yaml => yaml::text(&document),
            Format::Json => json::text(&document),
        })
    }

    fn document(&self) -> Result<Map> {
        if self.tables.is_empty() {
            return Err(refused(
                "the template has no table, and CloudFormation requires a resource: add one with `.table(..)`",
            ));
        }
        let [mut parameters, mut mappings, mut resources, mut outputs] = [const { Map(Vec::new()) }; 4];
        let mut taken: Vec<String> = Vec::new();
        for definition in &self.tables {
            definition.check()?;
            let id = logical_id(definition.table());
            let own = table_id(definition);
            if id.is_empty() || taken.contains(&id) {
                let message = format!(
                    "its name in the template would be `{own}`, which is invalid or used already: add each table once, and name its struct with ASCII letters and digits"
                );
                return Err(refused(message).in_table(definition.table()));
            }
            parameters = table::parameter(parameters, definition, &id);
            resources = resources.with(own, table::resource(definition, &id));
            resources = scaling::resources(resources, definition, &id);
            mappings.0.extend(alarms::mapping(definition, &id).map(|(name, regions)| (name, regions.into())));
            resources = alarms::resources(resources, definition, &id);
            outputs = table::outputs(outputs, definition, &id);
            taken.push(id);
        }
        for policy in &self.policies {
            let id = format!("{}Policy", logical_id(policy.name()));
            if id == "Policy" {
                return Err(refused(format!(
                    "{:?} cannot be the name of a policy in a template: use letters and digits",
                    policy.name()
                )));
            }
            if let Some(table) = policy.tables().find(|table| !self.tables.iter().any(|own| own.table() == *table)) {
                let message = format!(
                    "the policy `{}` covers the table `{table}`, which is not in the template: add the table",
                    policy.name()
                );
                return Err(refused(message));
            }
            let output = Map::new()
                .with("Description", format!("ARN of the policy {}", policy.name()).as_str())
                .with("Value", call("Ref", id.as_str()));
            outputs = outputs.with(format!("{id}Arn"), output);
            let known = |table: &str| {
                let own = self.tables.iter().find(|own| own.table() == table)?;
                Some((own, table_id(own)))
            };
            resources = resources.with(id, policy.resource(known)?);
        }
        let description = self.description.as_deref();
        limits::parts(description, &parameters, &resources, &outputs)?;
        let document = Map::new()
            .with("AWSTemplateFormatVersion", "2010-09-09")
            .maybe("Description", description)
            .maybe("Parameters", (!parameters.is_empty()).then_some(parameters))
            .maybe("Mappings", (!mappings.is_empty()).then_some(mappings));
        Ok(document.with("Resources", resources).with("Outputs", outputs))
    }
}
