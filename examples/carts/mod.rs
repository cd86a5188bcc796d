//! A shop's carts: lines with the price they were added at, and a checkout that is one transaction.
//!
//! One table. A cart and its lines lie in one partition, and so do a customer and their orders:
//!
//! | item | `PK` | `SK` |
//! |---|---|---|
//! | `Product` | `PRODUCT#{sku}` | `PRODUCT` |
//! | `Cart` | `CART#{cart_id}` | `CART` |
//! | `CartLine` | `CART#{cart_id}` | `LINE#{sku}` |
//! | `Customer` | `CUSTOMER#{customer_id}` | `CUSTOMER` |
//! | `Order` | `CUSTOMER#{customer_id}` | `ORDER#{order_id}` |

use dynamodel::op::{Actions, BatchProgress, Check, Create, Delete, Update};
use dynamodel::{Client, Entity, Error, Expiry, Nested, Result, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use ulid::Ulid;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", entities(Product, Cart, CartLine, Customer, Order))]
pub struct Store;

/// What can be bought.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = Store, pk = "PRODUCT#{sku}", sk = "PRODUCT")]
pub struct Product {
    /// The stock-keeping unit: its name in the warehouse.
    pub sku: String,
    /// Its name in the shop.
    pub name: String,
    /// Today's price, in cents.
    pub price: u64,
    /// How many there are.
    pub stock: u64,
}

/// A visitor's cart. Its lines are items of their own, so that two tabs can change different lines.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Store, pk = "CART#{cart_id}", sk = "CART")]
pub struct Cart {
    /// Which cart.
    pub cart_id: String,
    /// Whose it is.
    pub customer_id: String,
    /// Changes with every change of a line: a checkout takes the cart as it was shown, or not at all.
    #[dynamo(version)]
    pub version: u64,
    /// From this second on the cart counts as abandoned.
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

/// One product in a cart.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Store, pk = "CART#{cart_id}", sk = "LINE#{sku}", query = of_cart)]
pub struct CartLine {
    /// In which cart.
    pub cart_id: String,
    /// Which product.
    pub sku: String,
    /// How many.
    pub quantity: u64,
    /// The price when it was added, in cents: what the visitor saw.
    pub price: u64,
    /// Goes with the cart.
    #[dynamo(ttl)]
    pub expires_at: Expiry,
}

/// Who buys.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = Store, pk = "CUSTOMER#{customer_id}", sk = "CUSTOMER")]
pub struct Customer {
    /// Who.
    pub customer_id: String,
    /// How many orders there were.
    pub orders: u64,
}

/// What was bought.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Store, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}", query = of_customer)]
pub struct Order {
    /// By whom.
    pub customer_id: String,
    /// Which order: sorts by time.
    pub order_id: Ulid,
    /// What.
    #[dynamo(nested)]
    pub lines: Vec<OrderLine>,
    /// What it costs, in cents.
    pub total: u64,
}

/// One product of an order.
#[derive(Nested, Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Which product.
    pub sku: String,
    /// How many.
    pub quantity: u64,
    /// At what price, in cents.
    pub price: u64,
}

/// A cart as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct CartView {
    /// The cart.
    pub cart: Cart,
    /// Its lines, by product.
    pub lines: Vec<CartLine>,
}

impl CartView {
    /// What it costs, in cents.
    pub fn total(&self) -> u64 {
        self.lines.iter().map(|line| line.quantity * line.price).sum()
    }
}

/// Why a checkout was refused. Nothing was changed then.
#[derive(Debug)]
pub enum CheckoutError {
    /// There is nothing in the cart.
    Empty,
    /// Some products are not there in that number: what was wanted, and what there is.
    OutOfStock(Vec<(CartLine, Product)>),
    /// The cart was changed since it was shown: this is how it is now.
    Changed(Box<Cart>),
    /// Anything else.
    Store(Error),
}

impl From<Error> for CheckoutError {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl std::fmt::Display for CheckoutError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("the cart is empty"),
            Self::OutOfStock(lines) => {
                f.write_str("not enough in stock:")?;
                lines.iter().try_for_each(|(line, product)| {
                    write!(f, " {} of {} wanted, {} there;", line.quantity, line.sku, product.stock)
                })
            }
            Self::Changed(cart) => write!(f, "the cart was changed since: it is at version {}", cart.version),
            Self::Store(_) => f.write_str("the store did not answer"),
        }
    }
}

impl std::error::Error for CheckoutError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

/// The carts of a shop.
#[derive(Debug, Clone)]
pub struct Carts {
    store: Client<Store>,
    lifetime: Duration,
}

impl Carts {
    /// Carts that are abandoned when they were not touched for so long.
    pub fn new(store: Client<Store>, lifetime: Duration) -> Self {
        Self { store, lifetime }
    }

    /// Loads a catalogue, of any length: `progress` is told after every request.
    ///
    /// # Errors
    /// With what is left over, when DynamoDB did not take all.
    pub async fn load_catalogue(
        &self,
        products: &[Product],
        progress: impl FnMut(BatchProgress) + Send,
    ) -> Result<BatchProgress> {
        self.store.batch_write().put_all(products).on_progress(progress).await
    }

    /// Registers a customer.
    ///
    /// # Errors
    /// `AlreadyExists`; whatever the client says.
    pub async fn register(&self, customer_id: &str) -> Result<()> {
        self.store.create(&Customer { customer_id: customer_id.to_owned(), orders: 0 }).await.map(|_| ())
    }

    /// A new cart.
    ///
    /// # Errors
    /// `AlreadyExists`; whatever the client says.
    pub async fn open(&self, cart_id: &str, customer_id: &str, now: Expiry) -> Result<Cart> {
        let mut cart = Cart {
            cart_id: cart_id.to_owned(),
            customer_id: customer_id.to_owned(),
            version: 0,
            expires_at: self.end_of_life(now),
        };
        cart.version = self.store.create(&cart).await?;
        Ok(cart)
    }

    /// Puts so many of a product into a cart, at today's price; a line that is there is replaced. None takes it out.
    ///
    /// # Errors
    /// `NotFound` when there is no such product; as a reason of `Cancelled` `NotFound` or `Expired` when the cart is gone.
    pub async fn set_quantity(&self, cart_id: &str, sku: &str, quantity: u64, now: Expiry) -> Result<()> {
        let until = self.end_of_life(now);
        // The cart's version moves with its lines.
        let touch = Update::new(Cart::key(cart_id)).set(|c| c.expires_at, until);
        if quantity == 0 {
            return self.store.transact((touch, Delete::new(CartLine::key(cart_id, sku)))).await.map(|_| ());
        }
        let product = self.product(sku).await?;
        let line = CartLine {
            cart_id: cart_id.to_owned(),
            sku: sku.to_owned(),
            quantity,
            price: product.map_or(0, |product| product.price),
            expires_at: until,
        };
        let there = Check::new(Product::key(sku));
        self.store.transact((touch, dynamodel::op::Put::new(&line), there)).await.map(|_| ())
    }

    /// A cart with its lines, as they were at one moment or later; `None` if it is not there, or abandoned.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn view(&self, cart_id: &str) -> Result<Option<CartView>> {
        let Some(cart) = self.store.get(Cart::key(cart_id)).consistent().await? else { return Ok(None) };
        let lines = self.store.query(CartLine::of_cart(cart_id)).consistent().collect().await?;
        Ok(Some(CartView { cart, lines }))
    }

    /// Buys what a cart holds, as it was shown: in one transaction the stock goes down, the order is created, the cart is
    /// emptied, and the customer's orders are counted. Either all of it happens or nothing.
    ///
    /// # Errors
    /// [`CheckoutError`] says why nothing happened.
    pub async fn checkout(&self, view: &CartView, order_id: Ulid) -> Result<Order, CheckoutError> {
        if view.lines.is_empty() {
            return Err(CheckoutError::Empty);
        }
        let lines = view.lines.iter().map(|line| OrderLine {
            sku: line.sku.clone(),
            quantity: line.quantity,
            price: line.price,
        });
        let order =
            Order { customer_id: view.cart.customer_id.clone(), order_id, lines: lines.collect(), total: view.total() };
        let mut actions = Actions::new();
        // The stock first, in the order of the lines: the reasons come back in it.
        for line in &view.lines {
            actions.push(
                Update::new(Product::key(&line.sku))
                    .set_to(|p| p.stock, |p| p.stock.minus(line.quantity))
                    .condition(|p| p.stock.ge(line.quantity)),
            );
        }
        for line in &view.lines {
            actions.push(Delete::new(CartLine::key(&line.cart_id, &line.sku)));
        }
        actions.push(Delete::new(&view.cart));
        actions.push(Create::new(&order));
        actions.push(Update::new(Customer::key(&view.cart.customer_id)).add(|c| c.orders, 1));
        match self.store.transact(actions).await {
            Ok(()) => Ok(order),
            Err(error) if error.is_cancelled() => Err(Self::why(view, error)),
            Err(error) => Err(error.into()),
        }
    }

    /// What a cancelled checkout means for the visitor.
    fn why(view: &CartView, error: Error) -> CheckoutError {
        let stock = view.lines.iter().zip(error.reasons());
        let short: Vec<_> = stock
            .filter_map(|(line, reason)| Some((line.clone(), reason.as_ref()?.current::<Product>()?.clone())))
            .collect();
        if !short.is_empty() {
            return CheckoutError::OutOfStock(short);
        }
        match error.reasons().iter().flatten().find_map(|reason| reason.current::<Cart>()) {
            Some(cart) => CheckoutError::Changed(Box::new(cart.clone())),
            None => CheckoutError::Store(error),
        }
    }

    /// A product.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn product(&self, sku: &str) -> Result<Option<Product>> {
        self.store.get(Product::key(sku)).consistent().await
    }

    /// Products by their names in the warehouse, in any number.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn products(&self, skus: &[&str]) -> Result<BTreeMap<String, Product>> {
        let keys: Vec<_> = skus.iter().map(|sku| Product::key(sku)).collect();
        let found = self.store.batch_get(keys).consistent().await?;
        Ok(found.into_iter().flatten().map(|product| (product.sku.clone(), product)).collect())
    }

    /// A customer.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn customer(&self, customer_id: &str) -> Result<Option<Customer>> {
        self.store.get(Customer::key(customer_id)).consistent().await
    }

    /// A customer's orders, the newest first.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn orders(&self, customer_id: &str) -> Result<Vec<Order>> {
        self.store.query(Order::of_customer(customer_id)).backward().consistent().collect().await
    }

    fn end_of_life(&self, now: Expiry) -> Expiry {
        now.extend(self.lifetime).unwrap_or(now)
    }
}
