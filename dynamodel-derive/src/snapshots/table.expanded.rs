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
        const MANAGED: &'static [&'static str] = &[
            "PK",
            "SK",
            "kind",
            "GSI1PK",
            "GSI1SK",
            "country",
            "region",
            "city",
            "LSI1SK",
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
    const _: () = ::dynamodel::__private::check_pair(
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
        <Order as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
        <model::Customer as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
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
::dynamodel::__table_constructors!(Shop);
