//! Expressions: operators and functions on `me`, `src`, `dst`, `tie`, `it` build a formula instead of computing. Given
//! plain numbers, the same functions compute at once.

pub(super) mod functions;

use mlua::{Lua, MetaMethod, MultiValue, Table, UserData, UserDataFields, UserDataMethods, Value, Variadic};

use super::session::{Session, fail, here};
use super::values::{Law, Topics};
use super::vm::Exponent;
use super::{makers, paired, results, values};
use crate::formula::{Binary, Formula, Name, Unary, View};
use crate::network::measure::AgentMeasure;
use crate::stats;

/// An expression in the hands of the script.
#[derive(Clone)]
pub(super) struct Captured(pub(super) Formula);

/// `me`, `src`, `dst`, `tie` or `it`.
#[derive(Clone, Copy)]
pub(super) struct Seen(View);

const VIEWS: [View; 5] = [View::Me, View::Src, View::Dst, View::Tie, View::It];
/// What is said to those who compare expressions as if they were numbers.
pub(super) const COMPARED: &str =
    "an expression cannot be compared with <, > or == while the scenario is read: use lt(a, b), le, gt, ge, eq or ne";

impl UserData for Seen {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_meta_field(MetaMethod::Type, "expression");
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::Index, |lua, view, key: Value| {
            let word = path_word(lua, &key, view.0.word())?;
            Ok(Captured(Formula::Name(Name { view: view.0, path: vec![word], line: here(lua) })))
        });
        teach(methods, |view: &Seen| {
            let word = view.0.word();
            format!("{word} alone is no value: name a column, such as {word}.trust")
        });
        refuse_assignment(methods);
    }
}

impl UserData for Captured {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_meta_field(MetaMethod::Type, "expression");
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::Index, |lua, captured, key: Value| match &captured.0 {
            Formula::Name(name) if name.view != View::Plain => {
                // The longest there is: src.new.posted.offer.
                if name.path.len() == 3 {
                    return Err(fail(
                        lua,
                        format!("{name} has no parts of its own: the longest name is src.new.stage.item"),
                    ));
                }
                let mut name = name.clone();
                name.path.push(path_word(lua, &key, &name.to_string())?);
                name.line = here(lua);
                Ok(Captured(Formula::Name(name)))
            }
            _ => {
                let key = key.to_string()?;
                Err(fail(
                    lua,
                    format!("an expression has no part \"{key}\": only columns have, such as me.age.adopted"),
                ))
            }
        });
        let operators = [
            (MetaMethod::Add, Binary::Add),
            (MetaMethod::Sub, Binary::Subtract),
            (MetaMethod::Mul, Binary::Multiply),
            (MetaMethod::Div, Binary::Divide),
            (MetaMethod::Mod, Binary::Modulo),
        ];
        for (method, operator) in operators {
            methods.add_meta_function(method, move |lua, (a, b): (Value, Value)| binary(lua, operator, &a, &b));
        }
        methods.add_meta_function(MetaMethod::Pow, power);
        methods.add_meta_function(MetaMethod::IDiv, |lua, (a, b): (Value, Value)| {
            let (a, b) = (number_or_formula(lua, &a)?, number_or_formula(lua, &b)?);
            capture(lua, Formula::unary(Unary::Floor, Formula::binary(Binary::Divide, a, b)))
        });
        methods.add_meta_method(MetaMethod::Unm, |lua, captured, _: Value| {
            capture(lua, Formula::unary(Unary::Negate, captured.0.clone()))
        });
        for method in [MetaMethod::Lt, MetaMethod::Le, MetaMethod::Eq] {
            methods.add_meta_function(method, |lua, _: MultiValue| -> mlua::Result<bool> { Err(fail(lua, COMPARED)) });
        }
        methods.add_meta_function(MetaMethod::Concat, |lua, _: MultiValue| -> mlua::Result<()> {
            Err(fail(lua, "an expression cannot be joined to a string: it has no value while the scenario is read"))
        });
        methods.add_meta_function(MetaMethod::Call, called);
        methods.add_meta_function(MetaMethod::Len, |lua, _: Value| -> mlua::Result<()> {
            Err(fail(lua, "an expression has no length; count_in(x), count_out(x) and sum(x) count"))
        });
        methods.add_meta_function(MetaMethod::ToString, |_, captured: Value| Ok(written(&captured)));
        refuse_assignment(methods);
    }
}

/// `me.complex_centrality(2)`, `me.complex_centrality(me.doubt)`: the one thing that can be called.
fn called(lua: &Lua, (captured, given): (Value, Variadic<Value>)) -> mlua::Result<Captured> {
    let formula = formula_in(&captured);
    let measure = |path: &[String]| AgentMeasure::named(&path[0]).filter(|measure| measure.takes_threshold());
    let name = match &formula {
        Some(Formula::Name(name)) if name.path.len() == 1 && measure(&name.path).is_some() => name,
        Some(Formula::Name(name)) if name.path.len() == 1 && AgentMeasure::named(&name.path[0]).is_some() => {
            return Err(fail(lua, format!("{name} takes nothing in parentheses; for one layer write {name}.layer")));
        }
        _ => {
            let name = written(&captured);
            return Err(fail(lua, format!("{name} is an expression, not a function (a product is written with *)")));
        }
    };
    let threshold = match (&given[..], given.first().and_then(formula_in)) {
        ([Value::Integer(number)], _) if *number > 0 => number.to_string(),
        ([Value::Number(number)], _) if *number > 0.0 && number.is_finite() => crate::table::written(*number),
        ([_], Some(Formula::Name(Name { view: View::Me, path, .. }))) if path.len() == 1 => path[0].clone(),
        (given, _) => {
            let got: Vec<String> = given.iter().map(described).collect();
            let got = if got.is_empty() { "nothing".into() } else { got.join(", ") };
            return Err(fail(
                lua,
                format!("{name}(threshold): expected one number above 0 or a column such as me.doubt, got {got}"),
            ));
        }
    };
    let mut name = name.clone();
    name.path.push(format!("({threshold})"));
    name.line = here(lua);
    Ok(Captured(Formula::Name(name)))
}

/// `a ^ b` for numbers and expressions, the exponent packed or not.
pub(super) fn power(lua: &Lua, (a, b): (Value, Value)) -> mlua::Result<Value> {
    let exponent = match &b {
        Value::UserData(data) => data.borrow::<Exponent>().ok().map(|exponent| exponent.0.clone()),
        _ => None,
    };
    let (a, b) = (number_or_formula(lua, &a)?, number_or_formula(lua, &exponent.unwrap_or(b))?);
    hand_out(
        lua,
        match (a.constant(), b.constant()) {
            (Some(a), Some(b)) => Formula::Number(plain_power(a, b)),
            _ => Formula::binary(Binary::Power, a, b),
        },
    )
}

/// As Luau has it: squares, cubes and square roots are exact products and roots.
fn plain_power(a: f64, b: f64) -> f64 {
    match b {
        2.0 => a * a,
        3.0 => a * a * a,
        0.5 => a.sqrt(),
        _ => stats::pow(a, b),
    }
}

/// Makes every operator on a value that is no expression say what was probably meant.
pub(super) fn teach<T: 'static, M: UserDataMethods<T>>(methods: &mut M, lesson: fn(&T) -> String) {
    let operators = [
        MetaMethod::Add,
        MetaMethod::Sub,
        MetaMethod::Mul,
        MetaMethod::Div,
        MetaMethod::Mod,
        MetaMethod::Pow,
        MetaMethod::Unm,
        MetaMethod::Lt,
        MetaMethod::Le,
        MetaMethod::Concat,
        MetaMethod::Len,
    ];
    for method in operators {
        methods.add_meta_function(method, move |lua, (a, b): (Value, Value)| -> mlua::Result<()> {
            for data in [a, b].iter().filter_map(Value::as_userdata) {
                if let Ok(it) = data.borrow::<T>() {
                    return Err(fail(lua, lesson(&it)));
                }
            }
            Err(fail(lua, "this cannot be computed with"))
        });
    }
}

fn refuse_assignment<T: 'static, M: UserDataMethods<T>>(methods: &mut M) {
    methods.add_meta_function(MetaMethod::NewIndex, |lua, _: MultiValue| -> mlua::Result<()> {
        Err(fail(
            lua,
            "a column cannot be assigned: set(column, expression) sets it once, update(column, expression) every step",
        ))
    });
}

fn path_word(lua: &Lua, key: &Value, before: &str) -> mlua::Result<String> {
    match key {
        Value::String(word) => Ok(word.to_string_lossy()),
        Value::Nil => Err(fail(lua, format!("{before}[...]: the name of the column is missing (nil)"))),
        other => Err(fail(lua, format!("{before}[...]: expected the name of a column, got {}", described(other)))),
    }
}

/// Names as they are written, other expressions as "an expression".
fn written(value: &Value) -> String {
    match formula_in(value) {
        Some(Formula::Name(name)) => name.to_string(),
        _ => "an expression".into(),
    }
}

pub(super) fn formula_in(value: &Value) -> Option<Formula> {
    match value {
        Value::UserData(data) => data.borrow::<Captured>().ok().map(|captured| captured.0.clone()),
        _ => None,
    }
}

/// A value in the words of a message: `a string "3"`.
pub(super) fn described(value: &Value) -> String {
    match value {
        Value::Nil => "nothing (nil)".into(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => format!("the number {number}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("a string {:?}", text.to_string_lossy()),
        Value::Table(_) => "a table".into(),
        Value::Function(_) => "a function".into(),
        Value::UserData(data) => {
            let kinds: [(bool, &str); 15] = [
                (data.is::<Captured>(), "an expression"),
                (data.is::<Seen>(), "a view without a column"),
                (data.is::<Law>(), "a distribution"),
                (data.is::<Topics>(), "a topic table"),
                (data.is::<values::Listed>(), "a list for each agent"),
                (data.is::<values::Chosen>(), "a selector of agents"),
                (data.is::<makers::Making>(), "a maker of ties"),
                (data.is::<values::Remembered>(), "a memory"),
                (data.is::<values::DegreeLaw>(), "a law of degrees"),
                (data.is::<super::charts::Charted>(), "a chart"),
                (data.is::<super::designs::Together>(), "zip, sample or points"),
                (data.is::<super::designs::Refined>(), "refine"),
                (data.is::<super::designs::Repeated>(), "until_known"),
                (data.is::<results::Matching>(), "a selection of runs"),
                (data.is::<paired::Comparison>(), "a comparison of runs"),
            ];
            kinds.iter().find(|(is, _)| *is).map_or("something else", |(_, words)| words).into()
        }
        other => format!("a {}", other.type_name()),
    }
}

/// The formula a value stands for, or what is wrong with it.
pub(super) fn formula_of(value: &Value) -> Result<Formula, String> {
    let number = match value {
        Value::Integer(number) => *number as f64,
        Value::Number(number) => *number,
        other => {
            if let Some(formula) = formula_in(other) {
                return Ok(formula);
            }
            let mut message = format!("expected a number or an expression, got {}", described(other));
            message += match other {
                Value::Boolean(_) => {
                    ": == and ~= cannot compare expressions, use eq(a, b) and ne(a, b); of a plain flag when(flag, 1, 0) \
                     makes a number"
                }
                Value::UserData(data) if data.is::<Law>() => {
                    ": a distribution gives the first values of a column; declare one and compute with it"
                }
                Value::UserData(data) if data.is::<Seen>() => ": name a column, such as me.trust",
                Value::Nil => ": look for a misspelt name",
                _ => "",
            };
            return Err(message);
        }
    };
    if number.is_nan() { Err("not a number (NaN): was 0 divided by 0?".into()) } else { Ok(Formula::Number(number)) }
}

fn number_or_formula(lua: &Lua, value: &Value) -> mlua::Result<Formula> {
    formula_of(value).map_err(|message| fail(lua, message))
}

fn binary(lua: &Lua, operator: Binary, a: &Value, b: &Value) -> mlua::Result<Captured> {
    capture(lua, Formula::binary(operator, number_or_formula(lua, a)?, number_or_formula(lua, b)?))
}

/// Plain numbers go back to the script as numbers.
fn hand_out(lua: &Lua, formula: Formula) -> mlua::Result<Value> {
    match formula.constant() {
        Some(number) => Ok(Value::Number(number)),
        None => Ok(Value::UserData(lua.create_userdata(capture(lua, formula)?)?)),
    }
}

/// A new expression, of a size that can be worked with: a loop can build one that is deeper than any stack, or, by
/// using itself twice, larger than any memory.
fn capture(lua: &Lua, formula: Formula) -> mlua::Result<Captured> {
    let mut parts = 0;
    if !is_of_a_size(&formula, DEEPEST, &mut parts) {
        let message = format!(
            "this expression has more than {LARGEST} parts, or is nested more than {DEEPEST} deep: is it built in a \
            loop?"
        );
        return Err(fail(lua, message));
    }
    Session::of(lua).spend(u64::from(parts));
    Ok(Captured(formula))
}

const LARGEST: u32 = 10_000;
const DEEPEST: u32 = 500;

fn is_of_a_size(formula: &Formula, depth: u32, parts: &mut u32) -> bool {
    *parts += 1;
    if depth == 0 || *parts > LARGEST {
        return false;
    }
    let mut sound = |part: &Formula| is_of_a_size(part, depth - 1, parts);
    match formula {
        Formula::Number(_) | Formula::Name(_) | Formula::Structure { .. } | Formula::Cascade { .. } => true,
        Formula::Unary(_, a) | Formula::Chance { p: a, .. } => sound(a),
        Formula::Fold { of, .. } | Formula::Total { of, .. } => sound(of),
        Formula::Binary(_, a, b) | Formula::RankCorrelation { x: a, y: b, .. } => sound(a) && sound(b),
        Formula::When(c, a, b) => sound(c) && sound(a) && sound(b),
    }
}

/// The views and the functions of expressions.
pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    for view in VIEWS {
        globals.set(view.word(), Seen(view))?;
    }
    for word in ["now", "evidence"] {
        globals.set(word, Captured(Formula::Name(Name { view: View::Plain, path: vec![word.into()], line: 0 })))?;
    }
    functions::bind(lua, globals)
}
