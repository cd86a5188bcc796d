#[allow(
    non_camel_case_types,
    missing_docs,
    missing_debug_implementations,
    private_interfaces,
    unreachable_pub,
    unused_qualifications,
    clippy::all,
    clippy::pedantic
)]
const _: () = {
    mod order_fields {
        pub struct customer;
        pub struct placed;
        pub struct number;
        pub(crate) struct status;
        pub(super) struct owner;
        pub(in super::super) struct score;
        pub struct country;
        pub struct region;
        pub struct city;
        pub struct r#type;
        pub struct code;
        pub struct note;
        pub struct address;
        pub struct version;
        pub struct expires_at;
        pub struct created;
        pub struct changed;
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::customer {
        type Value = CustomerId;
        type Role = ::dynamodel::__private::KeyOnly;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = CustomerId;
        const NAME: &'static str = "customer";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::placed {
        type Value = Timestamp;
        type Role = ::dynamodel::__private::KeyField;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Timestamp;
        const NAME: &'static str = "placed";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::number {
        type Value = u32;
        type Role = ::dynamodel::__private::KeyField;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = u32;
        const NAME: &'static str = "number";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::status {
        type Value = Status;
        type Role = ::dynamodel::__private::Shared<OrderByOwnerKey>;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Status;
        const NAME: &'static str = "status";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::owner {
        type Value = Option<String>;
        type Role = ::dynamodel::__private::Shared<OrderByOwnerKey>;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Option<String>;
        const NAME: &'static str = "owner";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::score {
        type Value = i64;
        type Role = ::dynamodel::__private::Alone;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = i64;
        const NAME: &'static str = "score";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::country {
        type Value = String;
        type Role = ::dynamodel::__private::Immutable;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = String;
        const NAME: &'static str = "country";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::region {
        type Value = String;
        type Role = ::dynamodel::__private::NativeIndex;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = String;
        const NAME: &'static str = "region";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::city {
        type Value = Option<String>;
        type Role = ::dynamodel::__private::NativeIndex;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Option<String>;
        const NAME: &'static str = "city";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::r#type {
        type Value = String;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = String;
        const NAME: &'static str = "type";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::code {
        type Value = u64;
        type Role = ::dynamodel::__private::Plain;
        type Codec = Self;
        type Absence = u64;
        const NAME: &'static str = "code";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Codec<u64> for order_fields::code {
        fn encode<S: ::dynamodel::__private::serde::Serializer>(
            value: &u64,
            serializer: S,
        ) -> ::dynamodel::__private::core::result::Result<S::Ok, S::Error> {
            hex::serialize(value, serializer)
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::note {
        type Value = Option<String>;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Option<String>;
        const NAME: &'static str = "n";
        const IDENT: &'static str = "note";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::address {
        type Value = Address;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Address;
        const NAME: &'static str = "address";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::version {
        type Value = u64;
        type Role = ::dynamodel::__private::Version;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = u64;
        const NAME: &'static str = "version";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::expires_at {
        type Value = Option<Expiry>;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Option<Expiry>;
        const NAME: &'static str = "expiresAt";
        const IDENT: &'static str = "expires_at";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::created {
        type Value = Timestamp;
        type Role = ::dynamodel::__private::CreatedAt;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Timestamp;
        const NAME: &'static str = "created";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for order_fields::changed {
        type Value = Option<Timestamp>;
        type Role = ::dynamodel::__private::UpdatedAt;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Option<Timestamp>;
        const NAME: &'static str = "changed";
    }
    #[allow(dead_code)]
    pub struct OrderFields {
        /// Whose it is.
        pub customer: ::dynamodel::__private::Path<
            Order,
            order_fields::customer,
            ::dynamodel::__private::Root,
        >,
        pub placed: ::dynamodel::__private::Path<
            Order,
            order_fields::placed,
            ::dynamodel::__private::Root,
        >,
        pub number: ::dynamodel::__private::Path<
            Order,
            order_fields::number,
            ::dynamodel::__private::Root,
        >,
        pub(crate) status: ::dynamodel::__private::Path<
            Order,
            order_fields::status,
            ::dynamodel::__private::Root,
        >,
        owner: ::dynamodel::__private::Path<
            Order,
            order_fields::owner,
            ::dynamodel::__private::Root,
        >,
        pub(super) score: ::dynamodel::__private::Path<
            Order,
            order_fields::score,
            ::dynamodel::__private::Root,
        >,
        pub country: ::dynamodel::__private::Path<
            Order,
            order_fields::country,
            ::dynamodel::__private::Root,
        >,
        pub region: ::dynamodel::__private::Path<
            Order,
            order_fields::region,
            ::dynamodel::__private::Root,
        >,
        pub city: ::dynamodel::__private::Path<
            Order,
            order_fields::city,
            ::dynamodel::__private::Root,
        >,
        pub r#type: ::dynamodel::__private::Path<
            Order,
            order_fields::r#type,
            ::dynamodel::__private::Root,
        >,
        pub code: ::dynamodel::__private::Path<
            Order,
            order_fields::code,
            ::dynamodel::__private::Root,
        >,
        pub note: ::dynamodel::__private::Path<
            Order,
            order_fields::note,
            ::dynamodel::__private::Root,
        >,
        pub address: ::dynamodel::__private::NestedPaths<
            Order,
            order_fields::address,
            ::dynamodel::__private::Root,
        >,
        pub version: ::dynamodel::__private::Path<
            Order,
            order_fields::version,
            ::dynamodel::__private::Root,
        >,
        pub expires_at: ::dynamodel::__private::Path<
            Order,
            order_fields::expires_at,
            ::dynamodel::__private::Root,
        >,
        pub created: ::dynamodel::__private::Path<
            Order,
            order_fields::created,
            ::dynamodel::__private::Root,
        >,
        pub changed: ::dynamodel::__private::Path<
            Order,
            order_fields::changed,
            ::dynamodel::__private::Root,
        >,
    }
    impl OrderFields {
        fn __new() -> Self {
            Self {
                customer: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                placed: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                number: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                status: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                owner: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                score: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                country: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                region: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                city: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                r#type: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                code: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                note: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                address: ::dynamodel::__private::NestedPaths::at(
                    ::dynamodel::__private::Root,
                ),
                version: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                expires_at: ::dynamodel::__private::Path::at(
                    ::dynamodel::__private::Root,
                ),
                created: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                changed: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::clone::Clone for OrderFields {
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::marker::Copy for OrderFields {}
    #[automatically_derived]
    impl ::dynamodel::__private::Entity for Order {
        type Table = Shop;
        type Fields = OrderFields;
        const SCHEMA: &'static ::dynamodel::__private::EntitySchema = <Self as ::dynamodel::__private::EntityOf<
            Shop,
        >>::DESCRIPTION;
        const HIDDEN: &'static [&'static str] = &::dynamodel::__private::hidden::<
            { <Shop as ::dynamodel::__private::Table>::MANAGED.len() },
        >(
            <Shop as ::dynamodel::__private::Table>::MANAGED,
            &["country", "region", "city"],
        );
        fn fields() -> Self::Fields {
            OrderFields::__new()
        }
        fn visit_keys(
            &self,
            visit: ::dynamodel::__private::KeyVisitor<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            visit(
                &[
                    &[
                        <CustomerId as ::dynamodel::__private::KeySegment>::part(
                            &self.customer,
                        ),
                    ],
                    &[
                        <Timestamp as ::dynamodel::__private::KeySegment>::part(
                            &self.placed,
                        ),
                        <u32 as ::dynamodel::__private::KeySegment>::part(&self.number),
                    ],
                    &[
                        <Status as ::dynamodel::__private::KeySegment>::part(
                            &self.status,
                        ),
                        <Option<
                            String,
                        > as ::dynamodel::__private::KeySegment>::part(&self.owner),
                    ],
                    &[<i64 as ::dynamodel::__private::KeySegment>::part(&self.score)],
                    &[
                        <String as ::dynamodel::__private::KeySegment>::part(
                            &self.country,
                        ),
                    ],
                    &[
                        <String as ::dynamodel::__private::KeySegment>::part(
                            &self.region,
                        ),
                    ],
                    &[
                        <Option<
                            String,
                        > as ::dynamodel::__private::KeySegment>::part(&self.city),
                    ],
                    &[<i64 as ::dynamodel::__private::KeySegment>::part(&self.score)],
                ],
            )
        }
        type Version = u64;
        fn version(&self) -> &Self::Version {
            &self.version
        }
        fn set_version(&mut self, version: Self::Version) {
            self.version = version;
        }
        fn set_timestamps(&mut self, timestamps: &::dynamodel::__private::Timestamps) {
            ::dynamodel::__private::Timestamps::created::<
                Timestamp,
            >(timestamps, &mut self.created);
            ::dynamodel::__private::Timestamps::updated::<
                Option<Timestamp>,
            >(timestamps, &mut self.changed);
        }
        fn expiry(
            &self,
        ) -> ::dynamodel::__private::core::option::Option<
            ::dynamodel::__private::Expiry,
        > {
            <Option<
                Expiry,
            > as ::dynamodel::__private::TtlField>::expiry(&self.expires_at)
        }
        const KEY_ONLY: &'static [&'static str] = &["customer"];
        fn from_key(
            key: &::dynamodel::__private::Key<Self>,
            show: ::dynamodel::__private::KeyOnlyFields<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            let fields = key.parse()?;
            show(
                "customer",
                &::dynamodel::__private::KeyFields::field(
                    &fields,
                    "customer",
                    <CustomerId as ::dynamodel::__private::KeySegment>::of_key,
                )?,
            )?;
            ::dynamodel::__private::core::result::Result::Ok(())
        }
        #[allow(unused_variables)]
        fn key_parts(
            key: &::dynamodel::__private::Key<Self>,
            show: ::dynamodel::__private::KeyPartsVisitor<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            let fields = Self::parse_key(key)?;
            show(
                "customer",
                <CustomerId as ::dynamodel::__private::KeySegment>::boxed(fields.0),
            );
            show(
                "placed",
                <Timestamp as ::dynamodel::__private::KeySegment>::boxed(fields.1),
            );
            show("number", <u32 as ::dynamodel::__private::KeySegment>::boxed(fields.2));
            ::dynamodel::__private::core::result::Result::Ok(())
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Projection for Order {
        type Entity = Self;
        const ATTRIBUTES: ::dynamodel::__private::core::option::Option<
            &'static [&'static str],
        > = ::dynamodel::__private::core::option::Option::None;
        fn own_expiry(
            &self,
        ) -> ::dynamodel::__private::core::option::Option<
            ::dynamodel::__private::Expiry,
        > {
            ::dynamodel::__private::Entity::expiry(self)
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Expires for Order {}
    #[automatically_derived]
    impl ::dynamodel::__private::KeyGroup for OrderByOwnerKey {
        type Entity = Order;
        fn apply(
            self,
            update: &mut ::dynamodel::__private::KeyGroupUpdate<'_, Order>,
        ) -> ::dynamodel::__private::Result<()> {
            update.set::<order_fields::status>(self.status)?;
            update.set::<order_fields::owner>(self.owner)?;
            ::dynamodel::__private::core::result::Result::Ok(())
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::convert::From<&Order> for OrderByOwnerKey
    where
        for<'__bound> Status: ::dynamodel::__private::core::clone::Clone,
        for<'__bound> Option<String>: ::dynamodel::__private::core::clone::Clone,
    {
        fn from(entity: &Order) -> Self {
            Self {
                status: ::dynamodel::__private::core::clone::Clone::clone(
                    &entity.status,
                ),
                owner: ::dynamodel::__private::core::clone::Clone::clone(&entity.owner),
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::EntityOf<Shop> for Order {
        const DESCRIPTION: &'static ::dynamodel::__private::EntitySchema = &::dynamodel::__private::EntitySchema {
            name: "Order",
            type_name: "order",
            keys: &[
                ::dynamodel::__private::KeyAttribute {
                    attribute: <Shop as ::dynamodel::__private::Table>::PARTITION_KEY,
                    index: ::dynamodel::__private::core::option::Option::None,
                    position: ::dynamodel::__private::Position::Partition,
                    pattern: ::dynamodel::__private::Pattern::Template(
                        &[
                            ::dynamodel::__private::Piece::Literal("CUSTOMER#"),
                            ::dynamodel::__private::Piece::Field {
                                name: "customer",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: false,
                                    raw: false,
                                },
                                form: <CustomerId as ::dynamodel::__private::KeySegment>::FORM,
                            },
                        ],
                    ),
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::sort_key(
                        <Shop as ::dynamodel::__private::Table>::SORT_KEY,
                    ),
                    index: ::dynamodel::__private::core::option::Option::None,
                    position: ::dynamodel::__private::Position::Sort,
                    pattern: ::dynamodel::__private::Pattern::Template(
                        &[
                            ::dynamodel::__private::Piece::Literal("ORDER#"),
                            ::dynamodel::__private::Piece::Field {
                                name: "placed",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: false,
                                    raw: false,
                                },
                                form: <Timestamp as ::dynamodel::__private::KeySegment>::FORM,
                            },
                            ::dynamodel::__private::Piece::Literal("#"),
                            ::dynamodel::__private::Piece::Field {
                                name: "number",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::Some(
                                        6u8,
                                    ),
                                    descending: false,
                                    raw: false,
                                },
                                form: <u32 as ::dynamodel::__private::KeySegment>::FORM,
                            },
                        ],
                    ),
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX
                            .partition_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Partition,
                    pattern: ::dynamodel::__private::Pattern::Template(
                        &[
                            ::dynamodel::__private::Piece::Literal("STATUS#"),
                            ::dynamodel::__private::Piece::Field {
                                name: "status",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: false,
                                    raw: false,
                                },
                                form: <Status as ::dynamodel::__private::KeySegment>::FORM,
                            },
                            ::dynamodel::__private::Piece::Literal("#"),
                            ::dynamodel::__private::Piece::Field {
                                name: "owner",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: false,
                                    raw: false,
                                },
                                form: <Option<
                                    String,
                                > as ::dynamodel::__private::KeySegment>::FORM,
                            },
                        ],
                    ),
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX
                            .sort_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Sort,
                    pattern: ::dynamodel::__private::Pattern::Template(
                        &[
                            ::dynamodel::__private::Piece::Field {
                                name: "score",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: true,
                                    raw: false,
                                },
                                form: <i64 as ::dynamodel::__private::KeySegment>::FORM,
                            },
                        ],
                    ),
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX
                            .partition_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Partition,
                    pattern: ::dynamodel::__private::Pattern::Native {
                        name: "country",
                        stored: "country",
                        form: <String as ::dynamodel::__private::KeySegment>::FORM,
                    },
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX
                            .partition_key,
                        1usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Partition,
                    pattern: ::dynamodel::__private::Pattern::Native {
                        name: "region",
                        stored: "region",
                        form: <String as ::dynamodel::__private::KeySegment>::FORM,
                    },
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX
                            .sort_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Sort,
                    pattern: ::dynamodel::__private::Pattern::Native {
                        name: "city",
                        stored: "city",
                        form: <Option<
                            String,
                        > as ::dynamodel::__private::KeySegment>::FORM,
                    },
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<ByScore>>::INDEX
                            .sort_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByScore>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Sort,
                    pattern: ::dynamodel::__private::Pattern::Template(
                        &[
                            ::dynamodel::__private::Piece::Field {
                                name: "score",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: true,
                                    raw: false,
                                },
                                form: <i64 as ::dynamodel::__private::KeySegment>::FORM,
                            },
                        ],
                    ),
                },
            ],
            attributes: &[
                "placed",
                "number",
                "status",
                "owner",
                "score",
                "country",
                "region",
                "city",
                "type",
                "code",
                "n",
                "address",
                "version",
                "expiresAt",
                "created",
                "changed",
            ],
            version: ::dynamodel::__private::core::option::Option::Some("version"),
            lock: {
                #[allow(unused_imports)]
                use ::dynamodel::__private::NoLock as _;
                <::dynamodel::__private::Probe<u64>>::IS_LOCK
            },
            ttl: ::dynamodel::__private::core::option::Option::Some("expiresAt"),
            created_at: ::dynamodel::__private::core::option::Option::Some("created"),
            updated_at: ::dynamodel::__private::core::option::Option::Some("changed"),
            patterns: &[
                ::dynamodel::__private::AccessPattern {
                    name: "of_customer",
                    index: ::dynamodel::__private::core::option::Option::None,
                    projection: ::dynamodel::__private::ProjectionSchema::All,
                    mixed: false,
                },
                ::dynamodel::__private::AccessPattern {
                    name: "with_status",
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX.name,
                    ),
                    projection: ::dynamodel::__private::ProjectionSchema::All,
                    mixed: false,
                },
                ::dynamodel::__private::AccessPattern {
                    name: "in_place",
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX.name,
                    ),
                    projection: ::dynamodel::__private::ProjectionSchema::All,
                    mixed: false,
                },
                ::dynamodel::__private::AccessPattern {
                    name: "top",
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByScore>>::INDEX.name,
                    ),
                    projection: ::dynamodel::__private::ProjectionSchema::All,
                    mixed: false,
                },
            ],
            unique: &[],
        };
        fn read_item(
            item: &mut ::dynamodel::__private::Incoming<'_, '_>,
        ) -> ::dynamodel::__private::Result<Self> {
            ::dynamodel::__private::Incoming::read(item)
        }
        fn item_expiry(
            &self,
        ) -> ::dynamodel::__private::core::option::Option<
            ::dynamodel::__private::Expiry,
        > {
            ::dynamodel::__private::Entity::expiry(self)
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<::dynamodel::__private::Primary> for Order {
        type Fields = <Self as ::dynamodel::__private::Entity>::Fields;
        fn filter_fields() -> Self::Fields {
            <Self as ::dynamodel::__private::Entity>::fields()
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<ByOwner> for Order {
        type Fields = <Self as ::dynamodel::__private::Entity>::Fields;
        fn filter_fields() -> Self::Fields {
            <Self as ::dynamodel::__private::Entity>::fields()
        }
    }
    #[allow(dead_code)]
    pub struct OrderInPlaceFilter {
        /// Whose it is.
        pub customer: ::dynamodel::__private::Path<
            Order,
            order_fields::customer,
            ::dynamodel::__private::Root,
        >,
        pub placed: ::dynamodel::__private::Path<
            Order,
            order_fields::placed,
            ::dynamodel::__private::Root,
        >,
        pub number: ::dynamodel::__private::Path<
            Order,
            order_fields::number,
            ::dynamodel::__private::Root,
        >,
        pub(crate) status: ::dynamodel::__private::Path<
            Order,
            order_fields::status,
            ::dynamodel::__private::Root,
        >,
        owner: ::dynamodel::__private::Path<
            Order,
            order_fields::owner,
            ::dynamodel::__private::Root,
        >,
        pub(super) score: ::dynamodel::__private::Path<
            Order,
            order_fields::score,
            ::dynamodel::__private::Root,
        >,
        pub country: ::dynamodel::__private::Path<
            Order,
            ::dynamodel::__private::KeyOfQuery<
                order_fields::country,
                {
                    ::dynamodel::__private::is_own(
                        <Order as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                        4usize,
                    )
                },
            >,
            ::dynamodel::__private::Root,
        >,
        pub region: ::dynamodel::__private::Path<
            Order,
            ::dynamodel::__private::KeyOfQuery<
                order_fields::region,
                {
                    ::dynamodel::__private::is_own(
                        <Order as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                        5usize,
                    )
                },
            >,
            ::dynamodel::__private::Root,
        >,
        pub city: ::dynamodel::__private::Path<
            Order,
            ::dynamodel::__private::KeyOfQuery<
                order_fields::city,
                {
                    ::dynamodel::__private::is_own(
                        <Order as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                        6usize,
                    )
                },
            >,
            ::dynamodel::__private::Root,
        >,
        pub r#type: ::dynamodel::__private::Path<
            Order,
            order_fields::r#type,
            ::dynamodel::__private::Root,
        >,
        pub code: ::dynamodel::__private::Path<
            Order,
            order_fields::code,
            ::dynamodel::__private::Root,
        >,
        pub note: ::dynamodel::__private::Path<
            Order,
            order_fields::note,
            ::dynamodel::__private::Root,
        >,
        pub address: ::dynamodel::__private::NestedPaths<
            Order,
            order_fields::address,
            ::dynamodel::__private::Root,
        >,
        pub version: ::dynamodel::__private::Path<
            Order,
            order_fields::version,
            ::dynamodel::__private::Root,
        >,
        pub expires_at: ::dynamodel::__private::Path<
            Order,
            order_fields::expires_at,
            ::dynamodel::__private::Root,
        >,
        pub created: ::dynamodel::__private::Path<
            Order,
            order_fields::created,
            ::dynamodel::__private::Root,
        >,
        pub changed: ::dynamodel::__private::Path<
            Order,
            order_fields::changed,
            ::dynamodel::__private::Root,
        >,
    }
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<ByPlace> for Order {
        type Fields = OrderInPlaceFilter;
        fn filter_fields() -> Self::Fields {
            OrderInPlaceFilter {
                customer: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                placed: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                number: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                status: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                owner: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                score: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                country: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                region: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                city: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                r#type: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                code: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                note: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                address: ::dynamodel::__private::NestedPaths::at(
                    ::dynamodel::__private::Root,
                ),
                version: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                expires_at: ::dynamodel::__private::Path::at(
                    ::dynamodel::__private::Root,
                ),
                created: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                changed: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<ByScore> for Order {
        type Fields = <Self as ::dynamodel::__private::Entity>::Fields;
        fn filter_fields() -> Self::Fields {
            <Self as ::dynamodel::__private::Entity>::fields()
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::WithoutUnique for Order {}
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "customer", "CUSTOMER#{customer}"],
        <CustomerId as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: false,
            raw: false,
        },
        true,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "placed", "ORDER#{placed}#{number:06}"],
        <Timestamp as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: false,
            raw: false,
        },
        true,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "number", "ORDER#{placed}#{number:06}"],
        <u32 as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::Some(6u8),
            descending: false,
            raw: false,
        },
        true,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "status", "STATUS#{status}#{owner}"],
        <Status as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: false,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "owner", "STATUS#{status}#{owner}"],
        <Option<String> as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: false,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "score", "{score:desc}"],
        <i64 as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: true,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_native(
        &["Order", "country"],
        <String as ::dynamodel::__private::KeySegment>::FORM,
        false,
    );
    const _: () = ::dynamodel::__private::check_native(
        &["Order", "region"],
        <String as ::dynamodel::__private::KeySegment>::FORM,
        false,
    );
    const _: () = ::dynamodel::__private::check_native(
        &["Order", "city"],
        <Option<String> as ::dynamodel::__private::KeySegment>::FORM,
        false,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Order", "score", "{score:desc}"],
        <i64 as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: true,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_index(
        &<Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX,
        "Order",
        ::dynamodel::__private::core::option::Option::Some(1usize),
        1usize,
    );
    const _: () = ::dynamodel::__private::check_index(
        &<Shop as ::dynamodel::__private::HasIndex<ByPlace>>::INDEX,
        "Order",
        ::dynamodel::__private::core::option::Option::Some(2usize),
        1usize,
    );
    const _: () = ::dynamodel::__private::check_index(
        &<Shop as ::dynamodel::__private::HasIndex<ByScore>>::INDEX,
        "Order",
        ::dynamodel::__private::core::option::Option::None,
        1usize,
    );
    const _: () = {
        #[allow(unused_imports)]
        use ::dynamodel::__private::NoOption as _;
        ::dynamodel::__private::check_with(
            &["Order", "code"],
            <::dynamodel::__private::Probe<u64>>::IS_OPTION,
        )
    };
    const _: () = {
        #[allow(unused_imports)]
        use ::dynamodel::__private::NoOption as _;
        ::dynamodel::__private::check_left_out(
            &["Order", "note"],
            <::dynamodel::__private::Probe<Option<String>>>::IS_OPTION,
        )
    };
    const _: () = ::dynamodel::__private::check_lasting(
        &["Order", "version", "expires_at"],
        <u64 as ::dynamodel::__private::VersionField>::MAY_EXPIRE,
    );
    const _: () = ::dynamodel::__private::listed::<Order, Shop>();
    const _: () = ::dynamodel::__private::check_attributes(
        <Order as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
        10893438898415122445698153894495912192u128,
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
        <Shop as ::dynamodel::__private::Table>::MANAGED,
        <Shop as ::dynamodel::__private::Table>::HAS_UNIQUE,
    );
};
///The fields of `Order` that share an index key, to be set together: `status`, `owner`.
#[allow(missing_docs, missing_debug_implementations, unused_qualifications)]
pub struct OrderByOwnerKey {
    pub(crate) status: Status,
    owner: Option<String>,
}
#[allow(dead_code, unused_qualifications)]
#[automatically_derived]
impl Order {
    ///The primary key of an item of `Order`, from the values of its fields.
    pub fn key(
        customer: <CustomerId as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        placed: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        number: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::Key<Self> {
        ::dynamodel::__private::Key::render(
            &[(0usize, &[&customer]), (1usize, &[&placed, &number])],
        )
    }
    /**The values of the fields in a primary key of `Order`: `customer`, `placed`, `number`.

# Errors
`ErrorKind::InvalidKey` when the key does not have the form of the templates.*/
    pub fn parse_key(
        key: &::dynamodel::__private::Key<Self>,
    ) -> ::dynamodel::__private::Result<(CustomerId, Timestamp, u32)> {
        let fields = key.parse()?;
        ::dynamodel::__private::core::result::Result::Ok((
            ::dynamodel::__private::KeyFields::field(
                &fields,
                "customer",
                <CustomerId as ::dynamodel::__private::KeySegment>::of_key,
            )?,
            ::dynamodel::__private::KeyFields::field(
                &fields,
                "placed",
                <Timestamp as ::dynamodel::__private::KeySegment>::of_key,
            )?,
            ::dynamodel::__private::KeyFields::field(
                &fields,
                "number",
                <u32 as ::dynamodel::__private::KeySegment>::of_key,
            )?,
        ))
    }
    ///All items of `Order` in one partition, in the order of their sort keys.
    pub fn of_customer(
        customer: <CustomerId as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> OrderOfCustomerRange {
        OrderOfCustomerRange(::dynamodel::__private::KeyPrefix::of(&[&[&customer]]))
    }
    ///The items of `Order` with one partition key on the index `ByOwner`.
    pub fn with_status(
        status: <Status as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        owner: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> OrderWithStatusRange {
        OrderWithStatusRange(
            ::dynamodel::__private::KeyPrefix::of(&[&[&status, &owner]]),
        )
    }
    ///The items of `Order` with one partition key on the index `ByPlace`.
    pub fn in_place(
        country: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        region: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> OrderInPlaceRange {
        OrderInPlaceRange(
            ::dynamodel::__private::KeyPrefix::of(&[&[&country], &[&region]]),
        )
    }
    ///The items of `Order` with one partition key on the index `ByScore`.
    pub fn top(
        customer: <CustomerId as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> OrderTopRange {
        OrderTopRange(::dynamodel::__private::KeyPrefix::of(&[&[&customer]]))
    }
}
///Items of `Order` in one partition: all of them, or narrowed by `placed`. Made by `Order::of_customer`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct OrderOfCustomerRange(
    ::dynamodel::__private::KeyPrefix<Order, ::dynamodel::__private::Primary>,
);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for OrderOfCustomerRange {
    type Item = Order;
    type Index = ::dynamodel::__private::Primary;
    fn into_key_range(
        self,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::all(self.0)
    }
}
#[allow(
    dead_code,
    unused_qualifications,
    private_interfaces,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#[automatically_derived]
impl OrderOfCustomerRange {
    ///Those whose `placed` is this.
    pub fn placed(
        self,
        value: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> OrderOfCustomerPlacedRange {
        OrderOfCustomerPlacedRange(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `placed` lies between the two, both included.
    pub fn placed_between(
        self,
        low: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `placed` is this or comes after it.
    pub fn placed_from(
        self,
        end: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `placed` is after this.
    pub fn placed_after(
        self,
        end: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `placed` is this or comes before it.
    pub fn placed_until(
        self,
        end: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `placed` is before this.
    pub fn placed_before(
        self,
        end: <Timestamp as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `placed` begins so.
    pub fn placed_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary>
    where
        Timestamp: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <Timestamp as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
#[allow(warnings, clippy::all, clippy::pedantic)]
const _: () = {
    #[diagnostic::on_unimplemented(
        message = "`number` comes after `placed` in the sort key `ORDER#{{placed}}#{{number:06}}`",
        label = "call `.placed(..)` first: `.placed(..).number(..)`"
    )]
    pub trait __number_comes_after_placed {}
    #[automatically_derived]
    impl OrderOfCustomerRange {
        #[doc(hidden)]
        pub fn number<__T: __number_comes_after_placed>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
        #[doc(hidden)]
        pub fn number_between<__T: __number_comes_after_placed>(
            self,
            _: __T,
            _: impl ::dynamodel::__private::core::marker::Sized,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
        #[doc(hidden)]
        pub fn number_from<__T: __number_comes_after_placed>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
        #[doc(hidden)]
        pub fn number_after<__T: __number_comes_after_placed>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
        #[doc(hidden)]
        pub fn number_until<__T: __number_comes_after_placed>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
        #[doc(hidden)]
        pub fn number_before<__T: __number_comes_after_placed>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
        #[doc(hidden)]
        pub fn number_begins_with<__T: __number_comes_after_placed>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
            loop {}
        }
    }
};
///Items of `Order` with one `placed`: all of them, or narrowed by `number`. Made by `Order::of_customer`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct OrderOfCustomerPlacedRange(
    ::dynamodel::__private::KeyPrefix<Order, ::dynamodel::__private::Primary>,
);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for OrderOfCustomerPlacedRange {
    type Item = Order;
    type Index = ::dynamodel::__private::Primary;
    fn into_key_range(
        self,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::all(self.0)
    }
}
#[allow(
    dead_code,
    unused_qualifications,
    private_interfaces,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#[automatically_derived]
impl OrderOfCustomerPlacedRange {
    ///Those whose `number` is this.
    pub fn number(
        self,
        value: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `number` lies between the two, both included.
    pub fn number_between(
        self,
        low: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `number` is this or comes after it.
    pub fn number_from(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `number` is after this.
    pub fn number_after(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `number` is this or comes before it.
    pub fn number_until(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `number` is before this.
    pub fn number_before(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `number` begins so.
    pub fn number_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<Order, ::dynamodel::__private::Primary>
    where
        u32: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <u32 as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
///Items of `Order` in one partition: all of them, or narrowed by `score`. Made by `Order::with_status`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct OrderWithStatusRange(::dynamodel::__private::KeyPrefix<Order, ByOwner>);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for OrderWithStatusRange {
    type Item = Order;
    type Index = ByOwner;
    fn into_key_range(self) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::all(self.0)
    }
}
#[allow(
    dead_code,
    unused_qualifications,
    private_interfaces,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#[automatically_derived]
impl OrderWithStatusRange {
    ///Those whose `score` is this.
    pub fn score(
        self,
        value: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `score` lies between the two, both included.
    pub fn score_between(
        self,
        low: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `score` is this or comes after it.
    pub fn score_from(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `score` is after this.
    pub fn score_after(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `score` is this or comes before it.
    pub fn score_until(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `score` is before this.
    pub fn score_before(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `score` begins so.
    pub fn score_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<Order, ByOwner>
    where
        i64: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <i64 as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
///Items of `Order` in one partition: all of them, or narrowed by `city`. Made by `Order::in_place`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct OrderInPlaceRange(::dynamodel::__private::KeyPrefix<Order, ByPlace>);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for OrderInPlaceRange {
    type Item = Order;
    type Index = ByPlace;
    fn into_key_range(self) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::all(self.0)
    }
}
#[allow(
    dead_code,
    unused_qualifications,
    private_interfaces,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#[automatically_derived]
impl OrderInPlaceRange {
    ///Those whose `city` is this.
    pub fn city(
        self,
        value: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `city` lies between the two, both included.
    pub fn city_between(
        self,
        low: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `city` is this or comes after it.
    pub fn city_from(
        self,
        end: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `city` is after this.
    pub fn city_after(
        self,
        end: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `city` is this or comes before it.
    pub fn city_until(
        self,
        end: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `city` is before this.
    pub fn city_before(
        self,
        end: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `city` begins so.
    pub fn city_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<Order, ByPlace>
    where
        Option<String>: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <Option<
                String,
            > as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
///Items of `Order` in one partition: all of them, or narrowed by `score`. Made by `Order::top`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct OrderTopRange(::dynamodel::__private::KeyPrefix<Order, ByScore>);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for OrderTopRange {
    type Item = Order;
    type Index = ByScore;
    fn into_key_range(self) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::all(self.0)
    }
}
#[allow(
    dead_code,
    unused_qualifications,
    private_interfaces,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#[automatically_derived]
impl OrderTopRange {
    ///Those whose `score` is this.
    pub fn score(
        self,
        value: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `score` lies between the two, both included.
    pub fn score_between(
        self,
        low: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `score` is this or comes after it.
    pub fn score_from(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `score` is after this.
    pub fn score_after(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `score` is this or comes before it.
    pub fn score_until(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `score` is before this.
    pub fn score_before(
        self,
        end: <i64 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `score` begins so.
    pub fn score_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<Order, ByScore>
    where
        i64: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <i64 as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
