//! Every verb and every access pattern of every entity, once in each of two owners' partitions.

use super::asks::TABLE;
use super::book::{BOTH, Book, Deed, ME, OTHER};
use super::guild::{
    Account, AccountText, Badge, BadgeText, Even, EvenText, Form, Guild, GuildChangeOf, Item, ItemText, Job, JobText,
    Member, MemberText, Odd, OddText, Place, Post, PostText, Profile, ProfileText, Setting, SettingText, Team,
    TeamText, Ticket, TicketText, Usage, UsageText, View, ViewText,
};
use dynamodel::define::{Access, StreamView, TableDefinition};
use dynamodel::embedded::Engine;
use dynamodel::lock::Locks;
use dynamodel::op::{Check, Create, Delete, Get, Put, Save, Update};
use dynamodel::sdk::types::AttributeValue;
use dynamodel::stream::{Event, NewImage, Poller, sdk};
use dynamodel::{Client, Entity as _};
use std::time::Duration;

pub fn definition() -> TableDefinition {
    Guild::definition().stream(StreamView::NewImage)
}

/// An item that is there, made behind the book's back.
async fn there<E: Form>(book: &Book, who: &str) -> E {
    let fresh = E::fresh(who);
    book.beneath.create(&fresh).await.unwrap();
    book.beneath.get(fresh.primary_key()).await.unwrap().unwrap()
}

/// One verb of an entity: `verb!(book, who, Post, update)`.
macro_rules! verbs {
    ($book:ident, $who:ident, $entity:ident, $part:ident: $($verb:ident)*) => {$(
        verbs!(@$verb $book, $who, $entity, $part);
    )*};
    (@deed $book:ident, $who:ident, $entity:ident, $access:expr) => {
        $book.note(Deed::of($access, stringify!($entity), $who))
    };
    (@in_transaction $book:ident, $who:ident, $entity:ident, $access:expr, $actions:expr) => {
        $book.client.transact(($actions,)).await.unwrap();
        verbs!(@deed $book, $who, $entity, $access)
    };
    (@get $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let key = || $entity::fresh($who).primary_key();
        $book.client.get(key()).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Get]);
        $book.client.get(key()).part::<$part>().await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Get]);
        $book.client.transact_get((Get::new(key()),)).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Get]);
        $book.client.batch_get([key(), key()]).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::BatchGet]);
        $book.client.batch_get([key(), key()]).part::<$part>().await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::BatchGet]);
        let check = Check::new(there::<$entity>($book, $who).await.primary_key());
        verbs!(@in_transaction $book, $who, $entity, [Access::Check], check.condition(|own| own.text.ne("x")));
        $book.client.scan::<$entity>().segments(2).collect().await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Scan]);
        $book.client.scan::<$entity>().part::<$part>().collect().await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Scan]);
    };
    (@create $book:ident, $who:ident, $entity:ident, $part:ident) => {
        $book.client.create(&$entity::fresh($who)).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Create]);
        verbs!(@in_transaction $book, $who, $entity, [Access::Create], Create::new(&$entity::fresh($who)));
        let new = $entity::fresh($who);
        for _ in 0..2 {
            $book.client.get_or_create(new.clone()).await.unwrap();
            verbs!(@deed $book, $who, $entity, [Access::GetOrCreate]);
        }
    };
    (@put $book:ident, $who:ident, $entity:ident, $part:ident) => {
        $book.client.put(&$entity::fresh($who)).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Put]);
        let mut own = there::<$entity>($book, $who).await;
        $book.client.put(&own).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Put]);
        own = there::<$entity>($book, $who).await;
        own.change();
        $book.client.put(&own).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Put]);
        own = there::<$entity>($book, $who).await;
        own.change();
        verbs!(@in_transaction $book, $who, $entity, [Access::Put], Put::new(&own));
        let mut own = there::<$entity>($book, $who).await;
        $book.client.save(&mut own).await.unwrap();
        own.change();
        $book.client.save(&mut own).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Save]);
        own.change();
        verbs!(@in_transaction $book, $who, $entity, [Access::Save], Save::new(&mut own));
    };
    (@modify $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let key = there::<$entity>($book, $who).await.primary_key();
        $book.client.modify(key, |own| own.change()).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Modify]);
    };
    (@update $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let own = there::<$entity>($book, $who).await;
        $entity::touch($book.client.update(own.primary_key())).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Update]);
        let update = $entity::touch(Update::new(own.primary_key()));
        verbs!(@in_transaction $book, $who, $entity, [Access::Update], update);
        let own = there::<$entity>($book, $who).await;
        $entity::touch($book.client.update(&own)).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Update]);
    };
    (@upsert $book:ident, $who:ident, $entity:ident, $part:ident) => {
        for own in [$entity::fresh($who), there::<$entity>($book, $who).await] {
            $entity::touch($book.client.upsert(&own)).await.unwrap();
            verbs!(@deed $book, $who, $entity, [Access::Upsert]);
        }
    };
    (@delete $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let own = there::<$entity>($book, $who).await;
        $book.client.delete(&own).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Delete]);
        let own = there::<$entity>($book, $who).await;
        $book.client.delete(own.primary_key()).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Delete]);
        let own = there::<$entity>($book, $who).await;
        verbs!(@in_transaction $book, $who, $entity, [Access::Delete], Delete::new(own.primary_key()));
    };
    (@batch $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let [one, other] = [$entity::fresh($who), $entity::fresh($who)];
        $book.client.batch_write().put(&one).delete(other.primary_key()).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::BatchWrite]);
    };
    (@unchecked $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let [one, other] = [$entity::fresh($who), $entity::fresh($who)];
        $book.client.batch_write().unchecked().put(&one).delete(other.primary_key()).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::BatchWrite]);
    };
    // A sentinel that something else than the library has taken away, and given to another item.
    (@robbed $book:ident, $who:ident, $entity:ident, $part:ident) => {
        let own = robbed::<$entity>($book, $who).await;
        $entity::touch($book.client.update(own.primary_key())).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Update]);
        let mut own = robbed::<$entity>($book, $who).await;
        own.change();
        $book.client.put(&own).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Put]);
        let own = robbed::<$entity>($book, $who).await;
        $book.client.delete(own.primary_key()).await.unwrap();
        verbs!(@deed $book, $who, $entity, [Access::Delete]);
    };
}

/// An item whose value is another item's.
async fn robbed<E: Form>(book: &Book, who: &str) -> E {
    let own = there::<E>(book, who).await;
    let all = book.beneath.sdk().scan().table_name(book.beneath.table_name()).send().await.unwrap();
    let text = |item: &std::collections::HashMap<String, AttributeValue>, name: &str| {
        item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
    };
    let suffix = format!("#{}", own.text());
    let sentinel =
        all.items().iter().find(|item| text(item, "PK").starts_with("$UNIQUE#") && text(item, "PK").ends_with(&suffix));
    let mut request = book.beneath.sdk().put_item().table_name(book.beneath.table_name());
    request = request.set_item(Some(sentinel.unwrap().clone()));
    request.item("$owner", AttributeValue::S("THIEF#1".into())).send().await.unwrap();
    own
}

/// One access pattern: whole items, their number, and their texts.
macro_rules! patterns {
    ($book:ident, $who:ident, $($entity:ident.$pattern:ident $index:expr, $part:ident: $range:expr;)*) => {$(
        let deed = || {
            let own = Deed::of([Access::Query], stringify!($entity), $who);
            Deed { pattern: Some((stringify!($pattern), $index)), ..own }
        };
        $book.client.query($range).collect().await.unwrap();
        $book.note(deed());
        $book.client.query($range).count().await.unwrap();
        $book.note(deed());
        patterns!(@$part $book, deed, $range);
    )*};
    (@None $book:ident, $deed:ident, $range:expr) => {};
    (@$part:ident $book:ident, $deed:ident, $range:expr) => {
        $book.client.query($range).part::<$part>().collect().await.unwrap();
        $book.note($deed());
    };
}

async fn every_verb(book: &mut Book, who: &'static str) {
    verbs!(book, who, Post, PostText: get create put update upsert delete batch);
    verbs!(book, who, Profile, ProfileText: get create put modify update upsert delete unchecked);
    verbs!(book, who, Ticket, TicketText: get create put modify update upsert delete unchecked);
    verbs!(book, who, Account, AccountText: get create put update upsert delete robbed);
    verbs!(book, who, Badge, BadgeText: get create put modify update upsert delete robbed);
    verbs!(book, who, Job, JobText: get create update);
    verbs!(book, who, Item, ItemText: get create put update upsert delete batch);
    verbs!(book, who, Setting, SettingText: get create put update upsert delete batch);
    verbs!(book, who, Team, TeamText: get create put update upsert delete batch);
    verbs!(book, who, Member, MemberText: get create put update upsert delete batch);
    verbs!(book, who, Odd, OddText: get create put update upsert delete batch);
    verbs!(book, who, Even, EvenText: get create put update upsert delete batch);
    verbs!(book, who, View, ViewText: get create put update upsert delete batch);
    verbs!(book, who, Usage, UsageText: get create put update upsert delete batch);
}

async fn every_pattern(book: &mut Book, who: &'static str) {
    let shard = || dynamodel::Sharded::<4>::all().next().unwrap();
    patterns! { book, who,
        Post.of_author None, PostText: Post::of_author(who);
        Post.in_feed Some("Gsi1"), PostText: Post::in_feed(who);
        Profile.of_user None, ProfileText: Profile::of_user(who);
        Profile.by_mail Some("Gsi1"), ProfileText: Profile::by_mail(who);
        Profile.by_age Some("ByAge"), ProfileText: Profile::by_age(who);
        Profile.of_place Some("ByPlace"), ProfileText: Profile::of_place("nl", "Delft");
        Ticket.of_tickets None, TicketText: Ticket::of_tickets(who);
        Ticket.by_holder Some("by-holder"), TicketText: Ticket::by_holder(who);
        Account.of_accounts None, AccountText: Account::of_accounts(who);
        Badge.of_badges None, BadgeText: Badge::of_badges(who);
        Item.of_shelf None, ItemText: Item::of_shelf(who);
        Item.of_kind Some("ByKind"), None: Item::of_kind(who);
        Item.bare Some("Bare"), None: Item::bare(who);
        Setting.of_settings None, SettingText: Setting::of_settings();
        Team.of_team None, TeamText: Team::of_team(who);
        Member.of_members None, MemberText: Member::of_members(who);
        Odd.of_odd None, OddText: Odd::of_odd(who);
        Even.of_even None, EvenText: Even::of_even(who);
        View.of_views None, ViewText: View::of_views(who, shard());
        Usage.of_month None, UsageText: Usage::of_month(who, "2026-11");
        Usage.used_by Some("by-holder"), UsageText: Usage::used_by(who);
    }
}

/// What reads and writes many: all entities of a partition, what an index lacks, each item that is found, items of both.
async fn many(book: &mut Book) {
    let of_author = |access: &[Access]| Deed { pattern: Some(("of_author", None)), ..Deed::of(access, "Post", ME) };
    book.client.query(Guild::partition(Post::of_author(ME))).collect().await.unwrap();
    book.note(of_author(&[Access::Query]));
    let bare = book.beneath.query(Item::bare(ME)).collect().await.unwrap();
    book.client.hydrate(&bare).await.unwrap();
    book.note(Deed::of([Access::BatchGet], "Item", ME));
    book.client.query(Post::of_author(ME)).update_each(|own| own.set(|post| post.text, "x")).await.unwrap();
    book.note(of_author(&[Access::Query, Access::Update]));
    book.client.query(Post::of_author(ME)).delete_each().await.unwrap();
    book.note(of_author(&[Access::Query, Access::Delete]));

    let [mine, other] = [ME, OTHER].map(Post::fresh);
    book.client.batch_write().put(&mine).put(&other).await.unwrap();
    book.note(Deed::of([Access::BatchWrite], "Post", BOTH));
    book.client.batch_get([mine.primary_key(), other.primary_key()]).await.unwrap();
    book.note(Deed::of([Access::BatchGet], "Post", BOTH));
    book.client.transact((Put::new(&mine), Put::new(&other))).await.unwrap();
    book.note(Deed::of([Access::Put], "Post", BOTH));
    book.client.transact_get((Get::new(mine.primary_key()), Get::new(other.primary_key()))).await.unwrap();
    book.note(Deed::of([Access::Get], "Post", BOTH));
}

/// What locks, pollers and tables ask for.
async fn others(book: &mut Book, engine: &Engine) {
    let locks = Locks::new(&book.client);
    let guard = locks.acquire(Job::fresh(ME)).await.unwrap();
    guard.release().await.unwrap();
    book.note(Deed::of([Access::Get, Access::Create, Access::Update], "Job", ME));

    let config = engine.streams_client().config().clone();
    let wrapped = book.beside(config.http_client().unwrap());
    let streams = sdk::Client::from_conf(config.to_builder().http_client(wrapped).build());
    let client = book.client.clone();
    let mut poller = Poller::<Place, Guild>::new(&streams, &client, "mail");
    let seen = |_: Event<GuildChangeOf<NewImage>>| async { Ok::<_, std::convert::Infallible>(()) };
    poller.catch_up(seen).await.unwrap();
    book.note(Deed::of([Access::PollStream, Access::Get, Access::Save], "Place", "mail"));

    book.client.check_schema_with(&definition()).await.unwrap();
    book.note(Deed::of([Access::CheckSchema], "", ""));
    let _plan = book.client.plan_with(&definition()).await.unwrap();
    book.note(Deed::of([Access::Plan], "", ""));
    book.beneath.sdk().delete_table().table_name(TABLE).send().await.unwrap();
    book.client.ensure_table().await.unwrap();
    book.note(Deed::of([Access::EnsureTable], "", ""));
    // The table has no stream yet, and is made to have one.
    let plan = book.beneath.plan_with(&definition()).await.unwrap();
    let _applied = book.client.apply(&plan).poll_interval(Duration::from_millis(5)).await.unwrap();
    book.note(Deed::of([Access::Apply], "", ""));
}

/// All that can be done with the table.
pub async fn everything() -> Vec<Deed> {
    let definition = definition();
    let engine = Engine::memory().unwrap();
    let client: Client<Guild> = engine.client_with(TABLE, &definition).await.unwrap();
    let mut book = Book::of(&client, &definition);
    for who in [ME, OTHER] {
        Box::pin(every_verb(&mut book, who)).await;
        every_pattern(&mut book, who).await;
    }
    many(&mut book).await;
    others(&mut book, &engine).await;
    book.deeds
}
