//! Sensors: readings by device and time, the latest of each, hourly rollups, configuration and state, old readings that
//! vanish by themselves.
//!
//! One table. Everything of a device lies in its partition; what a screen shows at once begins with `INFO#`:
//!
//! | item | `PK` | `SK` | `GSI1PK` | `GSI1SK` |
//! |---|---|---|---|---|
//! | `Config` | `DEVICE#{device}` | `INFO#CONFIG` | `SITE#{site}` | `DEVICE#{device}` |
//! | `State` | `DEVICE#{device}` | `INFO#STATE` | | |
//! | `Hour` | `DEVICE#{device}` | `HOUR#{hour}` | | |
//! | `Reading` | `DEVICE#{device}` | `READING#{at}` | | |

use dynamodel::op::BatchProgress;
use dynamodel::{Client, Collection, Entity, Expiry, Result, Table, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// The table.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
#[dynamo(entities(Config, State, Hour, Reading))]
pub struct Fleet;

/// What a device shall do.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Fleet, pk = "DEVICE#{device}", sk = "INFO#CONFIG", query = of_device)]
#[dynamo(index(at_site = Gsi1, pk = "SITE#{site}", sk = "DEVICE#{device}"))]
pub struct Config {
    /// Which device.
    pub device: String,
    /// Where it stands.
    pub site: String,
    /// Above this it gives the alarm.
    pub alarm_above: f64,
    /// Two technicians do not overwrite each other.
    #[dynamo(version)]
    pub version: u64,
}

/// How a device is: its latest reading.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Fleet, pk = "DEVICE#{device}", sk = "INFO#STATE")]
pub struct State {
    /// Which device.
    pub device: String,
    /// When it last spoke.
    pub seen: Timestamp,
    /// What it said.
    pub celsius: f64,
}

/// What a device measured in an hour.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Fleet, pk = "DEVICE#{device}", sk = "HOUR#{hour}", query = of_device)]
pub struct Hour {
    /// Which device.
    pub device: String,
    /// Which hour: its beginning.
    pub hour: Timestamp,
    /// How many readings.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
    /// The highest.
    pub highest: f64,
}

/// What a device measured at a moment.
#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Fleet, pk = "DEVICE#{device}", sk = "READING#{at}", query = of_device)]
pub struct Reading {
    /// Which device.
    pub device: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub celsius: f64,
    /// From then on it is gone.
    #[dynamo(ttl)]
    pub keep_until: Expiry,
}

/// What a screen shows of a device: one query.
#[derive(Collection, Debug, Clone, PartialEq)]
#[dynamo(of = Fleet)]
pub struct DeviceView {
    /// What it shall do.
    pub config: Config,
    /// How it is, if it ever spoke.
    pub state: Option<State>,
}

impl Hour {
    /// The average.
    pub fn average(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "no hour has so many readings")]
        let count = self.count.max(1) as f64;
        self.sum / count
    }
}

/// A fleet of devices.
#[derive(Debug, Clone)]
pub struct Devices {
    fleet: Client<Fleet>,
    keep: Duration,
}

impl Devices {
    /// Devices whose readings are kept for so long.
    pub fn new(fleet: Client<Fleet>, keep: Duration) -> Self {
        Self { fleet, keep }
    }

    /// A reading that vanishes in time.
    ///
    /// # Errors
    /// When the moment is beyond what can be stored.
    pub fn reading(&self, device: &str, at: Timestamp, celsius: f64) -> Result<Reading, Box<dyn std::error::Error>> {
        let keep_until = Expiry::at(at.to_system_time())?.extend(self.keep)?;
        Ok(Reading { device: device.to_owned(), at, celsius, keep_until })
    }

    /// Sets a device up.
    ///
    /// # Errors
    /// `AlreadyExists`; whatever the client says.
    pub async fn set_up(&self, device: &str, site: &str, alarm_above: f64) -> Result<Config> {
        let mut config = Config { device: device.to_owned(), site: site.to_owned(), alarm_above, version: 0 };
        config.version = self.fleet.create(&config).await?;
        Ok(config)
    }

    /// Takes readings in, in any number: they are written in bulk, then every hour's rollup and every device's state
    /// follow.
    ///
    /// # Errors
    /// With what is left over, when DynamoDB did not take all; whatever the client says.
    pub async fn take_in(&self, readings: &[Reading]) -> Result<BatchProgress> {
        let report = self.fleet.batch_write().put_all(readings).await?;
        let mut hours: BTreeMap<(&str, Timestamp), Vec<&Reading>> = BTreeMap::new();
        let mut latest: BTreeMap<&str, &Reading> = BTreeMap::new();
        for reading in readings {
            hours.entry((&reading.device, hour_of(reading.at))).or_default().push(reading);
            let known = latest.entry(&reading.device).or_insert(reading);
            if known.at < reading.at {
                *known = reading;
            }
        }
        for ((device, hour), readings) in hours {
            self.roll_up(device, hour, &readings).await?;
        }
        for (device, reading) in latest {
            self.note_state(device, reading).await?;
        }
        Ok(report)
    }

    async fn roll_up(&self, device: &str, hour: Timestamp, readings: &[&Reading]) -> Result<()> {
        let sum: f64 = readings.iter().map(|reading| reading.celsius).sum();
        let highest = readings.iter().map(|reading| reading.celsius).fold(f64::MIN, f64::max);
        let count = readings.len() as u64;
        let first = Hour { device: device.to_owned(), hour, count, sum, highest };
        self.fleet.upsert(&first).add(|h| h.count, count).add(|h| h.sum, sum).await?;
        let raise = self.fleet.update(Hour::key(device, hour)).set(|h| h.highest, highest);
        unless_refused(raise.condition(|h| h.highest.lt(highest)).await)
    }

    /// The state follows the latest reading, whatever the order in which readings arrive.
    async fn note_state(&self, device: &str, reading: &Reading) -> Result<()> {
        let state = State { device: device.to_owned(), seen: reading.at, celsius: reading.celsius };
        if self.fleet.get_or_create(state).await?.is_created() {
            return Ok(());
        }
        let update =
            self.fleet.update(State::key(device)).set(|s| s.seen, reading.at).set(|s| s.celsius, reading.celsius);
        unless_refused(update.condition(|s| s.seen.lt(reading.at)).await)
    }

    /// The readings of a device between two moments, both included, in their order.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn between(&self, device: &str, from: Timestamp, to: Timestamp) -> Result<Vec<Reading>> {
        self.fleet.query(Reading::of_device(device).at_between(from, to)).collect().await
    }

    /// The latest readings of a device, the latest first.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn latest(&self, device: &str, count: u32) -> Result<Vec<Reading>> {
        Ok(self.fleet.query(Reading::of_device(device)).backward().limit(count).await?.items)
    }

    /// The hours of a device from a moment on, in their order.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn hours(&self, device: &str, from: Timestamp) -> Result<Vec<Hour>> {
        self.fleet.query(Hour::of_device(device).hour_from(from)).collect().await
    }

    /// What a screen shows of a device; `None` if it is not set up.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn view(&self, device: &str) -> Result<Option<DeviceView>> {
        self.fleet.query(DeviceView::of(Config::of_device(device))).assemble().await
    }

    /// The devices at a site.
    ///
    /// # Errors
    /// Whatever the client says.
    pub async fn at_site(&self, site: &str) -> Result<Vec<Config>> {
        self.fleet.query(Config::at_site(site)).collect().await
    }
}

/// The beginning of the hour.
pub fn hour_of(at: Timestamp) -> Timestamp {
    const HOUR: i64 = 3_600_000;
    let millis = at.epoch_millis();
    Timestamp::from_epoch_millis(millis - millis.rem_euclid(HOUR)).unwrap_or(at)
}

/// A condition that does not hold means here that there is nothing to do.
fn unless_refused(outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.is_condition_failed() && !error.is_gone() => Ok(()),
        outcome => outcome,
    }
}
