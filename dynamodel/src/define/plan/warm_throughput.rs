//! Raising warm throughput: DynamoDB refuses to lower it, so only what rises is sent.

use super::table_plan::Plan;
use crate::define::diff::LiveTable;
use aws_sdk_dynamodb::types::WarmThroughput;

/// The read and write units per second that are to be raised, and to what.
pub(super) type Rise = [Option<u32>; 2];

impl Plan {
    /// What is to be raised, of the table or of one of its indexes.
    pub(super) fn rise(&self, index: Option<&str>, live: &LiveTable) -> Rise {
        let (wanted, live) = match index {
            None => {
                let live = live.table.warm_throughput();
                let live = live.map(|live| [live.read_units_per_second(), live.write_units_per_second()]);
                (self.definition.settings().warm_throughput, live)
            }
            Some(name) => {
                let live = live.global(name).and_then(|index| index.warm_throughput());
                let live = live.map(|live| [live.read_units_per_second(), live.write_units_per_second()]);
                (self.definition.warm_throughput_of(name), live)
            }
        };
        let [read, write] = live.unwrap_or_default().map(Option::unwrap_or_default);
        let rises = |wanted: u32, live: i64| (i64::from(wanted) > live).then_some(wanted);
        wanted.map_or([None, None], |wanted| [rises(wanted.read, read), rises(wanted.write, write)])
    }
}

pub(super) fn request([read, write]: Rise) -> WarmThroughput {
    WarmThroughput::builder()
        .set_read_units_per_second(read.map(i64::from))
        .set_write_units_per_second(write.map(i64::from))
        .build()
}

pub(super) fn text([read, write]: Rise) -> String {
    let parts = [(read, "read"), (write, "write")];
    let parts: Vec<_> = parts.iter().filter_map(|(units, word)| Some(format!("{} {word}", (*units)?))).collect();
    format!("{} units", parts.join(" and "))
}
