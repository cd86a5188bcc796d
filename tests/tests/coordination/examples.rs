//! The domain code of the examples.

mod coordination;
mod workers;

use dynamodel::{Clock, Expiry, ManualClock, Timestamp};
use dynamodel_examples::carts::{CartView, Carts, CheckoutError, Product, Store};
use dynamodel_examples::iot::{Devices, Fleet};
use dynamodel_examples::leaderboards::{ALL_TIME, Arcade, Boards};
use dynamodel_examples::sessions::{SaveError, Sessions, Shop};
use dynamodel_tests::{both, clock};
use std::time::Duration;
use ulid::Ulid;

const HOUR: Duration = Duration::from_secs(3600);

fn now(clock: &ManualClock) -> Expiry {
    Expiry::at(clock.now()).unwrap()
}

#[tokio::test]
async fn sessions_live_as_the_example_tells_it() {
    let clock = clock();
    for shop in both::<Shop>(&clock).await {
        let sessions = Sessions::new(shop, HOUR);
        let id = Ulid::from_datetime(clock.now());
        let mut session = sessions.begin("ada", id, "t1", now(&clock)).await.unwrap();
        assert!(sessions.begin("ada", id, "t2", now(&clock)).await.unwrap_err().is_already_exists());

        let mut stale = sessions.load("ada", id).await.unwrap().unwrap();
        assert_eq!(stale, session);
        session.data.insert("theme".into(), "dark".into());
        sessions.save(&mut session).await.unwrap();
        match sessions.save(&mut stale).await {
            Err(SaveError::Mismatch(current)) => assert_eq!(*current, session),
            other => panic!("{other:?}"),
        }

        clock.advance(HOUR / 2);
        sessions.touch(&session, now(&clock)).await.unwrap();
        clock.advance(HOUR / 2);
        assert_eq!(sessions.by_token("t1").await.unwrap().unwrap().session_id, id, "touched, so it lives on");
        assert_eq!(sessions.by_token("t2").await.unwrap(), None);

        clock.advance(HOUR / 2);
        assert_eq!(sessions.load("ada", id).await.unwrap(), None);
        assert_eq!(sessions.by_token("t1").await.unwrap(), None);
        assert_eq!(sessions.of_user("ada").await.unwrap(), []);
        assert_eq!(sessions.stored("ada").await.unwrap().len(), 1, "still stored");
        assert!(sessions.touch(&session, now(&clock)).await.unwrap_err().is_gone());

        let other = sessions.begin("ada", Ulid::from_datetime(clock.now()), "t3", now(&clock)).await.unwrap();
        sessions.end(&other).await.unwrap();
        assert_eq!(sessions.load("ada", other.session_id).await.unwrap(), None);
    }
}

fn product(sku: &str, stock: u64) -> Product {
    Product { sku: sku.into(), name: sku.into(), price: 250, stock }
}

#[tokio::test]
async fn a_cart_keeps_the_price_that_was_seen_and_a_checkout_is_all_or_nothing() {
    let clock = clock();
    for store in both::<Store>(&clock).await {
        let carts = Carts::new(store.clone(), HOUR);
        let id = |n: u64| Ulid::from_parts(n, 0);
        carts.load_catalogue(&[product("a", 5), product("b", 1), product("c", 9)], |_| {}).await.unwrap();
        carts.register("ada").await.unwrap();
        let opened = carts.open("c1", "ada", now(&clock)).await.unwrap();
        assert!(carts.open("c1", "bob", now(&clock)).await.unwrap_err().is_already_exists());
        for (sku, quantity) in [("a", 2), ("b", 3), ("c", 1), ("c", 0)] {
            carts.set_quantity("c1", sku, quantity, now(&clock)).await.unwrap();
        }
        assert!(carts.set_quantity("c1", "none", 1, now(&clock)).await.unwrap_err().is_gone(), "no such product");
        // Today's price has changed since, and the line keeps what was seen.
        let dearer = Product { price: 9999, ..product("a", 5) };
        store.put(&dearer).await.unwrap();
        let view = carts.view("c1").await.unwrap().unwrap();
        assert_eq!((view.total(), view.lines.len()), (5 * 250, 2));
        assert!(view.cart.version > opened.version);

        let Err(CheckoutError::OutOfStock(short)) = carts.checkout(&view, id(1)).await else { panic!("oversold") };
        let (line, there) = &short[0];
        assert_eq!((short.len(), line.sku.as_str(), line.quantity, there.stock), (1, "b", 3, 1));
        assert_eq!(carts.product("a").await.unwrap().unwrap().stock, 5, "nothing was taken");
        assert_eq!(carts.orders("ada").await.unwrap(), []);

        // Another tab changes the cart after it was shown.
        carts.set_quantity("c1", "b", 1, now(&clock)).await.unwrap();
        let stale = CartView { cart: view.cart.clone(), ..carts.view("c1").await.unwrap().unwrap() };
        let Err(CheckoutError::Changed(cart)) = carts.checkout(&stale, id(1)).await else {
            panic!("a stale cart sold")
        };
        assert_eq!(cart.version, view.cart.version + 1);

        let view = carts.view("c1").await.unwrap().unwrap();
        let order = carts.checkout(&view, id(1)).await.unwrap();
        assert_eq!((order.total, order.lines.len()), (3 * 250, 2));
        assert!(carts.checkout(&view, id(2)).await.is_err(), "a cart is bought once");
        let stock = carts.products(&["a", "b", "c", "none"]).await.unwrap();
        assert_eq!(stock.values().map(|p| p.stock).collect::<Vec<_>>(), [3, 0, 9]);
        assert_eq!(carts.customer("ada").await.unwrap().unwrap().orders, 1);
        assert_eq!(carts.orders("ada").await.unwrap(), [order]);
        assert_eq!(carts.view("c1").await.unwrap(), None);

        carts.open("c2", "ada", now(&clock)).await.unwrap();
        let empty = carts.view("c2").await.unwrap().unwrap();
        assert!(matches!(carts.checkout(&empty, id(3)).await, Err(CheckoutError::Empty)));
        carts.set_quantity("c2", "a", 1, now(&clock)).await.unwrap();
        clock.advance(HOUR);
        assert_eq!(carts.view("c2").await.unwrap(), None, "abandoned");
        assert!(carts.set_quantity("c2", "a", 2, now(&clock)).await.unwrap_err().is_gone());
    }
}

#[tokio::test]
async fn a_score_that_grows_moves_its_player_on_the_board() {
    let clock = clock();
    for arcade in both::<Arcade>(&clock).await {
        let boards = Boards::new(arcade);
        for (player, points) in [("ada", 30), ("bob", 20), ("cleo", 20), ("dora", 5), ("emil", 9)] {
            boards.add("chess", "w1", player, points).await.unwrap();
        }
        boards.add("chess", "w2", "dora", 100).await.unwrap();
        boards.add("other", "w1", "gus", 1_000_000).await.unwrap();
        let names = |scores: &[dynamodel_examples::leaderboards::Score]| {
            scores.iter().map(|score| score.player.clone()).collect::<Vec<_>>().join(" ")
        };
        let top = boards.top("chess", "w1", 1).await.unwrap();
        assert_eq!((names(&top).as_str(), top[0].score), ("ada", 30));
        assert_eq!(names(&boards.top("chess", ALL_TIME, 2).await.unwrap()), "dora ada");

        let around = boards.around("chess", "w1", "emil", 2).await.unwrap().unwrap();
        assert_eq!((around.rank, names(&around.below).as_str(), around.above.len()), (4, "dora", 2));
        let shared = boards.around("chess", "w1", "bob", 5).await.unwrap().unwrap();
        assert_eq!(
            (shared.rank, names(&shared.above).as_str(), names(&shared.below).as_str()),
            (2, "ada", "emil dora")
        );
        assert_eq!(boards.around("chess", "w1", "nobody", 5).await.unwrap(), None);

        boards.add("chess", "w1", "dora", 26).await.unwrap();
        assert_eq!(names(&boards.top("chess", "w1", 2).await.unwrap()), "dora ada");
        assert_eq!(boards.around("chess", "w1", "dora", 1).await.unwrap().unwrap().rank, 1);
        assert_eq!(boards.of_player("dora", "chess").await.unwrap().len(), 3);

        let players: Vec<String> = (0..30).map(|number| format!("p{number}")).collect();
        for (player, points) in players.iter().zip(1..) {
            boards.add_hot("snake", player, points).await.unwrap();
        }
        boards.add_hot("snake", "p0", 100).await.unwrap();
        let hot = boards.top_hot("snake", 4).await.unwrap();
        let best: Vec<_> = hot.iter().map(|score| (score.player.as_str(), score.score)).collect();
        assert_eq!(best, [("p0", 101), ("p29", 30), ("p28", 29), ("p27", 28)]);
    }
}

#[tokio::test]
async fn readings_roll_up_by_the_hour_and_vanish_in_time() {
    let clock = clock();
    for fleet in both::<Fleet>(&clock).await {
        let devices = Devices::new(fleet, 2 * HOUR);
        let begin = dynamodel_examples::iot::hour_of(Timestamp::try_from(clock.now()).unwrap());
        let at =
            |minutes: u32| Timestamp::try_from(begin.to_system_time() + minutes * Duration::from_secs(60)).unwrap();
        let reading = |minutes, celsius| devices.reading("d1", at(minutes), celsius).unwrap();
        devices.set_up("d1", "hill", 20.0).await.unwrap();
        assert!(devices.set_up("d1", "hill", 20.0).await.unwrap_err().is_already_exists());
        let view = devices.view("d1").await.unwrap().unwrap();
        assert_eq!((view.config.version, view.state), (1, None));
        assert_eq!(devices.view("d2").await.unwrap(), None);

        let first = [reading(0, 10.0), reading(10, 14.0), reading(59, 12.0), reading(60, 20.0), reading(61, 22.0)];
        assert_eq!(devices.take_in(&first).await.unwrap().done, 5);
        // Some come late: the state does not go back, the hours take them in.
        devices.take_in(&[reading(20, 30.0), reading(30, 14.0)]).await.unwrap();
        let hours = devices.hours("d1", begin).await.unwrap();
        let seen: Vec<_> = hours.iter().map(|hour| (hour.count, hour.average(), hour.highest)).collect();
        assert_eq!(seen, [(5, 16.0, 30.0), (2, 21.0, 22.0)]);
        assert_eq!(devices.hours("d1", at(1)).await.unwrap().len(), 1);
        let state = devices.view("d1").await.unwrap().unwrap().state.unwrap();
        assert_eq!((state.seen, state.celsius), (at(61), 22.0));

        let between = devices.between("d1", at(10), at(59)).await.unwrap();
        assert_eq!(between.iter().map(|r| r.celsius).collect::<Vec<_>>(), [14.0, 30.0, 14.0, 12.0]);
        let latest = devices.latest("d1", 2).await.unwrap();
        assert_eq!(latest.iter().map(|r| r.celsius).collect::<Vec<_>>(), [22.0, 20.0]);
        assert_eq!(devices.at_site("hill").await.unwrap().len(), 1);

        let lifetime = at(120).to_system_time().duration_since(clock.now()).unwrap();
        clock.advance(lifetime);
        assert_eq!(devices.between("d1", begin, at(200)).await.unwrap().len(), 6, "the first one is gone");
        assert_eq!(devices.hours("d1", begin).await.unwrap().len(), 2);
        clock.advance(HOUR * 2);
        assert_eq!(devices.latest("d1", 9).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_legacy_identifier_has_one_new_one_and_leads_back() {
    use dynamodel_examples::id_mapping::{Ids, Mapper};
    for ids in both::<Ids>(&clock()).await {
        let mapper = Mapper::new(ids);
        assert_eq!(mapper.known("shop", "7").await.unwrap(), None);
        let (id, is_new) = mapper.map("shop", "7").await.unwrap();
        assert!(is_new);
        assert_eq!(mapper.map("shop", "7").await.unwrap(), (id, false));
        let (other, is_new) = mapper.map("crm", "7").await.unwrap();
        assert!(is_new && other != id, "another system, another one");
        assert_eq!(mapper.known("shop", "7").await.unwrap(), Some(id));
        let origin = mapper.origin(id).await.unwrap().unwrap();
        assert_eq!((origin.system.as_str(), origin.legacy.as_str()), ("shop", "7"));
        assert_eq!(mapper.origin(Ulid::generate()).await.unwrap(), None);
    }
}
