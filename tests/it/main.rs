//! One binary for all integration tests.

mod attempts;
mod bad_scenarios;
mod cli;
mod command;
mod definition;
mod determinism;
mod faults;
mod golden;
mod laws;
mod layers;
mod oracle;
mod plain;
mod reproduce;
mod requirements;
mod scenarios;
mod studies;
mod worlds;
