//! Replicas of a global table, and what they have of their own.

use super::settings::{count_tags, policy, recovery, tags};
use crate::define::definition::options::{Billing, Encryption, StreamView};
use crate::define::definition::replica::Replica;
use crate::define::definition::table::TableDefinition;

pub(super) fn all(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    for (at, replica) in settings.replicas.iter().enumerate() {
        let Replica { region, .. } = replica;
        if settings.replicas.iter().take(at).any(|earlier| earlier.region == *region) {
            wrong.push(format!("two `replicas` are in `{region}`"));
        }
        if region.is_empty()
            || !region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        {
            wrong.push(format!("{region:?} is not a region: write it like `us-east-1`"));
        }
        own(definition, replica, wrong);
    }
    if settings.replicas.is_empty() {
        return;
    }
    if matches!(settings.billing, Billing::Provisioned(_)) && settings.auto_scaling.is_none() {
        let message =
            "a provisioned table with `replicas` needs auto scaling: add `auto_scaling`, or use on-demand billing";
        wrong.push(message.to_owned());
    }
    if settings.stream.is_some_and(|view| view != StreamView::NewAndOldImages) {
        wrong.push("the stream of a table with `replicas` must hold new and old images: use `StreamView::NewAndOldImages`, or leave `stream` out".to_owned());
    }
}

/// The settings of a replica.
fn own(definition: &TableDefinition, replica: &Replica, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    let region = &replica.region;
    recovery(&format!("point_in_time_recovery of {region}"), replica.point_in_time_recovery, wrong);
    // A replica without tags of its own has the definition's, which are counted already.
    if !replica.tags.is_empty() {
        let whose = format!("together with the definition's, the replica in {region}");
        count_tags(&whose, replica.all_tags(&settings.tags).count(), wrong);
    }
    tags(&replica.tags, wrong);
    policy(&format!("resource_policy of {region}"), replica.resource_policy.as_deref(), wrong);
    if replica.read_units == Some(0) {
        wrong.push(format!("`read_units` of {region} is 0: DynamoDB takes 1 or more"));
    }
    if replica.read_units.is_some() && !matches!(settings.billing, Billing::OnDemandUpTo(_)) {
        wrong.push(format!("`read_units` of {region} needs `Billing::OnDemandUpTo`, which also limits the writes"));
    }
    let key = match (&settings.encryption, &replica.kms_key) {
        (Encryption::Kms(shared), own) => own.as_ref().unwrap_or(shared),
        (_, Some(_)) => {
            wrong.push(format!("`kms_key` of {region} needs the table's encryption to be `Encryption::Kms`"));
            return;
        }
        (_, None) => return,
    };
    // A multi-region key has one id in all regions, but an ARN in each.
    if let Some(elsewhere) = key.strip_prefix("arn:").and_then(|rest| rest.split(':').nth(2))
        && elsewhere != region
    {
        wrong.push(format!(
            "the KMS key of the replica in {region} is in {elsewhere}: give it a key of its own region with `Replica::kms_key`, or name an alias"
        ));
    }
}
