//! What CreateTable and UpdateTable have in common: keys, projections, throughput, encryption.

use crate::define::definition::{AttributeDefinition, Billing, Encryption, TableDefinition, Throughput};
use crate::schema::ProjectionType;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition as SdkAttribute, KeySchemaElement, KeyType, OnDemandThroughput, Projection,
    ProjectionType as SdkProjectionType, ProvisionedThroughput, SseSpecification, SseType, WarmThroughput,
};

pub(in crate::define) type Built<T> = Result<T, BuildError>;

impl TableDefinition {
    /// The throughput as provisioned throughput or as on-demand limit, by the billing mode.
    pub(in crate::define) fn throughput(&self, throughput: Option<Throughput>) -> [Option<Throughput>; 2] {
        match self.settings().billing {
            Billing::Provisioned(_) => [throughput, None],
            _ => [None, throughput],
        }
    }
}

pub(in crate::define) fn attribute(attribute: &AttributeDefinition) -> Built<SdkAttribute> {
    let builder = SdkAttribute::builder().attribute_name(attribute.name);
    builder.attribute_type(attribute.kind.letter().into()).build()
}

pub(in crate::define) fn keys(partition: &[&str], sort: &[&str]) -> Built<Vec<KeySchemaElement>> {
    let partition = partition.iter().map(|name| (*name, KeyType::Hash));
    let sort = sort.iter().map(|name| (*name, KeyType::Range));
    let element = |(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    partition.chain(sort).map(element).collect()
}

pub(in crate::define) fn index_projection(projection: &ProjectionType) -> Projection {
    let included = projection.included().iter().map(|name| (*name).to_owned()).collect();
    Projection::builder()
        .projection_type(SdkProjectionType::from(projection.as_str()))
        .set_non_key_attributes(some(included))
        .build()
}

pub(in crate::define) fn provision(throughput: Throughput) -> Built<ProvisionedThroughput> {
    ProvisionedThroughput::builder()
        .read_capacity_units(throughput.read.into())
        .write_capacity_units(throughput.write.into())
        .build()
}

pub(in crate::define) fn limit(throughput: Throughput) -> OnDemandThroughput {
    OnDemandThroughput::builder()
        .max_read_request_units(throughput.read.into())
        .max_write_request_units(throughput.write.into())
        .build()
}

pub(in crate::define) fn warm_throughput(throughput: Throughput) -> WarmThroughput {
    WarmThroughput::builder()
        .read_units_per_second(throughput.read.into())
        .write_units_per_second(throughput.write.into())
        .build()
}

pub(in crate::define) fn encryption(encryption: &Encryption) -> Option<SseSpecification> {
    let builder = SseSpecification::builder().enabled(true).sse_type(SseType::Kms);
    match encryption {
        Encryption::AwsOwned => None,
        Encryption::AwsManaged => Some(builder.build()),
        Encryption::Kms(key) => Some(builder.kms_master_key_id(key).build()),
    }
}

/// DynamoDB takes no empty list.
pub(super) fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
