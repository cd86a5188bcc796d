//! Policies in templates and of global tables.

use super::{Club, club, read};
use dynamodel::define::{Access, Grant, Policy, Principal, Template};
use dynamodel_tests::keys::Market;
use dynamodel_tests::model::Shop;

#[test]
fn a_template_refuses_a_policy_over_a_table_that_it_does_not_have() {
    let policy = Policy::new("Reader").allow(club().allow(Grant::on_table([Access::Get])));
    let other = Template::new().table(Shop::definition()).policy(policy.clone()).to_yaml().unwrap_err();
    assert!(
        other.to_string().contains("the policy `Reader` covers the table `Club`, which is not in the template"),
        "{other}"
    );
    let twice = Template::new().table(Club::definition()).policy(policy.clone()).policy(policy);
    assert!(twice.to_yaml().unwrap_err().to_string().contains("the template would use the name `ReaderPolicy` twice"));
    let nameless = Policy::new("!").allow(club().allow(Grant::on_table([Access::Get])));
    let nameless = Template::new().table(Club::definition()).policy(nameless).to_yaml().unwrap_err();
    assert!(nameless.to_string().contains("cannot be the name of a policy"), "{nameless}");
    let many = (0..60).fold(club(), |permissions, at| {
        let mine = Principal::text(format!("user-{at}"));
        permissions.allow(Grant::on_table([Access::Get]).own_partitions("Monthly", [("user_id", mine)]))
    });
    let long = Template::new().table(Club::definition()).policy(Policy::new("Long").allow(many)).to_yaml().unwrap_err();
    assert!(long.to_string().contains("and IAM allows 6144 in a managed policy"), "{long}");
}

#[test]
fn a_global_table_is_named_in_each_of_its_regions() {
    let definition = Market::definition().named("market").replicas(["us-east-1", "eu-west-1"]);
    let policy = read(&definition.permissions().allow_all());
    let arns =
        serde_json::json!(["arn:aws:dynamodb:us-east-1:*:table/market", "arn:aws:dynamodb:eu-west-1:*:table/market"]);
    assert_eq!(policy["Statement"][0]["Resource"], arns);
}
