//! What the text tells of the functions of plain rules.
//!
//! Some end by themselves, so that nobody needs to count their turns: nothing in them loops but walks along those an agent
//! hears, none inside another, and they call nothing but words that do not loop. And where they call `abs` and its kin,
//! numbers are meant, not expressions: written `math.abs`, machine code does it without a call.

use std::ops::Range;

use super::{Kind, Source};
use crate::formula::Line;

/// Words of the language that functions of `each` and `meet` call; those of mathematics, and others.
const MATHEMATICS: [&str; 5] = ["abs", "min", "max", "floor", "sqrt"];
const WORDS: [&str; 2] = ["draw", "stop"];
/// Methods of agents, which are what a function is called with.
const METHODS: [&str; 4] = ["hears", "degree", "is", "number"];
/// Lua's words before a bracket or a string that is no argument.
const BEFORE_VALUES: [&str; 11] = ["and", "or", "not", "if", "elseif", "then", "else", "do", "return", "in", "until"];

impl Source {
    /// Whether every function that begins on this line ends by itself.
    pub(in crate::script) fn ends_by_itself(&self, line: Line) -> bool {
        let begins = |&place: &usize| self.tokens[place].line == line && self.is_word(place, &["function"]);
        let mut functions = (0..self.tokens.len()).filter(begins).peekable();
        // Whatever computes with a table of its own making may call anything.
        let plain = (0..self.tokens.len()).all(|place| !self.is_word(place, &["setmetatable"]));
        functions.peek().is_some() && plain && functions.all(|place| self.ends(place))
    }

    /// Whether the function that begins here ends by itself.
    fn ends(&self, function: usize) -> bool {
        let open = (function..self.tokens.len()).find(|&place| self.is(place, "("));
        let Some((open, body)) = open.and_then(|open| Some((open, self.closing[open]?))) else { return false };
        let within = body + 1..self.function_end(function, self.tokens.len());
        let harmless = |name: usize| match self.tokens[name - 1].text.as_str() {
            ":" => self.is_method_of(name, open..body, within.clone()),
            "." => self.is_word(name - 2, &["math"]) && !self.is(name - 3, ".") && self.has_math(),
            _ => self.is_only(name, &MATHEMATICS) || self.is_only(name, &WORDS),
        };
        let mut walking = body;
        for place in within.clone() {
            let loops = self.is_word(place, &["while", "repeat", "function"]);
            if loops || self.calls_at(place) && !harmless(place - 1) {
                return false;
            }
            if self.is_word(place, &["for"]) {
                match self.walk(place) {
                    Some(walk) if place > walking => walking = walk.end,
                    _ => return false,
                }
            }
        }
        true
    }

    /// Whether the arguments of a call begin here.
    fn calls_at(&self, place: usize) -> bool {
        let arguments = self.tokens[place].kind == Kind::Text || self.is(place, "(") || self.is(place, "{");
        let callee = match self.tokens[place - 1].kind {
            Kind::Word => !self.is_word(place - 1, &BEFORE_VALUES),
            Kind::Symbol => self.is(place - 1, ")") || self.is(place - 1, "]") || self.is(place - 1, "}"),
            Kind::Text => true,
            Kind::Number => false,
        };
        arguments && callee
    }

    /// Whether the name here is that of a method of one of the parameters, which the function does nothing with but to ask
    /// it for columns and methods.
    fn is_method_of(&self, name: usize, parameters: Range<usize>, within: Range<usize>) -> bool {
        let agent = &self.tokens[name - 2].text;
        let free = |place: usize| !self.is(place - 1, ".") && !self.is(place - 1, ":");
        let asked = |place: usize| self.is(place + 1, ".") || self.is(place + 1, ":");
        let is_parameter = parameters.into_iter().any(|place| self.is_word(place, &[agent]));
        let kept = within.filter(|&place| self.is_word(place, &[agent]) && free(place)).all(asked);
        free(name - 2) && is_parameter && kept && self.is_only(name, &METHODS)
    }

    /// Whether the name here is one of these, and the file does nothing with it but call it: it has no other thing by
    /// that name.
    fn is_only(&self, name: usize, known: &[&str]) -> bool {
        let method = self.is(name - 1, ":");
        let word = &self.tokens[name].text;
        let only_called = |place: usize| {
            place > 0 && self.is(place - 1, ":") == method && self.calls_at(place + 1) && !self.is_declared(place)
        };
        self.is_word(name, known)
            && (0..self.tokens.len()).filter(|&place| self.is_word(place, &[word])).all(only_called)
    }

    /// Whether `math` is nothing of the file's own.
    fn has_math(&self) -> bool {
        (0..self.tokens.len()).all(|place| !self.is_word(place, &["math"]) || self.is(place + 1, "."))
    }

    /// Where functions of plain rules call words of mathematics.
    pub(super) fn mathematics(&self) -> impl Iterator<Item = usize> {
        let places = if self.has_math() { self.tokens.len() } else { 0 };
        let rules = (0..places).filter(|&place| self.is_word(place, &["each", "meet"]) && self.is(place + 1, "("));
        let functions = rules.flat_map(|rule| {
            let end = self.closing[rule + 1].unwrap_or(rule);
            (rule..end)
                .find(|&place| self.is_word(place, &["function"]))
                .map(|place| place..self.function_end(place, end))
        });
        functions
            .flatten()
            .filter(|&place| !self.is(place - 1, ".") && self.calls_at(place + 1) && self.is_only(place, &MATHEMATICS))
    }

    /// Whether the name here is that of a function being declared.
    fn is_declared(&self, name: usize) -> bool {
        let in_name =
            |&place: &usize| self.tokens[place].kind == Kind::Word || self.is(place, ".") || self.is(place, ":");
        (0..name).rev().take_while(in_name).any(|place| self.is_word(place, &["function"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_cannot_loop_end_by_themselves() {
        let ends = |body: &str| Source::new(&format!("each('a', function(me)\n{body} end)")).ends_by_itself(1);
        let bounded = [
            "",
            "me.x = (me.x + draw()) / 2 me.y = -abs(me.x) local t = { 1, me.x }",
            "for o in me:hears 'a' do me.x += o.x end for o, tie in me:hears('a') do me.x += math.min(o.x, tie.w) end",
            "if me:is 'b' and (me.x < 1) or not (me:degree() > 2) then stop() end return (me.x > 1)",
        ];
        assert_eq!(bounded.map(ends), [true; 4]);
        let others = [
            "while true do end",
            "repeat until false",
            "for k = 1, 1e9 do end",
            "for k in pairs(me) do end",
            "for o in me:hears 'a' do for p in o:hears 'a' do end end",
            "local function f() end",
            "f(me)",
            "me.x = t.f(1)",
            "me.x = t:f()",
            "(f or g)(1)",
            "t[1] 'a'",
            "t.math.min(1)",
            "for o in t.hears(1) do end",
            "for o, tie in t:hears(1) do end",
            "t:is 'b'",
            "me = t for o, tie in me:hears(1) do end",
            "local me = t me:is 'b'",
            "local q, me = 1, t me:is 'b'",
            "t.me:is 'b'",
            "t.draw()",
        ];
        assert_eq!(others.map(ends), [false; 20]);
    }

    #[test]
    fn functions_of_plain_rules_call_mathematics_by_name() {
        let prepared = super::super::tests::prepared;
        let text = "each(where(abs(me.x)), { order = 'random' }, function(me) me.x = abs(me.x) + max(1, t.min(2)) end) f(abs(1))";
        assert_eq!(
            prepared(text),
            "each(where(abs(me.x)), { order = 'random' }, function(me) me.x = math.abs(me.x) + math.max(1, t.min(2)) end) f(abs(1))"
        );
        for own in ["local abs = f", "local function abs() end", "local math = t"] {
            let text = format!("{own} each('a', function(me) me.x = abs(me.x) end)");
            assert_eq!(prepared(&text), text);
        }
    }

    #[test]
    fn other_things_by_the_name_of_a_word_may_loop() {
        let ends = |before: &str| {
            let text = format!("{before}\neach('a', function(me)\nme.x = max(draw(), math.floor(2)) me:is 'b' end)");
            Source::new(&text).ends_by_itself(2)
        };
        assert!(ends("local k = max(1, 2) + math.pi"));
        let others = [
            "local function draw() end",
            "local draw = f",
            "function max(a) end",
            "local math = t",
            "local t = { is = f }",
            "function t:is() end",
            "local t = setmetatable({}, {})",
        ];
        assert_eq!(others.map(ends), [false; 7]);
        assert!(!Source::new("local f = 1").ends_by_itself(1));
    }
}
