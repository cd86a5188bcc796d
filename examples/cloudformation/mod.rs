//! The examples' tables as definitions: what their types know, and what only the app knows.

mod samples;

use crate::carts::Store;
use crate::iot::Fleet;
use crate::leaderboards::Arcade;
use crate::sessions::Shop;
use dynamodel::define::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, HtmlPage, RemovalPolicy, StreamView,
    TableDefinition, Template, Throughput,
};

/// All of them.
pub fn definitions() -> [TableDefinition; 4] {
    let sessions = Shop::definition()
        .billing(Billing::OnDemandUpTo(Throughput { read: 1000, write: 500 }))
        .encryption(Encryption::AwsManaged)
        .alarms(Alarms::default())
        // Sessions are not worth keeping.
        .removal(RemovalPolicy::Delete)
        .tag("app", "sessions");
    let carts = Store::definition()
        .stream(StreamView::NewAndOldImages)
        .point_in_time_recovery(35)
        .deletion_protection()
        .tag("app", "carts");
    let devices = Fleet::definition()
        .billing(Billing::Provisioned(Throughput { read: 20, write: 50 }))
        .auto_scaling(AutoScaling { up_to: Throughput { read: 200, write: 500 }, target_percent: 70 });
    let scores = Arcade::definition().contributor_insights(ContributorInsights::ThrottledKeys);
    [sessions, carts, devices, scores]
}

/// Their template. The tables' names are its parameters.
pub fn template() -> Template {
    let template = Template::new().description("The tables of dynamodel's examples");
    definitions().into_iter().fold(template, Template::table)
}

/// Their page, with items to look at.
///
/// # Errors
/// When a sample cannot be stored.
pub fn page() -> Result<String, Box<dyn std::error::Error>> {
    let page = HtmlPage::new().title("The tables of dynamodel's examples");
    let page = definitions().into_iter().try_fold(page, |page, table| Ok::<_, _>(page.table(samples::fill(table)?)));
    page.map(|page| page.to_html())
}
