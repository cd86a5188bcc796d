//! Every kind of grant against every request of every verb, access pattern and entity: what a grant is for is allowed, and
//! all else is denied, but for what IAM cannot tell apart, which is listed here.

use super::asks::{ARN, TABLE, joined};
use super::book::{Deed, ME};
use super::evaluator::{Ask, Evaluator};
use super::needs::{is_enough, needs, needs_in_transactions, short};
use super::runs;
use dynamodel::define::{Access, Grant, Permissions, Principal};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Access patterns of which the first one's grant allows the second one as well, and why IAM cannot tell them apart.
const SHARED: [(&str, &str, &str); 5] = [
    ("Post.of_author", "Profile.of_user", "both entities lie in one partition"),
    ("Profile.of_user", "Post.of_author", "both entities lie in one partition"),
    ("Ticket.by_holder", "Usage.used_by", "the key is a field by itself: nothing is known of it"),
    ("Usage.used_by", "Ticket.by_holder", "the key is a field by itself: nothing is known of it"),
    ("Even.of_even", "Odd.of_odd", "a policy holds no characters above U+00FF, and a wildcard stands for them"),
];

/// What no run of these tests sends: a time to live that is switched on later, and what only Lambda asks for.
const UNSENT: [&str; 2] = ["UpdateTimeToLive", "ListStreams"];

const STREAMS_AND_TABLES: [Access; 6] =
    [Access::CheckSchema, Access::EnsureTable, Access::Plan, Access::Apply, Access::ReadStream, Access::PollStream];

/// A grant, and what it is for: asks in short, of some deeds.
struct Row {
    name: String,
    permissions: Permissions,
    needs: Vec<String>,
    scope: Box<dyn Fn(&Deed) -> bool>,
}

fn permissions() -> Permissions {
    runs::definition().permissions().table_arn(format!("{ARN}{TABLE}"))
}

fn row<N: Into<String>>(
    name: impl Into<String>,
    grant: Grant,
    needs: impl IntoIterator<Item = N>,
    scope: impl Fn(&Deed) -> bool + 'static,
) -> Row {
    let needs = needs.into_iter().map(Into::into).collect();
    Row { name: name.into(), permissions: permissions().allow(grant), needs, scope: Box::new(scope) }
}

fn of(access: Access) -> impl Iterator<Item = String> {
    needs(access).iter().map(|need| (*need).to_owned())
}

fn items() -> impl Iterator<Item = Access> {
    Access::READS.into_iter().chain(Access::WRITES)
}

/// One access on the whole table, or in transactions alone.
fn accesses() -> Vec<Row> {
    let on_table = |deed: &Deed| deed.place().is_none();
    let one = move |access| row(format!("{access:?}"), Grant::on_table([access]), of(access), on_table);
    let mut rows: Vec<_> = items().chain(STREAMS_AND_TABLES).map(one).collect();
    let transactional =
        [Access::Get, Access::Create, Access::Put, Access::Save, Access::Update, Access::Delete, Access::Check];
    rows.extend(transactional.map(|access| {
        let grant = Grant::on_table([access]).in_transactions_only();
        row(format!("{access:?} in transactions"), grant, needs_in_transactions(access), on_table)
    }));
    rows
}

/// One access in one's own partitions: of two entities that share them, of one with more behind, of one with unique fields.
fn own() -> Vec<Row> {
    let me = || [("who", Principal::tag("who"))];
    let mut rows = Vec::new();
    for access in items().filter(|access| *access != Access::Scan) {
        // Where nothing is unique, an action by itself is all that there is.
        let plain = move || needs(access).iter().filter(|need| !need.contains(['$', '('])).copied();
        let mine =
            |deed: &Deed, names: &[&str]| deed.place().is_none() && deed.who == ME && names.contains(&deed.entity);
        let grant = || Grant::on_table([access]);
        let shared = grant().own_partitions("Post", me()).own_partitions("Profile", me());
        rows.push(row(format!("{access:?} of own posts"), shared, plain(), move |deed| {
            mine(deed, &["Post", "Profile"])
        }));
        let open = grant().own_partitions("Usage", me()).own_partitions("View", me());
        rows.push(row(format!("{access:?} of own usage"), open, plain(), move |deed| mine(deed, &["Usage", "View"])));
        if Access::READS.contains(&access) {
            let unique = grant().own_partitions("Account", me());
            rows.push(row(format!("{access:?} of own account"), unique, plain(), move |deed| mine(deed, &["Account"])));
        }
    }
    let feed = Grant::pattern("Post", "in_feed").own_partitions("Post", me());
    rows.push(row("own feed", feed, ["Query"], |deed| deed.who == ME && deed.by().as_deref() == Some("Post.in_feed")));
    let by_age = Grant::pattern("Profile", "by_age").own_partitions("Profile", me());
    rows.push(row("own by age", by_age, ["Query"], |deed| deed.who == ME && deed.place() == Some("ByAge")));
    rows
}

/// Access patterns and indexes, each whole and by parts.
fn queries() -> Vec<Row> {
    let mut rows = Vec::new();
    let definition = runs::definition();
    for entity in definition.entities() {
        for pattern in entity.patterns {
            let name = format!("{}.{}", entity.name, pattern.name);
            let grant = || Grant::pattern(entity.name, pattern.name);
            let scope = |name: &str| {
                let name = name.to_owned();
                move |deed: &Deed| {
                    let by = deed.by().unwrap_or_default();
                    by == name || SHARED.iter().any(|(own, other, _)| *own == name && *other == by)
                }
            };
            rows.push(row(&name, grant(), ["Query"], scope(&name)));
            let parts: &[&str] = match name.as_str() {
                "Item.bare" => &["Query()"],
                // `delete_each` and `update_each` ask for the keys alone.
                "Post.of_author" | "Profile.of_user" => &["Query(text)", "Query()"],
                _ => &["Query(text)"],
            };
            let grant = grant().attributes(["text"]);
            rows.push(row(format!("{name} by parts"), grant, parts.to_vec(), scope(&name)));
        }
    }
    for index in definition.indexes() {
        let name = index.name.to_owned();
        let on = move |deed: &Deed| deed.place() == Some(&name);
        rows.push(row(index.name, Grant::on_index(index.name, [Access::Query]), ["Query"], on));
        // No verb scans an index.
        rows.push(row(format!("scan of {}", index.name), Grant::on_index(index.name, [Access::Scan]), [""; 0], |_| {
            false
        }));
    }
    rows
}

/// Parts of items of the table, one's own too, and everything.
fn others() -> Vec<Row> {
    let mut rows = Vec::new();
    for (access, parts) in [
        (Access::Get, &["GetItem(text)", "GetItem(text)u"][..]),
        (Access::BatchGet, &["BatchGetItem(text)"]),
        // `delete_each` and `update_each` ask for the keys alone.
        (Access::Query, &["Query(text)", "Query()"]),
        (Access::Scan, &["Scan(text)"]),
    ] {
        let grant = || Grant::on_table([access]).attributes(["text"]);
        rows.push(row(format!("{access:?} by parts"), grant(), parts.to_vec(), |deed| deed.place().is_none()));
        if access != Access::Scan {
            let own = grant().own_partitions("Ticket", [("who", Principal::tag("who"))]);
            let mine = |deed: &Deed| deed.place().is_none() && deed.who == ME && deed.entity == "Ticket";
            rows.push(row(format!("{access:?} of own tickets by parts"), own, parts[..1].to_vec(), mine));
        }
    }
    let all = items().filter(|access| *access != Access::Scan).flat_map(of);
    let all = all.filter(|need| !need.contains(['$', '('])).collect();
    rows.push(Row {
        name: "all".into(),
        permissions: permissions().allow_all(),
        needs: all,
        scope: Box::new(|_| true),
    });
    let lock = [Access::Get, Access::Create, Access::Update];
    let own = Grant::on_table(lock).own_partitions("Job", [("who", Principal::tag("who"))]);
    let needs = ["GetItem", "PutItem", "UpdateItem"];
    rows.push(row("own locks", own, needs, |deed| deed.entity == "Job" && deed.who == ME && deed.place().is_none()));
    rows
}

/// All requests. What IAM sees alike stands here once.
struct All {
    asks: Vec<Ask>,
    shorts: Vec<String>,
    deeds: Vec<(Deed, Vec<Places>)>,
}

/// The asks of one request, and those where IAM is asked once for each action of a transaction.
struct Places {
    asks: Vec<usize>,
    joined: Vec<usize>,
}

impl All {
    /// What was done once for all tests.
    fn get() -> &'static Self {
        static ALL: OnceLock<All> = OnceLock::new();
        ALL.get_or_init(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(Self::run())
        })
    }

    async fn run() -> Self {
        let mut known = BTreeMap::new();
        let mut place = |asks: &[Ask]| -> Vec<usize> {
            let mut one = |ask: &Ask| {
                let next = known.len();
                *known.entry(ask.clone()).or_insert(next)
            };
            asks.iter().map(&mut one).collect()
        };
        let deeds = Box::pin(runs::everything()).await.into_iter().map(|deed| {
            let places = deed.requests.iter().map(|asks| Places { asks: place(asks), joined: place(&joined(asks)) });
            let places = places.collect();
            (deed, places)
        });
        let deeds = deeds.collect();
        let mut asks: Vec<_> = known.into_iter().collect();
        asks.sort_by_key(|(_, at)| *at);
        let asks: Vec<_> = asks.into_iter().map(|(ask, _)| ask).collect();
        Self { shorts: asks.iter().map(short).collect(), asks, deeds }
    }

    /// Which asks the row's policy allows to who has this name in their tag.
    fn allowed(&self, row: &Row, who: Option<&str>) -> Vec<bool> {
        let policy = Evaluator::of(&row.permissions.to_json().unwrap());
        let allows = |ask: &Ask| {
            let mut ask = ask.clone();
            ask.context.extend(who.map(|who| ("aws:PrincipalTag/who".to_owned(), vec![who.to_owned()])));
            policy.allows(&ask)
        };
        self.asks.iter().map(allows).collect()
    }
}

#[test]
fn each_grant_allows_what_it_is_for_and_nothing_else() {
    let all = All::get();
    let mut wrong = BTreeSet::new();
    let (mut allowed, mut denied) = (0, 0);
    let rows: Vec<_> = [accesses(), own(), queries(), others()].into_iter().flatten().collect();
    for row in &rows {
        let allows = all.allowed(row, Some(ME));
        let enough = |short: &String| row.needs.iter().find(|need| is_enough(need, short));
        let enough: Vec<_> = all.shorts.iter().map(enough).collect();
        let mut needed = BTreeSet::new();
        for (deed, request) in all.deeds.iter().flat_map(|(deed, requests)| requests.iter().map(move |own| (deed, own)))
        {
            let is_for = (row.scope)(deed) && request.asks.iter().all(|ask| enough[*ask].is_some());
            if is_for {
                needed.extend(request.asks.iter().filter_map(|ask| enough[*ask]));
            }
            let what = match (is_for, request.asks.iter().all(|ask| allows[*ask])) {
                (true, true) if request.joined.iter().all(|ask| allows[*ask]) => {
                    allowed += 1;
                    continue;
                }
                (false, false) => {
                    denied += 1;
                    continue;
                }
                (true, _) => "denies",
                (false, true) => "allows",
            };
            let shorts: Vec<_> = request.asks.iter().map(|ask| &all.shorts[*ask]).collect();
            wrong.insert(format!("`{}` {what} {deed}: {shorts:?}", row.name));
        }
        for need in row.needs.iter().filter(|need| !needed.contains(need) && !UNSENT.contains(&need.as_str())) {
            wrong.insert(format!("nothing that `{}` is for needs {need}", row.name));
        }
    }
    println!("{} grants, {} asks, {allowed} requests allowed, {denied} denied", rows.len(), all.asks.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(allowed > 4_000 && denied > 100_000, "{allowed} {denied}");
}

/// A grant of one's own partitions is nothing to somebody without a name, and to others it is theirs.
#[test]
fn ones_own_partitions_are_nobody_elses() {
    let all = All::get();
    let mine: Vec<_> = all.deeds.iter().filter(|(deed, _)| deed.who == ME).flat_map(|(_, requests)| requests).collect();
    for row in own() {
        for who in [None, Some(""), Some("bob"), Some("ad"), Some("adaa")] {
            let allows = all.allowed(&row, who);
            for request in &mine {
                assert!(!request.asks.iter().all(|ask| allows[*ask]), "`{}` of {who:?}", row.name);
            }
        }
    }
}
