//! What becomes of a write when connection, server or process fail, and what is said of it.

mod fault_injection;
mod faults;
mod half_way;
mod lost_responses;
mod nothing_lost;
mod outcomes;
mod spans;
mod verbs_under_faults;
