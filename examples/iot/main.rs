//! Sensors in a DynamoDB table: `cargo run --example iot`.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel::embedded::Engine;
use dynamodel::{Clock, ManualClock, Timestamp};
use dynamodel_examples::iot::{Devices, Fleet, Hour, Reading, hour_of};
use dynamodel_examples::show;
use std::error::Error;
use std::time::{Duration, SystemTime};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The clock is moved by hand, so that nobody has to wait for readings to vanish.
    let clock = ManualClock::stopped();
    let fleet = match std::env::var_os("DYNAMODB_ENDPOINT") {
        Some(_) => Engine::local::<Fleet>("iot-example").await?,
        None => Engine::memory_at(&clock)?.client::<Fleet>("iot").await?,
    };
    let devices = Devices::new(fleet.with_clock(clock.clone()), 36 * HOUR);

    println!("1. Three devices at two sites send a reading every five minutes for a day. They arrive in bulk.");
    devices.set_up("d1", "harbour", 24.0).await?;
    devices.set_up("d2", "harbour", 24.0).await?;
    devices.set_up("d3", "hill", 18.0).await?;
    let end = hour_of(Timestamp::try_from(clock.now())?).to_system_time();
    let begin = end - 24 * HOUR;
    let mut readings = Vec::new();
    for (device, base) in [("d1", 15.0), ("d2", 17.5), ("d3", 11.0)] {
        readings.extend(day(&devices, device, begin, base)?);
    }
    let report = devices.take_in(&readings).await?;
    println!("   {} readings in {} requests\n", report.done, report.requests);

    println!("2. The day at d1, hour by hour: the averages, from the rollups.");
    chart(&devices.hours("d1", Timestamp::try_from(begin)?).await?);

    println!("3. Ten minutes of it, both ends included, and the latest three.");
    let noon = begin + 12 * HOUR;
    print_readings(&devices.between("d1", Timestamp::try_from(noon)?, Timestamp::try_from(noon + 10 * MINUTE)?).await?);
    print_readings(&devices.latest("d1", 3).await?);

    println!("4. What a screen shows of the harbour: one query on the index, one for each device.");
    let mut rows = Vec::new();
    for config in devices.at_site("harbour").await? {
        let view = devices.view(&config.device).await?.ok_or("the device is not set up")?;
        let state = view.state.ok_or("the device never spoke")?;
        let alarm = if state.celsius > view.config.alarm_above { "ALARM" } else { "well" };
        rows.push(vec![config.device, format!("{:.1} °C", state.celsius), time(state.seen), alarm.to_owned()]);
    }
    println!("{}", show::table(&["device", "now", "seen", "is"], &rows));

    println!("5. A day and a half later the readings are gone; the rollups stay.");
    clock.advance(36 * HOUR);
    println!(
        "   {} readings of d1, {} hours",
        devices.latest("d1", 1000).await?.len(),
        devices.hours("d1", Timestamp::try_from(begin)?).await?.len()
    );
    Ok(())
}

/// A day's readings: cool at night, warm in the afternoon.
fn day(devices: &Devices, device: &str, begin: SystemTime, base: f64) -> Result<Vec<Reading>, Box<dyn Error>> {
    (0..24 * 12_u32)
        .map(|step| {
            let hours = f64::from(step) / 12.0;
            let celsius = base + 7.0 * ((hours - 9.0) / 24.0 * std::f64::consts::TAU).sin();
            let at = Timestamp::try_from(begin + step * 5 * MINUTE)?;
            devices.reading(device, at, (celsius * 10.0).round() / 10.0)
        })
        .collect()
}

/// One column an hour, eight steps high.
fn chart(hours: &[Hour]) {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let averages: Vec<f64> = hours.iter().map(Hour::average).collect();
    let (low, high) = averages.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
    let column = |average: &f64| {
        let place = (average - low) / (high - low).max(0.1) * 7.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 7")]
        let step = STEPS.get(place.round() as usize).copied().unwrap_or(' ');
        [step, step]
    };
    let line: String = averages.iter().flat_map(column).collect();
    let first = hours.first().map(|hour| time(hour.hour)).unwrap_or_default();
    println!("   {high:>5.1} °C  {line}\n   {low:>5.1} °C  {first} and {} hours more\n", hours.len().saturating_sub(1));
}

fn print_readings(readings: &[Reading]) {
    let rows: Vec<_> =
        readings.iter().map(|reading| vec![time(reading.at), format!("{:.1} °C", reading.celsius)]).collect();
    println!("{}", show::table(&["at", "reading"], &rows));
}

/// Hours and minutes of a moment.
fn time(at: Timestamp) -> String {
    at.to_string().get(11..16).unwrap_or_default().to_owned()
}
