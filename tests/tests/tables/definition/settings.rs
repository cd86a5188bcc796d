//! Settings in attributes, and the same by methods.

use dynamodel::define::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass,
    TableDefinition, Throughput,
};

/// The same table twice: once with settings in its attributes, once without.
mod settled {
    use dynamodel::Table;

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(ByToken, name = "by-token", pk = "GSI1PK"))]
    #[dynamo(settings(
        name = "settled",
        billing(provisioned, read = 10, write = 5),
        index(ByToken, throughput(read = 2, write = 1), warm_throughput(read = 13_000, write = 5_000)),
        auto_scaling(read = 100, write = 50, target_percent = 70),
        alarms(topic = "arn:aws:sns:us-east-1:123456789012:ops", capacity_percent = 90),
        stream = old_image,
        encryption(kms = "alias/settled"),
        point_in_time_recovery = 7,
        deletion_protection,
        class = standard_infrequent_access,
        warm_throughput(read = 12_000, write = 4_000),
        contributor_insights = throttled_keys,
        tag(key = "team", value = "checkout"),
        tag(key = "cost-center", value = "7"),
        removal = delete,
    ))]
    pub struct Settled;

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", sk = "SK", gsi(OnDemandIndex, name = "by-token", pk = "GSI1PK"))]
    #[dynamo(settings(
        default_name = "global",
        billing(on_demand, read = 10, write = 5),
        alarms,
        encryption = aws_managed,
        replicas = ["us-east-1", "eu-west-1"],
    ))]
    pub struct Global;

    #[derive(Table, Debug)]
    #[dynamo(pk = "PK", settings(billing = on_demand, encryption = aws_owned, class = standard, removal = retain))]
    pub struct Plain;
}

#[test]
fn settings_in_attributes_are_those_of_the_methods() {
    let base = TableDefinition::from_schema(<settled::Settled as dynamodel::Table>::SCHEMA);
    let said = base
        .named("settled")
        .billing(Billing::Provisioned(Throughput { read: 10, write: 5 }))
        .index_throughput("by-token", Throughput { read: 2, write: 1 })
        .index_warm_throughput("by-token", Throughput { read: 13_000, write: 5_000 })
        .auto_scaling(AutoScaling { up_to: Throughput { read: 100, write: 50 }, target_percent: 70 })
        .alarms(Alarms { topic: Some("arn:aws:sns:us-east-1:123456789012:ops".into()), capacity_percent: 90 })
        .stream(StreamView::OldImage)
        .encryption(Encryption::Kms("alias/settled".into()))
        .point_in_time_recovery(7)
        .deletion_protection()
        .class(TableClass::StandardInfrequentAccess)
        .warm_throughput(Throughput { read: 12_000, write: 4_000 })
        .contributor_insights(ContributorInsights::ThrottledKeys)
        .tag("team", "checkout")
        .tag("cost-center", "7")
        .removal(RemovalPolicy::Delete);
    assert_eq!(settled::Settled::definition().settings(), said.settings());
    settled::Settled::definition().check().unwrap();

    let base = TableDefinition::from_schema(<settled::Global as dynamodel::Table>::SCHEMA);
    let said = base
        .default_name("global")
        .billing(Billing::OnDemandUpTo(Throughput { read: 10, write: 5 }))
        .alarms(Alarms::default())
        .encryption(Encryption::AwsManaged)
        .replicas(["us-east-1", "eu-west-1"]);
    assert_eq!(settled::Global::definition().settings(), said.settings());
    let base = TableDefinition::from_schema(<settled::Plain as dynamodel::Table>::SCHEMA);
    assert_eq!(settled::Plain::definition().settings(), base.settings());
}
