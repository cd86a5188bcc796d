//! Several items at once: transactions, batches, and unique values, which are kept by transactions.

mod batches;
mod transactions;
mod unique;
mod unique_email;
