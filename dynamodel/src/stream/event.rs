//! A decoded record: the typed change, and the record's metadata.

use super::{Record, SequenceNumber, ViewType};
use crate::entity::Table;
use crate::error::{ErrorKind, Result};
use std::time::SystemTime;

/// A change of an item of a table, read from a [`Record`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<C> {
    /// The event's id: the same each time the record is delivered, and unique to the record.
    pub id: String,
    /// Its position in the stream. Of two changes of one item, the later one has the larger number.
    pub sequence_number: SequenceNumber,
    /// When the change was made, to the second or so (`ApproximateCreationDateTime`).
    pub at: Option<SystemTime>,
    /// The physical table that it is of, if its source names it.
    pub table: Option<String>,
    /// The shard that it was read from, if a poller read it.
    pub shard: Option<String>,
    /// What changed.
    pub change: C,
}

/// The enum of the changes of a table's entities, made by `#[derive(Table)]`: `ShopChange`, which is
/// `ShopChangeOf<NewAndOldImages>`, and `ShopChangeOf<KeysOnly>` and its like for streams that hold less.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the enum of a table's changes",
    label = "expected the enum that `#[derive(Table)]` makes, for example `ShopChange`"
)]
pub trait TableChange: Sized + Send + 'static {
    /// The table.
    type Table: Table;
    /// Which images it is decoded from.
    type View: ViewType;

    /// Decodes a record; one of an entity that the table does not list is kept as it is.
    #[doc(hidden)]
    fn read(record: &Record) -> Result<Self>;
}

impl Record {
    /// Decodes it as a change of its table's entities, by the same rules as reads do.
    ///
    /// The change of an item that belongs to no entity of the table is `Unknown`, and holds the record.
    ///
    /// # Errors
    /// [`Decode`](crate::ErrorKind::Decode) and [`WrongEntity`](crate::ErrorKind::WrongEntity) for an image that cannot be
    /// decoded, [`ImageMissing`](crate::ErrorKind::ImageMissing) for one that the stream does not hold; `Decode` for a record
    /// without an event id. Each names the record.
    pub fn read<C: TableChange>(&self) -> Result<Event<C>> {
        let id = self.event_id.clone().ok_or_else(|| {
            let message = "it has no `eventID`, so a second delivery could not be recognized: it can only be handled undecoded, as a `Record`";
            self.error(ErrorKind::Decode, message)
        })?;
        let change = C::read(self)?;
        Ok(Event {
            id,
            sequence_number: self.sequence_number.clone(),
            at: self.at,
            table: self.table.clone(),
            shard: self.shard.clone(),
            change,
        })
    }
}

/// The enum of a table's changes: what `#[derive(Table)]` calls where this crate has its feature `streams` or `lambda`.
#[doc(hidden)]
#[macro_export]
macro_rules! __table_changes {
    (
        $(#[$doc:meta])*
        $vis:vis enum $name:ident, $alias:ident of $table:ident {
            $($place:literal $(#[$variant_doc:meta])* $variant:ident($entity:ty) = $known:expr,)*
        }
    ) => {
        $(#[$doc])*
        #[allow(
            dead_code,
            private_interfaces,
            private_bounds,
            clippy::large_enum_variant,
            clippy::derive_partial_eq_without_eq
        )]
        $vis enum $name<__V: $crate::stream::ViewType = $crate::stream::NewAndOldImages> {
            $($(#[$variant_doc])* $variant(<__V as $crate::stream::ViewType>::Of<$entity>),)*
            /// A change of an item that belongs to no entity of the table.
            Unknown($crate::stream::Record),
        }
        $(#[$doc])*
        #[allow(dead_code, private_interfaces)]
        $vis type $alias = $name<$crate::stream::NewAndOldImages>;
        #[allow(
            private_interfaces,
            private_bounds,
            unused_qualifications,
            clippy::all,
            clippy::pedantic,
            clippy::nursery
        )]
        const _: () = {
            #[automatically_derived]
            impl<__V: $crate::stream::ViewType> $crate::stream::TableChange for $name<__V>
            where
                $(<__V as $crate::stream::ViewType>::Of<$entity>: $crate::__private::core::marker::Send,)*
            {
                type Table = $table;
                type View = __V;
                fn read(record: &$crate::stream::Record) -> $crate::__private::Result<Self> {
                    match $crate::__private::entity_index::<$table>(record) {
                        $(
                            $crate::__private::core::option::Option::Some($place) => {
                                $crate::__private::core::result::Result::map(
                                    <__V as $crate::stream::ViewType>::read::<$entity, $table>(record, $known),
                                    Self::$variant,
                                )
                            }
                        )*
                        _ => $crate::__private::core::result::Result::Ok(Self::Unknown(
                            $crate::__private::core::clone::Clone::clone(record),
                        )),
                    }
                }
            }
            #[automatically_derived]
            impl<__V: $crate::stream::ViewType> $crate::__private::core::fmt::Debug for $name<__V>
            where
                $(<__V as $crate::stream::ViewType>::Of<$entity>: $crate::__private::core::fmt::Debug,)*
            {
                fn fmt(
                    &self,
                    f: &mut $crate::__private::core::fmt::Formatter<'_>,
                ) -> $crate::__private::core::fmt::Result {
                    match self {
                        $(Self::$variant(change) => {
                            $crate::__private::core::fmt::Formatter::write_str(
                                f,
                                $crate::__private::core::concat!($crate::__private::core::stringify!($variant), " "),
                            )?;
                            $crate::__private::core::fmt::Debug::fmt(change, f)
                        })*
                        Self::Unknown(record) => $crate::__private::core::fmt::Debug::fmt(record, f),
                    }
                }
            }
            #[automatically_derived]
            impl<__V: $crate::stream::ViewType> $crate::__private::core::clone::Clone for $name<__V>
            where
                $(<__V as $crate::stream::ViewType>::Of<$entity>: $crate::__private::core::clone::Clone,)*
            {
                fn clone(&self) -> Self {
                    match self {
                        $(Self::$variant(change) => {
                            Self::$variant($crate::__private::core::clone::Clone::clone(change))
                        })*
                        Self::Unknown(record) => {
                            Self::Unknown($crate::__private::core::clone::Clone::clone(record))
                        }
                    }
                }
            }
            #[automatically_derived]
            impl<__V: $crate::stream::ViewType> $crate::__private::core::cmp::PartialEq for $name<__V>
            where
                $(<__V as $crate::stream::ViewType>::Of<$entity>: $crate::__private::core::cmp::PartialEq,)*
            {
                fn eq(&self, other: &Self) -> bool {
                    match (self, other) {
                        $((Self::$variant(change), Self::$variant(other)) => change == other,)*
                        (Self::Unknown(record), Self::Unknown(other)) => record == other,
                        _ => false,
                    }
                }
            }
        };
    };
}
