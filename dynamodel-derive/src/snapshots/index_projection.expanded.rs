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
    mod reading_fields {
        pub struct device;
        pub struct at;
        pub(super) struct owner;
        pub struct celsius;
        pub struct until;
        pub struct notes;
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for reading_fields::device {
        type Value = String;
        type Role = ::dynamodel::__private::KeyField;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = String;
        const NAME: &'static str = "device";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for reading_fields::at {
        type Value = u32;
        type Role = ::dynamodel::__private::KeyField;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = u32;
        const NAME: &'static str = "at";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for reading_fields::owner {
        type Value = Option<String>;
        type Role = ::dynamodel::__private::NativeIndex;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Option<String>;
        const NAME: &'static str = "who";
        const IDENT: &'static str = "owner";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for reading_fields::celsius {
        type Value = f64;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = ::dynamodel::__private::Defaulted;
        const NAME: &'static str = "celsius";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for reading_fields::until {
        type Value = Expiry;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Expiry;
        const NAME: &'static str = "until";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for reading_fields::notes {
        type Value = Vec<String>;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = Vec<String>;
        const NAME: &'static str = "notes";
    }
    #[allow(dead_code)]
    pub struct ReadingFields {
        /// The device.
        pub device: ::dynamodel::__private::Path<
            Reading,
            reading_fields::device,
            ::dynamodel::__private::Root,
        >,
        pub at: ::dynamodel::__private::Path<
            Reading,
            reading_fields::at,
            ::dynamodel::__private::Root,
        >,
        owner: ::dynamodel::__private::Path<
            Reading,
            reading_fields::owner,
            ::dynamodel::__private::Root,
        >,
        pub celsius: ::dynamodel::__private::Path<
            Reading,
            reading_fields::celsius,
            ::dynamodel::__private::Root,
        >,
        pub until: ::dynamodel::__private::Path<
            Reading,
            reading_fields::until,
            ::dynamodel::__private::Root,
        >,
        pub notes: ::dynamodel::__private::Path<
            Reading,
            reading_fields::notes,
            ::dynamodel::__private::Root,
        >,
    }
    impl ReadingFields {
        fn __new() -> Self {
            Self {
                device: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                at: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                owner: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                celsius: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                until: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                notes: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::clone::Clone for ReadingFields {
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::marker::Copy for ReadingFields {}
    #[automatically_derived]
    impl ::dynamodel::__private::Entity for Reading {
        type Table = Shop;
        type Fields = ReadingFields;
        const SCHEMA: &'static ::dynamodel::__private::EntitySchema = <Self as ::dynamodel::__private::EntityOf<
            Shop,
        >>::DESCRIPTION;
        const HIDDEN: &'static [&'static str] = &::dynamodel::__private::hidden::<
            { <Shop as ::dynamodel::__private::Table>::MANAGED.len() },
        >(<Shop as ::dynamodel::__private::Table>::MANAGED, &["device", "at", "who"]);
        fn fields() -> Self::Fields {
            ReadingFields::__new()
        }
        fn visit_keys(
            &self,
            visit: ::dynamodel::__private::KeyVisitor<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            visit(
                &[
                    &[
                        <String as ::dynamodel::__private::KeySegment>::part(
                            &self.device,
                        ),
                    ],
                    &[<u32 as ::dynamodel::__private::KeySegment>::part(&self.at)],
                    &[
                        <String as ::dynamodel::__private::KeySegment>::part(
                            &self.device,
                        ),
                    ],
                    &[<u32 as ::dynamodel::__private::KeySegment>::part(&self.at)],
                    &[
                        <Option<
                            String,
                        > as ::dynamodel::__private::KeySegment>::part(&self.owner),
                    ],
                    &[
                        <String as ::dynamodel::__private::KeySegment>::part(
                            &self.device,
                        ),
                        <u32 as ::dynamodel::__private::KeySegment>::part(&self.at),
                    ],
                ],
            )
        }
        type Version = ::dynamodel::__private::NoVersion;
        fn version(&self) -> &Self::Version {
            &::dynamodel::__private::NoVersion
        }
        fn set_version(&mut self, _: Self::Version) {}
        fn expiry(
            &self,
        ) -> ::dynamodel::__private::core::option::Option<
            ::dynamodel::__private::Expiry,
        > {
            <Expiry as ::dynamodel::__private::TtlField>::expiry(&self.until)
        }
        #[allow(unused_variables)]
        fn key_parts(
            key: &::dynamodel::__private::Key<Self>,
            show: ::dynamodel::__private::KeyPartsVisitor<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            let fields = Self::parse_key(key)?;
            show(
                "device",
                <String as ::dynamodel::__private::KeySegment>::boxed(fields.0),
            );
            show("at", <u32 as ::dynamodel::__private::KeySegment>::boxed(fields.1));
            ::dynamodel::__private::core::result::Result::Ok(())
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Projection for Reading {
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
    impl ::dynamodel::__private::Expires for Reading {}
    #[automatically_derived]
    impl ::dynamodel::__private::EntityOf<Shop> for Reading {
        const DESCRIPTION: &'static ::dynamodel::__private::EntitySchema = &::dynamodel::__private::EntitySchema {
            name: "Reading",
            type_name: "Reading",
            keys: &[
                ::dynamodel::__private::KeyAttribute {
                    attribute: <Shop as ::dynamodel::__private::Table>::PARTITION_KEY,
                    index: ::dynamodel::__private::core::option::Option::None,
                    position: ::dynamodel::__private::Position::Partition,
                    pattern: ::dynamodel::__private::Pattern::Native {
                        name: "device",
                        stored: "device",
                        form: <String as ::dynamodel::__private::KeySegment>::FORM,
                    },
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::sort_key(
                        <Shop as ::dynamodel::__private::Table>::SORT_KEY,
                    ),
                    index: ::dynamodel::__private::core::option::Option::None,
                    position: ::dynamodel::__private::Position::Sort,
                    pattern: ::dynamodel::__private::Pattern::Native {
                        name: "at",
                        stored: "at",
                        form: <u32 as ::dynamodel::__private::KeySegment>::FORM,
                    },
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
                            ::dynamodel::__private::Piece::Field {
                                name: "device",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: false,
                                    raw: false,
                                },
                                form: <String as ::dynamodel::__private::KeySegment>::FORM,
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
                                name: "at",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::Some(
                                        10u8,
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
                        <Shop as ::dynamodel::__private::HasIndex<Gsi1>>::INDEX
                            .partition_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<Gsi1>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Partition,
                    pattern: ::dynamodel::__private::Pattern::Native {
                        name: "owner",
                        stored: "who",
                        form: <Option<
                            String,
                        > as ::dynamodel::__private::KeySegment>::FORM,
                    },
                },
                ::dynamodel::__private::KeyAttribute {
                    attribute: ::dynamodel::__private::index_attribute(
                        <Shop as ::dynamodel::__private::HasIndex<Gsi1>>::INDEX.sort_key,
                        0usize,
                    ),
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<Gsi1>>::INDEX.name,
                    ),
                    position: ::dynamodel::__private::Position::Sort,
                    pattern: ::dynamodel::__private::Pattern::Template(
                        &[
                            ::dynamodel::__private::Piece::Field {
                                name: "device",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::None,
                                    descending: false,
                                    raw: false,
                                },
                                form: <String as ::dynamodel::__private::KeySegment>::FORM,
                            },
                            ::dynamodel::__private::Piece::Literal("#"),
                            ::dynamodel::__private::Piece::Field {
                                name: "at",
                                spec: ::dynamodel::__private::Spec {
                                    width: ::dynamodel::__private::core::option::Option::Some(
                                        10u8,
                                    ),
                                    descending: false,
                                    raw: false,
                                },
                                form: <u32 as ::dynamodel::__private::KeySegment>::FORM,
                            },
                        ],
                    ),
                },
            ],
            attributes: &["device", "at", "who", "celsius", "until", "notes"],
            version: ::dynamodel::__private::core::option::Option::None,
            lock: false,
            ttl: ::dynamodel::__private::core::option::Option::Some("until"),
            created_at: ::dynamodel::__private::core::option::Option::None,
            updated_at: ::dynamodel::__private::core::option::Option::None,
            patterns: &[
                ::dynamodel::__private::AccessPattern {
                    name: "of_device",
                    index: ::dynamodel::__private::core::option::Option::None,
                    projection: ::dynamodel::__private::ProjectionSchema::All,
                    mixed: true,
                },
                ::dynamodel::__private::AccessPattern {
                    name: "loud",
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX.name,
                    ),
                    projection: ::dynamodel::__private::ProjectionSchema::KeysOnly,
                    mixed: false,
                },
                ::dynamodel::__private::AccessPattern {
                    name: "with_owner",
                    index: ::dynamodel::__private::core::option::Option::Some(
                        <Shop as ::dynamodel::__private::HasIndex<Gsi1>>::INDEX.name,
                    ),
                    projection: ::dynamodel::__private::ProjectionSchema::Include(
                        &["celsius", "until"],
                    ),
                    mixed: true,
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
    #[allow(dead_code)]
    pub struct ReadingOfDeviceFilter {
        /// The device.
        pub device: ::dynamodel::__private::Path<
            Reading,
            ::dynamodel::__private::KeyOfQuery<
                reading_fields::device,
                {
                    ::dynamodel::__private::is_own(
                        <Reading as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                        0usize,
                    )
                },
            >,
            ::dynamodel::__private::Root,
        >,
        pub at: ::dynamodel::__private::Path<
            Reading,
            ::dynamodel::__private::KeyOfQuery<
                reading_fields::at,
                {
                    ::dynamodel::__private::is_own(
                        <Reading as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                        1usize,
                    )
                },
            >,
            ::dynamodel::__private::Root,
        >,
        owner: ::dynamodel::__private::Path<
            Reading,
            reading_fields::owner,
            ::dynamodel::__private::Root,
        >,
        pub celsius: ::dynamodel::__private::Path<
            Reading,
            reading_fields::celsius,
            ::dynamodel::__private::Root,
        >,
        pub until: ::dynamodel::__private::Path<
            Reading,
            reading_fields::until,
            ::dynamodel::__private::Root,
        >,
        pub notes: ::dynamodel::__private::Path<
            Reading,
            reading_fields::notes,
            ::dynamodel::__private::Root,
        >,
    }
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<::dynamodel::__private::Primary> for Reading {
        type Fields = ReadingOfDeviceFilter;
        fn filter_fields() -> Self::Fields {
            ReadingOfDeviceFilter {
                device: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                at: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                owner: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                celsius: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                until: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                notes: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
            }
        }
    }
    #[allow(dead_code)]
    pub struct ReadingLoudFilter {}
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<ByOwner> for Reading {
        type Fields = ReadingLoudFilter;
        fn filter_fields() -> Self::Fields {
            ReadingLoudFilter {}
        }
    }
    #[allow(dead_code)]
    pub struct ReadingWithOwnerFilter {
        owner: ::dynamodel::__private::Path<
            Reading,
            ::dynamodel::__private::KeyOfQuery<
                reading_fields::owner,
                {
                    ::dynamodel::__private::is_own(
                        <Reading as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
                        4usize,
                    )
                },
            >,
            ::dynamodel::__private::Root,
        >,
        pub celsius: ::dynamodel::__private::Path<
            Reading,
            reading_fields::celsius,
            ::dynamodel::__private::Root,
        >,
        pub until: ::dynamodel::__private::Path<
            Reading,
            reading_fields::until,
            ::dynamodel::__private::Root,
        >,
    }
    #[automatically_derived]
    impl ::dynamodel::__private::FilterOn<Gsi1> for Reading {
        type Fields = ReadingWithOwnerFilter;
        fn filter_fields() -> Self::Fields {
            ReadingWithOwnerFilter {
                owner: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                celsius: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                until: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::WithoutUnique for Reading {}
    const _: () = ::dynamodel::__private::check_native(
        &["Reading", "device"],
        <String as ::dynamodel::__private::KeySegment>::FORM,
        true,
    );
    const _: () = ::dynamodel::__private::check_native(
        &["Reading", "at"],
        <u32 as ::dynamodel::__private::KeySegment>::FORM,
        true,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Reading", "device", "{device}"],
        <String as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: false,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Reading", "at", "{at:010}"],
        <u32 as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::Some(10u8),
            descending: false,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_native(
        &["Reading", "owner"],
        <Option<String> as ::dynamodel::__private::KeySegment>::FORM,
        false,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Reading", "device", "{device}#{at:010}"],
        <String as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::None,
            descending: false,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_segment(
        &["Reading", "at", "{device}#{at:010}"],
        <u32 as ::dynamodel::__private::KeySegment>::FORM,
        ::dynamodel::__private::Spec {
            width: ::dynamodel::__private::core::option::Option::Some(10u8),
            descending: false,
            raw: false,
        },
        false,
    );
    const _: () = ::dynamodel::__private::check_index(
        &<Shop as ::dynamodel::__private::HasIndex<ByOwner>>::INDEX,
        "Reading",
        ::dynamodel::__private::core::option::Option::Some(1usize),
        1usize,
    );
    const _: () = ::dynamodel::__private::check_index(
        &<Shop as ::dynamodel::__private::HasIndex<Gsi1>>::INDEX,
        "Reading",
        ::dynamodel::__private::core::option::Option::Some(1usize),
        1usize,
    );
    const _: () = ::dynamodel::__private::listed::<Reading, Shop>();
    const _: () = ::dynamodel::__private::check_attributes(
        <Reading as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
        41558657277882272698813087779684352u128,
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
        <Shop as ::dynamodel::__private::Table>::MANAGED,
        <Shop as ::dynamodel::__private::Table>::HAS_UNIQUE,
    );
};
#[allow(dead_code, unused_qualifications)]
#[automatically_derived]
impl Reading {
    ///The primary key of an item of `Reading`, from the values of its fields.
    pub fn key(
        device: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        at: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::Key<Self> {
        ::dynamodel::__private::Key::render(&[(0usize, &[&device]), (1usize, &[&at])])
    }
    /**The values of the fields in a primary key of `Reading`: `device`, `at`.

# Errors
`ErrorKind::InvalidKey` when the key does not have the form of the templates.*/
    pub fn parse_key(
        key: &::dynamodel::__private::Key<Self>,
    ) -> ::dynamodel::__private::Result<(String, u32)> {
        let fields = key.parse()?;
        ::dynamodel::__private::core::result::Result::Ok((
            ::dynamodel::__private::KeyFields::field(
                &fields,
                "device",
                <String as ::dynamodel::__private::KeySegment>::of_key,
            )?,
            ::dynamodel::__private::KeyFields::field(
                &fields,
                "at",
                <u32 as ::dynamodel::__private::KeySegment>::of_key,
            )?,
        ))
    }
    ///All items of `Reading` in one partition, in the order of their sort keys.
    pub fn of_device(
        device: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ReadingOfDeviceRange {
        ReadingOfDeviceRange(::dynamodel::__private::KeyPrefix::of(&[&[&device]]))
    }
    ///The items of `Reading` with one partition key on the index `ByOwner`.
    pub fn loud(
        device: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ReadingLoudRange {
        ReadingLoudRange(::dynamodel::__private::KeyPrefix::of(&[&[&device]]))
    }
    ///The items of `Reading` with one partition key on the index `Gsi1`.
    pub fn with_owner(
        owner: <Option<String> as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ReadingWithOwnerRange {
        ReadingWithOwnerRange(::dynamodel::__private::KeyPrefix::of(&[&[&owner]]))
    }
}
///What the index `ByOwner` holds of an item of `Reading`: the fields in its keys. Read by `Reading::loud`.
#[allow(
    missing_docs,
    dead_code,
    unused_qualifications,
    clippy::derive_partial_eq_without_eq
)]
#[derive(::dynamodel::__private::serde::Deserialize)]
#[serde(crate = "::dynamodel::__private::serde")]
pub struct ReadingLoud {
    /// The device.
    pub device: String,
    pub at: u32,
}
#[automatically_derived]
impl ::dynamodel::__private::core::fmt::Debug for ReadingLoud
where
    for<'__a> String: ::dynamodel::__private::core::fmt::Debug,
    for<'__a> u32: ::dynamodel::__private::core::fmt::Debug,
{
    fn fmt(
        &self,
        f: &mut ::dynamodel::__private::core::fmt::Formatter<'_>,
    ) -> ::dynamodel::__private::core::fmt::Result {
        let mut out = ::dynamodel::__private::core::fmt::Formatter::debug_struct(
            f,
            "ReadingLoud",
        );
        ::dynamodel::__private::core::fmt::DebugStruct::field(
            &mut out,
            "device",
            &self.device,
        );
        ::dynamodel::__private::core::fmt::DebugStruct::field(&mut out, "at", &self.at);
        ::dynamodel::__private::core::fmt::DebugStruct::finish(&mut out)
    }
}
#[automatically_derived]
impl ::dynamodel::__private::core::clone::Clone for ReadingLoud
where
    for<'__a> String: ::dynamodel::__private::core::clone::Clone,
    for<'__a> u32: ::dynamodel::__private::core::clone::Clone,
{
    fn clone(&self) -> Self {
        Self {
            device: ::dynamodel::__private::core::clone::Clone::clone(&self.device),
            at: ::dynamodel::__private::core::clone::Clone::clone(&self.at),
        }
    }
}
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[automatically_derived]
impl ::dynamodel::__private::core::cmp::PartialEq for ReadingLoud
where
    for<'__a> String: ::dynamodel::__private::core::cmp::PartialEq,
    for<'__a> u32: ::dynamodel::__private::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        true && self.device == other.device && self.at == other.at
    }
}
#[automatically_derived]
impl ::dynamodel::__private::IndexProjection for ReadingLoud {
    fn primary_key(&self) -> ::dynamodel::__private::Key<Reading> {
        ::dynamodel::__private::Key::render(
            &[
                (
                    0usize,
                    &[<String as ::dynamodel::__private::KeySegment>::part(&self.device)],
                ),
                (1usize, &[<u32 as ::dynamodel::__private::KeySegment>::part(&self.at)]),
            ],
        )
    }
}
#[automatically_derived]
impl ::dynamodel::__private::Projection for ReadingLoud {
    type Entity = Reading;
    const ATTRIBUTES: ::dynamodel::__private::core::option::Option<
        &'static [&'static str],
    > = ::dynamodel::__private::core::option::Option::Some(&[]);
    const FROM_KEYS: bool = true;
    const KNOWS_EXPIRY: bool = false;
    fn from_keys(
        keys: &::dynamodel::__private::ItemKeys<'_>,
        show: ::dynamodel::__private::KeyOnlyFields<'_>,
    ) -> ::dynamodel::__private::Result<()> {
        ::dynamodel::__private::ItemKeys::show(
            keys,
            "device",
            <String as ::dynamodel::__private::KeySegment>::of_key,
            "device",
            show,
        )?;
        ::dynamodel::__private::ItemKeys::show(
            keys,
            "at",
            <u32 as ::dynamodel::__private::KeySegment>::of_key,
            "at",
            show,
        )?;
        ::dynamodel::__private::core::result::Result::Ok(())
    }
}
///What the index `Gsi1` holds of an item of `Reading`: the fields in its keys, and those that are included. Read by `Reading::with_owner`.
#[allow(
    missing_docs,
    dead_code,
    unused_qualifications,
    clippy::derive_partial_eq_without_eq
)]
#[derive(::dynamodel::__private::serde::Deserialize)]
#[serde(crate = "::dynamodel::__private::serde")]
pub struct ReadingWithOwner {
    /// The device.
    pub device: String,
    pub at: u32,
    #[serde(rename = "who")]
    owner: Option<String>,
    #[serde(default)]
    pub celsius: f64,
    pub until: Expiry,
}
#[automatically_derived]
impl ::dynamodel::__private::core::fmt::Debug for ReadingWithOwner
where
    for<'__a> String: ::dynamodel::__private::core::fmt::Debug,
    for<'__a> u32: ::dynamodel::__private::core::fmt::Debug,
    for<'__a> Option<String>: ::dynamodel::__private::core::fmt::Debug,
    for<'__a> f64: ::dynamodel::__private::core::fmt::Debug,
    for<'__a> Expiry: ::dynamodel::__private::core::fmt::Debug,
{
    fn fmt(
        &self,
        f: &mut ::dynamodel::__private::core::fmt::Formatter<'_>,
    ) -> ::dynamodel::__private::core::fmt::Result {
        let mut out = ::dynamodel::__private::core::fmt::Formatter::debug_struct(
            f,
            "ReadingWithOwner",
        );
        ::dynamodel::__private::core::fmt::DebugStruct::field(
            &mut out,
            "device",
            &self.device,
        );
        ::dynamodel::__private::core::fmt::DebugStruct::field(&mut out, "at", &self.at);
        ::dynamodel::__private::core::fmt::DebugStruct::field(
            &mut out,
            "owner",
            &self.owner,
        );
        ::dynamodel::__private::core::fmt::DebugStruct::field(
            &mut out,
            "celsius",
            &self.celsius,
        );
        ::dynamodel::__private::core::fmt::DebugStruct::field(
            &mut out,
            "until",
            &self.until,
        );
        ::dynamodel::__private::core::fmt::DebugStruct::finish(&mut out)
    }
}
#[automatically_derived]
impl ::dynamodel::__private::core::clone::Clone for ReadingWithOwner
where
    for<'__a> String: ::dynamodel::__private::core::clone::Clone,
    for<'__a> u32: ::dynamodel::__private::core::clone::Clone,
    for<'__a> Option<String>: ::dynamodel::__private::core::clone::Clone,
    for<'__a> f64: ::dynamodel::__private::core::clone::Clone,
    for<'__a> Expiry: ::dynamodel::__private::core::clone::Clone,
{
    fn clone(&self) -> Self {
        Self {
            device: ::dynamodel::__private::core::clone::Clone::clone(&self.device),
            at: ::dynamodel::__private::core::clone::Clone::clone(&self.at),
            owner: ::dynamodel::__private::core::clone::Clone::clone(&self.owner),
            celsius: ::dynamodel::__private::core::clone::Clone::clone(&self.celsius),
            until: ::dynamodel::__private::core::clone::Clone::clone(&self.until),
        }
    }
}
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[automatically_derived]
impl ::dynamodel::__private::core::cmp::PartialEq for ReadingWithOwner
where
    for<'__a> String: ::dynamodel::__private::core::cmp::PartialEq,
    for<'__a> u32: ::dynamodel::__private::core::cmp::PartialEq,
    for<'__a> Option<String>: ::dynamodel::__private::core::cmp::PartialEq,
    for<'__a> f64: ::dynamodel::__private::core::cmp::PartialEq,
    for<'__a> Expiry: ::dynamodel::__private::core::cmp::PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        true && self.device == other.device && self.at == other.at
            && self.owner == other.owner && self.celsius == other.celsius
            && self.until == other.until
    }
}
#[automatically_derived]
impl ::dynamodel::__private::IndexProjection for ReadingWithOwner {
    fn primary_key(&self) -> ::dynamodel::__private::Key<Reading> {
        ::dynamodel::__private::Key::render(
            &[
                (
                    0usize,
                    &[<String as ::dynamodel::__private::KeySegment>::part(&self.device)],
                ),
                (1usize, &[<u32 as ::dynamodel::__private::KeySegment>::part(&self.at)]),
            ],
        )
    }
}
#[automatically_derived]
impl ::dynamodel::__private::Projection for ReadingWithOwner {
    type Entity = Reading;
    const ATTRIBUTES: ::dynamodel::__private::core::option::Option<
        &'static [&'static str],
    > = ::dynamodel::__private::core::option::Option::Some(&["celsius", "until"]);
    const FROM_KEYS: bool = true;
    const KNOWS_EXPIRY: bool = true;
    fn from_keys(
        keys: &::dynamodel::__private::ItemKeys<'_>,
        show: ::dynamodel::__private::KeyOnlyFields<'_>,
    ) -> ::dynamodel::__private::Result<()> {
        ::dynamodel::__private::ItemKeys::show(
            keys,
            "device",
            <String as ::dynamodel::__private::KeySegment>::of_key,
            "device",
            show,
        )?;
        ::dynamodel::__private::ItemKeys::show(
            keys,
            "at",
            <u32 as ::dynamodel::__private::KeySegment>::of_key,
            "at",
            show,
        )?;
        ::dynamodel::__private::ItemKeys::show(
            keys,
            "owner",
            <Option<String> as ::dynamodel::__private::KeySegment>::of_key,
            "who",
            show,
        )?;
        ::dynamodel::__private::core::result::Result::Ok(())
    }
    fn own_expiry(
        &self,
    ) -> ::dynamodel::__private::core::option::Option<::dynamodel::__private::Expiry> {
        <Expiry as ::dynamodel::__private::TtlField>::expiry(&self.until)
    }
}
///Items of `Reading` in one partition: all of them, or narrowed by `at`. Made by `Reading::of_device`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct ReadingOfDeviceRange(
    ::dynamodel::__private::KeyPrefix<Reading, ::dynamodel::__private::Primary>,
);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for ReadingOfDeviceRange {
    type Item = Reading;
    type Index = ::dynamodel::__private::Primary;
    fn into_key_range(
        self,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
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
impl ReadingOfDeviceRange {
    ///Those whose `at` is this.
    pub fn at(
        self,
        value: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `at` lies between the two, both included.
    pub fn at_between(
        self,
        low: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `at` is this or comes after it.
    pub fn at_from(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `at` is after this.
    pub fn at_after(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `at` is this or comes before it.
    pub fn at_until(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `at` is before this.
    pub fn at_before(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `at` begins so.
    pub fn at_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<Reading, ::dynamodel::__private::Primary>
    where
        u32: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <u32 as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
///Items of `Reading` in one partition: all of them, or narrowed by `at`. Made by `Reading::loud`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct ReadingLoudRange(::dynamodel::__private::KeyPrefix<ReadingLoud, ByOwner>);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for ReadingLoudRange {
    type Item = ReadingLoud;
    type Index = ByOwner;
    fn into_key_range(self) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
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
impl ReadingLoudRange {
    ///Those whose `at` is this.
    pub fn at(
        self,
        value: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `at` lies between the two, both included.
    pub fn at_between(
        self,
        low: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `at` is this or comes after it.
    pub fn at_from(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `at` is after this.
    pub fn at_after(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `at` is this or comes before it.
    pub fn at_until(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `at` is before this.
    pub fn at_before(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `at` begins so.
    pub fn at_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<ReadingLoud, ByOwner>
    where
        u32: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <u32 as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
///Items of `Reading` in one partition: all of them, or narrowed by `device`. Made by `Reading::with_owner`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct ReadingWithOwnerRange(
    ::dynamodel::__private::KeyPrefix<ReadingWithOwner, Gsi1>,
);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for ReadingWithOwnerRange {
    type Item = ReadingWithOwner;
    type Index = Gsi1;
    fn into_key_range(self) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
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
impl ReadingWithOwnerRange {
    ///Those whose `device` is this.
    pub fn device(
        self,
        value: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ReadingWithOwnerDeviceRange {
        ReadingWithOwnerDeviceRange(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `device` lies between the two, both included.
    pub fn device_between(
        self,
        low: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `device` is this or comes after it.
    pub fn device_from(
        self,
        end: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `device` is after this.
    pub fn device_after(
        self,
        end: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `device` is this or comes before it.
    pub fn device_until(
        self,
        end: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `device` is before this.
    pub fn device_before(
        self,
        end: <String as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `device` begins so.
    pub fn device_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1>
    where
        String: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <String as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
#[allow(warnings, clippy::all, clippy::pedantic)]
const _: () = {
    #[diagnostic::on_unimplemented(
        message = "`at` comes after `device` in the sort key `{{device}}#{{at:010}}`",
        label = "call `.device(..)` first: `.device(..).at(..)`"
    )]
    pub trait __at_comes_after_device {}
    #[automatically_derived]
    impl ReadingWithOwnerRange {
        #[doc(hidden)]
        pub fn at<__T: __at_comes_after_device>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
        #[doc(hidden)]
        pub fn at_between<__T: __at_comes_after_device>(
            self,
            _: __T,
            _: impl ::dynamodel::__private::core::marker::Sized,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
        #[doc(hidden)]
        pub fn at_from<__T: __at_comes_after_device>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
        #[doc(hidden)]
        pub fn at_after<__T: __at_comes_after_device>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
        #[doc(hidden)]
        pub fn at_until<__T: __at_comes_after_device>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
        #[doc(hidden)]
        pub fn at_before<__T: __at_comes_after_device>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
        #[doc(hidden)]
        pub fn at_begins_with<__T: __at_comes_after_device>(
            self,
            _: __T,
        ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
            loop {}
        }
    }
};
///Items of `Reading` with one `device`: all of them, or narrowed by `at`. Made by `Reading::with_owner`.
#[must_use = "a range does nothing until it is queried"]
#[allow(dead_code, unused_qualifications)]
#[derive(
    ::dynamodel::__private::core::fmt::Debug,
    ::dynamodel::__private::core::clone::Clone
)]
pub struct ReadingWithOwnerDeviceRange(
    ::dynamodel::__private::KeyPrefix<ReadingWithOwner, Gsi1>,
);
#[automatically_derived]
impl ::dynamodel::__private::IntoKeyRange for ReadingWithOwnerDeviceRange {
    type Item = ReadingWithOwner;
    type Index = Gsi1;
    fn into_key_range(self) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
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
impl ReadingWithOwnerDeviceRange {
    ///Those whose `at` is this.
    pub fn at(
        self,
        value: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::all(
            ::dynamodel::__private::KeyPrefix::equal(self.0, &value),
        )
    }
    ///Those whose `at` lies between the two, both included.
    pub fn at_between(
        self,
        low: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
        high: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::within(self.0, &low, &high)
    }
    ///Those whose `at` is this or comes after it.
    pub fn at_from(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::at_least(self.0, &end)
    }
    ///Those whose `at` is after this.
    pub fn at_after(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::above(self.0, &end)
    }
    ///Those whose `at` is this or comes before it.
    pub fn at_until(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::at_most(self.0, &end)
    }
    ///Those whose `at` is before this.
    pub fn at_before(
        self,
        end: <u32 as ::dynamodel::__private::KeySegment>::Borrowed<'_>,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1> {
        ::dynamodel::__private::KeyPrefix::below(self.0, &end)
    }
    ///Those whose `at` begins so.
    pub fn at_begins_with<__T>(
        self,
        beginning: __T,
    ) -> ::dynamodel::__private::KeyRange<ReadingWithOwner, Gsi1>
    where
        u32: ::dynamodel::__private::KeyText<__T>,
    {
        ::dynamodel::__private::KeyPrefix::begins_with(
            self.0,
            <u32 as ::dynamodel::__private::KeyText<__T>>::beginning(&beginning),
        )
    }
}
