//! Implementing a trait for tuples of every length.

/// Calls a macro for the first element, for the first two, and so on to all of them.
macro_rules! all_tuples {
    ($each:ident: $first:tt $($rest:tt)*) => {
        all_tuples! { @ $each ($first) $($rest)* }
    };
    (@ $each:ident ($($some:tt)+) $next:tt $($rest:tt)*) => {
        $each! { $($some)+ }
        all_tuples! { @ $each ($($some)+ $next) $($rest)* }
    };
    (@ $each:ident ($($all:tt)+)) => {
        $each! { $($all)+ }
    };
}

pub(super) use all_tuples;
