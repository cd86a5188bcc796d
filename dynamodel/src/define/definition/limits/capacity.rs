//! Throughput: of the table, of its indexes, and the range of auto scaling.

use crate::define::definition::options::{Billing, Throughput};
use crate::define::definition::table::TableDefinition;
use crate::schema::IndexKind;

/// The warm throughput that every on-demand table starts with.
const ON_DEMAND: Throughput = Throughput { read: 12_000, write: 4_000 };

pub(super) fn all(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    let mut given = vec![("billing".to_owned(), settings.billing.throughput())];
    given.push(("warm_throughput".to_owned(), settings.warm_throughput));
    let of_indexes =
        [("index_throughput", &settings.index_throughput), ("index_warm_throughput", &settings.index_warm_throughput)];
    for (setting, all) in of_indexes {
        for (at, (index, throughput)) in all.iter().enumerate() {
            given.push((format!("{setting} of `{index}`"), Some(*throughput)));
            if !definition.indexes_of(IndexKind::Global).any(|known| known.name == index) {
                wrong.push(format!("`{setting}` names `{index}`, which is not a global index of the table"));
            }
            if all.iter().take(at).any(|(earlier, _)| earlier == index) {
                wrong.push(format!("`{setting}` of `{index}` is given twice"));
            }
        }
    }
    if settings.billing == Billing::OnDemand && !settings.index_throughput.is_empty() {
        wrong.push(
            "`index_throughput` needs a billing with a throughput: `Billing::OnDemandUpTo` or `Billing::Provisioned`"
                .to_owned(),
        );
    }
    for (place, throughput) in given {
        if let Some(Throughput { read, write }) = throughput
            && (read == 0 || write == 0)
        {
            wrong.push(format!("`{place}` has 0 units: DynamoDB takes 1 or more"));
        }
    }
    warm_throughput(definition, wrong);
}

/// CreateTable refuses a warm throughput below what the table has anyway. No such rule is known for indexes.
fn warm_throughput(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    let Some(Throughput { read, write }) = settings.warm_throughput else { return };
    let (least, what) = match settings.billing {
        Billing::Provisioned(units) => (units, "the provisioned throughput"),
        Billing::OnDemand | Billing::OnDemandUpTo(_) => {
            (ON_DEMAND, "the warm throughput that an on-demand table starts with")
        }
    };
    if read < least.read || write < least.write {
        wrong.push(format!(
            "`warm_throughput` of {read} read and {write} write units is less than {what}, {} and {}: raise it, or leave it out",
            least.read, least.write
        ));
    }
}

pub(super) fn scaling(definition: &TableDefinition, wrong: &mut Vec<String>) {
    let settings = definition.settings();
    if let Some(percent) = settings.alarms.as_ref().map(|alarms| alarms.capacity_percent)
        && !(1..=100).contains(&percent)
    {
        wrong.push(format!("`alarms` has a `capacity_percent` of {percent}: give 1 to 100"));
    }
    let Some(scaling) = settings.auto_scaling else { return };
    let Billing::Provisioned(least) = settings.billing else {
        wrong.push("`auto_scaling` needs `Billing::Provisioned`".to_owned());
        return;
    };
    if !(20..=90).contains(&scaling.target_percent) {
        wrong.push(format!(
            "`auto_scaling` has a `target_percent` of {}: DynamoDB takes 20 to 90",
            scaling.target_percent
        ));
    }
    let of_indexes = settings.index_throughput.iter().map(|(_, throughput)| *throughput);
    for least in std::iter::once(least).chain(of_indexes) {
        if least.read > scaling.up_to.read || least.write > scaling.up_to.write {
            wrong
                .push("`auto_scaling` has an upper limit below the provisioned throughput: raise the limit".to_owned());
        }
    }
}
