//! The example as a program of its own: run, read, and believed by its exit code.

#![allow(clippy::unwrap_used, reason = "a test that meets a surprise panics")]

use dynamodel::embedded::Engine;
use dynamodel_examples::sessions::Shop;
use std::path::PathBuf;
use std::process::{Command, Output};

const TABLES: [&str; 8] = ["Shop", "Store", "Fleet", "Arcade", "Desk", "Register", "Ids", "Site"];

/// The program that `cargo test` has built beside this one.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().and_then(|deps| deps.parent()).unwrap();
    let program = folder.join("examples").join(format!("cloudformation{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "`cargo test -p dynamodel-examples` builds it");
    program
}

fn run(arguments: &[&str]) -> Output {
    asked(arguments, "http://127.0.0.1:9")
}

fn asked(arguments: &[&str], endpoint: &str) -> Output {
    Command::new(program()).args(arguments).env("DYNAMODB_ENDPOINT", endpoint).output().unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaint(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn yaml_is_the_template_and_what_comes_without_arguments() {
    let yaml = text(&run(&["--format", "yaml"]));
    assert_eq!(yaml, text(&run(&[])));
    for part in ["ShopTable:", "Type: AWS::DynamoDB::Table", "Default: sessions-example", "AWS::IAM::ManagedPolicy"] {
        assert!(yaml.contains(part), "{part}: {yaml}");
    }
}

#[test]
fn json_is_the_same_template() {
    let json: serde_json::Value = serde_json::from_str(&text(&run(&["--format=json"]))).unwrap();
    assert_eq!(json["Resources"]["FleetTable"]["Type"], "AWS::DynamoDB::Table");
    let policy = &json["Resources"]["VisitorPolicy"]["Properties"]["PolicyDocument"]["Statement"];
    let leading = &policy[0]["Condition"]["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"];
    assert_eq!(*leading, "USER#${aws:PrincipalTag/user_id}");
    assert_eq!(policy[1]["Resource"]["Fn::Sub"], "${ShopTable.Arn}/index/Gsi1");
}

#[test]
fn markdown_and_mermaid_show_every_table() {
    let markdown = text(&run(&["--format", "markdown"]));
    let mermaid = text(&run(&["--format", "mermaid"]));
    for table in TABLES {
        assert!(markdown.contains(&format!("## {table}\n")), "{table}: {markdown}");
    }
    assert_eq!(mermaid.matches("erDiagram").count(), TABLES.len());
}

#[test]
fn html_is_one_page_of_all_tables_and_cost_a_table_for_each() {
    let html = text(&run(&["--format", "html"]));
    assert!(html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>"), "{html}");
    let cost = text(&run(&["--format", "cost"]));
    for table in TABLES {
        assert!(html.contains(table), "{table}");
        assert!(cost.contains(&format!("## {table}\n\n|")), "{cost}");
    }
    assert!(cost.contains("`by_token`"), "{cost}");
}

#[test]
fn iam_is_a_document_for_each_policy_with_the_names_that_are_said() {
    let iam = text(&run(&["--format", "iam", "--table", "Shop=shop-prod"]));
    let read: serde_json::Value = serde_json::from_str(&iam).unwrap();
    assert_eq!(read["Visitor"]["Statement"][0]["Resource"], "arn:aws:dynamodb:*:*:table/shop-prod");
    assert_eq!(read["Checkout"]["Statement"][0]["Resource"], "arn:aws:dynamodb:*:*:table/carts-example");
}

#[test]
fn the_output_goes_to_a_file() {
    let file = std::env::temp_dir().join(format!("dynamodel-{}.yaml", std::process::id()));
    let output = run(&["--output", file.to_str().unwrap()]);
    assert_eq!(text(&output), "");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text(&run(&[])));
    std::fs::remove_file(&file).unwrap();
    let nowhere = complaint(&["--output", "/nowhere/at/all"]);
    assert!(nowhere.starts_with("error: cannot write to /nowhere/at/all"), "{nowhere}");
}

#[test]
fn help_names_all_formats() {
    let help = text(&run(&["--help"]));
    assert!(help.starts_with("usage: cloudformation "), "{help}");
    for format in ["yaml", "json", "markdown", "mermaid", "html", "cost", "iam", "check", "plan"] {
        assert!(help.contains(&format!("\n  {format} ")), "{format}: {help}");
    }
}

#[test]
fn what_is_not_known_is_refused_with_what_is() {
    for (arguments, part) in [
        (&["--formt", "yaml"][..], "unknown argument `--formt` (known: --format, --table, --output, --help)"),
        (&["yaml"], "unknown argument `yaml`"),
        (
            &["--format", "xml"],
            "`xml` is not a format (known: yaml, json, markdown, mermaid, html, cost, iam, check, plan)",
        ),
        (&["--format"], "`--format` needs a value"),
        (&["--table", "one"], "`--table one` does not name one of `Shop`, `Store`, `Fleet`, `Arcade`"),
        (&["--table", "Stop=one"], "`Stop` is not a table of this program (known: `Shop`"),
        (&["--table", "Shop=a"], "\"a\" is not a table name"),
    ] {
        let complaint = complaint(arguments);
        assert!(complaint.contains(part), "{arguments:?}: {complaint}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn check_says_what_is_otherwise_and_its_exit_code_too() {
    let engine = Engine::memory().unwrap();
    let endpoint = engine.endpoint().to_owned();
    let check = || asked(&["--format", "check"], &endpoint);
    let missing = check();
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("the table does not exist"));

    // As their types say, but not as their definitions do.
    for definition in dynamodel_examples::cloudformation::definitions() {
        let name = definition.settings().default_name.clone().unwrap();
        let request = dynamodel::define::TableDefinition::create_table(&definition).unwrap().table_name(&name);
        request.send_with(&engine.sdk_client()).await.unwrap();
    }
    let drifted = check();
    assert_eq!(drifted.status.code(), Some(1), "{}", String::from_utf8_lossy(&drifted.stderr));
    let told = String::from_utf8(drifted.stdout.clone()).unwrap();
    assert!(told.contains("Shop (sessions-example): "), "{told}");
    assert!(told.contains("  the time to live: the definition says `expires_at`, the table has none"), "{told}");
    assert!(told.contains("Ids (id-mapping-example): as defined\n"), "{told}");
    assert!(
        told.contains("the contributor insights: the definition says THROTTLED_KEYS, the table has none"),
        "{told}"
    );

    let planned = asked(&["--format", "plan"], &endpoint);
    assert_eq!(planned.status.code(), Some(1), "{}", String::from_utf8_lossy(&planned.stderr));
    let told = String::from_utf8(planned.stdout).unwrap();
    assert!(
        told.contains("Arcade (leaderboards-example): 1 step\n  1. let Contributor Insights count THROTTLED_KEYS\n"),
        "{told}"
    );
    assert!(told.contains("Ids (id-mapping-example): nothing to do\n"), "{told}");
    assert!(told.contains("  unchanged: the definition's `auto_scaling` is not compared"), "{told}");
    assert_eq!(check().stdout, drifted.stdout, "nothing was changed");

    // Another table under the name.
    let other = dynamodel::Client::<Shop>::new(&engine.sdk_client(), "other");
    other.ensure_table().await.unwrap();
    let output = asked(&["--format", "check", "--table", "Store=other"], &endpoint);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Store (other): "));
}
