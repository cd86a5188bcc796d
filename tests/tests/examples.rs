//! The domain code of the examples.

use dynamodel::{Clock, Expiry, ManualClock};
use dynamodel_examples::carts::{CartView, Carts, CheckoutError, Product, Store};
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
