//! The makers of ties.

use super::{AMOUNT, COUNT, Field, INF, Kind, POSITIVE, SHARE, Takes, Word, field, needed, word_of};

const KEEP: Field = field(
    "keep",
    Takes::Choice(&["degree"]),
    "nothing",
    "\"degree\": by swaps, so that nobody's number of ties changes",
);

pub(super) const WORDS: &[Word] = &[
    word_of(
        Kind::Maker,
        "graph.ring",
        "graph.ring { k, rewire = 0, keep }",
        "everybody is tied with the k nearest on a ring; a share of the ties is rewired (Watts and Strogatz 1998)",
        &[
            needed("k", COUNT, "ties of each agent; even, half to each side"),
            field("rewire", SHARE, "0", "probability that a tie gets a random end"),
            KEEP,
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.random",
        "graph.random { k | p | m }",
        "ties between random pairs; say the mean degree, the probability of a tie, or the number of ties",
        &[
            field("k", Takes::Number { least: 0.0, most: INF }, "by p or m", "mean degree"),
            field("p", SHARE, "by k or m", "probability that two agents are tied"),
            field("m", COUNT, "by k or p", "number of tied pairs"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.regular",
        "graph.regular { k }",
        "random ties, everybody with exactly k",
        &[needed("k", COUNT, "ties of each agent")],
    ),
    word_of(
        Kind::Maker,
        "graph.configuration",
        "graph.configuration { degrees | like }",
        "random ties with given degrees",
        &[
            field(
                "degrees",
                Takes::Shape("a list of whole numbers, a distribution, or power_law{...}"),
                "those of like",
                "how many ties each agent has",
            ),
            field("like", Takes::Text, "degrees", "a file of ties whose degrees are taken"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.scale_free",
        "graph.scale_free { m, mutual = false }",
        "newcomers follow m others, the popular ones more often (Barabasi and Albert 1999); ties run from the popular to the follower",
        &[
            needed("m", POSITIVE, "whom each newcomer follows"),
            field("mutual", Takes::Flag, "false", "whether ties go both ways"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.clustered",
        "graph.clustered { m, p }",
        "scale free with closed triangles (Holme and Kim 2002)",
        &[
            needed("m", POSITIVE, "ties of each newcomer"),
            needed("p", SHARE, "probability of closing a triangle after a tie"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.grid",
        "graph.grid { r = 1, border = false, neighbours = 8, sides }",
        "agents on a rectangle, tied with those near them",
        &[
            field("r", POSITIVE, "1", "how far a tie reaches"),
            field("border", Takes::Flag, "false", "whether the sheet has a border; if not, it is a torus"),
            field(
                "neighbours",
                Takes::Whole { least: 4.0, most: 8.0 },
                "8",
                "4: along rows and columns; 8: also across corners",
            ),
            field("sides", Takes::Shape("a list {rows, columns}"), "the squarest", "how the agents are laid out"),
        ],
    ),
    word_of(Kind::Maker, "graph.complete", "graph.complete {}", "everybody is tied with everybody", &[]),
    word_of(
        Kind::Maker,
        "graph.groups",
        "graph.groups { size, k, out = 0 }",
        "groups of equal size with random ties inside, a share of which leads out",
        &[
            needed("size", POSITIVE, "agents in a group"),
            needed("k", Takes::Number { least: 0.0, most: INF }, "mean number of ties of an agent inside its group"),
            field("out", SHARE, "0", "probability that a tie leads out of the group"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.blocks",
        "graph.blocks { sizes, p_in, p_out }",
        "groups with one probability of a tie inside and another across (stochastic block model)",
        &[
            needed("sizes", Takes::Shape("a list of whole numbers"), "agents in each block"),
            needed("p_in", SHARE, "probability of a tie inside a block"),
            needed("p_out", SHARE, "probability of a tie across blocks"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.members",
        "graph.members { of, each = 1 }",
        "everybody joins some of these agents, chosen at random; ties go both ways",
        &[needed("of", Takes::Who, "whom one joins"), field("each", COUNT, "1", "how many each agent joins")],
    ),
    word_of(
        Kind::Maker,
        "graph.kernel",
        "graph.kernel { k, weight, candidates = 1000 }",
        "everybody hears k others, with odds by a formula of me and src",
        &[
            needed("k", COUNT, "whom each agent hears"),
            needed("weight", AMOUNT, "the odds of a candidate, such as exp(-abs(me.trait - src.trait))"),
            field("candidates", POSITIVE, "1000", "how many sampled candidates are looked at"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.star",
        "graph.star(from, to)",
        "every agent of from is heard by every agent of to",
        &[],
    ),
    word_of(
        Kind::Maker,
        "graph.audience",
        "graph.audience { of, among, size, disjoint = false }",
        "every agent of a set is heard by an audience drawn at random",
        &[
            needed("of", Takes::Who, "who is heard"),
            field("among", Takes::Who, "the population", "who hears"),
            needed("size", Takes::Number { least: 0.0, most: INF }, "hearers of each"),
            field("disjoint", Takes::Flag, "false", "whether audiences share nobody"),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.list",
        "graph.list { {from, to}, ... }",
        "ties written out, each from speaker to hearer, by name or by number from 1",
        &[],
    ),
    word_of(
        Kind::Maker,
        "graph.file",
        "graph.file(path, { directed = true, weight })",
        "ties of a file, one \"speaker hearer\" a line; the path is relative to the scenario",
        &[
            field("directed", Takes::Flag, "true", "whether a line is one tie, or one each way"),
            field(
                "weight",
                Takes::Text,
                "as in the file",
                "the name of the tie column that the third entry of a line fills",
            ),
        ],
    ),
    word_of(
        Kind::Maker,
        "graph.shuffled",
        "graph.shuffled(maker, { keep = \"degree\", share = 1 })",
        "the same degrees, everything else random: the null model of any network",
        &[
            field("keep", Takes::Choice(&["degree"]), "degree", "what stays as it was"),
            field("share", SHARE, "1", "share of the ties that are swapped"),
        ],
    ),
];
