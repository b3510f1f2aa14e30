//! One binary for all integration tests.

mod attempts;
mod bad_scenarios;
mod browser;
mod cli;
mod command;
mod definition;
mod describe;
mod determinism;
mod faults;
mod golden;
mod laws;
mod layers;
mod mutants;
mod oracle;
mod pictures;
mod plain;
mod reproduce;
mod requirements;
mod rows;
mod scenarios;
mod seeding;
mod studies;
mod trace;
mod worlds;
