//! The text of a scenario file as a row of tokens, for what the VM cannot tell: in which order the fields of a table
//! were written, on which line a field stands, and where a condition swallows an expression.
//!
//! It also prepares the text for the VM without moving any line. `a ^ b` becomes `a ^__power^ b`: since `^` binds to
//! the right, that is `a ^ (__power ^ b)`, which lands in our own `pow` for plain numbers too (the C library's differs
//! between processors in its last bit), and precedence stays what it was. Table literals whose order matters become
//! `__ordered("a b", {...})`. Walks along those an agent hears are written out (see `walks`), and functions of plain rules
//! call mathematics by the names that machine code knows (see `functions`).

mod functions;
mod walks;

use std::ops::Range;

use super::lexer::{Kind, Token, tokens};
use crate::formula::Line;

pub(super) use walks::ASKED;

/// The name of the value that catches `^`.
pub(super) const POWER: &str = "__power";
/// The name of the function that remembers the written order of a table's fields.
pub(super) const ORDERED: &str = "__ordered";

/// The views of expressions.
pub(super) const VIEWS: [&str; 5] = ["me", "src", "dst", "tie", "it"];
const COMPARISONS: [&str; 7] = ["lt", "le", "gt", "ge", "eq", "ne", "chance"];

/// A tokenised scenario file.
#[derive(Debug)]
pub(super) struct Source {
    tokens: Vec<Token>,
    /// For every opening bracket the place of its closing one.
    closing: Vec<Option<usize>>,
}

impl Source {
    pub(super) fn new(text: &str) -> Source {
        let tokens = tokens(text);
        let mut closing = vec![None; tokens.len()];
        let mut open = Vec::new();
        for (place, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Symbol) {
            match token.text.as_str() {
                "(" | "{" | "[" => open.push(place),
                ")" | "}" | "]" => {
                    if let Some(start) = open.pop() {
                        closing[start] = Some(place);
                    }
                }
                _ => {}
            }
        }
        Source { tokens, closing }
    }

    /// The text for the VM. `text` is the one this source was made from.
    pub(super) fn prepared(&self, text: &str) -> String {
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut insert = |at: usize, text: String| edits.push((at..at, text));
        for (place, token) in self.tokens.iter().enumerate() {
            if self.is(place, "^") {
                insert(token.end, format!("{POWER}^"));
            }
            if !self.is(place, "{") || !self.order_matters(place) {
                continue;
            }
            let keys: Vec<String> = self.fields(place).map(|(_, key)| key).collect();
            if let (Some(close), true) = (self.closing[place], keys.len() > 1) {
                // A call without parentheses, `zip {...}`, takes a table literal and nothing else.
                let [open, shut] = if self.paired(place) { ["(", ")"] } else { ["", ""] };
                insert(token.start, format!("{open}{ORDERED}({:?}, ", keys.join(" ")));
                insert(self.tokens[close].end, format!("){shut}"));
            }
        }
        edits.extend(self.walks(text));
        edits.extend(
            self.mathematics().map(|place| (self.tokens[place].start..self.tokens[place].start, "math.".into())),
        );
        edits.sort_by_key(|(range, _)| range.start);
        let mut prepared = String::with_capacity(text.len() + 64 * edits.len());
        let mut done = 0;
        for (range, new) in edits {
            prepared += &text[done..range.start];
            prepared += &new;
            done = range.end;
        }
        prepared + &text[done..]
    }

    /// The line of `field = ...` in the table given to the call of `word` on `line`; with `nth`, in its nth table (from
    /// 1).
    pub(super) fn field_line(&self, word: &str, line: Line, nth: Option<usize>, field: &str) -> Option<Line> {
        let tables = self.tables(word, line);
        let chosen = match nth {
            Some(nth) => tables.get(nth - 1..nth)?,
            None => &tables[..],
        };
        chosen
            .iter()
            .flat_map(|&table| self.fields(table))
            .find(|(_, key)| key == field)
            .map(|(place, _)| self.tokens[place].line)
    }

    /// The line on which the nth table (from 1) given to the call of `word` on `line` opens.
    pub(super) fn table_line(&self, word: &str, line: Line, nth: usize) -> Option<Line> {
        self.tables(word, line).get(nth - 1).map(|&place| self.tokens[place].line)
    }

    /// The first line on which this text stands as a string.
    pub(super) fn text_line(&self, text: &str) -> Option<Line> {
        self.tokens.iter().find(|token| token.kind == Kind::Text && token.text == text).map(|token| token.line)
    }

    /// The first line with `a ^= b`, which would compute by the C library.
    pub(super) fn power_assignment(&self) -> Option<Line> {
        let mut signs = self.tokens.iter().filter(|token| token.kind == Kind::Symbol);
        signs.find(|token| token.text == "^=").map(|token| token.line)
    }

    /// Whether one of these words is called anywhere.
    pub(super) fn calls(&self, words: &[&str]) -> bool {
        (0..self.tokens.len()).any(|place| {
            let method = place > 0 && (self.is(place - 1, ".") || self.is(place - 1, ":"));
            self.is_word(place, words) && self.is(place + 1, "(") && !method
        })
    }

    /// Where a condition or an equality swallows an expression, which Lua cannot see.
    pub(super) fn swallowed(&self) -> Vec<(Line, String)> {
        let mut found = Vec::new();
        let named = self.named_by_functions();
        for place in 0..self.tokens.len() {
            if named.iter().any(|(word, body)| self.is_word(place, &[word]) && body.contains(&place)) {
                continue;
            }
            let view = self.is_view(place);
            let end = match self.call_end(place) {
                _ if view => self.path_end(place),
                Some(end) => end,
                None => continue,
            };
            let before = place.checked_sub(1).map_or("", |p| self.symbol_or_word(p));
            let after = self.symbol_or_word(end);
            let name: String = match view {
                true => self.tokens[place..end].iter().map(|token| token.text.as_str()).collect(),
                false => format!("{}(...)", self.tokens[place].text),
            };
            let line = self.tokens[place].line;
            let equality = [before, after].into_iter().find(|sign| view && matches!(*sign, "==" | "~="));
            if let Some(sign) = equality {
                let word = if sign == "==" { "eq" } else { "ne" };
                found.push((
                    line,
                    format!("{name} is an expression: {sign} compares it while the scenario is read, use {word}(a, b)"),
                ));
            } else if matches!(before, "if" | "elseif" | "not" | "while")
                || after == "and"
                || (after == "or" && before != "and")
                || (after == "then" && matches!(before, "and" | "or"))
            {
                found.push((
                    line,
                    format!(
                        "{name} is an expression and always counts as true here: use when(c, a, \
                b), a product for \"and\", max for \"or\", 1 - x for \"not\""
                    ),
                ));
            }
        }
        found
    }

    /// Functions with a parameter that is called like a view, such as those given to `each`: the word, and where it holds.
    fn named_by_functions(&self) -> Vec<(&'static str, Range<usize>)> {
        let mut found = Vec::new();
        for place in (0..self.tokens.len()).filter(|&place| self.is_word(place, &["function"])) {
            let Some(open) = (place + 1..place + 6).find(|&at| self.is(at, "(")) else { continue };
            let Some(close) = self.closing[open] else { continue };
            for word in VIEWS.into_iter().filter(|word| (open..close).any(|at| self.is_word(at, &[word]))) {
                found.push((word, close..self.function_end(place, self.tokens.len())));
            }
        }
        found
    }

    fn is(&self, place: usize, symbol: &str) -> bool {
        self.tokens.get(place).is_some_and(|token| token.kind == Kind::Symbol && token.text == symbol)
    }

    fn is_word(&self, place: usize, words: &[&str]) -> bool {
        self.tokens.get(place).is_some_and(|token| token.kind == Kind::Word && words.contains(&token.text.as_str()))
    }

    fn symbol_or_word(&self, place: usize) -> &str {
        self.tokens.get(place).filter(|token| token.kind != Kind::Text).map_or("", |token| token.text.as_str())
    }

    /// Whether a path such as `me.trait` begins here.
    fn is_view(&self, place: usize) -> bool {
        let free = place == 0 || !(self.is(place - 1, ".") || self.is(place - 1, ":"));
        free && self.is_word(place, &VIEWS) && (self.is(place + 1, ".") || self.is(place + 1, "["))
    }

    /// The place after the call of a comparison that begins here: it gives an expression, or 0 or 1, and Lua takes all of
    /// them for true.
    fn call_end(&self, place: usize) -> Option<usize> {
        let free = place == 0 || !(self.is(place - 1, ".") || self.is(place - 1, ":"));
        let called = free && self.is_word(place, &COMPARISONS) && self.is(place + 1, "(");
        if called { Some(self.closing[place + 1]? + 1) } else { None }
    }

    /// The place after the path that begins at `place`.
    fn path_end(&self, place: usize) -> usize {
        let mut end = place + 1;
        loop {
            if self.is(end, ".") && self.tokens.get(end + 1).is_some_and(|token| token.kind == Kind::Word) {
                end += 2;
            } else if let (true, Some(close)) = (self.is(end, "["), self.closing.get(end).copied().flatten()) {
                end = close + 1;
            } else {
                return end;
            }
        }
    }

    /// Whether the table that opens here is that of `zip {` or `sample {`.
    fn paired(&self, place: usize) -> bool {
        place >= 1
            && self.is_word(place - 1, &["zip", "sample"])
            && !(place >= 2 && (self.is(place - 2, ".") || self.is(place - 2, ":")))
    }

    /// Whether the table that opens here is a sweep or a part of one, or holds the columns of agents, ties or an item.
    fn order_matters(&self, place: usize) -> bool {
        let after_sweep = place >= 2 && self.is(place - 1, "=") && self.is_word(place - 2, &["sweep"]);
        after_sweep
            || self.paired(place)
            || self.caller(place).is_some_and(|word| self.is_word(word, &["agents", "ties", "item"]))
    }

    /// The word whose call `word(..., {` directly contains this table.
    fn caller(&self, place: usize) -> Option<usize> {
        let mut at = place.checked_sub(1)?;
        if !self.is(at, ",") {
            return None;
        }
        loop {
            if self.is(at, "(") {
                return at.checked_sub(1);
            }
            if [")", "}", "]"].iter().any(|symbol| self.is(at, symbol)) {
                at = self.closing.iter().position(|close| *close == Some(at))?;
            }
            at = at.checked_sub(1)?;
        }
    }

    /// The named fields written directly in the table that opens at `place`.
    fn fields(&self, place: usize) -> impl Iterator<Item = (usize, String)> {
        let mut found = Vec::new();
        let Some(close) = self.closing.get(place).copied().flatten() else { return found.into_iter() };
        let mut at = place + 1;
        let mut fresh = true;
        while at < close {
            let named =
                |name: usize, equals: usize| (self.is(equals, "=")).then(|| (name, self.tokens[name].text.clone()));
            if fresh {
                if self.tokens[at].kind == Kind::Word {
                    found.extend(named(at, at + 1));
                } else if self.is(at, "[") && self.tokens[at + 1].kind == Kind::Text && self.is(at + 2, "]") {
                    found.extend(named(at + 1, at + 3));
                }
            }
            fresh = self.is(at, ",") || self.is(at, ";");
            // A function's body is full of statements that look like fields.
            at = if self.is_word(at, &["function"]) {
                self.function_end(at, close)
            } else {
                self.closing[at].unwrap_or(at)
            };
            at += 1;
        }
        found.into_iter()
    }

    /// The place of the `end` of the function that begins at `place`.
    fn function_end(&self, place: usize, limit: usize) -> usize {
        let mut depth = 0;
        for at in place..limit {
            // `while` and `for` are closed by the `end` of their `do`.
            if self.is_word(at, &["function", "if", "do"]) && !self.is_expression_if(at) {
                depth += 1;
            } else if self.is_word(at, &["end"]) {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
        }
        limit
    }

    /// Luau's `x = if a then b else c` has no `end`.
    fn is_expression_if(&self, place: usize) -> bool {
        self.is_word(place, &["if"])
            && place > 0
            && ["=", "(", ",", "{", "+", "-", "*", "/", ".."].iter().any(|symbol| self.is(place - 1, symbol))
    }

    /// The tables written directly in the call of `word` on `line`.
    fn tables(&self, word: &str, line: Line) -> Vec<usize> {
        let mut tables = Vec::new();
        let start =
            self.tokens.iter().position(|token| token.line == line && token.kind == Kind::Word && token.text == word);
        let Some(mut at) = start.map(|start| start + 1) else { return tables };
        loop {
            let close = self.closing.get(at).copied().flatten();
            match close {
                Some(close) if self.is(at, "{") => {
                    tables.push(at);
                    at = close + 1;
                }
                Some(close) if self.is(at, "(") => {
                    let mut inside = at + 1;
                    while inside < close {
                        let first = self.is(inside - 1, "(") || self.is(inside - 1, ",");
                        if first && self.is(inside, "{") {
                            tables.push(inside);
                        }
                        inside = self.closing[inside].unwrap_or(inside) + 1;
                    }
                    at = close + 1;
                }
                _ if self.tokens.get(at).is_some_and(|token| token.kind == Kind::Text) => at += 1,
                _ => return tables,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn prepared(text: &str) -> String {
        Source::new(text).prepared(text)
    }

    #[test]
    fn powers_are_caught_outside_of_strings_and_comments_only() {
        let text = "x = 2^-y -- a^b\ns = '^' .. [[^]] .. `^{a^{b=1}.b}^` --[[ ^\n ]] z = 3 ^ 2";
        let expected =
            "x = 2^__power^-y -- a^b\ns = '^' .. [[^]] .. `^{a^__power^{b=1}.b}^` --[[ ^\n ]] z = 3 ^__power^ 2";
        assert_eq!(prepared(text), expected);
    }

    #[test]
    fn the_written_order_of_a_sweep_and_of_columns_is_kept() {
        assert_eq!(
            prepared("sweep = { z = {1}, ['a'] = f{b = 1}, k = 2 }"),
            "sweep = __ordered(\"z a k\", { z = {1}, ['a'] = f{b = 1}, k = 2 })"
        );
        assert_eq!(
            prepared("{ zip { z = {1}, a = {2} }, sample{ n = 1 }, x.zip { b = 1, a = 2 } }"),
            "{ zip (__ordered(\"z a\", { z = {1}, a = {2} })), sample{ n = 1 }, x.zip { b = 1, a = 2 } }"
        );
        assert_eq!(
            prepared("ties('a', graph.ring { k = 1, rewire = 2 }, { y = 1, x = 2 })"),
            "ties('a', graph.ring { k = 1, rewire = 2 }, __ordered(\"y x\", { y = 1, x = 2 }))"
        );
    }

    #[test]
    fn the_line_of_a_field_is_found_in_the_right_table() {
        let source =
            Source::new("stage('a',\n { needs = 1 },\n {\n  needs = 2,\n  f = function() x = 1 end,\n  chance = 1 })");
        assert_eq!(source.field_line("stage", 1, Some(1), "needs"), Some(2));
        assert_eq!(source.field_line("stage", 1, Some(2), "needs"), Some(4));
        assert_eq!(source.field_line("stage", 1, Some(2), "chance"), Some(6));
        assert_eq!(source.field_line("stage", 1, Some(2), "x"), None);
        assert_eq!(source.table_line("stage", 1, 2), Some(3));
    }

    #[test]
    fn swallowed_expressions_are_seen_and_honest_choices_are_not() {
        let lines = |text| Source::new(text).swallowed().iter().map(|(line, _)| *line).collect::<Vec<_>>();
        assert_eq!(lines("if me.x then\nend\nx = me.y and 1\nz = 3 == tie.w"), [1, 3, 4]);
        assert_eq!(lines("each('a', function(me, t) if me.x then return end end)\nif me.x then end"), [2]);
        assert_eq!(lines("who = p.a == 'b' and me.x or me.y\nwhere(me.x)\nlocal it = p.it == 2"), [0u32; 0]);
    }
}
