//! The functions of expressions: arithmetic and comparisons, choices, sums over neighbourhoods, totals.

use std::sync::Arc;

use mlua::{Lua, Table, Value, Variadic};

use super::{Captured, capture, described, hand_out, number_or_formula};
use crate::formula::{Binary, Fold, Formula, Name, Side, Total, Unary, View};
use crate::script::given::taking;
use crate::script::session::{Session, fail, here};
use crate::script::{values, vocabulary};

/// Makes them known to scripts.
pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    bind_arithmetic(lua, globals)?;
    bind_choices(lua, globals)?;
    bind_folds(lua, globals)?;
    bind_totals(lua, globals)
}

fn bind_arithmetic(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    let unary =
        [("exp", Unary::Exp), ("log", Unary::Log), ("sqrt", Unary::Sqrt), ("abs", Unary::Abs), ("floor", Unary::Floor)];
    for (name, operator) in unary {
        let apply = move |lua: &Lua, args: Variadic<Value>| {
            let [x] = arguments(lua, name, &args)?;
            hand_out(
                lua,
                match x.constant() {
                    Some(x) => Formula::Number(operator.of(x)),
                    None => Formula::unary(operator, x),
                },
            )
        };
        globals.set(name, taking(lua, name, apply)?)?;
    }
    let comparisons = [
        ("lt", Binary::Less),
        ("le", Binary::LessEqual),
        ("gt", Binary::Greater),
        ("ge", Binary::GreaterEqual),
        ("eq", Binary::Equal),
        ("ne", Binary::NotEqual),
    ];
    for (name, operator) in comparisons {
        let apply = move |lua: &Lua, args: Variadic<Value>| {
            let [a, b] = arguments(lua, name, &args)?;
            hand_out(lua, applied(operator, a, b))
        };
        globals.set(name, taking(lua, name, apply)?)?;
    }
    for (name, operator) in [("min", Binary::Min), ("max", Binary::Max)] {
        let apply = move |lua: &Lua, args: Variadic<Value>| {
            let mut all = Vec::new();
            for value in args.iter() {
                all.push(number_or_formula(lua, value).map_err(|e| prefixed(lua, name, &e))?);
            }
            let best = all.into_iter().reduce(|a, b| applied(operator, a, b));
            hand_out(lua, best.ok_or_else(|| fail(lua, format!("{name}(a, b, ...) needs at least one number")))?)
        };
        globals.set(name, taking(lua, name, apply)?)?;
    }
    let clamp = |lua: &Lua, args: Variadic<Value>| {
        let [x, low, high] = arguments(lua, "clamp", &args)?;
        hand_out(lua, applied(Binary::Max, applied(Binary::Min, x, high), low))
    };
    globals.set("clamp", taking(lua, "clamp", clamp)?)
}

/// An operator on two numbers, which is a number, or on expressions.
fn applied(operator: Binary, a: Formula, b: Formula) -> Formula {
    match (a.constant(), b.constant()) {
        (Some(a), Some(b)) => Formula::Number(operator.of(a, b)),
        _ => Formula::binary(operator, a, b),
    }
}

fn bind_choices(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    let when = |lua: &Lua, (c, a, b): (Value, Value, Value)| {
        let c = match c {
            Value::Boolean(flag) => Formula::Number(f64::from(u8::from(flag))),
            other => number_or_formula(lua, &other).map_err(|e| prefixed(lua, "when", &e))?,
        };
        let a = number_or_formula(lua, &a).map_err(|e| prefixed(lua, "when", &e))?;
        let b = number_or_formula(lua, &b).map_err(|e| prefixed(lua, "when", &e))?;
        hand_out(
            lua,
            match c.constant() {
                Some(c) if c != 0.0 => a,
                Some(_) => b,
                None => Formula::When(Arc::new(c), Arc::new(a), Arc::new(b)),
            },
        )
    };
    globals.set("when", taking(lua, "when", when)?)?;
    let chance = |lua: &Lua, args: Variadic<Value>| {
        let [p] = arguments(lua, "chance", &args)?;
        if let Some(p) = p.constant().filter(|p| !(0.0..=1.0).contains(p)) {
            return Err(fail(lua, format!("chance({p}): a probability is 0 to 1")));
        }
        capture(lua, Formula::Chance { token: Session::of(lua).next_chance(), p: Arc::new(p) })
    };
    globals.set("chance", taking(lua, "chance", chance)?)
}

fn bind_folds(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    let folds = [
        ("sum_in", Fold::Sum, Side::In),
        ("sum_out", Fold::Sum, Side::Out),
        ("max_in", Fold::Max, Side::In),
        ("max_out", Fold::Max, Side::Out),
        ("count_in", Fold::Count, Side::In),
        ("count_out", Fold::Count, Side::Out),
    ];
    for (word, fold, side) in folds {
        let apply = move |lua: &Lua, (x, layer): (Value, Value)| {
            let of = Arc::new(number_or_formula(lua, &x).map_err(|e| prefixed(lua, word, &e))?);
            let layer = optional_name(lua, word, "layer", &layer)?;
            capture(lua, Formula::Fold { fold, side, of, layer, line: here(lua) })
        };
        globals.set(word, taking(lua, word, apply)?)?;
    }
    for (word, side) in [("mean_in", Side::In), ("mean_out", Side::Out)] {
        let apply = move |lua: &Lua, (x, layer, default): (Value, Value, Value)| {
            let of = Arc::new(number_or_formula(lua, &x).map_err(|e| prefixed(lua, word, &e))?);
            let layer = optional_name(lua, word, "layer", &layer)?;
            let over = |fold, of| Formula::Fold { fold, side, of, layer: layer.clone(), line: here(lua) };
            let mean = over(Fold::Mean, of);
            if default.is_nil() {
                return capture(lua, mean);
            }
            let default = number_or_formula(lua, &default).map_err(|e| prefixed(lua, word, &e))?;
            let anybody = over(Fold::Count, Arc::new(Formula::Number(1.0)));
            capture(lua, Formula::When(Arc::new(anybody), Arc::new(mean), Arc::new(default)))
        };
        globals.set(word, taking(lua, word, apply)?)?;
    }
    Ok(())
}

fn bind_totals(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    for (name, total) in [("sum", Total::Sum), ("mean", Total::Mean), ("std", Total::Std), ("gini", Total::Gini)] {
        let apply = move |lua: &Lua, (x, among): (Value, Value)| {
            let of = Arc::new(number_or_formula(lua, &x).map_err(|e| prefixed(lua, name, &e))?);
            let among = optional_name(lua, name, "set of agents", &among)?;
            capture(lua, Formula::Total { total, of, among, line: here(lua) })
        };
        globals.set(name, taking(lua, name, apply)?)?;
    }
    let share = |lua: &Lua, (stage, among): (Value, Value)| {
        let Value::String(stage) = stage else {
            return Err(fail(lua, format!("share: expected the name of a stage in quotes, got {}", described(&stage))));
        };
        let path = stage.to_string_lossy().split('.').map(str::to_string).collect();
        let of = Arc::new(Formula::Name(Name { view: View::Me, path, line: here(lua) }));
        let among = optional_name(lua, "share", "set of agents", &among)?;
        Ok(Captured(Formula::Total { total: Total::Mean, of, among, line: here(lua) }))
    };
    globals.set("share", taking(lua, "share", share)?)?;
    let rank_corr = |lua: &Lua, (x, y, among): (Value, Value, Value)| {
        let x = Arc::new(number_or_formula(lua, &x).map_err(|e| prefixed(lua, "rank_corr", &e))?);
        let y = Arc::new(number_or_formula(lua, &y).map_err(|e| prefixed(lua, "rank_corr", &e))?);
        let among = optional_name(lua, "rank_corr", "set of agents", &among)?;
        capture(lua, Formula::RankCorrelation { x, y, among, line: here(lua) })
    };
    globals.set("rank_corr", taking(lua, "rank_corr", rank_corr)?)
}

/// Exactly `N` numbers or expressions.
fn arguments<const N: usize>(lua: &Lua, word: &str, given: &[Value]) -> mlua::Result<[Formula; N]> {
    if given.len() != N {
        let signature = vocabulary::word(word).map_or("", |word| word.signature);
        return Err(fail(lua, format!("{signature}: expected {N} of them, got {}", given.len())));
    }
    let mut formulas = Vec::with_capacity(N);
    for value in given {
        formulas.push(number_or_formula(lua, value).map_err(|e| prefixed(lua, word, &e))?);
    }
    Ok(formulas.try_into().expect("their number was checked"))
}

fn prefixed(lua: &Lua, word: &str, error: &mlua::Error) -> mlua::Error {
    match error.downcast_ref::<crate::formula::Mistake>() {
        Some(mistake) => fail(lua, format!("{word}: {}", mistake.message)),
        None => error.clone(),
    }
}

/// A name in quotes, or nothing.
pub(in crate::script) fn optional_name(
    lua: &Lua,
    word: &str,
    what: &str,
    value: &Value,
) -> mlua::Result<Option<String>> {
    match value {
        Value::Nil => Ok(None),
        Value::String(name) => Ok(Some(name.to_string_lossy())),
        other => {
            let mut message = format!("{word}: expected the name of a {what} in quotes, got {}", described(other));
            if matches!(other, Value::UserData(data) if data.is::<values::Chosen>()) {
                message += ": give the selected agents a name with mark(name, who) and use that";
            }
            Err(fail(lua, message))
        }
    }
}
