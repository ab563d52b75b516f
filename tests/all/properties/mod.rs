//! What must hold for any sheet that a person might write: nothing lost or doubled, the same when printed and read again,
//! the same on every run, and comparisons that do not depend on the order or the direction of reading.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

mod conservation;
mod keys;
mod pairing;
mod round_trip;
mod sheets;
