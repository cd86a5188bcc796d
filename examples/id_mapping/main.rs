//! Legacy identifiers mapped to new ones: `cargo run --example id_mapping`.
//!
//! Runs on an engine inside the process. `DYNAMODB_ENDPOINT=http://127.0.0.1:8000` runs it on another one.

use dynamodel_examples::id_mapping::{Ids, Mapper};
use dynamodel_examples::show;
use std::collections::BTreeMap;
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mapper = Mapper::new(Ids::local("id-mapping-example").await?);

    println!("1. Eight importers run at once, over the same forty customers of the old shop.");
    let importers: Vec<_> = (0..8)
        .map(|importer| {
            let mapper = mapper.clone();
            tokio::spawn(async move {
                let (mut found, mut new) = (BTreeMap::new(), 0);
                for step in 0..40 {
                    let legacy = format!("C-{:04}", (importer * 5 + step) % 40);
                    let (id, is_new) = mapper.map("old-shop", &legacy).await?;
                    new += u32::from(is_new);
                    found.insert(legacy, id);
                }
                dynamodel::Result::<_>::Ok((found, new))
            })
        })
        .collect();
    let (mut all, mut rows) = (Vec::new(), Vec::new());
    for (importer, task) in importers.into_iter().enumerate() {
        let (found, new) = task.await??;
        rows.push(vec![format!("importer {importer}"), found.len().to_string(), new.to_string()]);
        all.push(found);
    }
    println!("{}", show::table(&["", "mapped", "of them made"], &rows));
    let first = all.first().ok_or("nobody imported")?;
    if all.iter().any(|found| found != first) {
        return Err("the importers do not agree".into());
    }
    println!("   All eight agree on all forty.\n");

    println!("2. There and back.");
    let id = mapper.known("old-shop", "C-0007").await?.ok_or("C-0007 has no identifier")?;
    let origin = mapper.origin(id).await?.ok_or("nobody knows where it comes from")?;
    println!("   C-0007 is {id}, and {id} is {} of {}, since {}", origin.legacy, origin.system, origin.since);
    Ok(())
}
