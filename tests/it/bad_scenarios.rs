//! Every mistake under `tests/bad` is answered with exactly the message beside it.
//!
//! `UPTAKE_BLESS=1 cargo test --release --test it bad_scenarios` writes the messages as they are now: read each as a
//! newcomer would before committing it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::program;

const KINDS: [&str; 4] = ["syntax", "name", "value", "limit"];

fn bad(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad").join(kind);
    let files = fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|ending| ending == "lua")).collect();
    files.sort();
    files
}

/// What `uptake check` says of a file in its own folder: all of standard error, and of standard output the warnings and
/// failures; with the exit code before it.
fn told(file: &Path) -> String {
    let mut command = program();
    command.current_dir(file.parent().expect("a file is in a folder"));
    let output =
        command.arg("check").arg(file.file_name().expect("it is a file")).output().expect("the program starts");
    let mut text = format!("exit {}\n", output.status.code().expect("the program was not killed"));
    text += &String::from_utf8(output.stderr).expect("messages are UTF-8");
    for line in String::from_utf8(output.stdout).expect("messages are UTF-8").lines() {
        if ["  warning: ", "  fails with "].iter().any(|start| line.starts_with(start)) {
            text += &format!("{line}\n");
        }
    }
    text
}

fn answered(kind: &str, least: usize) {
    let files = bad(kind);
    assert!(files.len() >= least, "only {} mistakes of {kind}", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let (beside, told) = (file.with_extension("txt"), told(&file));
        if std::env::var_os("UPTAKE_BLESS").is_some() {
            fs::write(&beside, &told).expect("the message can be written");
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if expected != told {
            wrong.push(format!("{}\n  expected: {expected}  told:     {told}", file.display()));
        }
        assert!(
            told.contains(file.file_name().expect("it is a file").to_str().expect("names are UTF-8"))
                || told.contains("warning: line"),
            "the message does not name the file: {told}"
        );
    }
    assert!(wrong.is_empty(), "{}\n(UPTAKE_BLESS=1 writes what is told now)", wrong.join("\n"));
}

#[test]
fn mistakes_of_grammar_are_told_as_they_should_be() {
    answered(KINDS[0], 10);
}

#[test]
fn unknown_names_are_told_with_what_is_known_and_meant() {
    answered(KINDS[1], 20);
}

#[test]
fn values_out_of_range_are_told_with_what_is_allowed() {
    answered(KINDS[2], 20);
}

#[test]
fn what_never_ends_grows_or_breaks_its_bounds_is_stopped() {
    answered(KINDS[3], 12);
}
