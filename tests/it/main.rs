//! One binary for all integration tests.

mod oracle;
mod scenarios;
mod studies;
mod worlds;
