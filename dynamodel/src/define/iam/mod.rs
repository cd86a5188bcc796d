//! Permissions: least-privilege IAM policies for what an application does with a table.

mod access;
mod condition;
mod grant;
mod leading;
mod policy;
mod principal;
mod sentinels;
mod statement;
mod texts;
mod wildcard;

pub use access::Access;
pub use grant::Grant;
pub use policy::Policy;
pub use principal::Principal;

use super::TableDefinition;
use super::document::Node;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::AccessPattern;
use access::Place;
use statement::Statement;

/// What may be done with one table. `Shop::definition().permissions()` begins it, with nothing allowed.
///
/// The resources of a policy document are the table's ARN: of [`table_arn`](Self::table_arn), or with any region and
/// account where the definition has a name, and of a definition with replicas with the region of each. Documents by name are
/// of the partition `aws`: in the others (`aws-cn`, `aws-us-gov`) say the ARN. In a template they are references to
/// the table, in whatever partition and account the stack is.
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
    definition: TableDefinition,
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
    /// It is one table in one region, also where the definition has replicas: the policy then says nothing of the others.
    /// Write `*` for the region to have all, or leave the ARN out and name the definition.
    pub fn table_arn(mut self, arn: impl Into<String>) -> Self {
        self.arn = Some(arn.into());
        self
    }

    /// Allows this too.
    pub fn allow(mut self, grant: Grant) -> Self {
        self.grants.push(grant);
        self
    }

    /// Allows all that an application does which uses every verb and every access pattern: all reads and writes on the table
    /// but scans, and the access patterns on indexes, each in its partitions.
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

    /// The policy document: JSON, the same for the same permissions.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinition`] with everything that IAM cannot express of the grants, or that names what the table
    /// does not have; also where neither an ARN nor a name is said.
    pub fn to_json(&self) -> Result<String> {
        Policy::new("Policy").allow(self.clone()).to_json()
    }

    /// The struct's name of the table.
    pub(super) fn table(&self) -> &'static str {
        self.definition.table()
    }

    fn statements(&self) -> Result<Vec<Statement>> {
        let mut wrong = Vec::new();
        let mut statements = Vec::new();
        if self.grants.is_empty() {
            wrong.push("the permissions allow nothing: add `.allow(..)`".to_owned());
        }
        for grant in &self.grants {
            for statement in statement::statements(&self.definition, grant, &mut wrong) {
                statement::add(&mut statements, statement);
            }
        }
        for text in statements.iter().flat_map(|own| own.condition.map().texts()) {
            if let Some(c) = text.chars().find(|c| !wildcard::is_writable(*c)) {
                wrong.push(format!(
                    "{text:?} cannot stand in a policy: IAM takes characters up to U+00FF, and {c:?} is none; store a text of such characters, or leave `own` or `attributes` out of the grant"
                ));
            }
        }
        if wrong.is_empty() { Ok(statement::without_doubles(statements)) } else { Err(self.refused(wrong.join("; "))) }
    }

    fn refused(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::InvalidDefinition, message).in_table(self.definition.table())
    }

    /// The table's ARNs: of a global table, one in each region.
    fn arns(&self) -> Result<Vec<String>> {
        if let Some(arn) = &self.arn {
            let parts: Vec<_> = arn.splitn(6, ':').collect();
            let [head, _, service, _, _, resource] = parts[..] else { return Err(self.no_arn(arn)) };
            let name = resource.strip_prefix("table/").unwrap_or_default();
            if head != "arn" || service != "dynamodb" || name.is_empty() || name.contains(['/', ':']) {
                return Err(self.no_arn(arn));
            }
            return Ok(vec![arn.clone()]);
        }
        let settings = self.definition.settings();
        let Some(name) = settings.name.as_ref().or(settings.default_name.as_ref()) else {
            let message = "the policy needs the table's name: say `.table_arn(..)` of the permissions, or `.named(..)` of the definition";
            return Err(self.refused(message));
        };
        let arn = |region: &str| format!("arn:aws:dynamodb:{region}:*:table/{name}");
        if settings.replicas.is_empty() {
            return Ok(vec![arn("*")]);
        }
        Ok(settings.replicas.iter().map(|replica| arn(&replica.region)).collect())
    }

    fn no_arn(&self, arn: &str) -> Error {
        self.refused(format!("{arn:?} is no ARN of a table: `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME`"))
    }

    /// The resources of a place, under the table's ARNs.
    fn resources(&self, place: &Place) -> Result<Node> {
        let Some(behind) = behind(place) else { return Ok("*".into()) };
        let arns: Vec<_> = self.arns()?.into_iter().map(|arn| format!("{arn}{behind}")).collect();
        Ok(texts::one_or_list(&arns))
    }
}

/// What follows a table's ARN; `None` for what is of no table.
fn behind(place: &Place) -> Option<String> {
    match place {
        Place::Table => Some(String::new()),
        Place::Index(name) => Some(format!("/index/{name}")),
        Place::Stream => Some("/stream/*".to_owned()),
        Place::Everywhere => None,
    }
}

/// The sentence for a name that is not there.
fn not_among<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    let known = if known.is_empty() { "there is none".to_owned() } else { format!("known: {}", known.join(", ")) };
    format!("`{name}` is no {what} ({known})")
}
