//! Applying a plan: one step at a time, each until it is carried out.

use crate::client::{Client, OperationFuture};
use crate::define::{
    ApplyReport, ExtraSettings, Insights, LiveTable, Plan, Scope, Step, StepProgress, StepRequest, TableDefinition,
};
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use crate::response::{Meaning, classify};
use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{ContributorInsightsAction, TableStatus};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// How long one step may take: filling an index of a large table takes hours.
const STEP_TIMEOUT: Duration = Duration::from_secs(24 * 3600);
/// The longest pause between two descriptions of the table.
const POLL_INTERVAL: Duration = Duration::from_secs(10);
/// The first one.
const FIRST: Duration = Duration::from_millis(100);
/// The shortest pause, whatever is set.
const LEAST: Duration = Duration::from_millis(1);

/// Messages of exceeded limits that pass with time; other limits are quotas.
const PASSING: [&str; 5] =
    ["simultaneous", "concurrent", "being updated", "decreases are limited", "Encryption mode changes are limited"];
/// The message about a second change of the time to live within half an hour.
const TOO_SOON: &str = "modified multiple times";
/// How often in a row describing the table may fail before that is an error.
const MISSES: u32 = 10;
/// How often a table is described again after a refusal: a resource policy becomes visible some seconds late.
const LOOKS: u32 = 6;

/// Carries out a plan's steps: see [`Client::apply`].
#[must_use = "nothing is changed until awaited"]
pub struct Apply<T> {
    client: Client<T>,
    plan: Plan,
    step_timeout: Duration,
    poll_interval: Duration,
    on_step: Box<dyn FnMut(&Step) + Send>,
}

impl<T: Table> Client<T> {
    /// Carries out the steps of a plan, one at a time. Each is sent when no other change of the table is under way, and waited
    /// for until it is carried out, for an index until it is filled: UpdateTable, UpdateTimeToLive, `TagResource`,
    /// UpdateContinuousBackups, UpdateContributorInsights, PutResourcePolicy, and the requests of
    /// [`check_schema_with`](Self::check_schema_with).
    ///
    /// A step that is done already is not sent again. So an interrupted plan can be continued by the same plan or a new one,
    /// and several programs may apply it at the same time. While DynamoDB is busy with another change, it waits.
    ///
    /// Run it in a process of its own, as a step of the deployment: filling an index takes minutes to hours. Meanwhile the
    /// table can be used. Queries on an index that is being filled fail, so apply first and deploy then.
    ///
    /// # Errors
    /// [`ErrorKind::Unfinished`] if a step takes longer than [`step_timeout`](Apply::step_timeout): the change goes on; make a
    /// new plan. [`ErrorKind::InvalidDefinition`] if the plan is of another table, or if another writer has meanwhile created
    /// a different index with a step's name. Otherwise errors of the SDK, with the step in the message. Earlier steps stay
    /// done.
    ///
    /// # Examples
    /// See [`Plan`].
    pub fn apply(&self, plan: &Plan) -> Apply<T> {
        let (client, plan) = (self.clone(), plan.clone());
        Apply { client, plan, step_timeout: STEP_TIMEOUT, poll_interval: POLL_INTERVAL, on_step: Box::new(|_| {}) }
    }
}

impl<T> Apply<T> {
    /// How long to wait for one step, in pauses between descriptions of the table: a day by default.
    pub fn step_timeout(mut self, timeout: Duration) -> Self {
        self.step_timeout = timeout;
        self
    }

    /// The longest pause between two descriptions of the table: ten seconds by default. The first pauses are shorter.
    pub fn poll_interval(mut self, longest: Duration) -> Self {
        self.poll_interval = longest;
        self
    }

    /// Calls `call` with each step before it is carried out.
    pub fn on_step(mut self, call: impl FnMut(&Step) + Send + 'static) -> Self {
        self.on_step = Box::new(call);
        self
    }
}

impl<T: Table> IntoFuture for Apply<T> {
    type Output = Result<ApplyReport>;
    type IntoFuture = OperationFuture<'static, ApplyReport>;

    fn into_future(mut self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            let client = self.client.counting_all();
            client.is_of(self.plan.definition())?;
            for step in self.plan.steps() {
                (self.on_step)(step);
                let pauses = Pauses {
                    left: self.step_timeout,
                    next: FIRST.min(self.poll_interval),
                    longest: self.poll_interval,
                };
                let taken = client.take_step(&self.plan, step, pauses).await;
                client.counted(taken).map_err(|error| error.while_doing(format_args!("the step `{step}`")))?;
            }
            Ok(ApplyReport::new(&self.plan))
        })
    }
}

/// The pauses of one step.
struct Pauses {
    left: Duration,
    next: Duration,
    longest: Duration,
}

/// How a request went.
enum Sent {
    Taken,
    /// DynamoDB is busy with another change.
    Busy(Error),
    /// Perhaps because an earlier attempt of the SDK, whose response was lost, has succeeded.
    Refused(Error),
}

impl<T: Table> Client<T> {
    async fn take_step(&self, plan: &Plan, step: &Step, mut pauses: Pauses) -> Result<()> {
        let definition = plan.definition_for(step);
        let (mut taken, mut busy, mut refused, mut misses) = (false, None, None::<(Error, u32)>, 0);
        loop {
            let live = match self.live_for(&definition, plan, step).await {
                Err(error) if is_passing(&error) && misses < MISSES => {
                    misses += 1;
                    busy = Some(error);
                    self.rest(&mut pauses, &mut busy).await?;
                    continue;
                }
                live => live?,
            };
            misses = 0;
            self.can_change(&live)?;
            match plan.progress(step, &live) {
                StepProgress::Done if live.is_settled() => return Ok(()),
                // The policy that was to be replaced is gone, whatever is there now.
                _ if taken && is_replaced(plan, step, &live) => return Ok(()),
                StepProgress::Conflict => {
                    let message = "another writer has changed the same to something else: make a new plan";
                    return Err(Error::new(ErrorKind::InvalidDefinition, message).in_table(self.table_name()));
                }
                StepProgress::Failed if taken => return Err(self.given_up(&live)),
                StepProgress::ToDo | StepProgress::Failed if !taken && live.is_settled() => {
                    let looks = if matches!(step, Step::ResourcePolicy) { LOOKS } else { 1 };
                    refused = match refused.take() {
                        // Refused, and still not done: the refusal was not about a retry.
                        Some((error, looked)) if looked >= looks => return Err(error),
                        Some((error, looked)) => Some((error, looked + 1)),
                        None => match self.send_change(plan, step, &live).await? {
                            Sent::Taken => {
                                taken = true;
                                None
                            }
                            Sent::Busy(error) => {
                                busy = Some(error);
                                None
                            }
                            Sent::Refused(error) => Some((error, 1)),
                        },
                    };
                }
                _ => {}
            }
            if let Err(unfinished) = self.rest(&mut pauses, &mut busy).await {
                return Err(refused.map_or(unfinished, |(error, _)| error));
            }
        }
    }

    /// The table as it is now, as far as the step needs it.
    async fn live_for(&self, definition: &TableDefinition, plan: &Plan, step: &Step) -> Result<LiveTable> {
        let table = self.described().await?;
        let ttl = match step {
            Step::TimeToLiveOff(_) | Step::TimeToLiveOn(_) => self.expiry_described().await?,
            _ => None,
        };
        let extra = match plan.scope() {
            Scope::Schema => ExtraSettings::default(),
            Scope::Settings => self.extra_settings(definition, &table).await?,
        };
        Ok(LiveTable { table, ttl, extra })
    }

    /// DynamoDB cannot change a table that it cannot read, and waiting does not help.
    fn can_change(&self, live: &LiveTable) -> Result<()> {
        let stuck = live.table.table_status().filter(|status| {
            matches!(
                status,
                TableStatus::Archived | TableStatus::Archiving | TableStatus::InaccessibleEncryptionCredentials
            )
        });
        match stuck {
            None => Ok(()),
            Some(status) => {
                let status = status.as_str();
                let message =
                    format!("the table is {status}, and DynamoDB cannot change it: restore access to its KMS key");
                Err(Error::new(ErrorKind::Service, message).in_table(self.table_name()))
            }
        }
    }

    fn given_up(&self, live: &LiveTable) -> Error {
        let why = match &live.extra.insights {
            Insights::Failed(why) if !why.is_empty() => format!(": {why}"),
            _ => String::new(),
        };
        let message = format!("DynamoDB has given up on it{why}");
        Error::new(ErrorKind::Service, message).in_table(self.table_name())
    }

    /// Waits a little, if there is time left.
    async fn rest(&self, pauses: &mut Pauses, busy: &mut Option<Error>) -> Result<()> {
        if pauses.left.is_zero() {
            let message =
                "it was not carried out within the step timeout, and may still be: make a new plan to continue";
            let error = Error::new(ErrorKind::Unfinished, message).in_table(self.table_name());
            return Err(match busy.take() {
                Some(busy) => error.with_source(busy),
                None => error,
            });
        }
        let Some(sleep) = self.inner.sdk.config().sleep_impl() else {
            let message = "the SDK client has no `sleep_impl`, so that it cannot wait for changes of a table: add one to its configuration";
            return Err(Error::new(ErrorKind::Configuration, message).in_table(self.table_name()));
        };
        let pause = pauses.next.max(LEAST).min(pauses.left);
        sleep.sleep(pause).await;
        pauses.left = pauses.left.saturating_sub(pause);
        pauses.next = pauses.next.saturating_mul(2).min(pauses.longest);
        Ok(())
    }

    async fn send_change(&self, plan: &Plan, step: &Step, live: &LiveTable) -> Result<Sent> {
        let (sdk, name) = (&self.inner.sdk, self.table_name());
        let change = plan.step_request(step, live).map_err(|error| {
            let message = format!("the definition cannot be written as this request: {error}");
            Error::new(ErrorKind::InvalidDefinition, message).in_table(name).with_source(error)
        })?;
        let arn = live.table.table_arn().unwrap_or_default();
        match change {
            StepRequest::WaitOnly => Ok(Sent::Taken),
            StepRequest::Table(request) => self.sent(request.table_name(name).send_with(sdk).await),
            StepRequest::TimeToLive(specification) => {
                let request = sdk.update_time_to_live().table_name(name).time_to_live_specification(specification);
                self.sent(request.send().await)
            }
            StepRequest::Tags(tags) => {
                self.sent(sdk.tag_resource().resource_arn(arn).set_tags(Some(tags)).send().await)
            }
            StepRequest::Recovery(recovery) => {
                let request = sdk.update_continuous_backups().table_name(name);
                self.sent(request.point_in_time_recovery_specification(recovery).send().await)
            }
            StepRequest::Insights(counted) => {
                let request = sdk.update_contributor_insights().table_name(name);
                let request = request.contributor_insights_action(ContributorInsightsAction::Enable);
                self.sent(request.contributor_insights_mode(counted).send().await)
            }
            StepRequest::Policy { text, expected_revision } => {
                let request = sdk.put_resource_policy().resource_arn(arn).policy(text);
                self.sent(request.set_expected_revision_id(expected_revision).send().await)
            }
        }
    }

    /// What a response means.
    fn sent<O, E>(&self, response: Result<O, SdkError<E, HttpResponse>>) -> Result<Sent>
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
    {
        let Err(error) = response else { return Ok(Sent::Taken) };
        let refusal = error.as_service_error().map(|error| (error.code(), error.message()));
        let status = error.raw_response().map(|response| response.status().as_u16());
        let busy = refusal.is_some_and(|(code, message)| passes(classify(code, status), message.unwrap_or_default()));
        let service = refusal.is_some();
        let error = self.sdk_trouble("DynamoDB refused the change", error);
        match (busy, service) {
            (true, _) => Ok(Sent::Busy(error)),
            (false, true) => Ok(Sent::Refused(error)),
            (false, false) => Err(error),
        }
    }
}

/// Whether describing the table may succeed the next time.
fn is_passing(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Throttled | ErrorKind::Unavailable)
}

/// Whether a refusal passes by itself.
fn passes(meaning: Meaning, message: &str) -> bool {
    match meaning {
        Meaning::Limit => PASSING.iter().any(|passing| message.contains(passing)),
        Meaning::Invalid => message.contains(TOO_SOON),
        // A failed request may have been carried out, which the next description shows.
        Meaning::InUse | Meaning::Throttled | Meaning::Failed => true,
        _ => false,
    }
}

/// Whether the resource policy is no longer the one that the plan replaces.
fn is_replaced(plan: &Plan, step: &Step, live: &LiveTable) -> bool {
    let revision = live.extra.policy.as_ref().and_then(|policy| policy.revision.as_deref());
    matches!(step, Step::ResourcePolicy) && revision.is_some() && revision != plan.replaced_policy()
}

impl<T: Table> fmt::Debug for Apply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Apply").field("client", &self.client).field("plan", &self.plan).finish_non_exhaustive()
    }
}
