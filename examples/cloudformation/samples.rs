//! Items of the examples' tables, to look at.

use crate::carts::{Cart, CartLine, Customer, Order, OrderLine, Product, Store};
use crate::coordination::{KeyLock, Pair, Register};
use crate::id_mapping::{Ids, Mapping};
use crate::iot::{Config, Fleet, Hour, Reading, State};
use crate::leaderboards::{ALL_TIME, Arcade, HotScore, Score};
use crate::orders_async::{Account, Desk, Receipt, Request, State as Progress};
use crate::sessions::{Session, Shop};
use crate::web_sessions::{Site, WebSession};
use dynamodel::define::TableDefinition;
use dynamodel::{Expiry, Sharded, Timestamp};
use std::collections::BTreeMap;
use std::error::Error;
use ulid::Ulid;
use uuid::Uuid;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The 22nd of November 2026, at noon.
const NOON: u64 = 1_795_348_800;
const HOUR: u64 = 3600;

/// The definitions with items in them.
pub(super) fn fill(definition: TableDefinition) -> Result<TableDefinition> {
    match definition.table() {
        name if name == Shop::definition().table() => sessions(definition),
        name if name == Store::definition().table() => carts(definition),
        name if name == Fleet::definition().table() => devices(definition),
        name if name == Arcade::definition().table() => scores(definition),
        name if name == Desk::definition().table() => requests(definition),
        name if name == Register::definition().table() => register(definition),
        name if name == Ids::definition().table() => ids(definition),
        name if name == Site::definition().table() => site(definition),
        _ => Ok(definition),
    }
}

fn id(after_noon: u64, number: u128) -> Ulid {
    Ulid::from_parts((NOON + after_noon) * 1000, number << 40)
}

fn expiry(after_noon: u64) -> Result<Expiry> {
    Ok(Expiry::from_epoch_seconds(NOON + after_noon)?)
}

fn moment(after_noon: u64) -> Result<Timestamp> {
    Ok(Timestamp::from_epoch_millis(i64::try_from((NOON + after_noon) * 1000)?)?)
}

fn sessions(mut shop: TableDefinition) -> Result<TableDefinition> {
    let users = [
        (
            "ada",
            0,
            "t-desk-9f1c",
            41,
            &[("theme", "dark"), ("language", "en"), ("last_page", "/orders/1842/track")][..],
        ),
        ("ada", 2 * HOUR, "t-phone-77ab", 3, &[("theme", "light")]),
        ("grace", HOUR, "t-lab-03de", 112, &[]),
        ("linus", 4 * HOUR, "t-laptop-c0ff", 1, &[("cart", "01KAKVX2")]),
    ];
    for (number, (user_id, began, token, hits, data)) in (1..).zip(users) {
        shop = shop.sample(&Session {
            user_id: user_id.to_owned(),
            session_id: id(began, number),
            token: token.to_owned(),
            hits,
            data: data.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>(),
            version: hits + 1,
            expires_at: expiry(began + HOUR)?,
        })?;
    }
    Ok(shop)
}

fn carts(store: TableDefinition) -> Result<TableDefinition> {
    let line = |cart_id: &str, sku: &str, quantity, price| -> Result<CartLine> {
        Ok(CartLine { cart_id: cart_id.into(), sku: sku.into(), quantity, price, expires_at: expiry(24 * HOUR)? })
    };
    let order = |customer_id: &str, order_id, lines: &[(&str, u64, u64)]| Order {
        customer_id: customer_id.into(),
        order_id,
        lines: lines
            .iter()
            .map(|(sku, quantity, price)| OrderLine { sku: (*sku).into(), quantity: *quantity, price: *price })
            .collect(),
        total: lines.iter().map(|(_, quantity, price)| quantity * price).sum(),
    };
    let cart = |cart_id: &str, customer_id: &str, version| -> Result<Cart> {
        Ok(Cart { cart_id: cart_id.into(), customer_id: customer_id.into(), version, expires_at: expiry(24 * HOUR)? })
    };
    let products = [
        ("beans-250", "Espresso beans, 250 g", 790, 120),
        ("kettle", "Gooseneck kettle", 5400, 7),
        ("paper-100", "Filter papers, 100 pieces", 450, 64),
    ];
    let products =
        products.map(|(sku, name, price, stock)| Product { sku: sku.into(), name: name.into(), price, stock });
    Ok(store
        .sample(&Customer { customer_id: "ada".into(), orders: 2 })?
        .sample(&order("ada", id(0, 1), &[("beans-250", 2, 790), ("kettle", 1, 5400)]))?
        .sample(&order("ada", id(5 * HOUR, 2), &[("paper-100", 3, 450)]))?
        .sample(&Customer { customer_id: "grace".into(), orders: 0 })?
        .sample(&cart("c-7101", "ada", 3)?)?
        .samples(&[line("c-7101", "beans-250", 2, 790)?, line("c-7101", "paper-100", 1, 450)?])?
        .sample(&cart("c-7102", "grace", 2)?)?
        .sample(&line("c-7102", "kettle", 1, 5400)?)?
        .samples(&products)?)
}

fn devices(mut fleet: TableDefinition) -> Result<TableDefinition> {
    for (device, site, celsius) in
        [("boiler-1", "delft", 61.5), ("boiler-2", "delft", 58.25), ("cellar", "utrecht", 9.75)]
    {
        let device = device.to_owned();
        fleet = fleet
            .sample(&Config { device: device.clone(), site: site.into(), alarm_above: celsius + 20.0, version: 1 })?
            .sample(&State { device: device.clone(), seen: moment(60)?, celsius })?
            .sample(&Hour {
                device: device.clone(),
                hour: moment(0)?,
                count: 2,
                sum: 2.0 * celsius - 0.5,
                highest: celsius,
            })?;
        for (after, below) in [(0, 0.5), (60, 0.0)] {
            let (at, keep_until) = (moment(after)?, expiry(after + 72 * HOUR)?);
            fleet = fleet.sample(&Reading { device: device.clone(), at, celsius: celsius - below, keep_until })?;
        }
    }
    Ok(fleet)
}

fn scores(mut arcade: TableDefinition) -> Result<TableDefinition> {
    for (player, week, ever) in [("ada", 4200, 18_050), ("grace", 5100, 9900), ("linus", 350, 350)] {
        for (week, score) in [("2026-W47", week), (ALL_TIME, ever)] {
            let (player, game, week) = (player.to_owned(), "chess".to_owned(), week.to_owned());
            arcade = arcade.sample(&Score { player, game, week, score })?;
        }
    }
    for (shard, player) in Sharded::all().zip(["ada", "linus"]) {
        arcade = arcade.sample(&HotScore { player: player.into(), game: "snake".into(), shard, score: 77 })?;
    }
    Ok(arcade)
}

fn requests(mut desk: TableDefinition) -> Result<TableDefinition> {
    let states = [
        ("r1", "ada", 700, Progress::Done),
        ("r2", "ada", 700, Progress::Failed),
        ("r3", "bob", 100, Progress::Pending),
    ];
    for (number, customer, cents, state) in states {
        desk = desk.sample(&Request {
            id: number.into(),
            customer: customer.into(),
            cents,
            state,
            error: (state == Progress::Failed).then(|| "700 is more than what is left".into()),
            tries: u32::from(state != Progress::Pending),
            version: 1,
            expires_at: if state == Progress::Done { Some(expiry(HOUR)?) } else { None },
        })?;
    }
    let receipt = Receipt { customer: "ada".into(), request: "r1".into(), cents: 700, worker: "w1".into() };
    Ok(desk.sample(&Account { customer: "ada".into(), credit: 300, orders: 1 })?.sample(&receipt)?)
}

fn register(register: TableDefinition) -> Result<TableDefinition> {
    let pair = |number: u128, key: &str, value: serde_json::Value, expires_at| Pair {
        space: "orchestra".into(),
        key: key.into(),
        bytes: None,
        value: Some(value),
        version: Uuid::from_u128(0x9c4e_17d2_3b6a_4f08_a1c5_2e7d_60b4_8f00 + number),
        expires_at,
    };
    let lock = KeyLock {
        space: "orchestra".into(),
        key: "stage".into(),
        note: Some("rehearsal until one".into()),
        lease: dynamodel::lock::Lease::default(),
    };
    Ok(register
        .sample(&pair(1, "config/tempo", serde_json::json!({"bpm": 96, "swing": false}), None))?
        .sample(&pair(2, "members/ada", "violin".into(), None))?
        .sample(&pair(3, "notice", "doors open at seven".into(), Some(expiry(7 * HOUR)?)))?
        .sample(&lock)?)
}

fn ids(mut ids: TableDefinition) -> Result<TableDefinition> {
    for (number, legacy) in (1..).zip(["C-0001", "C-0002", "C-0017"]) {
        let (system, legacy) = ("old-shop".into(), legacy.to_owned());
        ids =
            ids.sample(&Mapping { system, legacy, id: id(60 * number, number.into()), since: moment(60 * number)? })?;
    }
    Ok(ids)
}

fn site(mut site: TableDefinition) -> Result<TableDefinition> {
    for (id, user, pages) in
        [("Qm9iJ3MgZGVzaw", Some("ada"), 12), ("cGhvbmUgb2YgYQ", Some("ada"), 2), ("bm9ib2R5IHlldA", None, 1)]
    {
        let data = [("pages".to_owned(), pages.into())].into_iter().collect();
        site =
            site.sample(&WebSession { id: id.into(), user: user.map(str::to_owned), data, expires_at: expiry(HOUR)? })?;
    }
    Ok(site)
}
