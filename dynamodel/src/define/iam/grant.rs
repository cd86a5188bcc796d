//! A grant: what is allowed, where, and in whose partitions.

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
/// // Users read and change their own sessions only.
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
    /// Where the entity's access pattern reads.
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

    /// On the whole index of this name: [`Access::Query`] and [`Access::Scan`]. It allows nothing on the table. No verb scans
    /// an index, and queries of one access pattern need less: [`pattern`](Self::pattern).
    pub fn on_index(index: impl Into<String>, access: impl IntoIterator<Item = Access>) -> Self {
        Self::new(On::Index(index.into()), access)
    }

    /// Queries by one access pattern of an entity, on the table or its index: `Grant::pattern("Session", "by_token")`.
    ///
    /// Only in the partitions that its key template can give: `TOKEN#{token}` is `TOKEN#*` to IAM (`dynamodb:LeadingKeys`).
    /// For a field that is the key by itself, and for keys of several attributes, the whole index is allowed.
    pub fn pattern(entity: impl Into<String>, pattern: impl Into<String>) -> Self {
        let on = On::Pattern { entity: entity.into(), pattern: pattern.into() };
        Self::new(on, [Access::Query])
    }

    fn new(on: On, access: impl IntoIterator<Item = Access>) -> Self {
        let access = access.into_iter().collect();
        Self { on, access, owned: Vec::new(), attributes: Vec::new(), in_transactions: false }
    }

    /// Only in the principal's own partitions of this entity: each named field of its partition key has the given value
    /// (`dynamodb:LeadingKeys`). Call it again for the partitions of another entity.
    ///
    /// IAM compares the text of a partition key. What it cannot compare is refused when the policy is written: a field after
    /// one that is not named, an integer or a number, a partition key of several attributes, a text with characters above
    /// U+00FF, a partition that also holds entities that are not named here (IAM cannot tell the items of one partition
    /// apart), an access without a partition (`Scan`), and a write of an entity with [unique fields](crate::guide::unique),
    /// whose sentinels belong to no principal.
    ///
    /// Name all entities of a batch in one grant: IAM checks a batch once, with all its keys.
    pub fn own_partitions<F: Into<String>>(
        mut self,
        entity: impl Into<String>,
        fields: impl IntoIterator<Item = (F, Principal)>,
    ) -> Self {
        let fields = fields.into_iter().map(|(field, principal)| (field.into(), principal)).collect();
        self.owned.push(Owned { entity: entity.into(), fields });
        self
    }

    /// Only these attributes, by the names under which they are stored, and the keys, the entity's type and the time to
    /// live: for reads of parts (`part::<P>()`, an index's own struct). DynamoDB then refuses reads of whole items, and
    /// `count`. Writes cannot be restricted like this, because they always change the library's own attributes too: a grant
    /// with writes and attributes is refused.
    pub fn attributes<A: Into<String>>(mut self, attributes: impl IntoIterator<Item = A>) -> Self {
        self.attributes.extend(attributes.into_iter().map(Into::into));
        self
    }

    /// Only within transactions (`dynamodb:EnclosingOperation`): for items that must never be written alone. Where the table
    /// has [unique fields](crate::guide::unique), the reads of old values by `update` and `delete`, which come before their
    /// transaction, are allowed too.
    pub fn in_transactions_only(mut self) -> Self {
        self.in_transactions = true;
        self
    }
}
