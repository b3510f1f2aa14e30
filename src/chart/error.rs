//! What can be wrong with a wish for a figure, said so that the next try succeeds.

/// Why a figure could not be drawn. Never an empty picture in silence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChartError {
    #[error("in the chart \"{formula}\", at \"{at}\": {problem}; {FORMS}")]
    Formula { formula: String, at: String, problem: String },

    #[error("{name} is not a column that can be drawn{}; there are {known}", probably(.meant))]
    UnknownColumn { name: String, meant: Option<String>, known: String },

    #[error("{name} holds text, and {role} needs numbers")]
    Text { name: String, role: &'static str },

    #[error("{name} is named twice in \"{formula}\"; each column can be drawn in one way only")]
    Twice { name: String, formula: String },

    #[error("{name} has one level ({level}); nothing to draw against")]
    OneLevel { name: String, level: String },

    #[error("{name} has {levels} different values, {most} are allowed for {role}; give it to x, or sweep fewer levels")]
    ManyLevels { name: String, levels: usize, most: usize, role: &'static str },

    #[error("{name} is measured, not swept: {role} needs a parameter{}", swept(.parameters))]
    NotSwept { name: String, role: &'static str, parameters: Vec<String> },

    #[error("{name} has levels that are not numbers ({level}), which this axis needs: try \"{instead}\"")]
    NotNumeric { name: String, level: String, instead: String },

    #[error("no run has finished ({failed} failed{}); nothing to draw", because(.first))]
    NoFinishedRun { failed: usize, first: String },

    #[error("{name} has no level {given}{}; it has {}", probably(.meant), known.join(", "))]
    UnknownLevel { name: String, given: String, meant: Option<String>, known: Vec<String> },

    #[error("no run with {name} = {} has a partner with {name} = {} that shares everything else; nothing to compare", levels[0], levels[1])]
    NoPair { name: String, levels: [String; 2] },

    #[error("{measure}: the share of runs nowhere passes {level} along {along}; it goes from {low} to {high}")]
    NoCrossing { measure: String, level: f64, along: String, low: f64, high: f64 },

    #[error("{measure} has no value in any of {runs} finished runs; nothing to draw")]
    AllMissing { measure: String, runs: usize },

    #[error("this study kept no adoption curves; \"y ~ now\" needs them")]
    NoCurves,

    #[error(
        "this study kept no exposure curve of {stage}; a chart \"response({stage})\" in the scenario makes it keep one"
    )]
    NoResponse { stage: String },

    #[error("{measure} over time is not drawn; a chart against now is a plain column, as in \"{column} ~ now\"")]
    MeasureOverTime { measure: String, column: String },

    #[error("log = \"{given}\" is not an axis; allowed are \"x\", \"y\", \"xy\" and \"none\"")]
    LogWish { given: String },

    #[error("width = \"{given}\" is not a width; allowed are \"single\" (3.4 inches) and \"double\" (7 inches)")]
    Width { given: String },

    #[error("the {axis} axis ({name}) cannot be logarithmic: {why}")]
    LogAxis { axis: &'static str, name: String, why: String },

    #[error("{agents} agents are too many for a picture, which shows at most {most}")]
    ManyAgents { agents: usize, most: usize },

    #[error("the figure cannot be turned into {format}: {why}")]
    Convert { format: &'static str, why: String },
}

const FORMS: &str = "a chart is \"y ~ x | series / panel\", with y a column, global(column, .1), given(column, .1), \
                     ccdf(column), response(stage), paired(column, parameter, level - level) or \
                     boundary(column, .1, parameter), and x a column, now, or two parameters as in z * phi";

fn probably(name: &Option<String>) -> String {
    name.as_ref().map_or(String::new(), |name| format!(", did you mean {name}?"))
}

fn because(first: &str) -> String {
    if first.is_empty() { String::new() } else { format!(", the first because {first}") }
}

fn swept(parameters: &[String]) -> String {
    if parameters.is_empty() { ", and this study has none".into() } else { format!(": {}", parameters.join(", ")) }
}
