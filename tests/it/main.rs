//! One binary for all integration tests.

mod attempts;
mod faults;
mod oracle;
mod scenarios;
mod studies;
mod worlds;
