//! Operations before they are sent: shown, or handed over to the SDK.

use crate::client::Client;
use crate::client::send::transcode;
use crate::entity::{Entity, Index, Item, Projection, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::op::{
    Create, Delete, Explain, Get, PageRequest, Put, Query, Request, Returning, Save, Scan, Update, explain,
};
use crate::wire::CodecError;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::scan::builders::ScanFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;

/// Shows and hands over one kind of operation. `$request` makes its request.
macro_rules! before_sending {
    ($(
        $operation:ident <$($lifetime:lifetime,)? E $(; $more:ident: $bound:path)?>:
        |$self:ident, $cx:ident| $request:expr, $sdk:ident -> $builder:ty, $fill:path;
    )*) => {$(
        impl<$($lifetime,)? E: Entity<Table = T>, T: Table $(, $more: $bound)?>
            $operation<$($lifetime,)? E, Client<T> $(, $more)?>
        {
            /// The exact request that awaiting would send, and what it would cost; where several may follow each other (unique
            /// fields, an upsert), the first one. Nothing is sent.
            ///
            /// # Errors
            /// What awaiting would give before anything is sent.
            pub fn explain(&self) -> Result<Explain> {
                let request = match self.first()? {
                    Some(request) => request,
                    None => self.prepared()?,
                };
                explain(&request, E::SCHEMA.name, T::SCHEMA)
            }

            /// The same operation as the SDK's own builder, filled in: the way out to whatever this library lacks.
            ///
            /// The response is the SDK's: conditions that fail are its errors, and a value's version stays as it was.
            ///
            /// # Errors
            /// What awaiting would give before anything is sent; and [`ErrorKind::InvalidRequest`] where unique values change with
            /// it, since their sentinels would be left out.
            pub fn into_sdk(self) -> Result<$builder> {
                if self.first()?.is_some() {
                    let message = "unique values may change with it, and the SDK's single operation would leave their sentinels out: await it";
                    return Err(Error::new(ErrorKind::InvalidRequest, message).of_entity(E::SCHEMA.name));
                }
                let request = self.prepared()?;
                $fill(self.via.inner.sdk.$sdk(), &request.body).map_err(unfit)
            }

            fn prepared(&self) -> Result<Request> {
                let ($self, $cx) = (self, self.via.context());
                $request.map_err(|error: Error| error.in_table($cx.table))
            }
        }
    )*};
}

before_sending! {
    Create<E>: |this, cx| this.plan.prepared(&cx), put_item -> PutItemFluentBuilder, transcode::put_item;
    Put<E>: |this, cx| this.plan.prepared(&cx), put_item -> PutItemFluentBuilder, transcode::put_item;
    Save<'e, E>: |this, cx| this.plan.prepared(&cx), put_item -> PutItemFluentBuilder, transcode::put_item;
    Get<E; P: Projection<Entity = E>>: |this, cx| this.request(&cx), get_item -> GetItemFluentBuilder, transcode::get_item;
    Delete<E>: |this, cx| this.request(&cx).map(|(request, _)| request),
        delete_item -> DeleteItemFluentBuilder, transcode::delete_item;
    Update<E; R: Returning>: |this, cx| this.request(&cx).map(|(request, _)| request),
        update_item -> UpdateItemFluentBuilder, transcode::update_item;
}

/// Operations whose item may have unique fields.
trait First {
    /// The request that they begin with, where unique values may change with them.
    fn first(&self) -> Result<Option<Request>>;
}

macro_rules! with_unique_fields {
    ($($operation:ident <$($lifetime:lifetime,)? E $(; $more:ident: $bound:path)?>: |$self:ident| $moves:expr, $write:expr;)*) => {$(
        impl<$($lifetime,)? E: Entity<Table = T>, T: Table $(, $more: $bound)?> First
            for $operation<$($lifetime,)? E, Client<T> $(, $more)?>
        {
            fn first(&self) -> Result<Option<Request>> {
                let ($self, cx) = (self, self.via.context());
                let in_table = |error: Error| error.in_table(cx.table);
                if $moves.map_err(in_table)? { Client::<T>::first_of($write, &cx).map(Some).map_err(in_table) } else { Ok(None) }
            }
        }
    )*};
}

with_unique_fields! {
    Create<E>: |this| Ok(!E::SCHEMA.unique.is_empty()), &this.plan;
    Put<E>: |this| Ok(!E::SCHEMA.unique.is_empty()), &this.plan;
    Save<'e, E>: |this| Ok(!E::SCHEMA.unique.is_empty()), &this.plan;
    Delete<E>: |this| Ok(!E::SCHEMA.unique.is_empty()), this;
    Update<E; R: Returning>: |this| this.changes_unique(), this;
}

impl<E: Entity<Table = T>, T: Table, P: Projection<Entity = E>> First for Get<E, Client<T>, P> {
    fn first(&self) -> Result<Option<Request>> {
        Ok(None)
    }
}

impl<P: Item<Table = T>, I: Index, T: Table> Query<P, I, Client<T>> {
    /// The exact request that awaiting would send first, and what it would cost. Nothing is sent.
    ///
    /// # Errors
    /// What awaiting would give before anything is sent, and [`ErrorKind::InvalidRequest`] for a range in which no key can lie.
    pub fn explain(&self) -> Result<Explain> {
        explain(&self.prepared()?, P::NAME, T::SCHEMA)
    }

    /// The same operation as the SDK's own builder, filled in: the way out to whatever this library lacks.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn into_sdk(self) -> Result<QueryFluentBuilder> {
        let request = self.prepared()?;
        transcode::query(self.via.inner.sdk.query(), &request.body).map_err(unfit)
    }

    fn prepared(&self) -> Result<Request> {
        let cx = self.via.context();
        let start = self.start.as_ref();
        let ask = PageRequest {
            evaluate: self.options.limits.evaluate(self.is_filtered(), 0),
            after: start.and_then(|cursor| cursor.key.as_deref()),
            reversed: start.is_some_and(|cursor| cursor.previous),
            count: false,
        };
        self.request(&cx, ask).map_err(|error| error.in_table(cx.table))
    }
}

impl<P: Item<Table = T>, T: Table> Scan<P, Client<T>> {
    /// The exact request that would be sent first, and what it would cost. Nothing is sent.
    ///
    /// # Errors
    /// What the first page would give before anything is sent, and [`ErrorKind::InvalidRequest`] for a scan that has nothing
    /// left to read.
    pub fn explain(&self) -> Result<Explain> {
        explain(&self.prepared()?, P::NAME, T::SCHEMA)
    }

    /// The request for the first page as the SDK's own builder, filled in: the way out to whatever this library lacks.
    ///
    /// # Errors
    /// As [`explain`](Self::explain).
    pub fn into_sdk(self) -> Result<ScanFluentBuilder> {
        let request = self.prepared()?;
        transcode::scan(self.via.inner.sdk.scan(), &request.body).map_err(unfit)
    }

    fn prepared(&self) -> Result<Request> {
        let cx = self.via.context();
        let request = self.checkpoint(cx.table).and_then(|mut checkpoint| {
            let done = || Error::new(ErrorKind::InvalidRequest, "the checkpoint says that nothing is left to read");
            let (segment, after) = checkpoint.begin(|_| false).ok_or_else(|| done().of_entity(P::NAME))?;
            let evaluate = self.options.limits.evaluate(self.is_filtered(), 0);
            self.request(&cx, segment, PageRequest { evaluate, after: after.as_deref(), reversed: false, count: false })
        });
        request.map_err(|error| error.in_table(cx.table))
    }
}

/// The request was written by this library, so this does not occur.
fn unfit(error: CodecError) -> Error {
    Error::new(ErrorKind::InvalidRequest, "the request does not fit into the SDK's types; the source says why")
        .with_source(error)
}
