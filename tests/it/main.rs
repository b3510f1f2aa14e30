//! One binary for all integration tests.

mod layers;
mod oracle;
mod scenarios;
mod studies;
mod worlds;
