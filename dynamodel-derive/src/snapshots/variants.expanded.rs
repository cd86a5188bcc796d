#[automatically_derived]
impl ::dynamodel::__private::KeyPart for Status {
    fn text(
        &self,
        spec: ::dynamodel::__private::Spec,
        out: &mut ::dynamodel::__private::String,
    ) -> ::dynamodel::__private::core::result::Result<
        bool,
        ::dynamodel::__private::SegmentFault,
    > {
        <str as ::dynamodel::__private::KeyPart>::text(
            match self {
                Self::BeingPacked => "being-packed",
                Self::Sent => "gone",
            },
            spec,
            out,
        )
    }
    fn native(
        &self,
    ) -> ::dynamodel::__private::core::option::Option<::dynamodel::__private::KeyValue> {
        <str as ::dynamodel::__private::KeyPart>::native(
            match self {
                Self::BeingPacked => "being-packed",
                Self::Sent => "gone",
            },
        )
    }
}
#[automatically_derived]
impl ::dynamodel::__private::KeySegment for Status {
    type Borrowed<'a> = Self;
    const FORM: ::dynamodel::__private::Form = <::dynamodel::__private::String as ::dynamodel::__private::KeySegment>::FORM;
    fn parse(
        text: &str,
        spec: ::dynamodel::__private::Spec,
    ) -> ::dynamodel::__private::core::result::Result<
        Self,
        ::dynamodel::__private::SegmentFault,
    > {
        let text = <::dynamodel::__private::String as ::dynamodel::__private::KeySegment>::parse(
            text,
            spec,
        )?;
        match ::dynamodel::__private::String::as_str(&text) {
            "being-packed" => {
                ::dynamodel::__private::core::result::Result::Ok(Self::BeingPacked)
            }
            "gone" => ::dynamodel::__private::core::result::Result::Ok(Self::Sent),
            other => {
                ::dynamodel::__private::core::result::Result::Err(
                    ::dynamodel::__private::no_variant(other, &["being-packed", "gone"]),
                )
            }
        }
    }
    fn from_native(
        value: &::dynamodel::__private::KeyValue,
    ) -> ::dynamodel::__private::core::result::Result<
        Self,
        ::dynamodel::__private::SegmentFault,
    > {
        let text = <::dynamodel::__private::String as ::dynamodel::__private::KeySegment>::from_native(
            value,
        )?;
        match ::dynamodel::__private::String::as_str(&text) {
            "being-packed" => {
                ::dynamodel::__private::core::result::Result::Ok(Self::BeingPacked)
            }
            "gone" => ::dynamodel::__private::core::result::Result::Ok(Self::Sent),
            other => {
                ::dynamodel::__private::core::result::Result::Err(
                    ::dynamodel::__private::no_variant(other, &["being-packed", "gone"]),
                )
            }
        }
    }
}
