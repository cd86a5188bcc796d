//! The methods of a reader for integers, which differ in their types alone.

/// Methods of a `Deserializer` for every integer type, each shown to the visitor as `$read` reads it.
macro_rules! read_integers {
    ($this:ident => $read:expr) => {
        read_integers! { $this => $read;
            deserialize_i8 => visit_i8 deserialize_i16 => visit_i16 deserialize_i32 => visit_i32
            deserialize_i64 => visit_i64 deserialize_i128 => visit_i128
            deserialize_u8 => visit_u8 deserialize_u16 => visit_u16 deserialize_u32 => visit_u32
            deserialize_u64 => visit_u64 deserialize_u128 => visit_u128
        }
    };
    ($this:ident => $read:expr; $($method:ident => $visit:ident)*) => { $(
        #[inline]
        fn $method<V: Visitor<'de>>($this, visitor: V) -> Result<V::Value, CodecError> {
            visitor.$visit($read)
        }
    )* };
}

pub(super) use read_integers;
