::core::compile_error! {
    "`user_id` is not a field of `User` (fields: `id`, `name`)"
}
#[allow(warnings)]
const _: () = {
    mod user_fields {
        pub struct id;
        pub struct name;
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for user_fields::id {
        type Value = String;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = String;
        const NAME: &'static str = "id";
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Field for user_fields::name {
        type Value = String;
        type Role = ::dynamodel::__private::Plain;
        type Codec = ::dynamodel::__private::Serde;
        type Absence = String;
        const NAME: &'static str = "name";
    }
    #[allow(dead_code)]
    pub struct UserFields {
        pub id: ::dynamodel::__private::Path<
            User,
            user_fields::id,
            ::dynamodel::__private::Root,
        >,
        pub name: ::dynamodel::__private::Path<
            User,
            user_fields::name,
            ::dynamodel::__private::Root,
        >,
    }
    impl UserFields {
        fn __new() -> Self {
            Self {
                id: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
                name: ::dynamodel::__private::Path::at(::dynamodel::__private::Root),
            }
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::clone::Clone for UserFields {
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::core::marker::Copy for UserFields {}
    #[automatically_derived]
    impl ::dynamodel::__private::Entity for User {
        type Table = Shop;
        type Version = ::dynamodel::__private::NoVersion;
        type Fields = UserFields;
        const SCHEMA: &'static ::dynamodel::__private::EntitySchema = &::dynamodel::__private::EntitySchema::BROKEN;
        const HIDDEN: &'static [&'static str] = &[];
        fn fields() -> Self::Fields {
            UserFields::__new()
        }
        fn visit_keys(
            &self,
            _: ::dynamodel::__private::KeyVisitor<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            ::dynamodel::__private::core::result::Result::Ok(())
        }
        fn key_parts(
            _: &::dynamodel::__private::Key<Self>,
            _: ::dynamodel::__private::KeyPartsVisitor<'_>,
        ) -> ::dynamodel::__private::Result<()> {
            ::dynamodel::__private::core::result::Result::Ok(())
        }
        fn version(&self) -> &Self::Version {
            &::dynamodel::__private::NoVersion
        }
        fn set_version(&mut self, _: Self::Version) {}
        fn expiry(
            &self,
        ) -> ::dynamodel::__private::core::option::Option<
            ::dynamodel::__private::Expiry,
        > {
            ::dynamodel::__private::core::option::Option::None
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Projection for User {
        type Entity = Self;
        const ATTRIBUTES: ::dynamodel::__private::core::option::Option<
            &'static [&'static str],
        > = ::dynamodel::__private::core::option::Option::None;
    }
    #[automatically_derived]
    impl ::dynamodel::__private::Broken for User {}
};
#[allow(warnings)]
#[automatically_derived]
impl User {
    pub fn key(
        _: impl ::dynamodel::__private::core::marker::Sized,
    ) -> ::dynamodel::__private::Key<Self> {
        loop {}
    }
    pub fn of_user(
        _: impl ::dynamodel::__private::core::marker::Sized,
    ) -> ::dynamodel::__private::KeyRange<User, ::dynamodel::__private::Primary> {
        loop {}
    }
}
