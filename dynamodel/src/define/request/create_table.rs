//! A definition as a CreateTable request.

use super::parts::{Built, attribute, encryption, index_projection, keys, limit, provision, some, warm_throughput};
use crate::define::definition::{IndexDefinition, TableClass, TableDefinition};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::IndexKind;
use aws_sdk_dynamodb::operation::create_table::builders::CreateTableInputBuilder;
use aws_sdk_dynamodb::types::{BillingMode, GlobalSecondaryIndex, LocalSecondaryIndex, StreamSpecification, Tag};

impl TableDefinition {
    /// The CreateTable request, without the table's name unless the definition is [`named`](TableDefinition::named). Some
    /// settings are not part of CreateTable, and the table is created without them: time to live, which
    /// [`ensure_table_with`](crate::Client::ensure_table_with) sets, and point-in-time recovery, contributor insights, auto
    /// scaling, alarms, replicas and the removal policy, which are for a template. `ensure_table_with` refuses a definition with
    /// recovery, insights, auto scaling, alarms or replicas; this request is made all the same.
    ///
    /// # Errors
    /// As [`check`](TableDefinition::check).
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let request = Shop::definition().create_table()?.table_name("shop-prod");
    /// assert_eq!(request.get_key_schema().as_ref().map(Vec::len), Some(2));
    /// // request.send_with(&sdk_client).await
    /// # Ok(()) }
    /// ```
    pub fn create_table(&self) -> Result<CreateTableInputBuilder> {
        self.check()?;
        self.request().map_err(|error| {
            Error::new(
                ErrorKind::InvalidDefinition,
                format!("the definition cannot be written as CreateTable: {error}"),
            )
            .in_table(self.table())
            .with_source(error)
        })
    }

    fn request(&self) -> Built<CreateTableInputBuilder> {
        let settings = self.settings();
        let attributes = self.attributes().iter().map(attribute);
        let tags = settings.tags.iter().map(|(key, value)| Tag::builder().key(key).value(value).build());
        let [provisioned, on_demand] = self.throughput(settings.billing.throughput());
        let stream = settings.stream.map(|view| {
            StreamSpecification::builder().stream_enabled(true).stream_view_type(view.as_str().into()).build()
        });
        let builder = CreateTableInputBuilder::default()
            .set_table_name(settings.name.clone())
            .set_attribute_definitions(Some(attributes.collect::<Built<_>>()?))
            .set_key_schema(Some(keys(&[self.partition_key()], self.sort_key().as_slice())?))
            .set_global_secondary_indexes(some(self.global_indexes()?))
            .set_local_secondary_indexes(some(self.local_indexes()?))
            .billing_mode(BillingMode::from(settings.billing.as_str()))
            .set_provisioned_throughput(provisioned.map(provision).transpose()?)
            .set_on_demand_throughput(on_demand.map(limit))
            .set_stream_specification(stream.transpose()?)
            .set_sse_specification(encryption(&settings.encryption))
            .set_warm_throughput(settings.warm_throughput.map(warm_throughput))
            .set_resource_policy(settings.resource_policy.clone())
            .set_tags(some(tags.collect::<Built<_>>()?));
        // Defaults are not sent, because not every engine knows them.
        Ok(builder
            .set_deletion_protection_enabled(settings.deletion_protection.then_some(true))
            .set_table_class((settings.class != TableClass::default()).then(|| settings.class.as_str().into())))
    }

    fn global_indexes(&self) -> Built<Vec<GlobalSecondaryIndex>> {
        let index = |index: &IndexDefinition| {
            let [provisioned, on_demand] = self.throughput(self.throughput_of(index.name));
            GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(Some(keys(index.partition_key, index.sort_key)?))
                .projection(index_projection(&index.projection))
                .set_provisioned_throughput(provisioned.map(provision).transpose()?)
                .set_on_demand_throughput(on_demand.map(limit))
                .set_warm_throughput(self.warm_throughput_of(index.name).map(warm_throughput))
                .build()
        };
        self.indexes_of(IndexKind::Global).map(index).collect()
    }

    fn local_indexes(&self) -> Built<Vec<LocalSecondaryIndex>> {
        let index = |index: &IndexDefinition| {
            LocalSecondaryIndex::builder()
                .index_name(index.name)
                .set_key_schema(Some(keys(index.partition_key, index.sort_key)?))
                .projection(index_projection(&index.projection))
                .build()
        };
        self.indexes_of(IndexKind::Local).map(index).collect()
    }
}
