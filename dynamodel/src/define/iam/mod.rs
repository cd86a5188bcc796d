//! Permissions: least-privilege IAM policies for what an application does with a table.

mod access;
mod condition;
mod grant;
mod grant_statements;
mod leading;
mod names;
mod permissions;
mod policy;
mod principal;
mod sentinels;
mod statement;
mod target;
mod texts;
mod wildcard;

pub use access::Access;
pub use grant::Grant;
pub use permissions::Permissions;
pub use policy::Policy;
pub use principal::Principal;
