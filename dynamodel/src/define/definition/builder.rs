//! The settings of a definition: what the app adds to what its types know.

use super::options::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass, Throughput,
};
use super::replica::Replica;
use super::settings::Settings;
use super::table::TableDefinition;

/// Settings.
impl TableDefinition {
    /// The physical name, fixed. Without it a template has a parameter for the name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self.settings.default_name = None;
        self
    }

    /// The default of the physical name: the template has a parameter for the name, which a deployment may set.
    pub fn default_name(mut self, name: impl Into<String>) -> Self {
        self.settings.default_name = Some(name.into());
        self.settings.name = None;
        self
    }

    /// The billing mode. Each global index has the table's throughput, unless
    /// [`index_throughput`](Self::index_throughput) sets another.
    pub fn billing(mut self, billing: Billing) -> Self {
        self.settings.billing = billing;
        self
    }

    /// The throughput of a global index, in place of the table's.
    pub fn index_throughput(mut self, index: impl Into<String>, throughput: Throughput) -> Self {
        self.settings.index_throughput.push((index.into(), throughput));
        self
    }

    /// Auto scaling, in templates: a target and a policy for the reads and for the writes of the table and of each global
    /// index. Needs [`Billing::Provisioned`], whose throughput is the minimum.
    pub fn auto_scaling(mut self, scaling: AutoScaling) -> Self {
        self.settings.auto_scaling = Some(scaling);
        self
    }

    /// CloudWatch alarms, in templates.
    pub fn alarms(mut self, alarms: Alarms) -> Self {
        self.settings.alarms = Some(alarms);
        self
    }

    /// A stream of the table's changes.
    pub fn stream(mut self, view: StreamView) -> Self {
        self.settings.stream = Some(view);
        self
    }

    /// The key that encrypts the items.
    pub fn encryption(mut self, encryption: Encryption) -> Self {
        self.settings.encryption = encryption;
        self
    }

    /// Point-in-time recovery: the table can be restored to any second of the last `days` days, 1 to 35.
    pub fn point_in_time_recovery(mut self, days: u32) -> Self {
        self.settings.point_in_time_recovery = Some(days);
        self
    }

    /// Deletion protection: DynamoDB refuses to delete the table until this is switched off.
    pub fn deletion_protection(mut self) -> Self {
        self.settings.deletion_protection = true;
        self
    }

    /// The table class.
    pub fn class(mut self, class: TableClass) -> Self {
        self.settings.class = class;
        self
    }

    /// Warm throughput: what the table can serve from its first second. Not less than the provisioned throughput; with
    /// on-demand billing not less than 12,000 read and 4,000 write units, with which every table starts.
    pub fn warm_throughput(mut self, throughput: Throughput) -> Self {
        self.settings.warm_throughput = Some(throughput);
        self
    }

    /// The warm throughput of a global index.
    pub fn index_warm_throughput(mut self, index: impl Into<String>, throughput: Throughput) -> Self {
        self.settings.index_warm_throughput.push((index.into(), throughput));
        self
    }

    /// The resource policy: an IAM policy that is attached to the table, as JSON of up to 20 KB. The library checks that it
    /// is a JSON object with a `Statement`; the statements themselves are checked by IAM.
    ///
    /// CloudFormation cannot create a replica outside the stack's region together with its policy: deploy a template with
    /// [`replicas`](Self::replicas) without the policy first, and then with it.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let policy = r#"{"Version": "2012-10-17", "Statement": []}"#;
    /// assert!(Shop::definition().resource_policy(policy).check().is_ok());
    /// let error = Shop::definition().resource_policy("{").check().unwrap_err();
    /// assert!(error.to_string().contains("`resource_policy` is not a JSON object"));
    /// # Ok(()) }
    /// ```
    pub fn resource_policy(mut self, json: impl Into<String>) -> Self {
        self.settings.resource_policy = Some(json.into());
        self
    }

    /// Contributor Insights: CloudWatch counts the most used keys.
    pub fn contributor_insights(mut self, counted: ContributorInsights) -> Self {
        self.settings.contributor_insights = Some(counted);
        self
    }

    /// Adds a tag.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.tags.push((key.into(), value.into()));
        self
    }

    /// Makes it a global table (`AWS::DynamoDB::GlobalTable`) in these regions, the stack's own among them. Its billing is
    /// on demand, or provisioned with auto scaling. DynamoDB gives it a stream of new and old images.
    ///
    /// **A table that a stack has created without replicas** cannot become a global table by an update of its template:
    /// CloudFormation cannot turn one type of resource into the other. The resource is called `ShopGlobalTable` instead of
    /// `ShopTable`, so that such an update fails, because the table's name is taken, and nothing is replaced. The
    /// [guide](crate::guide::definition) describes how to convert it. Add or remove one replica of an existing table with
    /// each update.
    pub fn replicas<R: Into<Replica>>(mut self, replicas: impl IntoIterator<Item = R>) -> Self {
        self.settings.replicas = replicas.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a replica of a global table: a region, or a [`Replica`] with settings of its own.
    pub fn replica(mut self, replica: impl Into<Replica>) -> Self {
        self.settings.replicas.push(replica.into());
        self
    }

    /// What happens to the table when it is removed from its stack.
    pub fn removal(mut self, policy: RemovalPolicy) -> Self {
        self.settings.removal = policy;
        self
    }

    /// The warm throughput of a global index, where it is set.
    pub(in crate::define) fn warm_throughput_of(&self, index: &str) -> Option<Throughput> {
        let mut all = self.settings.index_warm_throughput.iter();
        all.find(|(name, _)| name == index).map(|(_, units)| *units)
    }

    /// The throughput of a global index, where the billing mode has one.
    pub(in crate::define) fn throughput_of(&self, index: &str) -> Option<Throughput> {
        let own = self.settings.index_throughput.iter().find(|(name, _)| name == index).map(|(_, own)| *own);
        own.or(self.settings.billing.throughput())
    }

    /// The settings, to be changed.
    pub(in crate::define) fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }
}
