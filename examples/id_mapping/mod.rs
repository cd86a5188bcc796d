//! Legacy identifiers mapped to new ones: each exactly once, whoever asks first.
//!
//! One table, one index, for the way back:
//!
//! | item | `PK` | `GSI1PK` |
//! |---|---|---|
//! | `Mapping` | `SYSTEM#{system}#{legacy}` | `ID#{id}` |

use dynamodel::{Client, Entity, Result, Table, Timestamp};
use serde::{Deserialize, Serialize};
use ulid::Ulid;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", gsi(ById, pk = "GSI1PK"), entities(Mapping))]
pub struct Ids;

/// What a legacy identifier is called from now on.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Ids, pk = "SYSTEM#{system}#{legacy}", index(by_id = ById, pk = "ID#{id}"))]
pub struct Mapping {
    /// Where the legacy identifier comes from.
    pub system: String,
    /// The legacy identifier, of whatever form.
    pub legacy: String,
    /// The new one.
    #[dynamo(immutable)]
    pub id: Ulid,
    /// When it was given.
    #[dynamo(created_at)]
    pub since: Timestamp,
}

/// Hands out new identifiers for old ones.
#[derive(Debug, Clone)]
pub struct Mapper {
    ids: Client<Ids>,
}

impl Mapper {
    /// A mapper on this client's table.
    pub fn new(ids: Client<Ids>) -> Self {
        Self { ids }
    }

    /// The new identifier of a legacy one, and whether it was made by this call: the one that is there, or one made now.
    /// However many ask at once, all get the same. One request, and no read before it.
    ///
    /// # Errors
    /// Whatever the client says. Ask again then: whoever made the mapping, all get the same.
    pub async fn map(&self, system: &str, legacy: &str) -> Result<(Ulid, bool)> {
        let fresh = Mapping {
            system: system.to_owned(),
            legacy: legacy.to_owned(),
            id: Ulid::generate(),
            since: Timestamp::EPOCH,
        };
        let mine = fresh.id;
        let mapping = match self.ids.get_or_create(fresh).await {
            Ok(mapping) => mapping.into_item(),
            // An answer got lost, and the mapping is there. The random identifier tells who has made it.
            Err(error) if error.is_outcome_unknown() => error.into_current::<Mapping>()?,
            Err(error) => return Err(error),
        };
        Ok((mapping.id, mapping.id == mine))
    }

    /// The new identifier, if there is one already.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn known(&self, system: &str, legacy: &str) -> Result<Option<Ulid>> {
        Ok(self.ids.get(Mapping::key(system, legacy)).await?.map(|mapping| mapping.id))
    }

    /// Where an identifier comes from. The index is eventually consistent: one that was just made may be missing for a
    /// moment.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn origin(&self, id: Ulid) -> Result<Option<Mapping>> {
        self.ids.query(Mapping::by_id(id)).first().await
    }
}
