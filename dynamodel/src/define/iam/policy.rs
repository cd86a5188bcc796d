//! Policies: the permissions on one or more tables, as a document or in a template.

use super::access::Place;
use super::permissions::Permissions;
use super::statement::Statement;
use crate::define::definition::TableDefinition;
use crate::define::document::{Map, Node, json};
use crate::error::{Error, ErrorKind, Result};

/// IAM's limit on a managed policy, in characters without white space.
const LONGEST: usize = 6_144;

/// A named policy over one or more tables.
///
/// IAM allows 6,144 characters without white space in a managed policy. A longer policy is refused when the template is
/// written. It is counted as in the template: with references (`Fn::GetAtt`, `Fn::Sub`), before CloudFormation replaces them
/// by ARNs. So a long table name or many indexes can take a policy near the limit over it, and IAM refuses it at the
/// deployment: split it in two.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::{Access, Grant, Policy, Template};
///
/// let shop = Shop::definition();
/// let reader = Policy::new("Reader").allow(shop.permissions().allow(Grant::on_table([Access::Get, Access::Query])));
/// let yaml = Template::new().table(shop).policy(reader).to_yaml()?;
/// assert!(yaml.contains("Type: AWS::IAM::ManagedPolicy"));
/// assert!(yaml.contains("ReaderPolicyArn:"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a policy is a plain value: `to_json` gives its document, `Template::policy` takes it in"]
pub struct Policy {
    name: String,
    permissions: Vec<Permissions>,
}

impl Permissions {
    /// The policy document in JSON, the same text for the same permissions.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinition`] with everything in the grants that IAM cannot express or that the table does not
    /// have; also if neither an ARN nor a name is given.
    pub fn to_json(&self) -> Result<String> {
        Policy::new("Policy").allow(self.clone()).to_json()
    }
}

impl Policy {
    /// A policy that allows nothing yet. Its name is used in a template: letters and digits.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), permissions: Vec::new() }
    }

    /// Adds this grant.
    pub fn allow(mut self, permissions: Permissions) -> Self {
        self.permissions.push(permissions);
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The policy document in JSON, the same text for the same permissions.
    ///
    /// # Errors
    /// As [`Permissions::to_json`].
    pub fn to_json(&self) -> Result<String> {
        let document = self.document(Permissions::resources)?;
        Ok(json::text(&document))
    }

    /// The documents of several policies, by their names.
    pub(crate) fn documents(policies: &[Self]) -> Result<String> {
        let mut documents = Map::new();
        for policy in policies {
            documents = documents.with(policy.name(), policy.document(Permissions::resources)?);
        }
        match documents.first_duplicate() {
            Some(name) => Err(Error::new(
                ErrorKind::InvalidDefinition,
                format!("two policies have the name `{name}`: rename one"),
            )),
            None => Ok(json::text(&documents)),
        }
    }

    /// The policy, with this name in AWS for the table that is called `table` in Rust.
    pub(crate) fn named(mut self, table: &str, name: &str) -> Self {
        for permissions in self.permissions.iter_mut().filter(|own| own.table() == table) {
            permissions.definition = permissions.definition.clone().named(name);
        }
        self
    }

    /// Its tables' names in Rust.
    pub(in crate::define) fn tables(&self) -> impl Iterator<Item = &'static str> {
        self.permissions.iter().map(Permissions::table)
    }

    /// The policy as a resource of a template; `known` gives the definition and the template's name of each table.
    pub(in crate::define) fn resource<'a>(
        &self,
        known: impl Fn(&str) -> Option<(&'a TableDefinition, String)>,
    ) -> Result<Map> {
        let document = self.document(|own, place| match known(own.table()) {
            Some((definition, id)) => Ok(references(definition, &id, place)),
            None => Err(own.refused("the table is not in the template")),
        })?;
        let length = json::text(&document).chars().filter(|c| !c.is_whitespace()).count();
        if length > LONGEST {
            let message = format!(
                "the policy `{}` has {length} characters, and IAM allows {LONGEST} in a managed policy: split it in two",
                self.name
            );
            return Err(Error::new(ErrorKind::InvalidDefinition, message));
        }
        let properties = Map::new().with("PolicyDocument", document);
        Ok(Map::new().with("Type", "AWS::IAM::ManagedPolicy").with("Properties", properties))
    }

    fn document(&self, resources: impl Fn(&Permissions, &Place) -> Result<Node>) -> Result<Map> {
        let mut statements = Vec::new();
        let mut texts = Vec::new();
        for permissions in &self.permissions {
            for statement in permissions.statements()? {
                let resource = resources(permissions, &statement.place)?;
                let statement = written(&statement, resource);
                // A statement without a table's resource is the same for all tables.
                let text = json::text(&statement);
                if !texts.contains(&text) {
                    texts.push(text);
                    statements.push(statement.into());
                }
            }
        }
        if statements.is_empty() {
            let message = format!("the policy `{}` allows nothing: add `.allow(..)`", self.name);
            return Err(Error::new(ErrorKind::InvalidDefinition, message));
        }
        Ok(Map::new().with("Version", "2012-10-17").list("Statement", statements))
    }
}

fn written(statement: &Statement, resource: Node) -> Map {
    let actions = statement.actions.iter().map(|action| (*action).into()).collect();
    let map = Map::new().with("Effect", "Allow").list("Action", actions).with("Resource", resource);
    let condition = statement.condition.map();
    map.maybe("Condition", (!condition.is_empty()).then_some(condition))
}

/// The resource of a place, as a reference in the template. IAM policies apply in all regions: for a global table, one ARN
/// for each.
fn references(definition: &TableDefinition, table: &str, place: &Place) -> Node {
    let Some(suffix) = place.suffix() else { return "*".into() };
    let call = |function: &str, argument: Node| Node::from(Map::new().with(function, argument));
    let replicas = &definition.settings().replicas;
    if !replicas.is_empty() {
        let arns = replicas.iter().map(|replica| {
            let region = &replica.region;
            let arn =
                format!("arn:${{AWS::Partition}}:dynamodb:{region}:${{AWS::AccountId}}:table/${{{table}}}{suffix}");
            call("Fn::Sub", arn.as_str().into())
        });
        return Node::List(arns.collect());
    }
    match place {
        Place::Table => call("Fn::GetAtt", Node::List(vec![table.into(), "Arn".into()])),
        // The current stream, not the earlier ones of the table.
        Place::Stream => call("Fn::GetAtt", Node::List(vec![table.into(), "StreamArn".into()])),
        Place::Index(_) | Place::Everywhere => call("Fn::Sub", format!("${{{table}.Arn}}{suffix}").as_str().into()),
    }
}
