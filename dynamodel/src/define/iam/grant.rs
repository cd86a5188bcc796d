//! One grant: what is allowed, where, and to whom the partitions belong.

use super::access::Access;
use super::principal::Principal;

/// What is allowed on a table or on one of its indexes.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # fn main() -> dynamodel::Result<()> {
/// use dynamodel::define::{Access, Grant, Principal};
///
/// // Whoever is asking sees and changes their own sessions, and nobody else's.
/// let own = Grant::on_table([Access::Get, Access::Query, Access::Update])
///     .own_partitions("Session", [("user_id", Principal::tag("user_id"))]);
/// let policy = Shop::definition().named("shop-prod").permissions().allow(own).to_json()?;
/// assert!(policy.contains(r#""dynamodb:LeadingKeys": "USER#${aws:PrincipalTag/user_id}""#));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a grant is a plain value: hand it to `Permissions::allow`"]
pub struct Grant {
    pub(super) on: On,
    pub(super) access: Vec<Access>,
    pub(super) owned: Vec<Owned>,
    pub(super) attributes: Vec<String>,
    pub(super) in_transactions: bool,
}

/// Where a grant applies.
#[derive(Debug, Clone)]
pub(super) enum On {
    Table,
    Index(String),
    /// Where the access pattern of the entity lies.
    Pattern {
        entity: String,
        pattern: String,
    },
}

/// An entity whose partitions belong to the principal.
#[derive(Debug, Clone)]
pub(super) struct Owned {
    pub(super) entity: String,
    pub(super) fields: Vec<(String, Principal)>,
}

impl Grant {
    /// On the table itself.
    pub fn on_table(access: impl IntoIterator<Item = Access>) -> Self {
        Self::new(On::Table, access)
    }

    /// On the whole index of that name: [`Access::Query`] and [`Access::Scan`]. The table is not needed for it. No verb scans
    /// an index, and queries of one access pattern need less: [`pattern`](Self::pattern).
    pub fn on_index(index: impl Into<String>, access: impl IntoIterator<Item = Access>) -> Self {
        Self::new(On::Index(index.into()), access)
    }

    /// To query by an access pattern of an entity's, wherever it lies: `Grant::pattern("Session", "by_token")`.
    ///
    /// Only in the partitions that its template can give: `TOKEN#{token}` is `TOKEN#*` to IAM (`dynamodb:LeadingKeys`). Of a
    /// field that is the key by itself, and of keys of several attributes, nothing is known: that is the whole index.
    pub fn pattern(entity: impl Into<String>, pattern: impl Into<String>) -> Self {
        let on = On::Pattern { entity: entity.into(), pattern: pattern.into() };
        Self::new(on, [Access::Query])
    }

    fn new(on: On, access: impl IntoIterator<Item = Access>) -> Self {
        let access = access.into_iter().collect();
        Self { on, access, owned: Vec::new(), attributes: Vec::new(), in_transactions: false }
    }

    /// Only in the partitions of this entity that are the principal's: each named field of its partition key holds that
    /// value (`dynamodb:LeadingKeys`). Called again, the partitions of another entity too.
    ///
    /// IAM compares the text of a partition key, and what cannot be compared is refused: a field behind one that is not
    /// named, an integer or a number, a partition key of several attributes, a text with characters above U+00FF, a partition
    /// in which entities lie that are not named here (IAM cannot tell the items of one partition apart), an access without a
    /// partition (`Scan`), and a write of an entity with [unique fields](crate::guide::unique), whose sentinels are nobody's.
    ///
    /// All entities of a batch belong into one grant: IAM is asked for it once, with all its keys.
    pub fn own_partitions<F: Into<String>>(
        mut self,
        entity: impl Into<String>,
        fields: impl IntoIterator<Item = (F, Principal)>,
    ) -> Self {
        let fields = fields.into_iter().map(|(field, principal)| (field.into(), principal)).collect();
        self.owned.push(Owned { entity: entity.into(), fields });
        self
    }

    /// Only these attributes, by the names under which they are stored, beside the keys, the entity's type and the time to
    /// live: for reads of parts (`part::<P>()`, an index's own struct). A read of whole items is then refused by DynamoDB, and
    /// so is `count`.
    /// Writes always touch more than one's own attributes, and have no such limit: a grant with both is refused.
    pub fn attributes<A: Into<String>>(mut self, attributes: impl IntoIterator<Item = A>) -> Self {
        self.attributes.extend(attributes.into_iter().map(Into::into));
        self
    }

    /// Only within transactions (`dynamodb:EnclosingOperation`): what must never be written by itself. Where the table has
    /// [unique fields](crate::guide::unique), `update` and `delete` read the old ones before their transaction, and may.
    pub fn in_transactions_only(mut self) -> Self {
        self.in_transactions = true;
        self
    }
}
