//! The methods by which the app says of a table what its types cannot know.

use super::options::{
    Alarms, AutoScaling, Billing, ContributorInsights, Encryption, RemovalPolicy, StreamView, TableClass, Throughput,
};
use super::replica::Replica;
use super::settings::Settings;
use super::table::TableDefinition;

/// What the app says besides its types.
impl TableDefinition {
    /// The physical name, fixed. Without it a template has a parameter for the name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self.settings.default_name = None;
        self
    }

    /// The physical name where nobody says another: the default of the template's parameter, which a deployment may
    /// still set.
    pub fn default_name(mut self, name: impl Into<String>) -> Self {
        self.settings.default_name = Some(name.into());
        self.settings.name = None;
        self
    }

    /// How it is paid for. Global indexes have the table's throughput each, unless
    /// [`index_throughput`](Self::index_throughput) says another.
    pub fn billing(mut self, billing: Billing) -> Self {
        self.settings.billing = billing;
        self
    }

    /// The throughput of a global index, in place of the table's.
    pub fn index_throughput(mut self, index: impl Into<String>, throughput: Throughput) -> Self {
        self.settings.index_throughput.push((index.into(), throughput));
        self
    }

    /// The throughput follows the use, in templates: a target and a policy for the reads and for the writes of the table
    /// and of each global index. Needs [`Billing::Provisioned`], which says the least.
    pub fn auto_scaling(mut self, scaling: AutoScaling) -> Self {
        self.settings.auto_scaling = Some(scaling);
        self
    }

    /// CloudWatch alarms, in templates.
    pub fn alarms(mut self, alarms: Alarms) -> Self {
        self.settings.alarms = Some(alarms);
        self
    }

    /// A stream of its changes.
    pub fn stream(mut self, view: StreamView) -> Self {
        self.settings.stream = Some(view);
        self
    }

    /// Whose key encrypts its items.
    pub fn encryption(mut self, encryption: Encryption) -> Self {
        self.settings.encryption = encryption;
        self
    }

    /// It can be restored as it was at any second of so many days, 1 to 35.
    pub fn point_in_time_recovery(mut self, days: u32) -> Self {
        self.settings.point_in_time_recovery = Some(days);
        self
    }

    /// DynamoDB refuses to delete it until this is taken back.
    pub fn deletion_protection(mut self) -> Self {
        self.settings.deletion_protection = true;
        self
    }

    /// Its table class.
    pub fn class(mut self, class: TableClass) -> Self {
        self.settings.class = class;
        self
    }

    /// What it must bear from its first second: no less than what is provisioned, and on demand no less than 12,000 read and
    /// 4,000 write units, which a table has anyway.
    pub fn warm_throughput(mut self, throughput: Throughput) -> Self {
        self.settings.warm_throughput = Some(throughput);
        self
    }

    /// What a global index must bear from its first second.
    pub fn index_warm_throughput(mut self, index: impl Into<String>, throughput: Throughput) -> Self {
        self.settings.index_warm_throughput.push((index.into(), throughput));
        self
    }

    /// Who else may use it: an IAM policy that stands on the table, as JSON of up to 20 KB. It is checked to be a JSON
    /// object with a `Statement`; what the statements mean is IAM's.
    ///
    /// CloudFormation makes no replica outside the stack's region together with its policy: a template with
    /// [`replicas`](Self::replicas) is deployed without the policy first, and then with it.
    ///
    /// # Examples
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/shop.rs"));
    /// # fn main() -> dynamodel::Result<()> {
    /// let policy = r#"{"Version": "2012-10-17", "Statement": []}"#;
    /// assert!(Shop::definition().resource_policy(policy).check().is_ok());
    /// let error = Shop::definition().resource_policy("{").check().unwrap_err();
    /// assert!(error.to_string().contains("`resource_policy` is no JSON"));
    /// # Ok(()) }
    /// ```
    pub fn resource_policy(mut self, json: impl Into<String>) -> Self {
        self.settings.resource_policy = Some(json.into());
        self
    }

    /// Its most used keys are counted.
    pub fn contributor_insights(mut self, counted: ContributorInsights) -> Self {
        self.settings.contributor_insights = Some(counted);
        self
    }

    /// A tag.
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.tags.push((key.into(), value.into()));
        self
    }

    /// A global table in these regions, the stack's own among them: `AWS::DynamoDB::GlobalTable`. It is on demand, or
    /// provisioned with auto scaling, and has a stream of new and old images by itself.
    ///
    /// **A table that a stack has made without replicas** becomes no global table by an update of its template:
    /// CloudFormation cannot make the one type of resource of the other. In the template it is `ShopGlobalTable` instead of
    /// `ShopTable`, so that such an update fails, because the table's name is taken, and nothing is replaced. The
    /// [guide](crate::guide::definition) has the way. Of a table that is there, one replica is added or removed an update.
    pub fn replicas<R: Into<Replica>>(mut self, replicas: impl IntoIterator<Item = R>) -> Self {
        self.settings.replicas = replicas.into_iter().map(Into::into).collect();
        self
    }

    /// One more replica of a global table: a region, or a [`Replica`] that is otherwise than the others.
    pub fn replica(mut self, replica: impl Into<Replica>) -> Self {
        self.settings.replicas.push(replica.into());
        self
    }

    /// What becomes of it when it leaves its stack.
    pub fn removal(mut self, policy: RemovalPolicy) -> Self {
        self.settings.removal = policy;
        self
    }

    /// What a global index must bear from its first second, if that is said.
    pub(in crate::define) fn warm_throughput_of(&self, index: &str) -> Option<Throughput> {
        let mut all = self.settings.index_warm_throughput.iter();
        all.find(|(name, _)| name == index).map(|(_, units)| *units)
    }

    /// The throughput of a global index, if the billing has one.
    pub(in crate::define) fn throughput_of(&self, index: &str) -> Option<Throughput> {
        let own = self.settings.index_throughput.iter().find(|(name, _)| name == index).map(|(_, own)| *own);
        own.or(self.settings.billing.throughput())
    }

    /// To look at it otherwise than it was said.
    pub(in crate::define) fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }
}
