//! The examples' tables as definitions: what their types know, and what only the app knows.

mod samples;

use crate::carts::Store;
use crate::coordination::Register;
use crate::id_mapping::Ids;
use crate::iot::Fleet;
use crate::leaderboards::Arcade;
use crate::orders_async::Desk;
use crate::sessions::Shop;
use crate::web_sessions::Site;
use dynamodel::cli::Cli;
use dynamodel::define::{
    Access, Alarms, AutoScaling, Billing, ContributorInsights, Encryption, Grant, HtmlPage, Policy, Principal,
    RemovalPolicy, StreamView, TableDefinition, Throughput,
};

/// All of them.
pub fn definitions() -> [TableDefinition; 8] {
    let sessions = Shop::definition()
        .default_name("sessions-example")
        .billing(Billing::OnDemandUpTo(Throughput { read: 1000, write: 500 }))
        .encryption(Encryption::AwsManaged)
        .alarms(Alarms::default())
        // Sessions are not worth keeping.
        .removal(RemovalPolicy::Delete)
        .tag("app", "sessions");
    let carts = Store::definition()
        .default_name("carts-example")
        .stream(StreamView::NewAndOldImages)
        .point_in_time_recovery(35)
        .deletion_protection()
        .tag("app", "carts");
    let devices = Fleet::definition()
        .default_name("iot-example")
        .billing(Billing::Provisioned(Throughput { read: 20, write: 50 }))
        .auto_scaling(AutoScaling { up_to: Throughput { read: 200, write: 500 }, target_percent: 70 });
    let scores = Arcade::definition()
        .default_name("leaderboards-example")
        .contributor_insights(ContributorInsights::ThrottledKeys);
    // Its consumers read the changes.
    let requests = Desk::with_stream().default_name("orders-async-example");
    let register = Register::definition().default_name("coordination-example").point_in_time_recovery(7);
    let ids = Ids::definition().default_name("id-mapping-example").tag("app", "importers");
    let site = Site::definition().default_name("web-sessions-example").removal(RemovalPolicy::Delete);
    [sessions, carts, devices, scores, requests, register, ids, site]
}

/// What the programs that use them may do, and no more.
pub fn policies([sessions, carts, ..]: &[TableDefinition; 8]) -> [Policy; 2] {
    // Whoever has logged in sees their own sessions. The token is looked up before anybody has.
    let own = Grant::on_table([Access::Get, Access::Query, Access::Update, Access::Delete])
        .own_partitions("Session", [("user_id", Principal::tag("user_id"))]);
    let visitor = sessions.permissions().allow(own).allow(Grant::pattern("Session", "by_token"));
    // A checkout is a transaction of these, and reads the cart before.
    let parts = [Access::Create, Access::Update, Access::Delete, Access::Check];
    let checkout = carts
        .permissions()
        .allow(Grant::on_table(parts).in_transactions_only())
        .allow(Grant::on_table([Access::Get, Access::Query]));
    [Policy::new("Visitor").allow(visitor), Policy::new("Checkout").allow(checkout)]
}

/// The program that prints all this. The tables' names are parameters of its template.
///
/// # Errors
/// When a sample cannot be stored.
pub fn cli() -> Result<Cli, Box<dyn std::error::Error>> {
    let policies = policies(&definitions());
    let cli = filled()?.into_iter().fold(Cli::new(), Cli::table);
    Ok(policies.into_iter().fold(cli, Cli::policy).description(TITLE))
}

/// What the template and the page call them.
const TITLE: &str = "The tables of dynamodel's examples";

/// The definitions with items to look at.
fn filled() -> Result<Vec<TableDefinition>, Box<dyn std::error::Error>> {
    definitions().into_iter().map(samples::fill).collect()
}

/// The page of the tables.
///
/// # Errors
/// When a sample cannot be stored.
pub fn page() -> Result<String, Box<dyn std::error::Error>> {
    Ok(filled()?.into_iter().fold(HtmlPage::new().title(TITLE), HtmlPage::table).to_html())
}
