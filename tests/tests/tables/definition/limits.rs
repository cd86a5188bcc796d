//! CloudFormation's limits on templates.

use dynamodel::ErrorKind;
use dynamodel::define::{Access, Alarms, AutoScaling, Billing, Grant, Policy, TableDefinition, Template, Throughput};
use dynamodel::schema::{IndexKind, IndexSchema, TableSchema};

/// A table of that Rust name, with so many global indexes.
fn table(name: &str, indexes: usize) -> TableDefinition {
    let index = |at: usize| IndexSchema {
        name: format!("Gsi{at:02}").leak(),
        kind: IndexKind::Global,
        partition_key: &["k"],
        sort_key: &[],
    };
    let schema = TableSchema {
        name: name.to_owned().leak(),
        partition_key: "PK",
        sort_key: None,
        type_attribute: "_t",
        indexes: (0..indexes).map(index).collect::<Vec<_>>().leak(),
        entities: &[],
    };
    TableDefinition::from_schema(Box::leak(Box::new(schema)))
}

fn of(tables: impl IntoIterator<Item = TableDefinition>) -> Template {
    tables.into_iter().fold(Template::new(), Template::table)
}

fn refused(template: &Template) -> String {
    let error = template.to_yaml().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidDefinition);
    error.to_string()
}

#[test]
fn a_description_has_1024_bytes() {
    let described = |text: String| of([table("Shop", 0)]).description(text);
    described("ä".repeat(512)).to_yaml().unwrap();
    let told = refused(&described(format!("{}x", "ä".repeat(512))));
    assert!(told.contains("the description has 1025 bytes, and CloudFormation allows 1024"), "{told}");
}

#[test]
fn a_template_has_200_outputs_and_parameters() {
    let tables = |count: usize| of((0..count).map(|at| table(&format!("Table{at}"), 0)));
    tables(100).to_yaml().unwrap();
    let told = refused(&tables(101));
    assert!(told.contains("the template has 202 outputs, and CloudFormation allows 200: split its tables"), "{told}");
    assert!(!told.contains("parameters"), "{told}");
    assert!(refused(&tables(201)).contains("the template has 201 parameters, and CloudFormation allows 200"));
}

#[test]
fn a_template_has_500_resources() {
    // A table of 20 indexes: for it and each of them two targets and two policies, and four alarms; one more, and itself.
    let large = |name: &str| {
        table(name, 20)
            .billing(Billing::Provisioned(Throughput { read: 1, write: 1 }))
            .auto_scaling(AutoScaling { up_to: Throughput { read: 9, write: 9 }, target_percent: 70 })
            .alarms(Alarms::default())
    };
    of([large("A"), large("B")]).to_yaml().unwrap();
    let told = refused(&of([large("A"), large("B"), large("C")]));
    assert!(told.contains("the template has 510 resources, and CloudFormation allows 500"), "{told}");
}

#[test]
fn a_template_has_a_megabyte() {
    let tagged = |name: &str| {
        let tag = |own: TableDefinition, at: usize| own.tag(format!("tag-{at:02}"), "v".repeat(256));
        (0..50).fold(table(name, 0), tag)
    };
    let tables = |count: usize| of((0..count).map(|at| tagged(&format!("Table{at}"))));
    // More than a request holds, and not more than S3 does.
    let long = tables(60).to_yaml().unwrap();
    assert!((51_201..1024 * 1024).contains(&long.len()), "{}", long.len());
    let told = refused(&tables(80));
    assert!(told.contains("bytes, and CloudFormation allows 1048576: split its tables"), "{told}");
}

#[test]
fn names_that_meet_in_the_template_are_refused() {
    // Both are `ABTable` there.
    let told = refused(&of([table("A_B", 0), table("AB", 0)]));
    assert!(told.contains("its name in the template would be `ABTable`, which is invalid or used already"), "{told}");
    // With replicas a table has another name there.
    let told = refused(&of([table("Shop", 0).replicas(["us-east-1"]), table("ShopGlobal", 0)]));
    assert!(told.contains("the template would use the name `ShopGlobalTable` twice"), "{told}");
    // A policy is over the table of its own name, not over one that is called alike in the template.
    let policy = table("A_B", 0).permissions().allow(Grant::on_table([Access::Get]));
    let told = refused(&of([table("AB", 0)]).policy(Policy::new("Reader").allow(policy)));
    assert!(told.contains("the policy `Reader` covers the table `A_B`, which is not in the template"), "{told}");
    // An index's policy of auto scaling, and a policy of IAM's.
    let scaled = table("Shop", 0)
        .billing(Billing::Provisioned(Throughput { read: 1, write: 1 }))
        .auto_scaling(AutoScaling { up_to: Throughput { read: 9, write: 9 }, target_percent: 70 });
    let policy = Policy::new("ShopTableRead").allow(scaled.permissions().allow(Grant::on_table([Access::Get])));
    let told = refused(&of([scaled]).policy(policy));
    assert!(told.contains("the template would use the name `ShopTableReadPolicy` twice"), "{told}");
}

#[test]
fn a_name_that_is_too_long_inside_a_template_is_refused() {
    static LONG: [IndexSchema; 1] = [IndexSchema {
        name: "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij",
        kind: IndexKind::Global,
        partition_key: &["k"],
        sort_key: &[],
    }];
    static SCHEMA: TableSchema = TableSchema {
        name: "Long",
        partition_key: "PK",
        sort_key: None,
        type_attribute: "_t",
        indexes: &LONG,
        entities: &[],
    };
    let definition = TableDefinition::from_schema(&SCHEMA);
    definition.check().unwrap();
    Template::new().table(definition.clone()).to_yaml().unwrap();
    let error = Template::new().table(definition.alarms(Alarms::default())).to_yaml().unwrap_err();
    assert!(error.to_string().contains("CloudFormation allows 255 in a name"), "{error}");
}
