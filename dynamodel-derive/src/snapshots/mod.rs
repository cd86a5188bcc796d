//! Expansions as they are read in review, beside this file. `UPDATE_SNAPSHOTS=1 cargo test` writes them anew.

use crate::diagnostics::Diagnostics;
use crate::{check, expand, model};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::DeriveInput;

const TABLE: &str = r#"
    #[dynamo(pk = "PK", sk = "SK", type_attribute = "kind")]
    #[dynamo(gsi(ByOwner, name = "by-owner", pk = "GSI1PK", sk = "GSI1SK"))]
    #[dynamo(gsi(ByPlace, pk = ["country", "region"], sk = ["city"]), lsi(ByScore, sk = "LSI1SK"))]
    #[dynamo(entities(Order, model::Customer))]
    #[dynamo(settings(
        default_name = "shop", billing(provisioned, read = 10, write = 5), auto_scaling(read = 100, write = 50, target_percent = 70),
        index(ByOwner, throughput(read = 2, write = 1), warm_throughput(read = 12_000, write = 4_000)),
        stream = new_and_old_images, encryption(kms = "alias/shop"), point_in_time_recovery = 35, deletion_protection,
        class = standard_infrequent_access, contributor_insights = throttled_keys, alarms(topic = "arn:aws:sns:eu-west-1:1:ops"),
        tag(key = "team", value = "checkout"), removal = delete,
    ))]
    pub struct Shop;
"#;

const ENTITY: &str = r#"
    #[dynamo(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{placed}#{number:06}", query = of_customer)]
    #[dynamo(index(with_status = ByOwner, pk = "STATUS#{status}#{owner}", sk = "{score:desc}"))]
    #[dynamo(index(in_place = ByPlace, pk = [country, region], sk = [city]), index(top = ByScore, sk = "{score:desc}"))]
    #[dynamo(name = "order")]
    #[serde(rename_all = "camelCase")]
    pub struct Order {
        /// Whose it is.
        #[dynamo(key_only)]
        pub customer: CustomerId,
        pub placed: Timestamp,
        pub number: u32,
        pub(crate) status: Status,
        owner: Option<String>,
        pub(super) score: i64,
        #[dynamo(immutable)]
        pub country: String,
        pub region: String,
        pub city: Option<String>,
        pub r#type: String,
        #[serde(with = "hex")]
        pub code: u64,
        #[serde(rename = "n", skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        #[dynamo(nested)]
        pub address: Address,
        #[serde(flatten)]
        pub more: BTreeMap<String, String>,
        #[serde(skip)]
        pub cached: bool,
        #[dynamo(version)]
        pub version: u64,
        #[dynamo(ttl)]
        pub expires_at: Option<Expiry>,
        #[dynamo(created_at)]
        pub created: Timestamp,
        #[dynamo(updated_at)]
        pub changed: Option<Timestamp>,
    }
"#;

const NEWTYPE: &str = "pub struct CustomerId(pub String);";

const VARIANTS: &str = r#"
    #[serde(rename_all = "kebab-case")]
    pub enum Status {
        BeingPacked,
        #[serde(rename = "gone")]
        Sent,
    }
"#;

/// An entity of whose items indexes hold little.
const INDEX_PROJECTION: &str = r#"
    #[dynamo(table = Shop, pk = device, sk = at, query = of_device, mixed)]
    #[dynamo(index(loud = ByOwner, pk = "{device}", sk = "{at:010}", keys_only))]
    #[dynamo(index(with_owner = Gsi1, pk = owner, sk = "{device}#{at:010}", include(celsius, until), mixed))]
    #[serde(rename_all = "camelCase")]
    pub struct Reading {
        /// The device.
        pub device: String,
        pub at: u32,
        #[serde(rename = "who")]
        owner: Option<String>,
        #[serde(default)]
        pub celsius: f64,
        #[dynamo(ttl)]
        pub until: Expiry,
        pub notes: Vec<String>,
    }
"#;

const COLLECTION: &str = r"
    #[dynamo(of = Shop, ignore(Invoice))]
    pub struct CartView {
        pub cart: Cart,
        pub lines: Vec<model::CartLine>,
    }
";

/// An entity with a mistake: what stands in for it.
const MISTAKEN: &str = r#"
    #[dynamo(table = Shop, pk = "USER#{user_id}", sk = "USER", query = of_user)]
    pub struct User {
        pub id: String,
        pub name: String,
    }
"#;

/// One of the derives, from its model to its code.
type Derive = fn(&DeriveInput, Diagnostics) -> TokenStream;

const DERIVES: &[(&str, &str, Derive)] = &[
    ("table", TABLE, table),
    ("entity", ENTITY, entity),
    ("fallback_entity", MISTAKEN, entity),
    ("index_projection", INDEX_PROJECTION, entity),
    ("collection", COLLECTION, collection),
    ("newtype", NEWTYPE, segment),
    ("variants", VARIANTS, segment),
];

fn table(input: &DeriveInput, mut diagnostics: Diagnostics) -> TokenStream {
    let model = model::table(input, &mut diagnostics).unwrap();
    check::settings(&model, &mut diagnostics);
    diagnostics.finish().unwrap();
    expand::table(&model)
}

fn entity(input: &DeriveInput, mut diagnostics: Diagnostics) -> TokenStream {
    let model = model::entity(input, &mut diagnostics).unwrap();
    check::entity(&model, &mut diagnostics);
    match diagnostics.finish() {
        Ok(()) => expand::entity(&model),
        Err(errors) => expand::fallback_entity(input, Some(&model), &errors),
    }
}

fn collection(input: &DeriveInput, mut diagnostics: Diagnostics) -> TokenStream {
    let model = model::collection(input, &mut diagnostics).unwrap();
    diagnostics.finish().unwrap();
    expand::collection(&model)
}

fn segment(input: &DeriveInput, mut diagnostics: Diagnostics) -> TokenStream {
    let model = model::segment(input, &mut diagnostics).unwrap();
    diagnostics.finish().unwrap();
    expand::segment(&model)
}

fn expansion(source: &str, derive: Derive) -> TokenStream {
    derive(&syn::parse_str(source).unwrap(), Diagnostics::new())
}

#[test]
fn expansions_are_as_they_were_reviewed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/snapshots");
    for (name, source, derive) in DERIVES {
        let file = syn::parse2(expansion(source, *derive)).unwrap();
        let found = prettyplease::unparse(&file);
        let path = folder.join(format!("{name}.expanded.rs"));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == reviewed,
            "the expansion of {name} has changed: look at it with `UPDATE_SNAPSHOTS=1 cargo test -p dynamodel-derive` and `git diff`\n{}",
            first_difference(&found, &reviewed)
        );
    }
}

fn first_difference(found: &str, reviewed: &str) -> String {
    let mut lines = found.lines().zip(reviewed.lines().chain(std::iter::repeat(""))).enumerate();
    let differing = lines.find(|(_, (found, reviewed))| found != reviewed);
    differing.map(|(at, (found, reviewed))| format!("line {}:\n- {reviewed}\n+ {found}", at + 1)).unwrap_or_default()
}

#[test]
fn another_path_to_the_runtime_is_used_throughout() {
    for (name, source, derive) in DERIVES {
        let mut input: DeriveInput = syn::parse_str(source).unwrap();
        input.attrs.push(syn::parse_quote!(#[dynamo(crate = some::path)]));
        let code = derive(&input, Diagnostics::new()).to_token_stream().to_string();
        assert!(code.contains("some :: path :: __private"), "{name}: {code}");
        assert!(!code.contains(":: dynamodel"), "{name}: {code}");
    }
}

/// The user's scope may hold other things of these names: what is not qualified must not be one of the prelude's.
#[test]
fn nothing_of_the_prelude_is_taken_for_granted() {
    const NAMES: &[&str] =
        &["Option", "Some", "None", "Result", "Ok", "Err", "String", "Vec", "Box", "Clone", "Copy", "Send", "Sync"];
    for (name, source, derive) in DERIVES {
        // What the user wrote, types of fields among it, is the user's.
        let written: Vec<String> = source.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
        let code = expansion(source, *derive).to_string();
        let words: Vec<&str> = code.split_whitespace().collect();
        for pair in words.windows(2) {
            let [before, word] = pair else { continue };
            let bare = *before != "::" && NAMES.contains(word) && !written.contains(&(*word).to_owned());
            assert!(!bare, "{name}: `{before} {word}`");
        }
    }
}
