//! Every word of the language, misused: the files in `tests/bad/words`, each a list of small mistakes with their answers.
//!
//! A file begins with what its mistakes have in common: a scenario between `--[[` and `]]`, in which each of them stands in
//! the place of HERE. A mistake is some lines of Lua; below them stands what is said of it, behind `-->`, with the line that is
//! blamed, counted from the first of the mistake. Empty lines part one from the next.
//!
//! `UPTAKE_BLESS=1 cargo test --release --test it misused_words` writes the answers as they are now: read each as a
//! newcomer would before committing it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use uptake::script::vocabulary::words;

use crate::command::Place;

/// The file of mistakes, in which the answers can be replaced.
struct Page {
    path: PathBuf,
    /// Everything up to the first mistake.
    head: String,
    /// The scenario around HERE.
    before: String,
    after: String,
    mistakes: Vec<Mistake>,
}

struct Mistake {
    code: String,
    answer: String,
}

const ANSWER: &str = "--> ";

impl Page {
    fn read(path: PathBuf) -> Page {
        let text = fs::read_to_string(&path).expect("the file can be read");
        let wrong = || panic!("{}: a scenario with HERE stands between --[[ and ]]", path.display());
        let (head, rest) = text.split_once("\n]]\n").unwrap_or_else(wrong);
        let (before, after) =
            head.split_once("--[[\n").and_then(|parts| parts.1.split_once("HERE")).unwrap_or_else(wrong);
        let mistake = |block: &str| {
            let (answer, code): (Vec<&str>, Vec<&str>) = block.lines().partition(|line| line.starts_with(ANSWER));
            Mistake { code: code.join("\n"), answer: answer.join("\n") }
        };
        let mistakes = rest.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(mistake).collect();
        Page { head: format!("{head}\n]]\n"), before: before.into(), after: after.into(), mistakes, path }
    }

    /// What is said of a mistake, one line for each thing that is.
    fn told(&self, place: &Place, mistake: &Mistake) -> String {
        place.write("bad.lua", &format!("{}{}{}", self.before, mistake.code, self.after));
        let checked = place.uptake(&["check", "bad.lua"]);
        let mut told: Vec<String> = checked.err.lines().map(|line| self.answer(mistake, line)).collect();
        for line in checked.out.lines().map(str::trim_start) {
            if ["warning: ", "fails with "].iter().any(|start| line.starts_with(start)) {
                told.push(self.answer(mistake, line));
            }
        }
        // What is claimed of runs is wrong only once there are runs.
        if told.is_empty() {
            let swept = place.uptake(&["sweep", "bad.lua", "--no-figures"]);
            let claims = swept.out.lines().map(str::trim_start).filter(|line| line.starts_with("FAILS"));
            told.extend(claims.map(|line| self.answer(mistake, line)));
        }
        told.concat().trim_end().to_string()
    }

    /// A line as the program says it, with its place in the mistake instead of that in the scenario.
    fn answer(&self, mistake: &Mistake, line: &str) -> String {
        let line = line.trim_start_matches("uptake: ").replace("bad.lua:", "line ").replace("line  ", "");
        let first = self.before.lines().count();
        let lines = mistake.code.lines().count();
        let mut said = String::new();
        let mut rest = line.as_str();
        while let Some((before, after)) = rest.split_once("line ") {
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            said += before;
            said += &match after[..digits].parse::<usize>() {
                Ok(number) if (first + 1..=first + lines).contains(&number) => format!("line {}", number - first),
                Ok(_) => "a line around it".into(),
                Err(_) => "line ".into(),
            };
            rest = &after[digits..];
        }
        format!("{ANSWER}{said}{rest}\n")
    }

    fn write(&self) {
        let blocks: Vec<String> = self.mistakes.iter().map(|m| format!("\n{}\n{}\n", m.code, m.answer)).collect();
        fs::write(&self.path, format!("{}{}", self.head, blocks.concat())).expect("the file can be written");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad/words")
}

fn pages() -> Vec<Page> {
    let files = fs::read_dir(folder()).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "lua")).collect();
    files.sort();
    files.into_iter().map(Page::read).collect()
}

/// Answers the mistakes of a page anew; those whose answer is another than the one written.
fn answered(page: &mut Page) -> Vec<String> {
    let place = Place::empty();
    for entry in fs::read_dir(folder().join("data")).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        fs::copy(&path, place.path().join(path.file_name().expect("it is a file"))).expect("it can be copied");
    }
    let told: Vec<String> = page.mistakes.iter().map(|mistake| page.told(&place, mistake)).collect();
    let mut wrong = Vec::new();
    for (mistake, told) in page.mistakes.iter_mut().zip(told) {
        if mistake.answer != told || told.is_empty() {
            let (path, code, expected) = (page.path.display(), &mistake.code, &mistake.answer);
            wrong.push(format!("{path}\n{code}\nexpected:\n{expected}\ntold:\n{told}\n"));
        }
        mistake.answer = told;
    }
    wrong
}

#[test]
fn every_mistake_is_answered_with_exactly_the_message_below_it() {
    let mut pages = pages();
    let asked: usize = pages.iter().map(|page| page.mistakes.len()).sum();
    assert!(asked >= 900, "{asked} mistakes");
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = pages.iter_mut().map(|page| scope.spawn(|| answered(page))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a page is answered")).collect()
    });
    if std::env::var_os("UPTAKE_BLESS").is_some() {
        pages.iter().for_each(Page::write);
        return;
    }
    assert!(wrong.is_empty(), "{}\n(UPTAKE_BLESS=1 writes what is told now)", wrong.join("\n"));
}

/// The parts of a text that could be names.
fn names(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect()
}

#[test]
fn every_word_and_every_field_of_the_language_is_misused_somewhere() {
    let pages = pages();
    let mistakes: Vec<(BTreeSet<&str>, BTreeSet<&str>)> = pages
        .iter()
        .flat_map(|page| page.mistakes.iter().map(|mistake| (names(&mistake.code), names(&mistake.answer))))
        .collect();
    let mut missing = Vec::new();
    for word in words() {
        let name = word.name.rsplit('.').next().expect("a name has a last part");
        // A route is written without its name, in the call of stage; runs have the name that checks give them, stages
        // that of the scenario; a chart's formula has none.
        let name = match name {
            "route" => "stage",
            "runs" => "r",
            "S" => "adopted",
            "formula" => "chart",
            name => name,
        };
        if !mistakes.iter().any(|(code, _)| code.contains(name)) {
            missing.push(word.name.to_string());
        }
        for field in word.fields {
            if !mistakes
                .iter()
                .any(|(code, answer)| (code.contains(name) || name == "scenario") && answer.contains(field.name))
            {
                missing.push(format!("{}, {}", word.name, field.name));
            }
        }
    }
    assert!(missing.is_empty(), "nobody misuses {}", missing.join("; "));
}
