//! One binary for all integration tests.

mod oracle;
mod plain;
mod scenarios;
mod studies;
mod worlds;
