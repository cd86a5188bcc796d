//! CloudFormation's limits on templates. One error names every limit that a template exceeds.

use super::parts::refused;
use crate::define::document::Map;
use crate::error::Result;

/// On names inside a template, in characters.
const LONGEST_ID: usize = 255;
/// On the description, in bytes.
const LONGEST_DESCRIPTION: usize = 1_024;
const MOST_RESOURCES: usize = 500;
const MOST_PARAMETERS: usize = 200;
const MOST_OUTPUTS: usize = 200;
/// On the text, in bytes, if CloudFormation reads it from S3. A text in the request may have 51,200.
const LONGEST_TEXT: usize = 1024 * 1024;

/// Whether these parts of a template are within CloudFormation's limits.
///
/// # Errors
/// `InvalidDefinition` with every limit that they exceed.
pub(super) fn parts(description: Option<&str>, parameters: &Map, resources: &Map, outputs: &Map) -> Result<()> {
    let mut wrong = Vec::new();
    // Parameters and resources share their names: `Ref` means either.
    let logical = Map(parameters.0.iter().chain(&resources.0).cloned().collect());
    if let Some(name) = logical.first_duplicate().or(outputs.first_duplicate()) {
        wrong.push(format!(
            "the template would use the name `{name}` twice: give an index, a table or a policy another name"
        ));
    }
    for (name, _) in logical.0.iter().chain(&outputs.0).filter(|(name, _)| name.len() > LONGEST_ID) {
        wrong.push(format!(
            "`{name}` has {} characters, and CloudFormation allows {LONGEST_ID} in a name: give the index or the table a shorter one",
            name.len()
        ));
    }
    let length = description.map_or(0, str::len);
    if length > LONGEST_DESCRIPTION {
        wrong.push(format!(
            "the description has {length} bytes, and CloudFormation allows {LONGEST_DESCRIPTION}: shorten it"
        ));
    }
    for (what, map, most) in [
        ("resources", resources, MOST_RESOURCES),
        ("parameters", parameters, MOST_PARAMETERS),
        ("outputs", outputs, MOST_OUTPUTS),
    ] {
        let count = map.0.len();
        if count > most {
            wrong.push(format!(
                "the template has {count} {what}, and CloudFormation allows {most}: split its tables into two templates"
            ));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(refused(wrong.join("; "))) }
}

/// Whether the text is within CloudFormation's limit.
///
/// # Errors
/// `InvalidDefinition` if it is too long.
pub(super) fn text(text: String) -> Result<String> {
    if text.len() > LONGEST_TEXT {
        return Err(refused(format!(
            "the template has {} bytes, and CloudFormation allows {LONGEST_TEXT}: split its tables into two templates",
            text.len()
        )));
    }
    Ok(text)
}
