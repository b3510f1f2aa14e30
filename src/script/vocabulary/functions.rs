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

const fn measure_of_column(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::ColumnMeasure, name, signature, meaning, &[])
}

const fn measure_at(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::ThresholdMeasure, name, signature, meaning, &[])
}

const fn cascade(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::Cascade, name, signature, meaning, &[])
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
    column("followers", "me.followers, me.followers.layer", "how many agents hear the agent"),
    column("following", "me.following, me.following.layer", "how many agents the agent hears"),
    column(
        "local_clustering",
        "me.local_clustering, me.local_clustering.layer",
        "share of pairs of the agent's neighbours that are tied, 0 to 1; directed ties as if both ways",
    ),
    column(
        "local_bridge_width",
        "me.local_bridge_width, me.local_bridge_width.layer",
        "mean ties that bridge the agent's neighbourhood and those of its neighbours; directed ties as if both ways",
    ),
    column(
        "k_shell",
        "me.k_shell, me.k_shell.layer",
        "the largest k such that the agent is in the k-core, where each has k neighbours in the core; directed ties as if \
        both ways (Kitsak et al. 2010)",
    ),
    column(
        "betweenness",
        "me.betweenness, me.betweenness.layer",
        "share of the shortest paths between two others that run through the agent, along speech, 0 to 1; from drawn pivots \
        where agents x (agents + ties) is above 2e8 (Brandes 2001)",
    ),
    column(
        "pagerank",
        "me.pagerank, me.pagerank.layer",
        "share of 1 that comes to the agent when everybody passes .85 of its own on to those it hears, in equal parts",
    ),
    column(
        "eigenvector",
        "me.eigenvector, me.eigenvector.layer",
        "in proportion to the sum of that of the neighbours, squares adding up to 1; directed ties as if both ways",
    ),
    column(
        "complex_centrality",
        "me.complex_centrality(threshold), me.complex_centrality(threshold).layer",
        "mean over all agents of the ties on a path among adopters from the agent, 0 for who does not adopt: it starts with \
        as many drawn hearers as its own threshold takes, and everybody adopts who meets the threshold, a share below 1, a \
        number of sources from 1 on, or a column (Guilbeault and Centola 2021)",
    ),
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
    function(
        "mean_in",
        "mean_in(x, layer, default)",
        "mean of x over the ties an agent hears; over none the default, 0 if not said",
    ),
    function("max_in", "max_in(x, layer)", "largest x over the ties an agent hears; 0 over none"),
    function("count_in", "count_in(x, layer)", "how many ties an agent hears have an x other than 0"),
    function("sum_out", "sum_out(x, layer)", "sum of x over the ties by which an agent is heard; 0 over none"),
    function(
        "mean_out",
        "mean_out(x, layer, default)",
        "mean of x over the ties by which an agent is heard; over none the default, 0 if not said",
    ),
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
    measure("mean_degree", "mean_degree(layer)", "agents heard, on average"),
    measure(
        "degree_heterogeneity",
        "degree_heterogeneity(layer)",
        "mean squared degree over squared mean degree, 1 when all are alike",
    ),
    measure(
        "degree_assortativity",
        "degree_assortativity(layer)",
        "correlation of the degrees at the ends of ties, -1 to 1",
    ),
    measure("clustering", "clustering(layer)", "mean share of tied pairs among an agent's neighbours, 0 to 1"),
    measure("transitivity", "transitivity(layer)", "share of paths of two ties that a third closes, 0 to 1"),
    measure(
        "path_length",
        "path_length(layer)",
        "mean ties on a shortest path between agents that have one, sampled when large",
    ),
    measure("components", "components(layer)", "connected parts"),
    measure("largest_component", "largest_component(layer)", "share of agents in the largest connected part, 0 to 1"),
    measure(
        "bridge_width",
        "bridge_width(layer)",
        "mean ties that bridge the neighbourhoods at the ends of a tie, sampled when large",
    ),
    measure_at(
        "complex_path_length",
        "complex_path_length(threshold, layer)",
        "mean ties on a shortest path among adopters, from an agent that starts with as many of its hearers as the \
        threshold takes; sampled when large",
    ),
    measure_at(
        "complex_reach",
        "complex_reach(threshold, layer)",
        "mean share of agents that adopt when one starts with as many of its hearers as the threshold takes, 0 to 1; \
        sampled when large",
    ),
    measure_at(
        "vulnerable_cluster",
        "vulnerable_cluster(threshold, layer)",
        "share of agents in the largest cluster of those whom one exposure convinces, 0 to 1",
    ),
    measure_at(
        "core_size",
        "core_size(k, layer)",
        "share of agents in the k-core, where each has k neighbours in the core, 0 to 1",
    ),
    measure_at(
        "bridge_width_quantile",
        "bridge_width_quantile(q, layer)",
        "quantile of the ties that bridge the neighbourhoods at the ends of a tie, sampled when large",
    ),
    measure_of_column(
        "assortativity",
        "assortativity(me.column, layer)",
        "correlation of a column's values at the ends of ties, -1 to 1; in structure \"assortativity.column\"",
    ),
    measure_of_column(
        "modularity",
        "modularity(me.column, layer)",
        "ties inside the groups that a column's values name, beyond chance (Newman 2006); in structure \
        \"modularity.column\"",
    ),
    measure_of_column(
        "same_share",
        "same_share(me.column, layer)",
        "share of ties inside the groups that a column's values name; in structure \"same_share.column\"",
    ),
    cascade(
        "reinforcement",
        "reinforcement(stage)",
        "how many agents an adopter had it from when it adopted, on average over those who had it from anybody",
    ),
    cascade(
        "virality",
        "virality(stage)",
        "structural virality: mean steps between two members of the cascade's tree (Goel et al. 2016), 2 or less for a \
        star, (n + 1)/3 for a chain of n; the parent of an adopter is the source with the largest share of the credit, of \
        several the latest to enter, of these the first in its row",
    ),
    cascade(
        "mean_depth",
        "mean_depth(stage)",
        "mean steps from the roots in the cascade's tree (see virality), roots 0",
    ),
    cascade("max_depth", "max_depth(stage)", "most steps from a root in the cascade's tree (see virality)"),
    cascade(
        "largest_broadcast",
        "largest_broadcast(stage)",
        "largest share, of those who had it from anybody, that one parent in the cascade's tree (see virality) told: 1 for a \
        star, least where each tells few",
    ),
    cascade(
        "layer_share",
        "layer_share(stage, layer)",
        "share of the credit for adoptions that came over this layer, 0 to 1",
    ),
    cascade(
        "local_share",
        "local_share(stage)",
        "share of the credit that came over ties whose ends have a neighbour in common in the same layer, 0 to 1",
    ),
    cascade(
        "response",
        "response(stage, k)",
        "p(k): of the agents that ever had exactly k adopters among those they hear, the share that adopted before they \
        had more (ordinal time, Romero et al. 2011); sources of one step come at once",
    ),
    cascade(
        "time_to",
        "time_to(stage, share)",
        "first time at which this share of the population holds the stage; no value, which medians leave out, if never",
    ),
    cascade("peak_time", "peak_time(stage)", "first time at which most agents hold the stage"),
];
