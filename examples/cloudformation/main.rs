//! The template of the examples' tables: `cargo run --example cloudformation -- --format yaml`, or `json`; and their access
//! patterns and entities to look at: `markdown`, `mermaid`, `html`.

use dynamodel::define::Format;
use dynamodel_examples::cloudformation::{definitions, page, template};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] | ["--format", "yaml"] => print!("{}", template().to_text(Format::Yaml)?),
        ["--format", "json"] => print!("{}", template().to_text(Format::Json)?),
        ["--format", "markdown"] => {
            for definition in definitions() {
                println!("## {}\n\n{}", definition.table(), definition.access_patterns());
            }
        }
        ["--format", "mermaid"] => {
            for definition in definitions() {
                println!("{}", definition.mermaid());
            }
        }
        ["--format", "html"] => print!("{}", page()?),
        _ => return Err("usage: cloudformation [--format yaml|json|markdown|mermaid|html]".into()),
    }
    Ok(())
}
