//! What every run is told by, and what a chart makes of it.

use super::{Kind, Word, word_of};
use crate::experiment::STAGE_MEASURES;

const fn figure(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::Figure, name, signature, meaning, &[])
}

const fn result(name: &'static str, signature: &'static str, meaning: &'static str) -> Word {
    word_of(Kind::Result, name, signature, meaning, &[])
}

pub(super) const WORDS: &[Word] = &[
    result("S", "r{...}.adopted, \"adopted ~ rewire\"; offer.adopted with several items", STAGE_MEASURES[0].1),
    result("S.peak", "r{...}[\"adopted.peak\"]", STAGE_MEASURES[1].1),
    result("S.total", "r{...}[\"adopted.total\"]", STAGE_MEASURES[2].1),
    result("S.t50", "r{...}[\"adopted.t50\"]", STAGE_MEASURES[3].1),
    result("S.thalf", "r{...}[\"adopted.thalf\"]", STAGE_MEASURES[4].1),
    result("population", "r{...}.population", "agents of the first kind, which shares refer to"),
    figure(
        "formula",
        "\"y ~ x\"    \"y ~ x | series / panel\"    \"y ~ x * other\"    \"y ~ now | series\"",
        "what a chart shows: the mean of y over the runs with its 95 % band, a heat map for two parameters, the adoption curve \
        over now, a scatter of runs with a line through their bins for a measured x; \"response(stage) | series\" is the exposure \
        curve, \"paired(y, by, a - b) ~ x\" the difference run by run",
    ),
    figure(
        "global",
        "\"global(adopted, .1) ~ z\"",
        "share of runs in which it is above this, with Wilson's 95 % interval",
    ),
    figure("given", "\"given(adopted, .1) ~ z\"", "mean over the runs in which it is above this"),
    figure("ccdf", "\"ccdf(adopted) | z\"", "share of runs in which it is at least as large as x"),
    figure(
        "boundary",
        "\"boundary(adopted, .1, phi) ~ z\"",
        "where along phi the share of runs in which it is above this passes one half, or the chart's level",
    ),
];
