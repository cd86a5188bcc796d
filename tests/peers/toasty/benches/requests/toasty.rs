//! `toasty`. What it creates, it takes: copies are made beforehand.

use super::order::Row;
use aws_sdk_dynamodb::Client;
use std::cell::RefCell;
use toasty_driver_dynamodb::DynamoDb;
use toasty_peer::side::{Operation, Side};

#[derive(Debug, toasty::Model)]
#[key(partition = tenant, local = id)]
pub struct Order {
    pub tenant: String,
    pub id: String,
    pub status: String,
    pub created_at: String,
    pub title: String,
    pub note: Option<String>,
    pub count: u64,
    pub total: i64,
    pub active: bool,
    pub rate: f64,
    pub version: u64,
    pub expires_at: Option<u64>,
}

pub struct Toasty {
    db: toasty::Db,
    rows: Vec<Row>,
    copies: RefCell<Vec<Row>>,
}

impl Toasty {
    pub async fn new(client: Client) -> Self {
        let driver = DynamoDb::new("dynamodb://localhost".to_owned(), client);
        let db = toasty::Db::builder().models(toasty::models!(Order)).build(driver).await.unwrap();
        Self { db, rows: (0..25).map(Row::number).collect(), copies: RefCell::default() }
    }

    /// A copy of that row, from what was prepared if it is next there.
    fn copy(&self, number: usize) -> Row {
        self.copies.borrow_mut().pop().unwrap_or_else(|| self.rows[number].clone())
    }
}

/// What creates an order.
macro_rules! create {
    ($row:expr) => {{
        let row = $row;
        Order::create()
            .tenant(row.tenant)
            .id(row.id)
            .status(row.status)
            .created_at(row.created_at)
            .title(row.title)
            .note(row.note)
            .count(row.count)
            .total(row.total)
            .active(row.active)
            .rate(row.rate)
            .version(row.version)
            .expires_at(row.expires_at)
    }};
}

impl Side for Toasty {
    const NAME: &'static str = "toasty";

    fn prepare(&self, operation: Operation, calls: u32) {
        let used: Vec<usize> = match operation {
            Operation::Put => vec![7],
            Operation::Batch => (0..self.rows.len()).collect(),
            _ => vec![],
        };
        let one = || used.iter().rev().map(|number| self.rows[*number].clone());
        *self.copies.borrow_mut() = (0..calls).flat_map(|_| one()).collect();
    }

    async fn call(&self, operation: Operation) {
        let (mut db, row) = (self.db.clone(), &self.rows[7]);
        match operation {
            Operation::Put => {
                create!(self.copy(7)).exec(&mut db).await.unwrap();
            }
            Operation::Get => {
                let found = Order::get_by_tenant_and_id(&mut db, &row.tenant, &row.id).await.unwrap();
                assert_eq!(found.id, row.id);
            }
            Operation::Update => {
                let update = Order::update_by_tenant_and_id(&row.tenant, &row.id);
                update.status("PAID").total(1_999).exec(&mut db).await.unwrap();
            }
            Operation::Query => {
                assert_eq!(Order::filter_by_tenant(&row.tenant).exec(&mut db).await.unwrap().len(), 100);
            }
            Operation::Batch => {
                let orders = (0..self.rows.len())
                    .fold(Order::create_many(), |orders, number| orders.item(create!(self.copy(number))));
                assert_eq!(orders.exec(&mut db).await.unwrap().len(), self.rows.len());
            }
            Operation::Transact => {}
        }
    }
}
