//! Comparing the app's settings with what DescribeTable returns.

use super::difference::{Aspect, Difference, Differences, Remedy};
use crate::define::definition::{Billing, Encryption, Replica, TableDefinition, Throughput, region};
use crate::schema::IndexKind;
use aws_sdk_dynamodb::types::{
    OnDemandThroughput, ProvisionedThroughputDescription, ReplicaStatus, SseStatus, TableDescription,
};

impl TableDefinition {
    /// The differences in the app's settings, as far as DescribeTable returns them: billing and throughput, stream,
    /// encryption, deletion protection, table class, warm throughput where it is less, and the regions of the replicas.
    /// [`Client::check_schema_with`](crate::Client::check_schema_with) compares the rest too. For a global table, the replica
    /// in the live table's region is compared.
    ///
    /// Throughput under auto scaling is not compared. DescribeTable returns only the ARN of a KMS key: an id or an ARN in the
    /// definition is compared with it; for `aws/dynamodb` and for an alias only that there is a key, because only KMS knows
    /// which key they mean.
    pub fn settings_differences(&self, live: &TableDescription) -> Vec<Difference> {
        let mut found = Differences(Vec::new());
        let own = self.in_region_of(live);
        let settings = own.settings();
        let mut compare = |aspect, expected, live| found.compare(aspect, expected, live, Remedy::InPlace);
        // DescribeTable returns no billing mode for tables that were created as provisioned.
        let billing = live.billing_mode_summary().and_then(|summary| summary.billing_mode());
        let billing = billing.map_or("PROVISIONED", |mode| mode.as_str());
        compare(Aspect::Billing, settings.billing.as_str().to_owned(), billing.to_owned());
        // Auto scaling changes the throughput, so that there is nothing to compare it with.
        if billing == settings.billing.as_str() && settings.auto_scaling.is_none() {
            let live_units = self.units(live.provisioned_throughput(), live.on_demand_throughput());
            compare(Aspect::Throughput, units(settings.billing.throughput()), live_units);
            for index in self.indexes_of(IndexKind::Global) {
                let mut described = live.global_secondary_indexes().iter();
                let Some(other) = described.find(|other| other.index_name() == Some(index.name)) else { continue };
                let live_units = self.units(other.provisioned_throughput(), other.on_demand_throughput());
                let aspect = Aspect::IndexThroughput(index.name.to_owned());
                compare(aspect, units(own.throughput_of(index.name)), live_units);
            }
        }
        let stream = live.stream_specification().filter(|stream| stream.stream_enabled());
        let stream = stream.and_then(|stream| stream.stream_view_type()).map_or("none", |view| view.as_str());
        // DynamoDB gives every global table a stream.
        let by_default = if settings.replicas.is_empty() { "none" } else { "NEW_AND_OLD_IMAGES" };
        compare(Aspect::Stream, settings.stream.map_or(by_default, |view| view.as_str()).to_owned(), stream.to_owned());
        let [expected, live_key] = encryption(&settings.encryption, live);
        compare(Aspect::Encryption, expected, live_key);
        let protected = |on: bool| if on { "on" } else { "off" }.to_owned();
        let live_protection = live.deletion_protection_enabled().unwrap_or_default();
        compare(Aspect::DeletionProtection, protected(settings.deletion_protection), protected(live_protection));
        let class = live.table_class_summary().and_then(|summary| summary.table_class());
        let class = class.map_or("STANDARD", |class| class.as_str());
        compare(Aspect::Class, settings.class.as_str().to_owned(), class.to_owned());
        if let Some(wanted) = settings.warm_throughput {
            let live = live.warm_throughput().map(|live| (live.read_units_per_second(), live.write_units_per_second()));
            compare_warm_throughput(Aspect::WarmThroughput, wanted, live, &mut found);
        }
        for (index, wanted) in &settings.index_warm_throughput {
            let mut described = live.global_secondary_indexes().iter();
            let Some(other) = described.find(|other| other.index_name() == Some(index)) else { continue };
            let live = other.warm_throughput();
            let live = live.map(|live| (live.read_units_per_second(), live.write_units_per_second()));
            compare_warm_throughput(Aspect::IndexWarmThroughput(index.clone()), *wanted, live, &mut found);
        }
        let [expected, others] = replicas(&settings.replicas, live);
        found.compare(Aspect::Replicas, expected, others, Remedy::InPlace);
        found.0
    }

    /// The provisioned throughput or the on-demand limit, by the billing mode.
    fn units(
        &self,
        provisioned: Option<&ProvisionedThroughputDescription>,
        on_demand: Option<&OnDemandThroughput>,
    ) -> String {
        let pair = match self.settings().billing {
            Billing::Provisioned(_) => {
                provisioned.map(|live| (live.read_capacity_units(), live.write_capacity_units()))
            }
            // DynamoDB returns -1 where there is no limit.
            _ => on_demand.map(|live| (live.max_read_request_units(), live.max_write_request_units())),
        };
        let pair = pair.map(|(read, write)| (read.unwrap_or(-1), write.unwrap_or(-1)));
        pair.filter(|(read, write)| *read >= 0 || *write >= 0).map_or_else(|| "no limit".to_owned(), units_text)
    }
}

fn units(throughput: Option<Throughput>) -> String {
    throughput.map_or_else(|| "no limit".to_owned(), |units| units_text((units.read.into(), units.write.into())))
}

fn units_text((read, write): (i64, i64)) -> String {
    format!("{read} read and {write} write units")
}

/// Only less is a difference: DynamoDB raises warm throughput on its own.
fn compare_warm_throughput(
    aspect: Aspect,
    wanted: Throughput,
    live: Option<(Option<i64>, Option<i64>)>,
    found: &mut Differences,
) {
    let enough = |live: Option<i64>, wanted: u32| live.is_some_and(|live| live >= i64::from(wanted));
    if live.is_some_and(|(read, write)| enough(read, wanted.read) && enough(write, wanted.write)) {
        return;
    }
    let live = live.map(|(read, write)| units_text((read.unwrap_or_default(), write.unwrap_or_default())));
    found.compare(aspect, units(Some(wanted)), live.unwrap_or_else(|| "none".to_owned()), Remedy::InPlace);
}

/// The regions of the definition's replicas and of the live ones, but for the table's own, which DescribeTable may leave out.
fn replicas(wanted: &[Replica], live: &TableDescription) -> [String; 2] {
    let own = region(live);
    let list = |regions: &mut dyn Iterator<Item = &str>| {
        let mut regions: Vec<_> = regions.filter(|region| Some(*region) != own).collect();
        regions.sort_unstable();
        if regions.is_empty() { "none".to_owned() } else { format!("`{}`", regions.join("`, `")) }
    };
    let gone = |status: &ReplicaStatus| matches!(status, ReplicaStatus::Deleting | ReplicaStatus::CreationFailed);
    let living = live.replicas().iter().filter(|replica| !replica.replica_status().is_some_and(gone));
    [
        list(&mut wanted.iter().map(|replica| replica.region.as_str())),
        list(&mut living.filter_map(|replica| replica.region_name())),
    ]
}

/// The key that the definition wants, and the key that the table has.
fn encryption(wanted: &Encryption, live: &TableDescription) -> [String; 2] {
    let described = live.sse_description();
    let described = described
        .filter(|sse| matches!(sse.status(), Some(SseStatus::Enabled | SseStatus::Enabling | SseStatus::Updating)));
    let arn = described.and_then(|sse| sse.kms_master_key_arn()).unwrap_or("a key of the account in KMS");
    match wanted {
        Encryption::AwsOwned => {
            let found = if described.is_some() { arn } else { "DynamoDB's own key" };
            ["DynamoDB's own key".to_owned(), found.to_owned()]
        }
        Encryption::AwsManaged | Encryption::Kms(_) if described.is_none() => {
            ["a key of the account in KMS".to_owned(), "DynamoDB's own key".to_owned()]
        }
        // An id or an ARN can be compared with the table's ARN. An alias cannot: it is enough that the table has a key.
        Encryption::Kms(key) if !key.contains("alias/") && arn != key && !arn.ends_with(&format!("/{key}")) => {
            [key.clone(), arn.to_owned()]
        }
        Encryption::AwsManaged | Encryption::Kms(_) => [arn.to_owned(), arn.to_owned()],
    }
}
