//! The examples' tables as definitions: what their types know, and what only the app knows.

use crate::carts::Store;
use crate::iot::Fleet;
use crate::leaderboards::Arcade;
use crate::sessions::Shop;
use dynamodel::define::{Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, Template, Throughput};

/// The template of all of them. The tables' names are its parameters.
pub fn template() -> Template {
    Template::new()
        .description("The tables of dynamodel's examples")
        .table(
            Shop::definition()
                .billing(Billing::OnDemandUpTo(Throughput { read: 1000, write: 500 }))
                .encryption(Encryption::AwsManaged)
                // Sessions are not worth keeping.
                .removal(RemovalPolicy::Delete)
                .tag("app", "sessions"),
        )
        .table(
            Store::definition()
                .stream(StreamView::NewAndOldImages)
                .point_in_time_recovery(35)
                .deletion_protection()
                .tag("app", "carts"),
        )
        .table(Fleet::definition().billing(Billing::Provisioned(Throughput { read: 20, write: 50 })))
        .table(Arcade::definition().contributor_insights(ContributorInsights::ThrottledKeys))
}
