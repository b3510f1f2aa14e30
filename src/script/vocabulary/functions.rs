//! Views, columns that are always there, functions and measures.

use super::{Kind, Word, word_of};

const fn function(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::Function, name, signature, meaning, &[])
}

const fn view(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::View, name, signature, meaning, &[])
}

const fn history(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::History, name, signature, meaning, &[])
}

const fn column(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::Column, name, signature, meaning, &[])
}

const fn measure(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::Measure, name, signature, meaning, &[])
}

pub(super) const WORDS: &[Word] = &[
    view("me", "me.column", "the hearer where a tie is in sight, else the agent itself"),
    view("src", "src.column", "the speaker of the tie"),
    view("dst", "dst.column", "the hearer of the tie, where me could be misread"),
    view("tie", "tie.column, tie.column.topic", "the tie itself"),
    view("it", "it.column", "the item in question"),
    view("now", "now", "the step"),
    view("evidence", "evidence", "inside chance and leave of a route: the evidence of the agent"),
    history("new", "me.new.stage", "1 for those who entered the stage in this step"),
    history("age", "me.age.stage", "steps since the stage was entered"),
    history("depth", "me.depth.stage", "how many relays lie between the start and the agent"),
    history("credit", "me.credit.stage", "entries of others that the agent caused in this step, shared by weight"),
    history("won", "me.won.stage, tie.won.stage", "the same, since the start"),
    column("followers", "me.followers", "how many agents hear the agent"),
    column("following", "me.following", "how many agents the agent hears"),
    column("open", "tie.open", "1 for ties that a contact opened in this step"),
    function("exp", "exp(x)", "e to the power x"),
    function("log", "log(x)", "natural logarithm"),
    function("sqrt", "sqrt(x)", "square root"),
    function("abs", "abs(x)", "without its sign"),
    function("floor", "floor(x)", "the whole number at or below x"),
    function("min", "min(a, b, ...)", "the smallest"),
    function("max", "max(a, b, ...)", "the largest; \"or\" of 0/1 values"),
    function("clamp", "clamp(x, low, high)", "x, but at least low and at most high"),
    function("lt", "lt(a, b)", "1 where a < b, else 0"),
    function("le", "le(a, b)", "1 where a <= b, else 0"),
    function("gt", "gt(a, b)", "1 where a > b, else 0"),
    function("ge", "ge(a, b)", "1 where a >= b, else 0"),
    function("eq", "eq(a, b)", "1 where a = b, else 0"),
    function("ne", "ne(a, b)", "1 where a differs from b, else 0"),
    function("when", "when(c, a, b)", "a where c is not 0, else b"),
    function(
        "chance",
        "chance(p)",
        "1 with probability p, else 0: one draw for each written chance, for each row, in each step",
    ),
    function("sum_in", "sum_in(x, layer)", "sum of x over the ties an agent hears; 0 over none"),
    function("mean_in", "mean_in(x, layer)", "mean of x over the ties an agent hears; 0 over none"),
    function("max_in", "max_in(x, layer)", "largest x over the ties an agent hears; 0 over none"),
    function("count_in", "count_in(x, layer)", "how many ties an agent hears have an x other than 0"),
    function("sum_out", "sum_out(x, layer)", "sum of x over the ties by which an agent is heard; 0 over none"),
    function("mean_out", "mean_out(x, layer)", "mean of x over the ties by which an agent is heard; 0 over none"),
    function("max_out", "max_out(x, layer)", "largest x over the ties by which an agent is heard; 0 over none"),
    function("count_out", "count_out(x, layer)", "how many ties by which an agent is heard have an x other than 0"),
    function(
        "share",
        "share(stage, among)",
        "share of a set of agents that holds a stage (\"stage.item\" with several items)",
    ),
    function("sum", "sum(x, among)", "sum over a set of agents; over the population if not said"),
    function("mean", "mean(x, among)", "mean over a set of agents"),
    function("std", "std(x, among)", "standard deviation over a set of agents, n in the denominator"),
    function(
        "gini",
        "gini(x, among)",
        "inequality over a set of agents: 0 where all have the same, near 1 where one has all",
    ),
    function("rank_corr", "rank_corr(x, y, among)", "Spearman's rank correlation over a set of agents"),
    measure("mean_degree", "mean_degree(layer)", "mean number of ties heard"),
    measure("density", "density(layer)", "share of all possible ties that are there"),
    measure("clustering", "clustering(layer)", "mean share of an agent's neighbours that are tied with each other"),
    measure("transitivity", "transitivity(layer)", "share of connected triples that are closed"),
    measure("path_length", "path_length(layer)", "mean distance of two agents that can reach each other"),
    measure("components", "components(layer)", "number of parts that are not tied with each other"),
    measure("largest_component", "largest_component(layer)", "share of agents in the largest part"),
    measure("reciprocity", "reciprocity(layer)", "share of ties that are answered"),
    measure("modularity", "modularity(layer)", "how far ties stay inside communities"),
    measure(
        "bridge_width",
        "bridge_width(layer)",
        "ties by which the neighbourhoods of two tied agents support each other",
    ),
    measure(
        "assortativity",
        "assortativity(me.column, layer), \"assortativity.column\"",
        "correlation of a column across ties",
    ),
];
