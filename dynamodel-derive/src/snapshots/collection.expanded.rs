const _: () = {
    #[automatically_derived]
    impl ::dynamodel::__private::Collection for CartView {
        type Table = Shop;
        type Members = (Cart, (Vec<model::CartLine>, ()));
        const NAME: &'static str = "CartView";
        const FIELDS: &'static [::dynamodel::__private::CollectionField] = &[
            ::dynamodel::__private::CollectionField {
                name: "cart",
                entity: <Cart as ::dynamodel::__private::Slot<Shop>>::SCHEMA,
                read: <Cart as ::dynamodel::__private::Slot<Shop>>::read,
            },
            ::dynamodel::__private::CollectionField {
                name: "lines",
                entity: <Vec<
                    model::CartLine,
                > as ::dynamodel::__private::Slot<Shop>>::SCHEMA,
                read: <Vec<model::CartLine> as ::dynamodel::__private::Slot<Shop>>::read,
            },
        ];
        const IGNORED: &'static [&'static ::dynamodel::__private::EntitySchema] = &[
            <Invoice as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION,
        ];
        fn gather(
            items: &mut ::dynamodel::__private::Gathering,
        ) -> ::dynamodel::__private::Result<Self> {
            ::dynamodel::__private::core::result::Result::Ok(Self {
                cart: <Cart as ::dynamodel::__private::Slot<Shop>>::take(items, 0usize)?,
                lines: <Vec<
                    model::CartLine,
                > as ::dynamodel::__private::Slot<Shop>>::take(items, 1usize)?,
            })
        }
    }
    const _: () = ::dynamodel::__private::check_collection(
        <<CartView as ::dynamodel::__private::Collection>::Table as ::dynamodel::__private::Table>::SCHEMA,
        "CartView",
        &[
            <Cart as ::dynamodel::__private::Slot<Shop>>::SCHEMA,
            <Vec<model::CartLine> as ::dynamodel::__private::Slot<Shop>>::SCHEMA,
        ],
        &[<Invoice as ::dynamodel::__private::EntityOf<Shop>>::DESCRIPTION],
    );
};
#[allow(dead_code, unused_qualifications)]
#[automatically_derived]
impl CartView {
    ///The items of a `CartView`, in the partition of an access pattern of one of its entities.
    pub fn of<
        __R: ::dynamodel::__private::RangeOf<Self, __I, __At>,
        __I: ::dynamodel::__private::Index,
        __At,
    >(
        range: __R,
    ) -> ::dynamodel::__private::KeyRange<::dynamodel::__private::Gathered<Self>, __I> {
        ::dynamodel::__private::Gathered::range(range)
    }
}
