//! One binary for all integration tests.

mod attempts;
mod oracle;
mod scenarios;
mod studies;
mod worlds;
