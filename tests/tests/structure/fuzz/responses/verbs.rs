//! Every verb of the client, on an item of its own.

use super::check::{Outcome, Told};
use dynamodel::op::{Check, Create, Delete, Get, GotOrCreated, Put, Save, Update};
use dynamodel::{Client, Entity, Projection, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Book, Sheet, Label, Owned))]
pub struct Shelf;

/// Versioned.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shelf, pk = "BOOK#{id}", sk = "BOOK", query = of_id)]
pub struct Book {
    id: String,
    pages: u32,
    tags: BTreeMap<String, String>,
    #[dynamo(version)]
    version: u64,
}

/// A part of it.
#[derive(Projection, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(of = Book)]
pub struct Cover {
    id: String,
    pages: u32,
}

/// No version, several to a partition.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shelf, pk = "SHEET#{id}", sk = "SHEET#{number:05}", query = of_id)]
pub struct Sheet {
    id: String,
    number: u32,
    text: Option<String>,
}

/// A random version.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shelf, pk = "LABEL#{id}", sk = "LABEL", query = of_id)]
pub struct Label {
    id: String,
    text: String,
    uses: u64,
    #[dynamo(version)]
    version: Uuid,
}

/// With a unique value.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Shelf, pk = "OWNED#{id}", sk = "OWNED", query = of_id)]
pub struct Owned {
    id: String,
    #[dynamo(unique)]
    code: String,
    uses: u64,
    #[dynamo(version)]
    version: u64,
}

fn book(id: &str) -> Book {
    let tags = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
    Book { id: id.into(), pages: 7, tags, version: 0 }
}

fn sheet(id: &str, number: u32) -> Sheet {
    Sheet { id: id.into(), number, text: Some("text".into()) }
}

fn label(id: &str) -> Label {
    Label { id: id.into(), text: "text".into(), uses: 0, version: Uuid::nil() }
}

fn owned(id: &str) -> Owned {
    Owned { id: id.into(), code: format!("code {id}"), uses: 0, version: 0 }
}

pub const VERBS: [&str; 46] = [
    "create",
    "create random",
    "get",
    "get part",
    "get consistent",
    "put",
    "put random",
    "put unversioned",
    "save",
    "save random",
    "update",
    "update by value",
    "update random",
    "update, new",
    "update, new part",
    "update, old",
    "update random, new",
    "upsert",
    "upsert random",
    "modify",
    "modify random",
    "get_or_create",
    "get_or_create random",
    "delete",
    "delete by value",
    "query",
    "query first",
    "query count",
    "scan",
    "delete_each",
    "update_each",
    "batch_get",
    "batch_write",
    "transact",
    "transact refused",
    "transact_get",
    "unique create",
    "unique put",
    "unique save",
    "unique update",
    "unique update by value",
    "unique modify",
    "unique delete",
    "unique upsert",
    "add_missing_sentinels",
    "check_schema",
];

/// Puts there what the verb finds. `present`: there is an item.
pub async fn prepare(clean: &Client<Shelf>, id: &str, verb: u64, present: bool) {
    let name = VERBS[usize::try_from(verb).unwrap()];
    if !present {
        return;
    }
    if name.starts_with("unique") || name == "add_missing_sentinels" {
        clean.create(&owned(id)).await.unwrap();
        return;
    }
    if name.ends_with("each") || name.starts_with("query") || name == "scan" || name.starts_with("batch") {
        clean.batch_write().put_all(&[sheet(id, 1), sheet(id, 2), sheet(id, 3)]).await.unwrap();
    } else if name.contains("random") {
        clean.create(&label(id)).await.unwrap();
    } else {
        clean.create(&book(id)).await.unwrap();
        if name.starts_with("transact") {
            clean.put(&sheet(id, 1)).await.unwrap();
        }
    }
}

fn told(told: Told) -> (Told, Vec<(String, Option<String>)>) {
    (told, Vec::new())
}

fn done<O>(outcome: Result<O, dynamodel::Error>) -> Outcome {
    Outcome::of(outcome, |_| told(Told::Done))
}

/// The key of an item, by its fields.
fn key_of<E: Entity>(item: &E) -> String {
    item.primary_key().to_string()
}

/// A read of one item.
fn read<E: Entity>(id: &dynamodel::Key<E>, outcome: Result<Option<E>, dynamodel::Error>) -> Outcome {
    Outcome::of(outcome, |item| (Told::Open, vec![(id.to_string(), item.as_ref().map(key_of))]))
}

/// Calls the verb, as if nobody had told that something is there.
#[allow(clippy::too_many_lines, reason = "one line for each verb")]
pub async fn call(client: &Client<Shelf>, verb: u64, id: &str, present: bool) -> Outcome {
    let book_key = || Book::key(id);
    let label_key = || Label::key(id);
    let owned_key = || Owned::key(id);
    let mut stored = Book { version: u64::from(present), pages: 9, ..book(id) };
    let mut unique = Owned { version: u64::from(present), code: format!("other {id}"), ..owned(id) };
    match VERBS[usize::try_from(verb).unwrap()] {
        "create" => done(client.create(&book(id)).await),
        "create random" => done(client.create(&label(id)).await),
        "get" => read(&book_key(), client.get(book_key()).await),
        "get part" => {
            let outcome = client.get(book_key()).part::<Cover>().await;
            Outcome::of(outcome, |part| {
                let given = part.map(|part| Book::key(&part.id).to_string());
                (Told::Open, vec![(book_key().to_string(), given)])
            })
        }
        "get consistent" => read(&book_key(), client.get(book_key()).consistent().await),
        "put" => done(client.put(&stored).await),
        "put random" => done(client.put(&label(id)).unchecked().await),
        "put unversioned" => done(client.put(&sheet(id, 1)).await),
        "save" => done(client.save(&mut stored).await),
        "save random" => done(client.save(&mut label(id)).await),
        "update" => done(client.update(book_key()).add(|b| b.pages, 1).await),
        "update by value" => done(client.update(&stored).set(|b| b.pages, 1).await),
        "update random" => done(client.update(label_key()).set(|l| l.text, "other").await),
        "update, new" => given(&book_key(), client.update(book_key()).add(|b| b.pages, 1).returning_new().await),
        "update, new part" => {
            let update = client.update(book_key()).add(|b| b.pages, 1).returning_new_part::<Cover>();
            let asked = book_key().to_string();
            Outcome::of(update.await, |part| (Told::Done, vec![(asked, Some(Book::key(&part.id).to_string()))]))
        }
        "update, old" => given(&book_key(), client.update(book_key()).set(|b| b.pages, 1).returning_old().await),
        "update random, new" => {
            given(&label_key(), client.update(label_key()).add(|l| l.uses, 1).returning_new().await)
        }
        "upsert" => done(client.upsert(&book(id)).add(|b| b.pages, 1).await),
        "upsert random" => done(client.upsert(&label(id)).add(|l| l.uses, 1).await),
        "modify" => done(client.modify(book_key(), |b: &mut Book| b.pages += 1).await),
        "modify random" => done(client.modify(label_key(), |l: &mut Label| l.uses += 1).await),
        "get_or_create" => made(&book_key(), client.get_or_create(book(id)).await),
        "get_or_create random" => made(&label_key(), client.get_or_create(label(id)).await),
        "delete" => done(client.delete(book_key()).await),
        "delete by value" => done(client.delete(&stored).await),
        "query" => Outcome::of(client.query(Sheet::of_id(id)).collect().await, |_| told(Told::Open)),
        "query first" => Outcome::of(client.query(Sheet::of_id(id)).first().await, |_| told(Told::Open)),
        "query count" => Outcome::of(client.query(Sheet::of_id(id)).count().await, |_| told(Told::Open)),
        "scan" => Outcome::of(client.scan::<Book>().evaluate_at_most(20).collect().await, |_| told(Told::Open)),
        // What an error says of many items says nothing of each.
        "delete_each" => open(client.query(Sheet::of_id(id)).delete_each().await),
        "update_each" => {
            let query = client.query(Sheet::of_id(id));
            open(query.update_each(|s| s.set(|s| s.text, Some("new".to_owned()))).await)
        }
        "batch_get" => {
            let keys = [Sheet::key(id, 1), Sheet::key(id, 2), Sheet::key(id, 9)];
            let asked = keys.clone().map(|key| key.to_string());
            Outcome::of(client.batch_get(keys).await, |items| {
                let given = items.into_iter().map(|item| item.as_ref().map(key_of));
                (Told::Open, asked.into_iter().zip(given).collect())
            })
        }
        "batch_write" => {
            done(client.batch_write().put_all(&[sheet(id, 1), sheet(id, 4)]).delete(Sheet::key(id, 2)).await)
        }
        "transact" => {
            let add = Update::new(book_key()).add(|b| b.pages, 1);
            done(client.transact((add, Put::new(&sheet(id, 2)), Delete::new(Sheet::key(id, 1)))).await)
        }
        "transact refused" => {
            let check = Check::new(Sheet::key(id, 1));
            done(client.transact((check, Create::new(&book(id)), Save::new(&mut label(id)))).await)
        }
        "transact_get" => {
            let asked = [book_key().to_string(), Sheet::key(id, 1).to_string()];
            let gets = (Get::new(book_key()), Get::new(Sheet::key(id, 1)));
            Outcome::of(client.transact_get(gets).await, |(book, sheet)| {
                let given = [book.as_ref().map(key_of), sheet.as_ref().map(key_of)];
                (Told::Open, asked.into_iter().zip(given).collect())
            })
        }
        "unique create" => done(client.create(&owned(id)).await),
        "unique put" => done(client.put(&unique).await),
        "unique save" => done(client.save(&mut unique).await),
        "unique update" => done(client.update(owned_key()).set(|o| o.code, format!("new {id}")).await),
        "unique update by value" => {
            done(client.update(&Owned { version: 1, ..owned(id) }).set(|o| o.code, format!("new {id}")).await)
        }
        "unique modify" => done(client.modify(owned_key(), |o: &mut Owned| o.code.push('x')).await),
        "unique delete" => done(client.delete(owned_key()).await),
        "unique upsert" => done(client.upsert(&owned(id)).set(|o| o.code, format!("new {id}")).await),
        "add_missing_sentinels" => open(client.query(Owned::of_id(id)).add_missing_sentinels().await),
        _ => open(client.check_schema().await),
    }
}

/// A call that says nothing of single writes.
fn open<O>(outcome: Result<O, dynamodel::Error>) -> Outcome {
    let mut outcome = Outcome::of(outcome, |_| told(Told::Open));
    if matches!(outcome.told, Told::Refused(_)) {
        outcome.told = Told::Open;
    }
    outcome
}

/// A write that gives an item.
fn given<E: Entity>(asked: &dynamodel::Key<E>, outcome: Result<E, dynamodel::Error>) -> Outcome {
    Outcome::of(outcome, |item| (Told::Done, vec![(asked.to_string(), Some(key_of(&item)))]))
}

fn made<E: Entity>(asked: &dynamodel::Key<E>, outcome: Result<GotOrCreated<E>, dynamodel::Error>) -> Outcome {
    Outcome::of(outcome, |made| {
        let told = if made.is_created() { Told::Done } else { Told::Nothing };
        (told, vec![(asked.to_string(), Some(key_of(&made.into_item())))])
    })
}
