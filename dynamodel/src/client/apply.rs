//! Applying a plan: one step at a time, each waited for.

use super::{Client, OperationFuture};
use crate::define::{Applied, Change, LiveTable, Plan, Progress, Step};
use crate::entity::Table;
use crate::error::{Error, ErrorKind, Result};
use aws_sdk_dynamodb::config::AsyncSleep as _;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::ContributorInsightsAction;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// How long one step may take: DynamoDB fills an index of a large table for hours.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);
/// The longest pause between two looks at the table.
const PAUSE: Duration = Duration::from_secs(10);
/// The first one.
const FIRST: Duration = Duration::from_millis(100);
/// The shortest, whatever was asked for.
const LEAST: Duration = Duration::from_millis(1);

/// What DynamoDB answers where a change of this table, or too many of all, are under way.
const BUSY: [&str; 3] = ["ResourceInUseException", "LimitExceededException", "ThrottlingException"];
/// What it answers, among others, to a second change of the time to live within an hour.
const TOO_SOON: &str = "ValidationException";

/// What it answers while a new table has no backups to restore from.
const NO_BACKUPS_YET: &str = "ContinuousBackupsUnavailableException";

/// Takes a plan's steps: see [`Client::apply`].
#[must_use = "nothing is changed until awaited"]
pub struct Apply<T> {
    client: Client<T>,
    plan: Plan,
    patience: Duration,
    pause: Duration,
    tell: Box<dyn FnMut(&Step) + Send>,
}

impl<T: Table> Client<T> {
    /// Takes the steps of a plan, one at a time: each is sent when nothing else is under way on the table, and waited for
    /// until it is carried out, an index until it is filled: UpdateTable, UpdateTimeToLive, `TagResource`,
    /// UpdateContinuousBackups, UpdateContributorInsights, PutResourcePolicy, and the requests of
    /// [`check_schema_as`](Self::check_schema_as).
    ///
    /// A step that is done already is not taken again. So what was interrupted goes on by the same plan or a new one, and
    /// several programs may apply one at the same time. Where DynamoDB is busy with another change, it is waited for.
    ///
    /// Give it a process of its own, a deployment's step: filling an index takes minutes to hours. While it runs the
    /// table is in full use. Queries on an index that is being filled fail, so apply first and deploy then.
    ///
    /// # Errors
    /// [`ErrorKind::Unfinished`] where a step takes longer than [`patience`](Apply::patience): the change goes on, plan anew.
    /// [`ErrorKind::InvalidDefinition`] where the plan is another table's, or somebody has meanwhile made another index
    /// of a step's name. Else as the SDK says, with the step in the message. Steps before stay done.
    ///
    /// # Examples
    /// See [`Plan`].
    pub fn apply(&self, plan: &Plan) -> Apply<T> {
        let (client, plan) = (self.clone(), plan.clone());
        Apply { client, plan, patience: PATIENCE, pause: PAUSE, tell: Box::new(|_| {}) }
    }
}

impl<T> Apply<T> {
    /// How long to wait for one step, in pauses between looks: a day, unless said otherwise.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The longest pause between two looks at the table: ten seconds, unless said otherwise. The first ones are shorter.
    pub fn pause(mut self, longest: Duration) -> Self {
        self.pause = longest;
        self
    }

    /// Is told each step before it is taken.
    pub fn telling(mut self, tell: impl FnMut(&Step) + Send + 'static) -> Self {
        self.tell = Box::new(tell);
        self
    }
}

impl<T: Table> IntoFuture for Apply<T> {
    type Output = Result<Applied>;
    type IntoFuture = OperationFuture<'static, Applied>;

    fn into_future(mut self) -> Self::IntoFuture {
        OperationFuture::new(async move {
            self.client.is_of(self.plan.definition())?;
            for step in self.plan.steps() {
                (self.tell)(step);
                let pauses = Pauses { left: self.patience, next: FIRST.min(self.pause), longest: self.pause };
                let taken = self.client.take_step(&self.plan, step, pauses).await;
                taken.map_err(|error| error.while_doing(format_args!("the step `{step}`")))?;
            }
            Ok(Applied::new(&self.plan))
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
    /// Nothing is to be waited for.
    Done,
    /// DynamoDB is at something else.
    Busy(Error),
    /// It may be that an earlier try of the SDK's, whose answer was lost, is why.
    Refused(Error),
}

impl<T: Table> Client<T> {
    async fn take_step(&self, plan: &Plan, step: &Step, mut pauses: Pauses) -> Result<()> {
        let (mut taken, mut busy, mut refused) = (false, None, None);
        loop {
            let live = self.live(plan.definition(), plan.scope()).await?;
            match plan.progress(step, &live) {
                Progress::Done if live.is_settled() => return Ok(()),
                Progress::Otherwise => {
                    let message = "somebody else has changed the same: plan anew";
                    return Err(Error::new(ErrorKind::InvalidDefinition, message).in_table(self.table_name()));
                }
                Progress::ToDo if !taken && live.is_settled() => {
                    // Refused once, and still not done: it was no retry that was refused.
                    if let Some(error) = refused.take() {
                        return Err(error);
                    }
                    match self.send_change(plan, step, &live).await? {
                        Sent::Taken => taken = true,
                        Sent::Done => return Ok(()),
                        Sent::Busy(error) => busy = Some(error),
                        Sent::Refused(error) => {
                            refused = Some(error);
                            continue;
                        }
                    }
                }
                _ => {}
            }
            self.rest(&mut pauses, &mut busy).await?;
        }
    }

    /// Waits a little, if there is time left.
    async fn rest(&self, pauses: &mut Pauses, busy: &mut Option<Error>) -> Result<()> {
        if pauses.left.is_zero() {
            let message = "it was not carried out in the time given, and may still be: plan anew to go on";
            let error = Error::new(ErrorKind::Unfinished, message).in_table(self.table_name());
            return Err(match busy.take() {
                Some(busy) => error.with_source(busy),
                None => error,
            });
        }
        let Some(sleep) = self.inner.sdk.config().sleep_impl() else {
            let message = "the SDK client has no `sleep_impl`, so changes of a table cannot be waited for: give its configuration one";
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
        let change = plan.change(step, live).map_err(|error| {
            let message = "the definition makes no such request; the source says why";
            Error::new(ErrorKind::InvalidDefinition, message).in_table(name).with_source(error)
        })?;
        let arn = live.table.table_arn().unwrap_or_default();
        match change {
            Change::Nothing => Ok(Sent::Taken),
            Change::Table(request) => self.sent(request.table_name(name).send_with(sdk).await, &[]),
            Change::TimeToLive(specification) => {
                let request = sdk.update_time_to_live().table_name(name).time_to_live_specification(specification);
                let switched_off = plan.steps().iter().any(|step| matches!(step, Step::TimeToLiveOff(_)));
                self.sent(request.send().await, if switched_off { &[TOO_SOON] } else { &[] })
            }
            Change::Tags(tags) => {
                self.sent(sdk.tag_resource().resource_arn(arn).set_tags(Some(tags)).send().await, &[])
            }
            Change::Recovery(recovery) => {
                let request = sdk.update_continuous_backups().table_name(name);
                self.sent(request.point_in_time_recovery_specification(recovery).send().await, &[NO_BACKUPS_YET])
            }
            Change::Insights(counted) => {
                let request = sdk.update_contributor_insights().table_name(name);
                let request = request.contributor_insights_action(ContributorInsightsAction::Enable);
                self.sent(request.contributor_insights_mode(counted).send().await, &[])
            }
            Change::Policy { text, instead_of } => {
                let request = sdk.put_resource_policy().resource_arn(arn).policy(text);
                // Reading it again says nothing: for some seconds it may be the old one, and IAM may write it otherwise.
                let sent = self.sent(request.set_expected_revision_id(instead_of).send().await, &[])?;
                Ok(if matches!(sent, Sent::Taken) { Sent::Done } else { sent })
            }
        }
    }

    /// What an answer means. `also` are codes that mean here that it is too soon.
    fn sent<O, E, R>(&self, answer: Result<O, SdkError<E, R>>, also: &[&str]) -> Result<Sent>
    where
        E: StdError + ProvideErrorMetadata + Send + Sync + 'static,
        R: fmt::Debug + Send + Sync + 'static,
    {
        let Err(error) = answer else { return Ok(Sent::Taken) };
        let service = matches!(error, SdkError::ServiceError(_));
        let code = error.as_service_error().and_then(ProvideErrorMetadata::code).unwrap_or_default();
        let busy = BUSY.iter().chain(also).any(|known| *known == code);
        let error = self.sdk_trouble("DynamoDB did not take the change", error);
        match (busy, service) {
            (true, _) => Ok(Sent::Busy(error)),
            (false, true) => Ok(Sent::Refused(error)),
            (false, false) => Err(error),
        }
    }
}

impl<T: Table> fmt::Debug for Apply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Apply").field("client", &self.client).field("plan", &self.plan).finish_non_exhaustive()
    }
}
