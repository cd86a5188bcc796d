//! The verbs: each makes an operation that is sent once awaited.

use super::Client;
use crate::entity::{Deletable, IntoKeyRange, Key, LivesIn, ReadFrom, Table, WrittenWhole};
use crate::op::{Create, Delete, Get, OrCreate, Put, Query, Save, Scan, Target, Update};

impl<T: Table> Client<T> {
    /// Creates an item that must not be there yet: see [`Create`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let session = Session::sample("u1", "s1");
    /// shop.create(&session).await?;
    ///
    /// let error = shop.create(&session).await.unwrap_err();
    /// assert!(error.is_already_exists());
    /// assert_eq!(error.current::<Session>().map(|there| there.version), Some(1));
    /// # Ok(()) }
    /// ```
    pub fn create<E: LivesIn<T>>(&self, entity: &E) -> Create<E, Self> {
        Create::via(entity, self.clone())
    }

    /// Writes an item whole, whatever is there: see [`Put`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let mut session = Session::sample("u1", "s1");
    /// session.version = shop.put(&session).await?;
    /// assert_eq!(session.version, 1);
    /// # Ok(()) }
    /// ```
    pub fn put<E: LivesIn<T>>(&self, entity: &E) -> Put<E, Self>
    where
        E::Version: WrittenWhole,
    {
        Put::via(entity, self.clone())
    }

    /// Writes a value back that was read and changed: see [`Save`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// let mut mine = Session::sample("u1", "s1");
    /// shop.save(&mut mine).await?;
    /// let mut theirs = mine.clone();
    ///
    /// mine.hits = 1;
    /// shop.save(&mut mine).await?;
    ///
    /// theirs.hits = 100;
    /// let conflict = shop.save(&mut theirs).await.unwrap_err();
    /// assert!(conflict.is_conflict());
    /// assert_eq!(conflict.current::<Session>(), Some(&mine));
    /// # Ok(()) }
    /// ```
    pub fn save<'e, E: LivesIn<T>>(&self, entity: &'e mut E) -> Save<'e, E, Self>
    where
        E::Version: WrittenWhole,
    {
        Save::via(entity, self.clone())
    }

    /// Reads one item by its key: see [`Get`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// assert_eq!(shop.get(Session::key("u1", "s1")).consistent().await?, None);
    /// # Ok(()) }
    /// ```
    pub fn get<E: LivesIn<T>>(&self, key: Key<E>) -> Get<E, Self> {
        Get::via(key, self.clone())
    }

    /// Deletes one item, by its key or by a reference to its value: see [`Delete`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.delete(Session::key("u1", "s1")).await?; // there or not
    ///
    /// let mut session = Session::sample("u1", "s1");
    /// shop.save(&mut session).await?;
    /// shop.delete(&session).await?; // only as it was read
    /// # Ok(()) }
    /// ```
    pub fn delete<E: LivesIn<T>>(&self, target: impl Into<Target<E>>) -> Delete<E, Self>
    where
        E::Version: Deletable,
    {
        Delete::via(target.into(), self.clone())
    }

    /// Changes some attributes of an item that is there: see [`Update`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// shop.update(Session::key("u1", "s1")).set(|s| s.hits, 7).await?;
    ///
    /// let missing = shop.update(Session::key("u1", "s2")).set(|s| s.hits, 7).await.unwrap_err();
    /// assert!(missing.is_gone());
    /// # Ok(()) }
    /// ```
    pub fn update<E: LivesIn<T>>(&self, target: impl Into<Target<E>>) -> Update<E, Self> {
        Update::via(target.into(), self.clone())
    }

    /// Changes the item that is there, or creates `fresh` where there is none: see [`Update`] and [`Upserted`](crate::op::Upserted).
    ///
    /// An update, and where it finds nothing a `create`: two requests then. So an item is either the old one with the
    /// changes, or the fresh one as it was given, never a mix, and it is complete: entity type, index keys, version. An
    /// item whose time to live has passed is replaced wholly. A fresh value that cannot be stored is refused before anything is
    /// sent, also where there is an item to change.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// use dynamodel::op::Upserted;
    ///
    /// let mut first_visit = Session::sample("u1", "s1");
    /// first_visit.hits = 1;
    /// assert_eq!(shop.upsert(&first_visit).add(|s| s.hits, 1).await?, Upserted::Created);
    /// assert_eq!(shop.upsert(&first_visit).add(|s| s.hits, 1).await?, Upserted::Updated);
    /// assert_eq!(shop.get(Session::key("u1", "s1")).await?.map(|s| s.hits), Some(2));
    /// # Ok(()) }
    /// ```
    pub fn upsert<E: LivesIn<T>>(&self, fresh: &E) -> Update<E, Self, OrCreate> {
        Update::upsert_via(fresh, self.clone())
    }

    /// Reads the items of a named access pattern: see [`Query`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// shop.create(&Session::sample("u1", "s2")).await?;
    ///
    /// let page = shop.query(Session::of_user("u1")).limit(20).await?;
    /// assert_eq!(page.items.len(), 2);
    /// let newest = shop.query(Session::of_user("u1")).backward().first().await?;
    /// assert_eq!(newest.map(|session| session.session_id), Some("s2".to_owned()));
    /// # Ok(()) }
    /// ```
    pub fn query<R>(&self, range: R) -> Query<R::Item, R::Index, Self>
    where
        R: IntoKeyRange,
        R::Item: ReadFrom<T>,
    {
        Query::via(range.into_key_range(), self.clone())
    }

    /// Reads all items of an entity, or of the table: see [`Scan`].
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> dynamodel::Result<()> {
    /// # let shop = Shop::embedded().await?;
    /// shop.create(&Session::sample("u1", "s1")).await?;
    /// shop.create(&Session::sample("u2", "s1")).await?;
    ///
    /// let mut sessions = shop.scan::<Session>().stream();
    /// let mut seen = 0;
    /// while let Some(session) = sessions.next().await {
    ///     seen += usize::from(session?.session_id == "s1");
    /// }
    /// assert_eq!(seen, 2);
    /// # Ok(()) }
    /// ```
    pub fn scan<P: ReadFrom<T>>(&self) -> Scan<P, Self> {
        Scan::via(self.clone())
    }
}
