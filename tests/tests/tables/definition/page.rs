//! The HTML page: what it shows is what the engine has.

use dynamodel::define::HtmlPage;
use dynamodel::embedded::Engine;
use dynamodel::sdk::types::AttributeValue;
use dynamodel::{Client, Entity, ErrorKind, Expiry, Table};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// With indexes of both kinds, whole and in part, sparse, of several attributes, with keys of their own type.
#[derive(Table, Debug)]
#[dynamo(pk = "PK", sk = "SK", gsi(ByToken, pk = "GSI1PK", sk = "GSI1SK"), gsi(ByRank, pk = ["team", "city"], sk = "rank"))]
#[dynamo(gsi(Nobody, pk = "GSI3PK"), lsi(ByHits, sk = "hits"))]
#[dynamo(entities(Player, Note))]
pub struct Club;

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Club, pk = "TEAM#{team}", sk = "PLAYER#{number:03}", query = of_team)]
#[dynamo(index(by_token = ByToken, pk = "TOKEN#{token}", sk = "PLAYER", keys_only))]
#[dynamo(index(by_rank = ByRank, pk = [team, city], sk = rank, include(nick), mixed))]
#[dynamo(index(by_hits = ByHits, sk = hits, mixed))]
pub struct Player {
    pub team: String,
    pub number: u16,
    pub token: Option<String>,
    pub city: String,
    pub rank: i64,
    pub hits: u64,
    pub nick: Option<String>,
    #[dynamo(version)]
    pub version: u64,
    #[dynamo(ttl)]
    pub until: Option<Expiry>,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[dynamo(table = Club, pk = "TEAM#{team}", sk = "PLAYER-NOTE#{id}", query = of_team)]
#[dynamo(index(of_rank = ByRank, pk = [team, city], sk = rank, include(more), mixed))]
pub struct Note {
    pub team: String,
    pub id: String,
    pub city: String,
    pub rank: i64,
    #[serde(rename = "</script><img src=x onerror=alert(1)>")]
    pub text: String,
    pub more: BTreeMap<String, String>,
}

fn player(number: u16, rank: i64) -> Player {
    Player {
        team: "red".into(),
        number,
        token: (number % 2 == 1).then(|| format!("t-{number}")),
        city: if number < 10 { "delft".into() } else { "utrecht".into() },
        rank,
        hits: u64::from(number) * 3,
        nick: number.is_multiple_of(3).then(|| "ace".into()),
        version: 7,
        until: (number == 1).then(|| Expiry::from_epoch_seconds(4_102_444_800).unwrap()),
    }
}

const HOSTILE: &str = "\"></td></script><img src=x onerror=\"alert('1')\">&amp;\u{0}\u{202e}\r\n";

fn note() -> Note {
    Note {
        team: "red".into(),
        id: "</style><b>".into(),
        city: "delft".into(),
        rank: 50,
        text: HOSTILE.into(),
        more: BTreeMap::from([(HOSTILE.to_owned(), HOSTILE.to_owned())]),
    }
}

fn players() -> Vec<Player> {
    [(1, 9), (2, 100), (3, -5), (10, 10), (12, 9)].map(|(number, rank)| player(number, rank)).to_vec()
}

pub(super) fn page() -> String {
    let mut others = players();
    others.push(Player { team: "blue".into(), ..player(1, 1) });
    let club = Club::definition().samples(&others).unwrap().sample(&note()).unwrap();
    HtmlPage::new().title("A <club>").table(club).to_html()
}

/// What stands between, at each place.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap()).collect()
}

/// An item as a view shows it: its number, and the names of its attributes.
type Shown = (String, BTreeSet<String>);

/// The items of a view, block by block.
fn shown(page: &str, view: &str) -> Vec<Vec<Shown>> {
    let view = between(page, &format!("<section class=\"view\" id=\"{view}\">"), "</section>");
    let blocks = between(view[0], "<article", "</article>");
    let name = |cell: &str| cell.split(" <").next().unwrap().split("</").next().unwrap().to_owned();
    let rows = |block: &str| {
        let mut out = Vec::new();
        let keys: Vec<_> = between(block, "<dt>", "</dt>").into_iter().map(str::to_owned).collect();
        for part in between(block, "<tbody", "</tbody>") {
            let names: Vec<_> = between(part, "<th scope=\"col\"", "</th>")
                .iter()
                .map(|th| name(th.split_once('>').unwrap().1))
                .collect();
            for row in between(part, "data-item=\"", "</tr>") {
                let cells = between(row, "<td", "</td>");
                assert_eq!(cells.len(), names.len(), "{row}");
                let there = names.iter().zip(cells).filter(|(_, cell)| !cell.starts_with(" class=\"none\""));
                let there = there.map(|(name, _)| name.clone()).chain(keys.clone()).collect();
                out.push((row.split('"').next().unwrap().to_owned(), there));
            }
        }
        out
    };
    blocks.into_iter().map(rows).collect()
}

fn attribute_names(item: &std::collections::HashMap<String, AttributeValue>) -> BTreeSet<String> {
    item.keys().map(|name| name.replace('<', "&lt;").replace('>', "&gt;")).collect()
}

async fn stored() -> (Client<Club>, dynamodel::sdk::Client) {
    let engine = Engine::memory().unwrap();
    let club: Client<Club> = engine.client("club").await.unwrap();
    for player in players() {
        club.create(&player).await.unwrap();
    }
    club.create(&Player { team: "blue".into(), ..player(1, 1) }).await.unwrap();
    club.create(&note()).await.unwrap();
    (club, engine.sdk_client())
}

#[tokio::test]
async fn every_tab_has_each_item_once_with_the_attributes_that_the_engine_has_there() {
    let (_club, sdk) = stored().await;
    let page = page();
    let views = [
        ("t0v0", None),
        ("t0v1", Some("ByToken")),
        ("t0v2", Some("ByRank")),
        ("t0v3", Some("Nobody")),
        ("t0v4", Some("ByHits")),
    ];
    for ((view, index), expected) in views.into_iter().zip([7, 3, 7, 0, 6]) {
        let scan = sdk.scan().table_name("club").set_index_name(index.map(str::to_owned)).send().await.unwrap();
        let mut there: Vec<_> = scan.items().iter().map(attribute_names).collect();
        let on_page: Vec<Shown> = shown(&page, view).concat();
        let places: BTreeSet<_> = on_page.iter().map(|(place, _)| place.clone()).collect();
        assert_eq!((there.len(), on_page.len(), places.len()), (expected, expected, expected), "{index:?}");
        let mut on_page: Vec<_> = on_page.into_iter().map(|(_, names)| names).collect();
        there.sort();
        on_page.sort();
        assert_eq!(on_page, there, "{index:?}");
    }
}

#[test]
fn an_index_regroups_the_items_and_sorts_numbers_as_numbers() {
    let places = |view| -> Vec<Vec<String>> {
        shown(&page(), view).into_iter().map(|block| block.into_iter().map(|(place, _)| place).collect()).collect()
    };
    assert_eq!(places("t0v0"), [vec!["0", "1", "2", "3", "4", "6"], vec!["5"]]);
    // Rank -5, 9, 50, 100 in Delft; then those of Utrecht, then the other team.
    assert_eq!(places("t0v2"), [vec!["2", "0", "6", "1"], vec!["4", "3"], vec!["5"]]);
}

#[tokio::test]
async fn an_access_pattern_names_the_items_that_it_reads() {
    let (club, _) = stored().await;
    let page = page();
    let of = |name: &str| {
        let pattern = between(&page, "<details", "</details>")
            .into_iter()
            .find(|it| it.contains(&format!("</span>{name}</code>")))
            .unwrap();
        let list = |which: &str| -> Vec<usize> {
            let lists = between(pattern, &format!("data-{which}=\""), "\"");
            lists.iter().map(|list| list.split_whitespace().count()).collect()
        };
        (list("hits"), list("passed"))
    };
    let team = club.query(Player::of_team("red")).collect().await.unwrap();
    assert_eq!(of("of_team"), (vec![team.len(), 1], vec![0, 0]));
    let rank = club.query(Player::by_rank("red", "delft")).collect().await.unwrap();
    // The note lies between, is read, and left out.
    assert_eq!(of("by_rank"), (vec![rank.len(), 2, 1], vec![1, 0, 0]));
    let token = club.query(Player::by_token("t-1")).collect().await.unwrap();
    assert_eq!(of("by_token").0, vec![token.len(), 1]);
    assert!(page.contains("<b>SK</b> begins with <code>PLAYER#</code>"));
}

/// The attributes that the page has.
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "aria-pressed",
    "autocomplete",
    "charset",
    "class",
    "content",
    "data-entity",
    "data-hits",
    "data-item",
    "data-passed",
    "data-view",
    "for",
    "href",
    "html",
    "http-equiv",
    "id",
    "lang",
    "name",
    "placeholder",
    "role",
    "scope",
    "spellcheck",
    "title",
    "type",
];

#[test]
fn hostile_values_are_shown_and_do_nothing() {
    let page = page();
    let known = [
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "label", "input", "kbd",
        "main", "section", "div", "ul", "ol", "li", "code", "button", "b", "nav", "a", "span", "article", "dl", "dt",
        "dd", "table", "thead", "tbody", "tr", "th", "td", "small", "i", "aside", "details", "summary", "script",
        "var", "!doctype",
    ];
    let outside = {
        let (before, rest) = page.split_once("<style>").unwrap();
        let (_, rest) = rest.split_once("</style>").unwrap();
        let (body, rest) = rest.split_once("<script>").unwrap();
        let (_, after) = rest.split_once("</script>").unwrap();
        assert!(!after.contains("script"), "{after}");
        [before, body, after].concat()
    };
    for tag in outside.split('<').skip(1) {
        let name: String =
            tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
        assert!(known.contains(&name.as_str()), "<{tag}");
        // Between quotes stand values, and a value holds no quote.
        let mut outside_of_quotes = tag.split('"').step_by(2);
        let names = outside_of_quotes.by_ref().map(|part| part.split_once('>').map_or(part, |(before, _)| before));
        let names = names.collect::<String>();
        let strange =
            names.split_whitespace().skip(1).find(|name| !ATTRIBUTES.contains(&name.trim_end_matches(['=', '>'])));
        assert_eq!(strange, None, "<{tag}");
    }
    assert!(outside.contains(
        "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;\u{2400}\u{202e}\u{240d}\n"
    ));
    assert!(outside.contains("<h1>A &lt;club&gt;</h1>"));
    assert!(outside.contains("PLAYER-NOTE#&lt;/style&gt;&lt;b&gt;"));
    assert!(
        outside.contains("default-src &#39;none&#39;") || outside.contains("default-src 'none'"),
        "nothing may be loaded"
    );
}

#[test]
fn the_page_is_as_recorded() {
    let store = dynamodel_tests::model::Shop::definition();
    let mut session = dynamodel_tests::model::Session::new("ada", "s1");
    session.expires_at = Some(Expiry::from_epoch_seconds(4_102_444_800).unwrap());
    let mut nameless = dynamodel_tests::model::Session::new("ada", "s2");
    nameless.token = None;
    let page = store.samples(&[session, nameless]).unwrap().html();
    let (_, body) = page.split_once("<body>").unwrap();
    let (body, _) = body.split_once("<script>").unwrap();
    super::assert_snapshot("page.html", include_str!("page.html"), body.trim_start());
}

#[test]
fn a_sample_of_another_table_and_one_key_twice_are_refused() {
    let other = dynamodel_tests::model::Shop::definition().sample(&note()).unwrap_err();
    assert_eq!(other.kind(), ErrorKind::InvalidDefinition);
    assert!(other.to_string().contains("lives in the table `Club`: give it to `Club::definition()`"), "{other}");
    let twice = Club::definition().sample(&note()).unwrap().sample(&note()).unwrap_err();
    assert!(twice.to_string().contains("two samples have the key TEAM#red / PLAYER-NOTE#"), "{twice}");
    let empty = Club::definition().sample(&Note { team: String::new(), ..note() }).unwrap_err();
    assert_eq!(empty.kind(), ErrorKind::InvalidKey, "what no write would take is no sample: {empty}");
}

#[test]
fn a_table_without_samples_and_one_twice_are_pages_too() {
    assert!(Club::definition().html().contains("No sample items yet"));
    let twice = HtmlPage::new().table(Club::definition()).table(Club::definition()).to_html();
    let ids = between(&twice, " id=\"", "\"");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(HtmlPage::new().to_html().contains("<main>\n</main>"));
}
