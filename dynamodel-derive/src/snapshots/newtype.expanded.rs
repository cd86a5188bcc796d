#[automatically_derived]
impl ::dynamodel::__private::KeyPart for CustomerId {
    fn text(
        &self,
        spec: ::dynamodel::__private::Spec,
        out: &mut ::dynamodel::__private::String,
    ) -> ::dynamodel::__private::core::result::Result<
        bool,
        ::dynamodel::__private::SegmentFault,
    > {
        ::dynamodel::__private::KeyPart::text(
            <String as ::dynamodel::__private::KeySegment>::part(&self.0),
            spec,
            out,
        )
    }
    fn native(
        &self,
    ) -> ::dynamodel::__private::core::option::Option<::dynamodel::__private::KeyValue> {
        ::dynamodel::__private::KeyPart::native(
            <String as ::dynamodel::__private::KeySegment>::part(&self.0),
        )
    }
}
#[automatically_derived]
impl ::dynamodel::__private::KeySegment for CustomerId {
    type Borrowed<'a> = &'a Self;
    const FORM: ::dynamodel::__private::Form = <String as ::dynamodel::__private::KeySegment>::FORM;
    fn parse(
        text: &str,
        spec: ::dynamodel::__private::Spec,
    ) -> ::dynamodel::__private::core::result::Result<
        Self,
        ::dynamodel::__private::SegmentFault,
    > {
        ::dynamodel::__private::core::result::Result::Ok(
            Self(<String as ::dynamodel::__private::KeySegment>::parse(text, spec)?),
        )
    }
    fn from_native(
        value: &::dynamodel::__private::KeyValue,
    ) -> ::dynamodel::__private::core::result::Result<
        Self,
        ::dynamodel::__private::SegmentFault,
    > {
        ::dynamodel::__private::core::result::Result::Ok(
            Self(<String as ::dynamodel::__private::KeySegment>::from_native(value)?),
        )
    }
}
#[automatically_derived]
impl<__T> ::dynamodel::__private::KeyText<__T> for CustomerId
where
    String: ::dynamodel::__private::KeyText<__T>,
{
    fn beginning(part: &__T) -> &dyn ::dynamodel::__private::KeyPart {
        <String as ::dynamodel::__private::KeyText<__T>>::beginning(part)
    }
}
