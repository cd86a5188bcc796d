//! The permissions on one table.

use super::access::{Access, Place};
use super::grant::Grant;
use super::grant_statements::grant_statements;
use super::statement::{Statement, add, without_duplicates};
use super::texts::one_or_list;
use super::wildcard::is_writable;
use crate::define::definition::TableDefinition;
use crate::define::document::Node;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::AccessPattern;

/// The permissions on one table. `Shop::definition().permissions()` starts with nothing allowed.
///
/// The resource in a policy document is the table's ARN: that of [`table_arn`](Self::table_arn), or else one with the
/// definition's name and any region and account; with replicas, one ARN for the region of each. ARNs made from a name are in
/// the partition `aws`: give the ARN in other partitions (`aws-cn`, `aws-us-gov`). In a template the resource is a reference
/// to the table, in the stack's own partition and account.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::{Access, Grant};
///
/// let policy = Shop::definition()
///     .permissions()
///     .table_arn("arn:aws:dynamodb:eu-west-1:123456789012:table/shop-prod")
///     .allow(Grant::on_table([Access::Get, Access::Create]))
///     .allow(Grant::pattern("Session", "by_token"))
///     .to_json()?;
/// assert!(policy.contains(r#""Resource": "arn:aws:dynamodb:eu-west-1:123456789012:table/shop-prod/index/Gsi1""#));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "permissions are a plain value: `to_json` gives their policy, `Policy` puts them into a template"]
pub struct Permissions {
    pub(super) definition: TableDefinition,
    arn: Option<String>,
    grants: Vec<Grant>,
}

impl TableDefinition {
    /// Permissions on this table, with nothing allowed yet.
    pub fn permissions(&self) -> Permissions {
        Permissions { definition: self.clone(), arn: None, grants: Vec::new() }
    }
}

impl Permissions {
    /// The table's ARN: `arn:aws:dynamodb:eu-west-1:123456789012:table/shop-prod`.
    ///
    /// It is one table in one region, even if the definition has replicas: the policy then does not cover the other regions.
    /// Write `*` for the region to cover all, or leave the ARN out and name the definition.
    pub fn table_arn(mut self, arn: impl Into<String>) -> Self {
        self.arn = Some(arn.into());
        self
    }

    /// Adds this grant.
    pub fn allow(mut self, grant: Grant) -> Self {
        self.grants.push(grant);
        self
    }

    /// Allows everything that an application with all verbs and access patterns does: all reads and writes of the table except
    /// scans, and the access patterns on indexes, each in its partitions.
    pub fn allow_all(self) -> Self {
        let reads = [Access::Get, Access::BatchGet, Access::Query];
        let on_table = Grant::on_table(reads.into_iter().chain(Access::WRITES));
        let names: Vec<_> = self.definition.indexes().iter().map(|index| index.name).collect();
        let entities = self.definition.entities();
        let of_index = |name: &'static str| {
            let all = entities.iter().flat_map(|entity| entity.patterns.iter().map(|pattern| (entity.name, pattern)));
            all.filter(move |(_, pattern)| pattern.index == Some(name))
        };
        let patterns: Vec<_> = names.into_iter().flat_map(of_index).collect();
        let with = |own: Self, (entity, pattern): (_, &AccessPattern)| own.allow(Grant::pattern(entity, pattern.name));
        patterns.into_iter().fold(self.allow(on_table), with)
    }

    /// The struct's name of the table.
    pub(super) fn table(&self) -> &'static str {
        self.definition.table()
    }

    pub(super) fn statements(&self) -> Result<Vec<Statement>> {
        let mut wrong = Vec::new();
        let mut statements = Vec::new();
        if self.grants.is_empty() {
            wrong.push("the permissions allow nothing: add a grant with `.allow(..)`".to_owned());
        }
        for grant in &self.grants {
            for statement in grant_statements(&self.definition, grant, &mut wrong) {
                add(&mut statements, statement);
            }
        }
        for text in statements.iter().flat_map(|own| own.condition.map().texts()) {
            if let Some(c) = text.chars().find(|c| !is_writable(*c)) {
                wrong.push(format!(
                    "{text:?} cannot be written in a policy: IAM allows characters up to U+00FF, and {c:?} is above; store a text of allowed characters, or leave `own_partitions` or `attributes` out of the grant"
                ));
            }
        }
        if wrong.is_empty() { Ok(without_duplicates(statements)) } else { Err(self.refused(wrong.join("; "))) }
    }

    pub(super) fn refused(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::InvalidDefinition, message).in_table(self.definition.table())
    }

    /// The table's ARNs: for a global table, one for each region.
    fn arns(&self) -> Result<Vec<String>> {
        if let Some(arn) = &self.arn {
            let parts: Vec<_> = arn.splitn(6, ':').collect();
            let [head, _, service, _, _, resource] = parts[..] else { return Err(self.invalid_arn(arn)) };
            let name = resource.strip_prefix("table/").unwrap_or_default();
            if head != "arn" || service != "dynamodb" || name.is_empty() || name.contains(['/', ':']) {
                return Err(self.invalid_arn(arn));
            }
            return Ok(vec![arn.clone()]);
        }
        let settings = self.definition.settings();
        let Some(name) = settings.name.as_ref().or(settings.default_name.as_ref()) else {
            let message = "the policy needs the table's name: call `.table_arn(..)` on the permissions, or `.named(..)` on the definition";
            return Err(self.refused(message));
        };
        let arn = |region: &str| format!("arn:aws:dynamodb:{region}:*:table/{name}");
        if settings.replicas.is_empty() {
            return Ok(vec![arn("*")]);
        }
        Ok(settings.replicas.iter().map(|replica| arn(&replica.region)).collect())
    }

    fn invalid_arn(&self, arn: &str) -> Error {
        self.refused(format!("{arn:?} is not the ARN of a table: `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME`"))
    }

    /// The resources of a place, under the table's ARNs.
    pub(super) fn resources(&self, place: &Place) -> Result<Node> {
        let Some(suffix) = place.suffix() else { return Ok("*".into()) };
        let arns: Vec<_> = self.arns()?.into_iter().map(|arn| format!("{arn}{suffix}")).collect();
        Ok(one_or_list(&arns))
    }
}
