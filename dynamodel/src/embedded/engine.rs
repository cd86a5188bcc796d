//! Starting and stopping the engine.

use super::clock::EngineClock;
use super::sdk_clients::sdk_client;
use crate::client::{Client, ManualClock};
use crate::define::TableDefinition;
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use aws_sdk_dynamodb::config::SharedHttpClient;
use dynoxide::Database;
use std::fmt;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A real DynamoDB engine in this process, served on an ephemeral port of 127.0.0.1. It stops when dropped.
///
/// It starts in about a millisecond, so every test can have its own. It runs on a thread of its own, whatever runtime the
/// program uses. The clients made by [`client`](Self::client) keep it alive.
///
/// # Examples
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
/// use dynamodel::embedded::Engine;
///
/// let engine = Engine::memory()?;
/// let shop = engine.client::<Shop>("shop").await?;
/// shop.create(&Session::sample("u1", "s1")).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Engine(Arc<Running>);

struct Running {
    database: Database,
    endpoint: String,
    http: SharedHttpClient,
    clock: Option<ManualClock>,
    stop: Mutex<Option<(oneshot::Sender<()>, JoinHandle<()>)>>,
}

impl Engine {
    /// An engine that keeps its tables in memory.
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`] when there is no free loopback port, or no thread can be started.
    pub fn memory() -> Result<Self> {
        Self::start(Database::memory(), None)
    }

    /// An engine in memory that takes the time from `clock`, as do the clients that it makes.
    ///
    /// # Errors
    /// As [`memory`](Self::memory).
    pub fn memory_at(clock: &ManualClock) -> Result<Self> {
        Self::start(Database::memory_with_clock(Arc::new(EngineClock(clock.clone()))), Some(clock.clone()))
    }

    /// An engine that keeps its tables in a file (SQLite), which is created if it does not exist.
    ///
    /// # Errors
    /// As [`memory`](Self::memory), and when the file cannot be opened.
    pub fn file(path: impl AsRef<Path>) -> Result<Self> {
        Self::start(Database::new(&path.as_ref().to_string_lossy()), None)
    }

    fn start(database: dynoxide::Result<Database>, clock: Option<ManualClock>) -> Result<Self> {
        let database = database.map_err(|error| unavailable("the embedded engine cannot open its tables", error))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(no_port)?;
        listener.set_nonblocking(true).map_err(no_port)?;
        let endpoint = format!("http://{}", listener.local_addr().map_err(no_port)?);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| unavailable("the embedded engine has no runtime", error))?;
        let (stop, stopped) = oneshot::channel();
        let served = database.clone();
        let thread = std::thread::Builder::new().name("dynamodel-engine".to_owned()).spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                let shutdown = async { drop(stopped.await) };
                // If the engine fails, its clients notice that the connection ends.
                drop(dynoxide::server::serve_with_shutdown(listener, served, shutdown).await);
            });
        });
        let thread = thread.map_err(|error| unavailable("the embedded engine has no thread", error))?;
        let http = aws_smithy_http_client::Builder::new().build_http();
        Ok(Self(Arc::new(Running { database, endpoint, http, clock, stop: Mutex::new(Some((stop, thread))) })))
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> &str {
        &self.0.endpoint
    }

    /// An SDK client that talks to it, with made-up credentials. It does not keep the engine alive.
    pub fn sdk_client(&self) -> aws_sdk_dynamodb::Client {
        sdk_client(self.endpoint(), self.0.http.clone())
    }

    /// An SDK client for its change streams. It does not keep the engine alive.
    #[cfg(feature = "streams")]
    pub fn streams_client(&self) -> aws_sdk_dynamodbstreams::Client {
        super::sdk_clients::streams_client(self.endpoint(), self.0.http.clone())
    }

    /// A client for the table `T`, which is created from the schema if it does not exist.
    ///
    /// # Errors
    /// As [`Client::ensure_table`].
    pub async fn client<T: Table>(&self, table: impl Into<String>) -> Result<Client<T>> {
        self.client_with(table, &TableDefinition::from_schema(T::SCHEMA)).await
    }

    /// A client for the table `T`, which is created from the definition if it does not exist: with a stream, for example.
    ///
    /// # Errors
    /// As [`Client::ensure_table_with`].
    pub async fn client_with<T: Table>(
        &self,
        table: impl Into<String>,
        definition: &TableDefinition,
    ) -> Result<Client<T>> {
        let client = Client::new(&self.sdk_client(), table).keeping(Arc::new(self.clone()));
        let client = match &self.0.clock {
            Some(clock) => client.with_clock(clock.clone()),
            None => client,
        };
        client.ensure_table_with(definition).await?;
        Ok(client)
    }

    /// Deletes every expired item, as Amazon DynamoDB does by itself within days. Returns their
    /// number.
    ///
    /// # Errors
    /// [`ErrorKind::Service`] when the engine fails.
    pub fn sweep_expired(&self) -> Result<usize> {
        let swept = self.0.database.sweep_ttl();
        swept.map_err(|error| {
            Error::new(ErrorKind::Service, "the engine could not delete expired items; see the source for the cause")
                .with_source(error)
        })
    }

    /// Stops it and waits until it has responded to the requests under way.
    pub fn stop(self) {
        if let Some((stop, thread)) = self.0.take() {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

impl Running {
    fn take(&self) -> Option<(oneshot::Sender<()>, JoinHandle<()>)> {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Without waiting: a client's connection that is still open would delay it.
        if let Some((stop, _)) = self.take() {
            let _ = stop.send(());
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine").field("endpoint", &self.0.endpoint).finish_non_exhaustive()
    }
}

fn no_port(error: std::io::Error) -> Error {
    unavailable("the embedded engine finds no free port on 127.0.0.1", error)
}

fn unavailable(message: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Unavailable, format!("{message}; see the source for the cause")).with_source(error)
}
