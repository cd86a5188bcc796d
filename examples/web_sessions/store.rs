//! tower-sessions' store, on a table.

use super::{Site, WebSession};
use async_trait::async_trait;
use dynamodel::{Client, Expiry};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// Under which name the pages keep who has logged in.
pub(super) const USER: &str = "user";

/// Sessions in a table.
#[derive(Debug, Clone)]
pub struct DynamoSessions {
    site: Client<Site>,
}

impl DynamoSessions {
    /// Sessions in this client's table.
    pub fn new(site: Client<Site>) -> Self {
        Self { site }
    }
}

#[async_trait]
impl SessionStore for DynamoSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let session = session(record)?;
            let Err(error) = self.site.create(&session).await else { return Ok(()) };
            match error.current::<WebSession>() {
                // The response was lost, and the stored item is this session.
                Some(there) if error.is_outcome_unknown() && *there == session => return Ok(()),
                // Two random identifiers of 128 bits met.
                Some(_) => record.id = Id::default(),
                None => return Err(backend(&error)),
            }
        }
    }

    /// Writes a session that is there. One that was ended in the meantime, in another tab, stays ended, and so does one that
    /// has expired: an update is refused where there is nothing, or nothing any more.
    async fn save(&self, record: &Record) -> Result<()> {
        let WebSession { id, user, data, expires_at } = session(record)?;
        let update = self.site.update(WebSession::key(&id));
        match update.set(|s| s.user, user).set(|s| s.data, data).set(|s| s.expires_at, expires_at).await {
            Ok(()) => Ok(()),
            Err(error) if error.is_gone() => Ok(()),
            Err(error) => Err(backend(&error)),
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found =
            self.site.get(WebSession::key(&id.to_string())).consistent().await.map_err(|error| backend(&error))?;
        let Some(WebSession { data, expires_at, .. }) = found else { return Ok(None) };
        Ok(Some(Record { id: *id, data: data.into_iter().collect(), expiry_date: expires_at.to_system_time().into() }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.site.delete(WebSession::key(&id.to_string())).await.map_err(|error| backend(&error))
    }
}

fn session(record: &Record) -> Result<WebSession> {
    let user = record.data.get(USER).and_then(|user| user.as_str()).map(str::to_owned);
    let data = record.data.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
    let expires_at = Expiry::at(record.expiry_date.into()).map_err(|error| Error::Encode(error.to_string()))?;
    Ok(WebSession { id: record.id.to_string(), user, data, expires_at })
}

/// The whole story, since tower-sessions takes no source.
fn backend(error: &dynamodel::Error) -> Error {
    let source = std::error::Error::source(error).map(|source| format!(": {source}"));
    Error::Backend(format!("{error}{}", source.unwrap_or_default()))
}
