#[allow(unused_qualifications, clippy::all, clippy::pedantic)]
const _: () = {
    #[automatically_derived]
    impl ::dynamodel::__private::Table for Shop {
        const SCHEMA: &'static ::dynamodel::__private::TableSchema = &::dynamodel::__private::TableSchema {
            name: "Shop",
            partition_key: "PK",
            sort_key: ::dynamodel::__private::core::option::Option::Some("SK"),
            type_attribute: "kind",
            indexes: &[
                ::dynamodel::__private::IndexSchema {
                    name: "by-owner",
                    kind: ::dynamodel::__private::IndexKind::Global,
                    partition_key: &["GSI1PK"],
                    sort_key: &["GSI1SK"],
                },
                ::dynamodel::__private::IndexSchema {
                    name: "ByPlace",
                    kind: ::dynamodel::__private::IndexKind::Global,
                    partition_key: &["country", "region"],
                    sort_key: &["city"],
                },
                ::dynamodel::__private::IndexSchema {
                    name: "ByScore",
                    kind: ::dynamodel::__private::IndexKind::Local,
                    partition_key: &["PK"],
                    sort_key: &["LSI1SK"],
                },
            ],
            entities: &[
                <Order as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                <model::Customer as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
            ],
        };
        const PARTITION_KEY: &'static str = "PK";
        const SORT_KEY: ::dynamodel::__private::core::option::Option<&'static str> = ::dynamodel::__private::core::option::Option::Some(
            "SK",
        );
        const TYPE_ATTRIBUTE: &'static str = "kind";
        const MANAGED: &'static [(&'static str, u128)] = &[
            ("PK", 75557863725914323419136u128),
            ("SK", 2048u128),
            ("kind", 147573952589676412928u128),
            ("GSI1PK", 4294967296u128),
            ("GSI1SK", 140737488355328u128),
            ("country", 10384593717069655257060992658440192u128),
            ("region", 9903520314283042199192993792u128),
            ("city", 17179869184u128),
            ("LSI1SK", 17592186044416u128),
        ];
    }
    #[automatically_derived]
    impl ::dynamodel::__private::HasIndex<ByOwner> for Shop {
        const INDEX: ::dynamodel::__private::IndexSchema = ::dynamodel::__private::IndexSchema {
            name: "by-owner",
            kind: ::dynamodel::__private::IndexKind::Global,
            partition_key: &["GSI1PK"],
            sort_key: &["GSI1SK"],
        };
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Index for ByOwner {
        const NAME: ::dynamodel::__private::core::option::Option<&'static str> = ::dynamodel::__private::core::option::Option::Some(
            "by-owner",
        );
    }
    #[automatically_derived]
    impl ::dynamodel::__private::HasIndex<ByPlace> for Shop {
        const INDEX: ::dynamodel::__private::IndexSchema = ::dynamodel::__private::IndexSchema {
            name: "ByPlace",
            kind: ::dynamodel::__private::IndexKind::Global,
            partition_key: &["country", "region"],
            sort_key: &["city"],
        };
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Index for ByPlace {
        const NAME: ::dynamodel::__private::core::option::Option<&'static str> = ::dynamodel::__private::core::option::Option::Some(
            "ByPlace",
        );
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Consistent for ByScore {}
    #[automatically_derived]
    impl ::dynamodel::__private::HasIndex<ByScore> for Shop {
        const INDEX: ::dynamodel::__private::IndexSchema = ::dynamodel::__private::IndexSchema {
            name: "ByScore",
            kind: ::dynamodel::__private::IndexKind::Local,
            partition_key: &["PK"],
            sort_key: &["LSI1SK"],
        };
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Index for ByScore {
        const NAME: ::dynamodel::__private::core::option::Option<&'static str> = ::dynamodel::__private::core::option::Option::Some(
            "ByScore",
        );
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Member<Shop> for Order {}
    #[automatically_derived]
    impl ::dynamodel::__private::Member<Shop> for model::Customer {}
    const __MARKS: [::dynamodel::__private::Mark; 2usize] = ::dynamodel::__private::marks(
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
    );
    const _: () = ::dynamodel::__private::check_among(
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
        &__MARKS,
        1usize,
    );
    const _: () = ::dynamodel::__private::check_projections(
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
    );
};
///The global secondary index `by-owner` of the table `Shop`.
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone,
    ::dynamodel::__private::core::marker::Copy,
)]
pub struct ByOwner;
///The global secondary index `ByPlace` of the table `Shop`.
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone,
    ::dynamodel::__private::core::marker::Copy,
)]
pub struct ByPlace;
///The local secondary index `ByScore` of the table `Shop`.
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone,
    ::dynamodel::__private::core::marker::Copy,
)]
pub struct ByScore;
#[automatically_derived]
impl Shop {
    ///A client for the table `Shop`, physically called `table_name`, through the SDK client `sdk`.
    pub fn connect(
        sdk: &::dynamodel::__private::SdkClient,
        table_name: &str,
    ) -> ::dynamodel::__private::Client<Self> {
        ::dynamodel::__private::Client::new(sdk, table_name)
    }
}
::dynamodel::__table_constructors!(
    Shop, [::dynamodel::__private::Setting::DefaultName("shop"),
    ::dynamodel::__private::Setting::Billing(::dynamodel::__private::Billing::Provisioned(::dynamodel::__private::Throughput
    { read : 10u32, write : 5u32 })),
    ::dynamodel::__private::Setting::IndexThroughput("by-owner",
    ::dynamodel::__private::Throughput { read : 2u32, write : 1u32 }),
    ::dynamodel::__private::Setting::IndexWarmThroughput("by-owner",
    ::dynamodel::__private::Throughput { read : 12000u32, write : 4000u32 }),
    ::dynamodel::__private::Setting::AutoScaling(::dynamodel::__private::AutoScaling {
    up_to : ::dynamodel::__private::Throughput { read : 100u32, write : 50u32 },
    target_percent : 70u32 }), ::dynamodel::__private::Setting::Alarms { topic :
    ::dynamodel::__private::core::option::Option::Some("arn:aws:sns:eu-west-1:1:ops"),
    capacity_percent : 80u32 },
    ::dynamodel::__private::Setting::Stream(::dynamodel::__private::StreamView::NewAndOldImages),
    ::dynamodel::__private::Setting::Class(::dynamodel::__private::TableClass::StandardInfrequentAccess),
    ::dynamodel::__private::Setting::ContributorInsights(::dynamodel::__private::ContributorInsights::ThrottledKeys),
    ::dynamodel::__private::Setting::Removal(::dynamodel::__private::RemovalPolicy::Delete),
    ::dynamodel::__private::Setting::Kms("alias/shop"),
    ::dynamodel::__private::Setting::PointInTimeRecovery(35u32),
    ::dynamodel::__private::Setting::DeletionProtection,
    ::dynamodel::__private::Setting::Tag("team", "checkout")]
);
::dynamodel::__table_changes! {
    #[doc = "A change of an item of the table `Shop`, read from its stream."] pub enum
    ShopChangeOf, ShopChange of Shop { 0usize #[doc = "A change of an item of `Order`."]
    Order(Order) = (< Order as ::dynamodel::__private::EntityOf < Shop >> ::DESCRIPTION,
    < Order as ::dynamodel::__private::EntityOf < Shop >> ::read_item), 1usize #[doc =
    "A change of an item of `Customer`."] Customer(model::Customer) = (< model::Customer
    as ::dynamodel::__private::EntityOf < Shop >> ::DESCRIPTION, < model::Customer as
    ::dynamodel::__private::EntityOf < Shop >> ::read_item), }
}
///An item of the table `Shop`: one of its entities.
#[allow(
    private_interfaces,
    clippy::large_enum_variant,
    clippy::derive_partial_eq_without_eq
)]
pub enum ShopItem {
    ///An item of `Order`.
    Order(Order),
    ///An item of `Customer`.
    Customer(model::Customer),
}
#[allow(
    private_interfaces,
    unused_qualifications,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
const _: () = {
    #[automatically_derived]
    impl ::dynamodel::__private::Item for ShopItem {
        type Table = Shop;
        const ATTRIBUTES: ::dynamodel::__private::core::option::Option<
            &'static [&'static str],
        > = ::dynamodel::__private::core::option::Option::None;
        const NAME: &'static str = "ShopItem";
        fn ttl() -> ::dynamodel::__private::core::option::Option<&'static str> {
            ::dynamodel::__private::TableSchema::ttl(
                <Shop as ::dynamodel::__private::Table>::SCHEMA,
            )
        }
        fn read(
            item: &mut ::dynamodel::__private::Incoming<'_, '_>,
        ) -> ::dynamodel::__private::Result<Self> {
            match ::dynamodel::__private::Incoming::entity_of::<Shop>(item) {
                ::dynamodel::__private::core::option::Option::Some(0usize) => {
                    ::dynamodel::__private::core::result::Result::map(
                        <Order as ::dynamodel::__private::EntityOf<
                            Shop,
                        >>::read_item(item),
                        Self::Order,
                    )
                }
                ::dynamodel::__private::core::option::Option::Some(1usize) => {
                    ::dynamodel::__private::core::result::Result::map(
                        <model::Customer as ::dynamodel::__private::EntityOf<
                            Shop,
                        >>::read_item(item),
                        Self::Customer,
                    )
                }
                _ => {
                    ::dynamodel::__private::core::result::Result::Err(
                        ::dynamodel::__private::Incoming::unknown::<Shop>(item),
                    )
                }
            }
        }
        fn expires(
            &self,
        ) -> ::dynamodel::__private::core::option::Option<
            ::dynamodel::__private::Expiry,
        > {
            match self {
                Self::Order(item) => {
                    <Order as ::dynamodel::__private::EntityOf<Shop>>::item_expiry(item)
                }
                Self::Customer(item) => {
                    <model::Customer as ::dynamodel::__private::EntityOf<
                        Shop,
                    >>::item_expiry(item)
                }
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Collected for ShopItem {}
    #[automatically_derived]
    impl ::dynamodel::__private::core::convert::From<Order> for ShopItem {
        fn from(item: Order) -> Self {
            Self::Order(item)
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::convert::From<model::Customer> for ShopItem {
        fn from(item: model::Customer) -> Self {
            Self::Customer(item)
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::fmt::Debug for ShopItem
    where
        for<'__a> Order: ::dynamodel::__private::core::fmt::Debug,
        for<'__a> model::Customer: ::dynamodel::__private::core::fmt::Debug,
    {
        fn fmt(
            &self,
            f: &mut ::dynamodel::__private::core::fmt::Formatter<'_>,
        ) -> ::dynamodel::__private::core::fmt::Result {
            match self {
                Self::Order(item) => {
                    ::dynamodel::__private::core::fmt::Debug::fmt(item, f)
                }
                Self::Customer(item) => {
                    ::dynamodel::__private::core::fmt::Debug::fmt(item, f)
                }
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::clone::Clone for ShopItem
    where
        for<'__a> Order: ::dynamodel::__private::core::clone::Clone,
        for<'__a> model::Customer: ::dynamodel::__private::core::clone::Clone,
    {
        fn clone(&self) -> Self {
            match self {
                Self::Order(item) => {
                    Self::Order(::dynamodel::__private::core::clone::Clone::clone(item))
                }
                Self::Customer(item) => {
                    Self::Customer(
                        ::dynamodel::__private::core::clone::Clone::clone(item),
                    )
                }
            }
        }
    }
    #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
    #[automatically_derived]
    impl ::dynamodel::__private::core::cmp::PartialEq for ShopItem
    where
        for<'__a> Order: ::dynamodel::__private::core::cmp::PartialEq,
        for<'__a> model::Customer: ::dynamodel::__private::core::cmp::PartialEq,
    {
        fn eq(&self, other: &Self) -> bool {
            match (self, other) {
                (Self::Order(item), Self::Order(other)) => item == other,
                (Self::Customer(item), Self::Customer(other)) => item == other,
                #[allow(unreachable_patterns)]
                _ => false,
            }
        }
    }
};
#[allow(dead_code)]
#[automatically_derived]
impl Shop {
    ///All items of one partition, whatever they are: that of an access pattern of any entity of `Shop`, on the table or on its index.
    pub fn partition<
        __R: ::dynamodel::__private::PartitionOf<Self, __I>,
        __I: ::dynamodel::__private::Index,
    >(range: __R) -> ::dynamodel::__private::KeyRange<ShopItem, __I> {
        ::dynamodel::__private::KeyRange::whole_partition(
            ::dynamodel::__private::IntoKeyRange::into_key_range(range),
        )
    }
}
