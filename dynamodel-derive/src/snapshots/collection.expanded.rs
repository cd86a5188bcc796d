const _: () = {
    #[automatically_derived]
    impl ::dynamodel::__private::Collection for CartView {
        type Table = Shop;
        const NAME: &'static str = "CartView";
        const FIELDS: &'static [::dynamodel::__private::CollectionField] = &[
            ::dynamodel::__private::CollectionField::of::<Cart, Shop>("cart"),
            ::dynamodel::__private::CollectionField::of::<
                Vec<model::CartLine>,
                Shop,
            >("lines"),
        ];
        const IGNORED: &'static [&'static ::dynamodel::__private::EntitySchema] = &[
            <Invoice as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
        ];
        fn gather(
            items: &mut ::dynamodel::__private::Gathering,
        ) -> ::dynamodel::__private::Result<Self> {
            ::dynamodel::__private::core::result::Result::Ok(Self {
                cart: ::dynamodel::__private::Gathering::take::<
                    Cart,
                    Shop,
                >(items, 0usize)?,
                lines: ::dynamodel::__private::Gathering::take::<
                    Vec<model::CartLine>,
                    Shop,
                >(items, 1usize)?,
            })
        }
    }
    #[automatically_derived]
    impl ::dynamodel::__private::InCollection<CartView>
    for <Cart as ::dynamodel::__private::Slot<Shop>>::Entity {}
    #[automatically_derived]
    impl ::dynamodel::__private::InCollection<CartView>
    for <Vec<model::CartLine> as ::dynamodel::__private::Slot<Shop>>::Entity {}
    const _: () = ::dynamodel::__private::check_collection(
        <Shop as ::dynamodel::__private::Table>::SCHEMA,
        "CartView",
        &[
            <<Cart as ::dynamodel::__private::Slot<
                Shop,
            >>::Entity as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
            <<Vec<
                model::CartLine,
            > as ::dynamodel::__private::Slot<
                Shop,
            >>::Entity as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
        ],
        &[<Invoice as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION],
    );
};
#[allow(dead_code, unused_qualifications)]
#[automatically_derived]
impl CartView {
    ///The items of a `CartView`, in the partition of an access pattern of one of its entities.
    pub fn of<__R>(
        range: __R,
    ) -> ::dynamodel::__private::KeyRange<
        ::dynamodel::__private::Gathered<Self>,
        __R::Index,
    >
    where
        __R: ::dynamodel::__private::IntoKeyRange,
        __R::Item: ::dynamodel::__private::InCollection<Self>,
    {
        ::dynamodel::__private::Gathered::range(range)
    }
}
