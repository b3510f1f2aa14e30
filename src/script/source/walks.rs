//! Walks that need no ties, `for other in me:hears(layer) do`, written out so that machine code can do them without
//! leaving its loop: over the places of the row, or over a list where rows change while they are walked along. Where the
//! walk only reads columns of `other`, no table of it is looked for either.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Kind, Source};

/// What walks ask an agent for instead of `hears`: what to walk by, by layer and by any name, and a list.
pub(in crate::script) const ASKED: [&str; 3] = [ROWS, ROW, LIST];
const ROWS: &str = "__rows";
const ROW: &str = "__row";
const LIST: &str = "__list_hears";
/// The only layer, by no name.
const ONLY: &str = "'__only'";
/// Walks over places declare what they go over beside their loop; a function has room for 200 names.
const MOST_NAMES: usize = 100;
/// As many as each declares, beside columns.
const NAMES: usize = 6;

/// What makes more of `other.column` than its value, or less.
const GOES_ON: [&str; 15] = [".", ":", "::", "[", "(", "{", "=", "+=", "-=", "*=", "/=", "//=", "%=", "^=", "..="];

type Edit = (Range<usize>, String);

/// The places of the words of `for other in me:hears(layer) do ... end`: `other`, the first of what hears, `hears`, the
/// last before `do`, and `end`.
pub(super) struct Walk {
    other: usize,
    with_ties: bool,
    from: usize,
    method: usize,
    close: usize,
    pub(super) end: usize,
}

impl Source {
    /// The edits of all walks that need no ties.
    pub(super) fn walks(&self, text: &str) -> Vec<Edit> {
        // Whatever changes rows, or hides the name that rows are read by.
        let changing = (0..self.tokens.len()).any(|place| self.is_word(place, &["cut", "connect", "buffer"]));
        let mut edits = Vec::new();
        let mut names = 0;
        for walk in (0..self.tokens.len()).filter_map(|place| self.walk(place)).filter(|walk| !walk.with_ties) {
            let columns = self.columns_read(&walk);
            let needed = NAMES + columns.as_ref().map_or(0, BTreeSet::len);
            let together = |a: usize, b: usize| self.tokens[a].line == self.tokens[b].line;
            let lines_stay = together(walk.other - 1, walk.from) && together(walk.close, walk.close + 1);
            if changing || !lines_stay || names + needed > MOST_NAMES {
                self.walk_list(&walk, &mut edits);
            } else {
                names += needed;
                self.walk_row(&walk, columns.as_ref(), text, &mut edits);
            }
        }
        edits
    }

    /// The walk that begins here, with ties or without.
    pub(super) fn walk(&self, place: usize) -> Option<Walk> {
        let with_ties = self.is(place + 2, ",");
        let from = place + if with_ties { 5 } else { 3 };
        if !self.is_word(place, &["for"]) || !self.is_word(from - 1, &["in"]) {
            return None;
        }
        let body = (from..self.tokens.len()).find(|&at| self.is_word(at, &["do"]))?;
        let method = (from..body).rev().find(|&at| self.is(at, ":"))? + 1;
        let close = match self.tokens[method + 1].kind {
            Kind::Text => method + 1,
            _ => self.closing[method + 1]?,
        };
        let end = self.function_end(body, self.tokens.len());
        let walk = Walk { other: place + 1, with_ties, from, method, close, end };
        (self.is_word(method, &["hears"]) && close + 1 == body).then_some(walk)
    }

    /// The columns of `other` that the body reads, if it does nothing else with `other`.
    fn columns_read(&self, walk: &Walk) -> Option<BTreeSet<&str>> {
        let column = |place: usize| self.is_read(walk, place).then(|| self.tokens[place + 2].text.as_str());
        self.uses(walk).map(column).collect()
    }

    /// Where the body names `other`.
    fn uses(&self, walk: &Walk) -> impl Iterator<Item = usize> {
        let name = &self.tokens[walk.other].text;
        let field = |place: usize| self.is(place - 1, ".") || self.is(place - 1, ":");
        (walk.close + 2..walk.end).filter(move |&place| self.is_word(place, &[name]) && !field(place))
    }

    /// Whether `other.column` stands here as a value. Behind a comma it may be the target of an assignment, outside of
    /// brackets.
    fn is_read(&self, walk: &Walk, place: usize) -> bool {
        let after = self.tokens.get(place + 3).filter(|token| matches!(token.kind, Kind::Symbol | Kind::Text));
        let inside = |open: usize| self.closing[open].is_some_and(|close| close > place);
        let value = match after {
            Some(after) if after.kind == Kind::Text => false,
            Some(after) if after.text == "," => self.is(place - 1, "=") || (walk.close + 2..place).any(inside),
            Some(after) => !GOES_ON.contains(&after.text.as_str()),
            None => true,
        };
        let column = self.tokens.get(place + 2).is_some_and(|token| token.kind == Kind::Word);
        self.is(place + 1, ".") && column && value
    }

    /// Over a list of those heard.
    fn walk_list(&self, walk: &Walk, edits: &mut Vec<Edit>) {
        let [other, start] = [walk.other, walk.from].map(|place| self.tokens[place].start);
        let method = &self.tokens[walk.method];
        let end = self.tokens[walk.close].end;
        edits.push((other..other, "__place, ".into()));
        edits.push((start..start, "ipairs(".into()));
        edits.push((method.start..method.end, LIST.into()));
        edits.push((end..end, ")".into()));
    }

    /// Over the places of the row.
    fn walk_row(&self, walk: &Walk, columns: Option<&BTreeSet<&str>>, text: &str, edits: &mut Vec<Edit>) {
        let token = |place: usize| &self.tokens[place];
        let name = &token(walk.other).text;
        edits.push((token(walk.other - 1).start..token(walk.from).start, "local __hearer = ".into()));
        let mut asked = String::from(" local __row = ");
        if let Some(layer) = self.layer_written(walk, text) {
            asked += &format!("__hearer.{ROWS}[ {layer} ] or ");
        }
        edits.push((token(walk.method - 1).start..token(walk.method).end, asked + "__hearer:" + ROW));
        let mut begun = String::from(
            " local __end = __hearer[\"#\"] * 4 \
             local __offsets, __sources, __agents = __row.__offsets, __row.__sources, __row.__agents",
        );
        for column in columns.into_iter().flatten() {
            begun += &format!(" local __column_{column} = __row.{column}");
        }
        begun += " for __at = buffer.readu32(__offsets, __end - 4) * 4, buffer.readu32(__offsets, __end) * 4 - 4, 4 do local ";
        begun += &match columns {
            Some(_) => format!("__of_{name} = buffer.readu32(__sources, __at)"),
            None => format!("{name} = __agents[buffer.readu32(__sources, __at)]"),
        };
        edits.push((token(walk.close).end..token(walk.close + 1).end, begun));
        for place in self.uses(walk).filter(|_| columns.is_some()) {
            let column = &token(place + 2).text;
            let read = format!(
                "(if __column_{column} then buffer.readf64(__column_{column}, __of_{name} * 8) \
                 else __agents[__of_{name}].{column})"
            );
            edits.push((token(place).start..token(place + 2).end, read));
        }
    }

    /// The name of the layer as it is written, if it is; left out, there is only one.
    fn layer_written<'a>(&self, walk: &Walk, text: &'a str) -> Option<&'a str> {
        let written = |place: usize| {
            let token = &self.tokens[place];
            (token.kind == Kind::Text).then(|| &text[token.start..token.end])
        };
        match walk.close - walk.method {
            1 => written(walk.close),
            2 => Some(ONLY),
            3 => written(walk.close - 1),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::prepared;
    use super::*;

    /// What the walk over a row begins with, in front of its columns and behind them.
    fn begun(hearer: &str, layer: &str, columns: &str) -> String {
        format!(
            "local __hearer = {hearer} local __row = {layer} local __end = __hearer[\"#\"] * 4 \
             local __offsets, __sources, __agents = __row.__offsets, __row.__sources, __row.__agents{columns} \
             for __at = buffer.readu32(__offsets, __end - 4) * 4, buffer.readu32(__offsets, __end) * 4 - 4, 4 do"
        )
    }

    #[test]
    fn a_walk_that_needs_no_ties_goes_over_the_places_of_a_row() {
        let begun = begun("me", "__hearer:__row(a)", "");
        assert_eq!(
            prepared("for o in me:hears(a) do f(o) for o, tie in o:hears 'b' do x:hears() end end"),
            begun
                + " local o = __agents[buffer.readu32(__sources, __at)] \
             f(o) for o, tie in o:hears 'b' do x:hears() end end"
        );
        let many = prepared(&"for o in me:hears 'a' do f(o) end ".repeat(MOST_NAMES / NAMES + 1));
        assert_eq!((many.matches("__row ").count(), many.matches("list_hears").count()), (2 * (MOST_NAMES / NAMES), 1));
    }

    #[test]
    fn a_walk_that_reads_columns_only_needs_no_tables_of_others() {
        let begun = begun(
            "me",
            "__hearer.__rows[ 'a' ] or __hearer:__row 'a'",
            " local __column_x = __row.x local __column_y = __row.y",
        );
        assert_eq!(
            prepared("for o in me:hears 'a' do s += o.x - f(o.y, o.x) end o.x = 1"),
            begun
                + " local __of_o = buffer.readu32(__sources, __at) \
             s += (if __column_x then buffer.readf64(__column_x, __of_o * 8) else __agents[__of_o].x) - \
             f((if __column_y then buffer.readf64(__column_y, __of_o * 8) else __agents[__of_o].y), \
             (if __column_x then buffer.readf64(__column_x, __of_o * 8) else __agents[__of_o].x)) end o.x = 1"
        );
        let tables =
            |body: &str| prepared(&format!("for o in me:hears 'a' do {body} end")).contains(" local o = __agents[");
        let others = [
            "o.x = 1",
            "o.x += 1",
            "o.x, k = 1, 2",
            "k, o.x = 1, 2",
            "o.list[1] = 2",
            "k = o",
            "o:f()",
            "k = o.f(1)",
            "k = o.f {}",
            "k = o.f 's'",
            "k = o[1]",
            "for p in o:hears 'a' do end",
            "k = { o = 1 }",
            "k = o == me",
        ];
        assert_eq!(others.map(tables), [true; 14]);
        let reads = [
            "k = o.x",
            "k, l = o.x, 1",
            "k = { 1, o.x, 2 }",
            "if o.x == me.x then k = 1 end",
            "k = p.o + p:o()",
            "k = o.x ^ 2",
            "k = 'o'",
            "for p in me:hears(names[o.x]) do f(p) end",
        ];
        assert_eq!(
            reads.map(|body| prepared(&format!("for o in me:hears 'a' do {body} end")).contains("__of_o")),
            [true; 8]
        );
    }

    #[test]
    fn a_walk_goes_over_a_list_where_rows_change_or_lines_would_move() {
        assert_eq!(
            prepared("cut(t) for o in me:hears(a) do for x in all[1]:hears 'b' do end end"),
            "cut(t) for __place, o in ipairs(me:__list_hears(a)) do \
             for __place, x in ipairs(all[1]:__list_hears 'b') do end end"
        );
        assert_eq!(prepared("for o in me:hears(a)\ndo end"), "for __place, o in ipairs(me:__list_hears(a))\ndo end");
        let kept = prepared("for o in me\n:hears(a) do end");
        assert!(kept.contains("= me\n local __row = "), "{kept}");
    }
}
