//! A table with entities of all forms, each with the same few fields: `who` it belongs to, a `number`, and a `text`.

use dynamodel::lock::Lease;
use dynamodel::op::Update;
use dynamodel::{Entity, Expiry, Projection, Sharded, Table};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

/// Partition keys that are shared, fixed, begin alike, or hold what has a meaning to IAM; indexes of every kind.
#[derive(Table, Debug)]
#[dynamo(
    pk = "PK",
    sk = "SK",
    gsi(Gsi1, pk = "GSI1PK", sk = "GSI1SK"),
    gsi(ByHolder, name = "by-holder", pk = "holder")
)]
#[dynamo(gsi(ByPlace, pk = ["country", "city"], sk = "SK"), lsi(ByAge, sk = "age"))]
#[dynamo(gsi(ByKind, pk = "KINDPK", sk = "SK"), gsi(Bare, pk = "BAREPK"))]
#[dynamo(entities(
    Post, Profile, Ticket, Account, Badge, Job, Item, Setting, Team, Member, Odd, Even, View, Usage, Place
))]
pub struct Guild;

/// Nothing but keys and a text. Shares its partitions with [`Profile`].
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "USER#{who}", sk = "POST#{number:06}", query = of_author)]
#[dynamo(index(in_feed = Gsi1, pk = "FEED#{who}", sk = "{number:06}"))]
pub struct Post {
    pub who: String,
    pub number: u32,
    pub text: String,
}

/// Versioned. On indexes of all kinds.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "USER#{who}", sk = "PROFILE#{number:06}", query = of_user)]
#[dynamo(index(by_mail = Gsi1, pk = "MAIL#{text}", sk = "PROFILE"), index(by_age = ByAge, sk = age))]
#[dynamo(index(of_place = ByPlace, pk = [country, city], sk = "PROFILE#{number:06}"))]
pub struct Profile {
    pub who: String,
    pub number: u32,
    pub text: String,
    pub country: String,
    pub city: String,
    pub age: u32,
    #[dynamo(version)]
    pub version: u64,
}

/// With a time to live, a random version, and a field that is an index's key by itself.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "TICKET#{who}", sk = "TICKET#{number:06}", query = of_tickets)]
#[dynamo(index(by_holder = ByHolder, pk = holder, mixed))]
pub struct Ticket {
    pub who: String,
    pub number: u32,
    pub text: String,
    pub holder: String,
    #[dynamo(version)]
    pub etag: Uuid,
    #[dynamo(ttl)]
    pub until: Option<Expiry>,
}

/// With a unique text and a time to live.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "ACCOUNT#{who}", sk = "ACCOUNT#{number:06}", query = of_accounts)]
pub struct Account {
    pub who: String,
    pub number: u32,
    #[dynamo(unique)]
    pub text: String,
    #[dynamo(ttl)]
    pub until: Option<Expiry>,
}

/// With a version and a text that is unique within its owner's, under a name that holds what has a meaning to IAM.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "BADGE#{who}", sk = "BADGE#{number:06}", name = "ba*ge?$", query = of_badges)]
pub struct Badge {
    pub who: String,
    pub number: u32,
    #[dynamo(unique(within(who)))]
    pub text: String,
    #[dynamo(version)]
    pub version: u64,
}

/// A lock.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "JOB#{who}", sk = "JOB#{number:06}")]
pub struct Job {
    pub who: String,
    pub number: u32,
    pub text: String,
    #[dynamo(version)]
    pub lease: Lease,
}

/// On indexes that hold less than it.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "SHELF#{who}", sk = "ITEM#{number:06}", query = of_shelf)]
#[dynamo(index(of_kind = ByKind, pk = "KIND#{who}", sk = "ITEM#{number:06}", include(text)))]
#[dynamo(index(bare = Bare, pk = "BARE#{who}", keys_only))]
pub struct Item {
    pub who: String,
    pub number: u32,
    pub text: String,
    pub large: String,
}

/// All of them in one partition.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "SETTINGS", sk = "SETTING#{who}#{number:06}", query = of_settings)]
pub struct Setting {
    pub who: String,
    pub number: u32,
    pub text: String,
}

/// Its partition keys are the beginnings of those of [`Member`].
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "TEAM#{who}", sk = "TEAM#{number:06}", query = of_team)]
pub struct Team {
    pub who: String,
    pub number: u32,
    pub text: String,
}

/// See [`Team`].
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "TEAM#{who}#MEMBERS", sk = "MEMBER#{number:06}", query = of_members)]
pub struct Member {
    pub who: String,
    pub number: u32,
    pub text: String,
}

/// A partition key in which IAM sees wildcards, if it is let.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "*?%#{who}", sk = "ODD#{number:06}", query = of_odd)]
pub struct Odd {
    pub who: String,
    pub number: u32,
    pub text: String,
}

/// Like [`Odd`], by a character that a policy cannot hold.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "*?–#{who}", sk = "EVEN#{number:06}", query = of_even)]
pub struct Even {
    pub who: String,
    pub number: u32,
    pub text: String,
}

/// Over several partitions.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "VIEWS#{who}#{shard}", sk = "VIEWS#{number:06}", query = of_views)]
pub struct View {
    pub who: String,
    pub shard: Sharded<4>,
    pub number: u32,
    pub text: String,
}

/// What belongs to somebody is the beginning of its partition key. On an index with [`Ticket`], whose key is a field by itself.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "USAGE#{who}#{month}", sk = "USAGE#{number:06}", query = of_month)]
#[dynamo(index(used_by = ByHolder, pk = holder, mixed))]
pub struct Usage {
    pub who: String,
    pub month: String,
    pub holder: String,
    pub number: u32,
    pub text: String,
}

/// A poller's bookmarks.
#[derive(Entity, Serialize, Deserialize, Debug, Clone)]
#[dynamo(table = Guild, pk = "CONSUMER#{consumer}", sk = "SHARD#{shard}")]
pub struct Place {
    pub consumer: String,
    pub shard: String,
    pub at: dynamodel::stream::ShardPosition,
    #[dynamo(version)]
    pub version: u64,
}

impl dynamodel::stream::Bookmark for Place {
    fn begin(consumer: &str, shard: &str) -> Self {
        Self {
            consumer: consumer.into(),
            shard: shard.into(),
            at: dynamodel::stream::ShardPosition::default(),
            version: 0,
        }
    }

    fn position(&self) -> &dynamodel::stream::ShardPosition {
        &self.at
    }

    fn set_position(&mut self, position: dynamodel::stream::ShardPosition) {
        self.at = position;
    }
}

/// A number that was not there yet.
pub fn next() -> u32 {
    static COUNTER: AtomicU32 = AtomicU32::new(1);
    COUNTER.fetch_add(1, Ordering::Relaxed)
}

/// What the runs need of each.
pub trait Form: Entity<Table = Guild> + Clone {
    fn fresh(who: &str) -> Self;
    fn change(&mut self);
    fn text(&self) -> &str;
    fn touch<V, M>(update: Update<Self, V, M>) -> Update<Self, V, M>;
}

macro_rules! forms {
    ($($entity:ident, $part:ident { $($field:ident: $value:expr),* };)*) => {$(
        impl Form for $entity {
            fn fresh(who: &str) -> Self {
                let number = next();
                Self { who: who.into(), number, text: format!("text-{number}"), $($field: $value),* }
            }

            fn change(&mut self) {
                self.text = format!("other-{}", next());
            }

            fn text(&self) -> &str {
                &self.text
            }

            fn touch<V, M>(update: Update<Self, V, M>) -> Update<Self, V, M> {
                update.set(|own| own.text, format!("other-{}", next()))
            }
        }

        /// Its text alone.
        #[derive(Projection, Deserialize, Debug)]
        #[dynamo(of = $entity)]
        pub struct $part {
            #[allow(dead_code, reason = "it is read")]
            pub text: String,
        }
    )*};
}

forms! {
    Post, PostText {};
    Profile, ProfileText { country: "nl".into(), city: "Delft".into(), age: 30, version: 0 };
    Ticket, TicketText { holder: "holder".into(), etag: Uuid::nil(), until: None };
    Account, AccountText { until: None };
    Badge, BadgeText { version: 0 };
    Job, JobText { lease: Lease::default() };
    Item, ItemText { large: "large".into() };
    Setting, SettingText {};
    Team, TeamText {};
    Member, MemberText {};
    Odd, OddText {};
    Even, EvenText {};
    View, ViewText { shard: Sharded::pick() };
    Usage, UsageText { month: "2026-11".into(), holder: "holder".into() };
}
