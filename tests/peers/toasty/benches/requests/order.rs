//! The order as a row of plain fields.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub struct Row {
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

impl Row {
    pub fn number(number: u32) -> Self {
        Self {
            tenant: "acme".to_owned(),
            id: format!("ord_{number:08}"),
            status: "ACTIVE".to_owned(),
            created_at: "2026-11-22T02:03:50.123Z".to_owned(),
            title: format!("Organic cotton t-shirt, size M, colour #{number}"),
            note: Some("left at the neighbour's door".to_owned()),
            count: u64::from(number),
            total: 123_456 + i64::from(number),
            active: true,
            rate: 0.125,
            version: 42,
            expires_at: Some(1_795_312_230),
        }
    }
}
