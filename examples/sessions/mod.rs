//! A session store: optimistic locking against the version last seen, lookup by token, expiry.
//!
//! One table, one index. A session lies in its user's partition, and on the index `Gsi1` under its token:
//!
//! | item | `PK` | `SK` | `GSI1PK` | `GSI1SK` |
//! |---|---|---|---|---|
//! | `Session` | `USER#{user_id}` | `SESSION#{session_id}` | `TOKEN#{token}` | `SESSION` |

use dynamodel::{Client, Entity, Error, Expiry, Result, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use ulid::Ulid;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(Session))]
pub struct Shop;

/// What the application knows of a visitor who has logged in.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, pk = "USER#{user_id}", sk = "SESSION#{session_id}", query = of_user)]
#[dynamo(index(by_token = Gsi1, pk = "TOKEN#{token}", sk = "SESSION"))]
pub struct Session {
    /// Whose session it is.
    pub user_id: String,
    /// Which one of theirs: sorts by the time of its beginning.
    pub session_id: Ulid,
    /// What the browser's cookie holds.
    pub token: String,
    /// Pages seen.
    pub hits: u64,
    /// Whatever the application keeps: theme, cart, language.
    pub data: BTreeMap<String, String>,
    /// Counted by the library with every write.
    #[dynamo(version)]
    pub version: u64,
    /// From this second on the session is gone.
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

/// The session store.
#[derive(Debug, Clone)]
pub struct Sessions {
    shop: Client<Shop>,
    lifetime: Duration,
}

impl Sessions {
    /// A store whose sessions live so long after they were last touched.
    pub fn new(shop: Client<Shop>, lifetime: Duration) -> Self {
        Self { shop, lifetime }
    }

    /// Logs a user in: a new session, never one that is there already.
    ///
    /// # Errors
    /// `AlreadyExists` if the identifier is taken; whatever the client says.
    pub async fn begin(&self, user_id: &str, session_id: Ulid, token: &str, now: Expiry) -> Result<Session> {
        let mut session = Session {
            user_id: user_id.to_owned(),
            session_id,
            token: token.to_owned(),
            hits: 0,
            data: BTreeMap::new(),
            version: 0,
            expires_at: self.end_of_life(now),
        };
        session.version = self.shop.create(&session).await?;
        Ok(session)
    }

    /// A session with the version it has now; `None` if there is none, or it has expired.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn load(&self, user_id: &str, session_id: Ulid) -> Result<Option<Session>> {
        self.shop.get(Session::key(user_id, session_id)).consistent().await
    }

    /// Saves a session against the version last seen.
    ///
    /// # Errors
    /// [`SaveError::Mismatch`] with the current session, if another writer saved in between.
    pub async fn save(&self, session: &mut Session) -> Result<(), SaveError> {
        match self.shop.save(session).await {
            Ok(()) => Ok(()),
            Err(error) if error.is_conflict() => Err(SaveError::Mismatch(Box::new(error.into_current()?))),
            Err(error) => Err(error.into()),
        }
    }

    /// Extends a session's life, whoever else may be changing it.
    ///
    /// # Errors
    /// `NotFound` or `Expired` if it is gone.
    pub async fn touch(&self, session: &Session, now: Expiry) -> Result<()> {
        let until = self.end_of_life(now);
        self.shop.update(session.primary_key()).set(|s| s.expires_at, until).await
    }

    /// The session that a browser's token stands for.
    ///
    /// The index is eventually consistent: a session that has just begun may be missing for a short time.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn by_token(&self, token: &str) -> Result<Option<Session>> {
        self.shop.query(Session::by_token(token)).first().await
    }

    /// All sessions of a user, oldest first.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn of_user(&self, user_id: &str) -> Result<Vec<Session>> {
        self.shop.query(Session::of_user(user_id)).collect().await
    }

    /// Logs out: the session is deleted, whatever its version.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn end(&self, session: &Session) -> Result<()> {
        self.shop.delete(session.primary_key()).await
    }

    /// Everything that is stored for a user, expired or not: for people who look at the table.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn stored(&self, user_id: &str) -> Result<Vec<Session>> {
        self.shop.query(Session::of_user(user_id)).include_expired().collect().await
    }

    fn end_of_life(&self, now: Expiry) -> Expiry {
        // Beyond the year 9999 nothing can be extended: such a session ends when it was to end.
        now.extend(self.lifetime).unwrap_or(now)
    }
}

/// Why a session was not saved.
#[derive(Debug)]
pub enum SaveError {
    /// Somebody else saved in between: this is what they made of it.
    Mismatch(Box<Session>),
    /// Anything else.
    Store(Error),
}

impl From<Error> for SaveError {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl std::fmt::Display for SaveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Mismatch(current) => {
                write!(f, "the session was saved by another writer: it is at version {}", current.version)
            }
            Self::Store(_) => f.write_str("the session store failed"),
        }
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Mismatch(_) => None,
            Self::Store(error) => Some(error),
        }
    }
}
