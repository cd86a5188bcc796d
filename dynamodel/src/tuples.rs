//! The lengths of tuples for which the traits of operations are implemented, written once.

/// Calls the macro for the first name, for the first two, and so on up to all of them: `all_tuples! { each: A B C }`.
macro_rules! all_tuples {
    ($each:ident: $($name:tt)+) => {
        $crate::tuples::all_tuples! { @ $each [] $($name)+ }
    };
    (@ $each:ident [$($before:tt)*]) => {};
    (@ $each:ident [$($before:tt)*] $next:tt $($rest:tt)*) => {
        $each! { $($before)* $next }
        $crate::tuples::all_tuples! { @ $each [$($before)* $next] $($rest)* }
    };
}

pub(crate) use all_tuples;
