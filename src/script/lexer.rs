//! The words, strings and signs of a scenario, each with where it stands.

use crate::formula::Line;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Word,
    Text,
    Number,
    Symbol,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The word, the symbol, or the inside of the quotes.
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) line: Line,
}

/// Splits Lua text into tokens; where the text is broken it stops, and the VM's own parser says what is wrong.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text: text.as_bytes(), at: 0, line: 1, tokens: Vec::new() };
    lexer.run();
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    line: Line,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        // Inside `...{ here }...` of an interpolated string: how many braces are open.
        let mut interpolated: Vec<u32> = Vec::new();
        while let Some(&byte) = self.text.get(self.at) {
            let start = self.at;
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'-' if self.text[start..].starts_with(b"--") => self.comment(),
                b'[' if self.long_bracket(start).is_some() => {
                    let (inside, end) = self.long_bracket(start).expect("just seen");
                    let level = inside - start;
                    self.push(Kind::Text, start, end, (inside, end.saturating_sub(level).max(inside)));
                }
                b'"' | b'\'' => self.quoted(byte),
                b'`' => self.interpolation(&mut interpolated),
                b'}' if interpolated.last() == Some(&0) => {
                    interpolated.pop();
                    self.interpolation(&mut interpolated);
                }
                _ if byte.is_ascii_alphabetic() || byte == b'_' => {
                    let end = self.end_of(start, |b| b.is_ascii_alphanumeric() || b == b'_');
                    self.push(Kind::Word, start, end, (start, end));
                }
                _ if byte.is_ascii_digit()
                    || (byte == b'.' && self.text.get(start + 1).is_some_and(u8::is_ascii_digit)) =>
                {
                    self.number()
                }
                _ => {
                    if let Some(depth) = interpolated.last_mut() {
                        match byte {
                            b'{' => *depth += 1,
                            b'}' => *depth -= 1,
                            _ => {}
                        }
                    }
                    self.symbol();
                }
            }
        }
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, inside: (usize, usize)) {
        let text = String::from_utf8_lossy(&self.text[inside.0..inside.1]).into_owned();
        self.tokens.push(Token { kind, text, start, end, line: self.line });
        self.line += self.text[start..end].iter().filter(|byte| **byte == b'\n').count() as Line;
        self.at = end;
    }

    fn end_of(&self, start: usize, belongs: impl Fn(u8) -> bool) -> usize {
        self.text[start..].iter().position(|byte| !belongs(*byte)).map_or(self.text.len(), |length| start + length)
    }

    fn comment(&mut self) {
        let start = self.at;
        let end = match self.long_bracket(start + 2) {
            Some((_, end)) => end,
            None => self.end_of(start, |byte| byte != b'\n'),
        };
        self.line += self.text[start..end].iter().filter(|byte| **byte == b'\n').count() as Line;
        self.at = end;
    }

    /// Where the inside begins and where `[==[ ... ]==]` ends, if one begins at `start`.
    fn long_bracket(&self, start: usize) -> Option<(usize, usize)> {
        if self.text.get(start) != Some(&b'[') {
            return None;
        }
        let inside = self.end_of(start + 1, |byte| byte == b'=');
        if self.text.get(inside) != Some(&b'[') {
            return None;
        }
        let close = format!("]{}]", "=".repeat(inside - start - 1));
        let length = self.text[inside..].windows(close.len()).position(|window| window == close.as_bytes());
        Some((inside + 1, length.map_or(self.text.len(), |length| inside + length + close.len())))
    }

    fn quoted(&mut self, quote: u8) {
        let start = self.at;
        let mut end = start + 1;
        while end < self.text.len() && self.text[end] != quote {
            end += if self.text[end] == b'\\' { 2 } else { 1 };
        }
        let close = end.min(self.text.len());
        self.push(Kind::Text, start, (close + 1).min(self.text.len()), (start + 1, close));
    }

    /// The text of an interpolated string up to its end or to the next expression in it.
    fn interpolation(&mut self, open: &mut Vec<u32>) {
        let start = self.at;
        let mut end = start + 1;
        while end < self.text.len() && !matches!(self.text[end], b'`' | b'{') {
            end += if self.text[end] == b'\\' { 2 } else { 1 };
        }
        let close = end.min(self.text.len());
        if self.text.get(close) == Some(&b'{') {
            open.push(0);
        }
        self.push(Kind::Text, start, (close + 1).min(self.text.len()), (start + 1, close));
    }

    fn number(&mut self) {
        let start = self.at;
        let hex = self.text[start..].starts_with(b"0x") || self.text[start..].starts_with(b"0X");
        let mut end = start;
        while let Some(&byte) = self.text.get(end) {
            let sign = matches!(byte, b'+' | b'-') && !hex && end > start && matches!(self.text[end - 1], b'e' | b'E');
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || sign) {
                break;
            }
            end += 1;
        }
        self.push(Kind::Number, start, end, (start, end));
    }

    fn symbol(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let long =
            ["...", "..=", "//=", "==", "~=", "<=", ">=", "..", "::", "->", "//", "+=", "-=", "*=", "/=", "%=", "^="];
        let length = long.iter().find(|symbol| rest.starts_with(symbol.as_bytes())).map_or(1, |symbol| symbol.len());
        self.push(Kind::Symbol, start, start + length, (start, start + length));
    }
}
