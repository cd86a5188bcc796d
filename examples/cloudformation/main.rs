//! The template of the examples' tables: `cargo run --example cloudformation -- --format yaml`, or `json`.

use dynamodel::define::Format;
use dynamodel_examples::cloudformation::template;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let format = match arguments[..] {
        [] | ["--format", "yaml"] => Format::Yaml,
        ["--format", "json"] => Format::Json,
        _ => return Err("usage: cloudformation [--format yaml|json]".into()),
    };
    print!("{}", template().to_text(format)?);
    Ok(())
}
