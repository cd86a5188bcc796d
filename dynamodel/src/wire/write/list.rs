//! The elements of a list.

use super::super::error::CodecError;
use super::value::ValueWriter;
use super::{Place, Written, frame};
use serde::Serialize;
use serde::ser::{SerializeSeq, SerializeTuple, SerializeTupleStruct, SerializeTupleVariant};

/// Writes a list whose brackets are open.
pub(super) struct ListWriter<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) depth: u8,
    pub(super) index: usize,
    /// Whether the list is a tuple variant's, with the variant's map around it.
    pub(super) variant: bool,
}

impl ListWriter<'_> {
    #[inline]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        if self.index > 0 {
            self.out.push(b',');
        }
        let writer = ValueWriter { out: self.out, depth: self.depth, place: Place::Elsewhere };
        if let Err(error) = value.serialize(writer) {
            return Err(error.in_element(self.index));
        }
        self.index += 1;
        Ok(())
    }

    #[inline]
    fn close(self) -> Written {
        self.out.extend_from_slice(b"]}");
        if self.variant {
            frame::close_map(self.out);
        }
        Written::Value
    }
}

macro_rules! elements {
    ($($name:ident::$method:ident)*) => { $(
        impl $name for ListWriter<'_> {
            type Ok = Written;
            type Error = CodecError;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.element(value)
            }

            #[inline]
            fn end(self) -> Result<Written, CodecError> {
                Ok(self.close())
            }
        }
    )* };
}

elements! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}
