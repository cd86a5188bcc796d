//! The SDK with `serde_dynamo`.

use super::order::Row;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue::{N, S};
use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use toasty_peer::side::{Operation, Side};

const TABLE: &str = "orders";

pub struct Serde {
    client: Client,
    rows: Vec<Row>,
}

impl Serde {
    pub fn new(client: Client) -> Self {
        Self { client, rows: (0..25).map(Row::number).collect() }
    }
}

impl Side for Serde {
    const NAME: &'static str = "serde";

    async fn call(&self, operation: Operation) {
        let (client, row) = (&self.client, &self.rows[7]);
        match operation {
            Operation::Put => {
                let item = serde_dynamo::to_item(row).unwrap();
                client.put_item().table_name(TABLE).set_item(Some(item)).send().await.unwrap();
            }
            Operation::Get => {
                let get = client.get_item().table_name(TABLE);
                let get = get.key("tenant", S(row.tenant.clone())).key("id", S(row.id.clone()));
                let found: Row = serde_dynamo::from_item(get.send().await.unwrap().item.unwrap()).unwrap();
                assert_eq!(found.id, row.id);
            }
            Operation::Update => {
                let update = client.update_item().table_name(TABLE);
                update
                    .key("tenant", S(row.tenant.clone()))
                    .key("id", S(row.id.clone()))
                    .update_expression("SET #status = :status, #total = :total")
                    .condition_expression("attribute_exists(id)")
                    .expression_attribute_names("#status", "status")
                    .expression_attribute_names("#total", "total")
                    .expression_attribute_values(":status", S("PAID".to_owned()))
                    .expression_attribute_values(":total", N("1999".to_owned()))
                    .send()
                    .await
                    .unwrap();
            }
            Operation::Query => {
                let query = client.query().table_name(TABLE).key_condition_expression("tenant = :tenant");
                let query = query.expression_attribute_values(":tenant", S(row.tenant.clone()));
                let found: Vec<Row> = serde_dynamo::from_items(query.send().await.unwrap().items.unwrap()).unwrap();
                assert_eq!(found.len(), 100);
            }
            Operation::Batch => {
                let put = |row| {
                    let item = Some(serde_dynamo::to_item(row).unwrap());
                    WriteRequest::builder().put_request(PutRequest::builder().set_item(item).build().unwrap()).build()
                };
                let writes = self.rows.iter().map(put).collect();
                client.batch_write_item().request_items(TABLE, writes).send().await.unwrap();
            }
            Operation::Transact => {}
        }
    }
}
