//! The template of the examples' tables: `cargo run --example cloudformation -- --format yaml`, or `json`; their access
//! patterns and entities to look at: `markdown`, `mermaid`, `html`; costs: `cost`; IAM policies: `iam`; what the live tables have otherwise:
//! `check`, and by which steps they become as defined: `plan`. `--help` says more.

#[tokio::main]
async fn main() -> Result<std::process::ExitCode, Box<dyn std::error::Error>> {
    Ok(dynamodel_examples::cloudformation::cli()?.run().await)
}
