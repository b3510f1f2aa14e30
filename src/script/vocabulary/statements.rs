//! The words of a file, of its world, and of what happens in it.

use super::{AMOUNT, COUNT, FORMULA, Field, INF, Kind, POSITIVE, PROBABILITY, Takes, Word, field, needed, word_of};

const LIST: &[Field] = &[];

pub(super) const WORDS: &[Word] = &[
    word_of(
        Kind::File,
        "scenario",
        "scenario \"name\" { sweep, replicates, steps, seed, world, charts, checks, ... }",
        "a study: what is varied, the world of one run, what is drawn, what is claimed; a file returns one or a list \
        of them",
        &[
            field(
                "sweep",
                Takes::Shape("a table of lists, one for each parameter, and of zip, sample, points or refine"),
                "no parameter",
                "what is varied: every combination is a cell; parameters keep the order in which they are written, \
                after those of zip, sample and points, which change together",
            ),
            field(
                "where",
                Takes::Function,
                "all cells",
                "function(p): whether the cell with the parameters p belongs to the study",
            ),
            field(
                "replicates",
                Takes::Whole { least: 1.0, most: 1e6 },
                "1",
                "how often every cell is run; or until_known { ... }, as often as it takes",
            ),
            field(
                "steps",
                Takes::Whole { least: 1.0, most: 1e9 },
                "200",
                "the last step of a run that has not come to rest before",
            ),
            field(
                "seed",
                Takes::Whole { least: 0.0, most: 9_007_199_254_740_991.0 },
                "1",
                "the number all draws come from",
            ),
            field(
                "independent",
                Takes::Flag,
                "false",
                "whether every cell draws for itself; if not, replicate r draws the same in every cell, and cells \
                are compared in pairs",
            ),
            needed(
                "world",
                Takes::Function,
                "function(p): declares the world of one run; p holds one value of each parameter",
            ),
            field(
                "structure",
                Takes::Texts,
                "nothing",
                "measures of the network at the start, a column each: \"clustering\", \"clustering.friend\" for one \
                layer, \"assortativity.trait\"",
            ),
            field(
                "charts",
                Takes::Shape("a list of chart formulas"),
                "none",
                "what is drawn: \"adopted ~ rewire | needs / slip\"",
            ),
            field("checks", Takes::Function, "none", "function(r): what the study claims; see check and runs"),
        ],
    ),
    word_of(
        Kind::File,
        "zip",
        "zip { k = {4, 8}, n = {100, 200} }",
        "inside sweep: parameters that change together, the first value of one with the first of the others",
        LIST,
    ),
    word_of(
        Kind::File,
        "sample",
        "sample { n = 64, method = \"sobol\", phi = {.05, .4}, z = {1, 100, \"log\"}, k = {4, 16, \"whole\"} }",
        "inside sweep: n points spread over ranges by the seed; method is \"sobol\" (the default: evenly, at most 21 \
        parameters, more points keep the first ones), \"latin\" (each of n equal parts of every range once) or \
        \"random\"",
        LIST,
    ),
    word_of(
        Kind::File,
        "points",
        "points \"file.csv\"",
        "inside sweep: one point for each row of a CSV file whose first line names the parameters",
        LIST,
    ),
    word_of(
        Kind::File,
        "refine",
        "refine { \"adopted\", share_above = .1, level = .5, within = { z = .1, phi = .01 } }",
        "inside sweep: more values of one or two parameters where a measure crosses a level, and only there; the values \
        written are the first round, and as long as two neighbours lie on different sides the step between them is \
        halved, until it is narrow enough; what is added follows from finished runs, the same on every machine; \
        r:crossings tells what was found",
        &[
            field(
                "share_above",
                Takes::Number { least: -INF, most: INF },
                "none",
                "what crosses the level is the share of runs above this value (.1: global cascades), not the mean",
            ),
            field("level", Takes::Number { least: -INF, most: INF }, ".5", "what is crossed; at it counts as above"),
            needed(
                "within",
                Takes::Shape("a table of widths, one for each of one or two parameters"),
                "how narrowly the crossing is wanted in each parameter; whole numbers stay whole where the width is",
            ),
            field(
                "at_most",
                Takes::Whole { least: 1.0, most: 1e6 },
                "10000",
                "cells in all; steps are not halved where that needs more",
            ),
        ],
    ),
    word_of(
        Kind::File,
        "until_known",
        "replicates = until_known { \"adopted\", width = .05, share_above = .1, at_most = 1000 }",
        "repeats each cell until the 95 % interval of a measure is narrow enough; looked at after 10 runs and then after \
        half as many again each time, in the order of the replicates, so that every machine stops at the same one",
        &[
            needed("width", Takes::Number { least: 0.0, most: INF }, "of the interval, from its low to its high end"),
            field(
                "share_above",
                Takes::Number { least: -INF, most: INF },
                "none",
                "the share of runs above this value is to be known (.1: global cascades), not the mean",
            ),
            field("at_most", Takes::Whole { least: 1.0, most: 1e6 }, "1000", "replicates of a cell, known or not"),
        ],
    ),
    word_of(
        Kind::File,
        "chart",
        "chart { \"adopted ~ rewire\", title, x, y, log, width, palette, level, notes, theory }",
        "a chart with more to say than its formula",
        &[
            field("title", Takes::Text, "none", "what stands above it"),
            field("x", Takes::Text, "the column's name", "what stands at the x axis"),
            field("y", Takes::Text, "the column's name", "what stands at the y axis"),
            field("log", Takes::Choice(&["x", "y", "xy", "none"]), "by the levels", "which axes are logarithmic"),
            field("width", Takes::Choice(&["single", "double"]), "single", "how many columns of a page it is wide"),
            field(
                "palette",
                Takes::Choice(&["colour", "cividis", "grey"]),
                "colour",
                "colours that readers with any sight tell apart, blue to yellow only, or for print in black and white",
            ),
            field(
                "level",
                Takes::Number { least: -INF, most: INF },
                ".5",
                "where a heat map has its contour, and the share of runs at which boundary(...) is crossed",
            ),
            field(
                "notes",
                Takes::Shape("a list such as { {\"critical\", x = .25, y = .8}, {x = .25} }"),
                "none",
                "words in the picture at x and y; with one of the two a line across it",
            ),
            field(
                "theory",
                Takes::Shape("a name, { \"name\", input = number or \"parameter\" }, or a list of those"),
                "none",
                "theory to lay over it, dashed; an input not given is the parameter of its name; see uptake help theory",
            ),
        ],
    ),
    word_of(
        Kind::File,
        "check",
        "check(text, holds)",
        "inside checks: a claim in words, and whether it holds; the sweep tells it with the numbers read for it, and a \
         failed check makes the sweep exit with an error",
        LIST,
    ),
    word_of(
        Kind::Part,
        "runs",
        "r { key = value, ... }.name    r{...}:q(name, .9)    r{...}:mean(name)    r{...}:share(name, .1)",
        "inside checks: the median of a measure over the finished runs that match, a quantile, the mean, the share \
        of runs \
         above a value; times (t50, thalf) that were never reached count as infinite, other missing values are left \
         out",
        LIST,
    ),
    word_of(
        Kind::Part,
        "paired",
        "r:paired(name, { strategy = \"greedy\" }, { strategy = \"degree\" })",
        "inside checks: a measure in the runs that match the first table, against those that match the second; a pair has \
        the same replicate, hence the same draws, and the same value of every parameter that neither table names. Gives \
        .mean of first - second with its 95 % interval .low and .high (Student's t), .positive and .negative, the shares \
        of pairs in which the first is larger or smaller, .positive_low and .positive_high (Wilson), and .pairs, their \
        number",
        LIST,
    ),
    word_of(
        Kind::Part,
        "crossings",
        "r:crossings { phi = .18 }[1].z",
        "inside checks, where the sweep has refine: the points at which the measure crosses the level, ascending, in a list; \
        each has the values of all parameters; { ... } names values of those that are not refined; #r:crossings { } is how \
        many there are",
        LIST,
    ),
    word_of(Kind::File, "linspace", "linspace(a, b, n)", "n numbers from a to b, equally far apart", LIST),
    word_of(
        Kind::File,
        "logspace",
        "logspace(a, b, n)",
        "n numbers from a to b, both above 0, each the same multiple of the one before",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "agents",
        "agents(kind, n | {names} | nodes \"file.csv\", columns)",
        "agents of a kind; the first kind is the population that shares and totals refer to; the kind and names are \
        0/1 columns",
        LIST,
    ),
    word_of(
        Kind::Part,
        "nodes",
        "nodes \"file.csv\"",
        "agents of a table with a header: the first column is their labels; columns of numbers become columns, \
        columns of \
         text become codes from 0 in alphabetical order",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "ties",
        "ties(layer, maker, columns, among)",
        "ties of a layer, from speaker to hearer; a layer may be added to several times; columns that are not given \
        are 0",
        LIST,
    ),
    word_of(
        Kind::Part,
        "topic",
        "topic { running = .6, parenting = .1 }",
        "a tie column with one value per topic; an item's column topic chooses which is meant",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "item",
        "item(name, columns)",
        "a thing that spreads, with numbers and texts of its own; a world without items has one without a name",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "stage",
        "stage(name, route, ...)",
        "how far an item has got in an agent; any of its routes suffices to enter; without routes it is entered by \
        starts only",
        LIST,
    ),
    word_of(
        Kind::Part,
        "route",
        "{ from, after, layer, items, reach, emit, weight, count, memory, base, needs, chance, tries, leave }",
        "one way into a stage: evidence = base + sum of weight over the ties heard; one enters when evidence >= \
        needs and a \
         draw < chance",
        &[
            field("from", Takes::Text, "the stage itself", "the stage others must hold to be heard"),
            field("after", Takes::Text, "no stage", "the stage one must hold since an earlier step"),
            field("layer", Takes::Text, "all layers", "the layer it travels on"),
            field("items", Takes::Texts, "all items", "the items it applies to"),
            field(
                "reach",
                PROBABILITY,
                "1",
                "probability that one tie carries one message in one step; in continuous time the rate at which a \
                holder's signals arrive over it (not given: at once)",
            ),
            field(
                "emit",
                Takes::Choice(&["always", "once"]),
                "always",
                "whether a holder speaks every step, or only in the step after it entered; not in continuous time",
            ),
            field("weight", FORMULA, "1", "what one heard tie adds to the evidence; any sign"),
            field(
                "count",
                Takes::Choice(&["sources", "share", "signals"]),
                "sources",
                "a tie counts once; sources divided by all that could speak; every hearing counts",
            ),
            field(
                "memory",
                Takes::Shape("a whole number of steps, at least 1, or last(n)"),
                "for ever",
                "how long what was heard counts; in continuous time units of time, and 0 for what is heard right now",
            ),
            field("base", FORMULA, "0", "evidence that is there without anybody being heard"),
            field("needs", FORMULA, "1", "the evidence that suffices, inclusive; 0 to 1 where a share is counted"),
            field(
                "chance",
                PROBABILITY,
                "1",
                "probability of entering in a step in which the evidence suffices; in continuous time the rate of it (not \
                given: at once)",
            ),
            field(
                "tries",
                POSITIVE,
                "unlimited",
                "how many such steps an agent gets; in continuous time how often it may enter, starts included",
            ),
            field(
                "leave",
                PROBABILITY,
                "0",
                "probability of leaving the stage in a step, in continuous time the rate of it; may speak of evidence",
            ),
        ],
    ),
    word_of(
        Kind::Part,
        "last",
        "last(n, { start, tie })",
        "a memory of the last n signals, whatever they said",
        &[
            field(
                "start",
                Takes::Choice(&["full", "empty"]),
                "full",
                "whether it begins full of signals that said no, or counts only what was heard",
            ),
            field(
                "tie",
                Takes::Choice(&["half", "stay", "draw", "yes", "no"]),
                "half",
                "what a memory counts as that is exactly half yes: half (which meets needs = .5), or half a signal \
                more or less: leaning to what one does already, to either side by a fair draw each time, to yes, to no",
            ),
        ],
    ),
    word_of(
        Kind::Statement,
        "contact",
        "contact(layer, { per, by, prefer, gates })",
        "which ties of a layer are open in a step; a layer without it is always open",
        &[
            field("per", AMOUNT, "all", "how many ties an agent opens a step; below 1 a probability"),
            field("by", Takes::Choice(&["hearer", "speaker"]), "hearer", "who chooses"),
            field("prefer", AMOUNT, "1", "odds of choosing a tie"),
            field("gates", Takes::Flag, "true", "whether closed ties carry nothing; if not, only tie.open is set"),
        ],
    ),
    word_of(
        Kind::Statement,
        "update",
        "update(column, expression)",
        "the column becomes the value of the expression, every step, all columns at once",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "rewire",
        "rewire { layer, rate, drop, pick, among, candidates, from, stop }",
        "hearers drop ties and pick new sources, keeping their number",
        &[
            needed("layer", Takes::Text, "whose ties"),
            field("rate", PROBABILITY, "1", "probability that a tie is reconsidered in a step"),
            field("drop", PROBABILITY, "1", "probability that a reconsidered tie is dropped"),
            field("pick", AMOUNT, "1", "odds of a candidate to be picked instead"),
            field("among", Takes::Choice(&["anyone", "friends_of_friends"]), "anyone", "who is a candidate"),
            field("candidates", POSITIVE, "32", "how many candidates are looked at"),
            field("from", COUNT, "0", "the first step of it"),
            field("stop", COUNT, "never", "the step from which on it rests"),
        ],
    ),
    word_of(
        Kind::Statement,
        "each",
        "each(who, { order }, function(me, t) ... end)",
        "a plain function called once a step for every agent of a kind or selection, after the updates: me.x reads and \
        writes columns, stages are 0 or 1, for other, tie in me:hears(layer) walks those it hears, me:degree(layer) \
        counts them, me:number() and me:is(kind) say who it is; where it returns true for all of them the run ends",
        &[field(
            "order",
            Takes::Choice(&["together", "random"]),
            "together",
            "together: each sees the others as they were at the start of the step, and writes only to itself; random: \
            one after another in a fresh random order, each seeing the latest state",
        )],
    ),
    word_of(
        Kind::Statement,
        "meet",
        "meet(layer, { per_step, choose }, function(speaker, hearer, tie, t) ... end)",
        "a plain function called for random pairs, one after another, each seeing the latest state",
        &[
            field(
                "per_step",
                Takes::Shape("\"agents\" or a whole number, at least 1"),
                "agents",
                "how many pairs meet in a step; \"agents\": as many as the population has agents",
            ),
            field(
                "choose",
                Takes::Choice(&["hearer", "tie"]),
                "hearer",
                "hearer: a random agent that hears somebody, and one of those it hears; tie: a random tie",
            ),
        ],
    ),
    word_of(
        Kind::Part,
        "list",
        "list(n, first)",
        "gives each agent a list of n numbers (a number or a distribution, 0 if not said), which only the functions of \
        each and meet can see",
        LIST,
    ),
    word_of(
        Kind::Part,
        "draw",
        "draw()    draw(n)",
        "inside each and meet: a number from 0 to 1, or a whole number from 1 to n, all equally likely",
        LIST,
    ),
    word_of(
        Kind::Part,
        "cut",
        "cut(tie)",
        "inside each and meet: the tie is gone; in a layer made with ties both ways, the reverse one too",
        LIST,
    ),
    word_of(
        Kind::Part,
        "connect",
        "connect(speaker, hearer, layer)",
        "inside each and meet: the hearer hears the speaker from now on; in a layer made with ties both ways, the speaker \
        the hearer too",
        LIST,
    ),
    word_of(
        Kind::Part,
        "everyone",
        "everyone(kind)",
        "inside each and meet: the list of all agents of a kind, of the population if not said",
        LIST,
    ),
    word_of(
        Kind::Part,
        "stop",
        "stop()",
        "inside each and meet: nothing can change any more, the run ends with this step",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "order",
        "order \"synchronous\" | \"asynchronous\" | \"continuous\"",
        "stands before the stages. synchronous, if not said: agents act all at once. asynchronous: one after another in a \
        fresh random order each step, each hearing, deciding, leaving and entering before the next; contacts open \
        before the first, updates, plain rules and rewiring follow the last. continuous: no steps; reach, chance and \
        leave are rates per unit of time (any number from 0 up), waiting is exponential, what has no rate happens at \
        once, steps is how long a run lasts, curves and at(t) are of whole times; contacts open ties for a unit of time, \
        updates and rewiring end it; no each, meet, emit = \"once\", nor now, age, new, chance(p) in a rate",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "start",
        "start { stage, who, item, at, fixed }",
        "where a contagion begins",
        &[
            needed("stage", Takes::Text, "the stage they enter"),
            needed("who", Takes::Who, "the initial adopters"),
            field("item", Takes::Text, "all items", "of which item"),
            field("at", COUNT, "0", "before which step; not inside at and every"),
            field("fixed", Takes::Flag, "false", "whether they keep the stage whatever the rules say"),
        ],
    ),
    word_of(
        Kind::Statement,
        "post",
        "post(item, who, stage)",
        "a fresh wave of an item: nobody holds any stage of it but those it starts with",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "set",
        "set(column, expression, who)",
        "sets a column once: for an agent column for some agents, for a tie column where the third expression is not 0",
        LIST,
    ),
    word_of(Kind::Statement, "mark", "mark(name, who)", "gives some agents a name, which is a 0/1 column", LIST),
    word_of(
        Kind::Statement,
        "at",
        "at(t, function() ... end)",
        "what happens before step t: start, post, set, mark, probe, observe",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "every",
        "every(k, function(t) ... end, from)",
        "what happens before every kth step, first before step from (k if not said)",
        LIST,
    ),
    word_of(
        Kind::Statement,
        "probe",
        "probe(column, { who, stage, from, item, steps, replicates, count })",
        "writes into a column what a start at each of these agents would yield, on a copy of the world",
        &[
            needed("who", Takes::Who, "the agents that are tried, one by one"),
            needed("stage", Takes::Text, "the stage whose holders are counted"),
            field("from", Takes::Text, "the counted stage", "the stage in which the tried agent starts"),
            field("item", Takes::Text, "the first item", "of which item"),
            needed("steps", POSITIVE, "how many steps it is given"),
            field("replicates", POSITIVE, "1", "how often it is tried; the mean is written"),
            field("count", Takes::Choice(&["population", "all"]), "population", "who is counted"),
        ],
    ),
    word_of(
        Kind::Statement,
        "observe",
        "observe(name, expression, t)",
        "a measure of every run: the value before step t, or at the end",
        LIST,
    ),
    word_of(
        Kind::Selector,
        "top",
        "top(n, expression, among)",
        "the n agents (n < 1: that share) with the largest value; ties are broken by a draw",
        LIST,
    ),
    word_of(Kind::Selector, "bottom", "bottom(n, expression, among)", "those with the smallest value", LIST),
    word_of(Kind::Selector, "random", "random(n, among)", "n agents (n < 1: that share) drawn at random", LIST),
    word_of(
        Kind::Selector,
        "cluster",
        "cluster(n, centre, layer)",
        "n agents near each other: breadth-first from the centre, which is drawn if not said, over the ties of the \
        layer",
        LIST,
    ),
    word_of(
        Kind::Selector,
        "greedy",
        "greedy(n, { stage, steps, replicates, among, from, item, count, lazy })",
        "n agents, one after another the one that adds most to the mean number reached, tried by the rules on a copy of the \
        world that stands still, with columns as they are; all tries meet the same draws. Of those that add equally many, the \
        one that brings the others nearest to adopting (the sum of squares of what each has heard, as a share of what it \
        needs): where several sources are needed, one that talks to the hearers of those chosen before. Equals are settled by \
        a draw. Takes as many tries as there are candidates times replicates, in an independent cascade some more for each \
        chosen, elsewhere as many again for each; not while the world is built",
        &[
            needed("stage", Takes::Text, "the stage whose holders are counted, those who start included"),
            needed("steps", POSITIVE, "how many steps a try is given"),
            field("replicates", POSITIVE, "100", "how often each set is tried; certain rules need one"),
            field("among", Takes::Who, "the population", "who can be chosen"),
            field("from", Takes::Text, "the counted stage", "the stage in which they start"),
            field("item", Takes::Text, "the first item", "of which item"),
            field("count", Takes::Choice(&["population", "all"]), "population", "who is counted"),
            field(
                "lazy",
                Takes::Flag,
                "true for independent cascades, else false",
                "whether an agent is tried again only where what it added before could still be the most (CELF): exact where \
                one source is enough; where several are needed, what an agent adds grows with those chosen before, and true \
                misses it",
            ),
        ],
    ),
    word_of(
        Kind::Selector,
        "influential",
        "influential(n, { stage, epsilon, steps, among, item })",
        "n agents that reach, with probability 1 - 1/agents, at least 1 - 1/e - epsilon of the most that any n can, from \
        cascades drawn backwards (IMM, Tang et al. 2015): for independent cascades (emit = \"once\") and linear thresholds \
        (needs from dist.uniform(0, 1)) only; not while the world is built",
        &[
            needed("stage", Takes::Text, "the stage whose holders are counted, those who start included"),
            field(
                "epsilon",
                Takes::Number { least: 0.01, most: 0.6 },
                ".2",
                "how far from the promise of greedy choice it may stay; half of it takes four times as long",
            ),
            field("steps", POSITIVE, "however many", "within how many steps"),
            field("among", Takes::Who, "the population", "who can be chosen"),
            field("item", Takes::Text, "the first item", "of which item"),
        ],
    ),
    word_of(Kind::Selector, "where", "where(expression)", "all agents for whom the expression is not 0", LIST),
    word_of(Kind::Law, "dist.uniform", "dist.uniform(low, high)", "every value from low to high equally likely", LIST),
    word_of(Kind::Law, "dist.normal", "dist.normal(mean, sd)", "the normal distribution", LIST),
    word_of(Kind::Law, "dist.lognormal", "dist.lognormal(mean, sd)", "exp of a normal with this mean and sd", LIST),
    word_of(Kind::Law, "dist.beta", "dist.beta(a, b)", "the beta distribution on 0 to 1", LIST),
    word_of(Kind::Law, "dist.pareto", "dist.pareto(minimum, exponent)", "P(X > x) = (minimum / x)^exponent", LIST),
    word_of(Kind::Law, "dist.bernoulli", "dist.bernoulli(p)", "1 with probability p, else 0", LIST),
    word_of(Kind::Law, "dist.int", "dist.int(low, high)", "every whole number from low to high equally likely", LIST),
    word_of(
        Kind::Law,
        "power_law",
        "power_law { exponent, min, max }",
        "degrees with P(k) in proportion to k^-exponent, for graph.configuration",
        &[
            needed("exponent", Takes::Number { least: 0.0, most: INF }, "how fast large degrees become rare"),
            field("min", POSITIVE, "1", "the smallest degree"),
            field("max", POSITIVE, "all others", "the largest degree"),
        ],
    ),
];
