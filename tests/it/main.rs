//! One binary for all integration tests.

mod oracle;
mod scenarios;
mod studies;
#[allow(dead_code)] // shared with the other binary
mod worlds;
