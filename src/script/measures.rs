//! Measures as words of expressions: of the structure of layers, and of the cascade in a run.

use mlua::{Lua, Table, Value, Variadic};

use super::captured::functions::optional_name;
use super::captured::{Captured, described, formula_in};
use super::given::taking;
use super::session::{Session, fail, here};
use super::vocabulary::{self, Kind};
use crate::contagion::cascade::CascadeMeasure;
use crate::contagion::world::Setup;
use crate::formula::{Formula, Name, View};

pub(super) fn bind(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    bind_structure(lua, globals)?;
    for measure in CascadeMeasure::ALL {
        let apply = move |lua: &Lua, args: Variadic<Value>| cascade(lua, measure, &args);
        globals.set(measure.name(), taking(lua, measure.name(), apply)?)?;
    }
    Ok(())
}

fn bind_structure(lua: &Lua, globals: &Table) -> mlua::Result<()> {
    for measure in vocabulary::words().filter(|word| word.kind == Kind::Measure) {
        let apply = |lua: &Lua, layer: Value| {
            let layer = optional_name(lua, measure.name, "layer", &layer)?;
            Ok(Captured(Formula::Structure { measure: measure.name.into(), layer, line: here(lua) }))
        };
        globals.set(measure.name, taking(lua, measure.name, apply)?)?;
    }
    for measure in vocabulary::words().filter(|word| word.kind == Kind::ThresholdMeasure) {
        let apply = |lua: &Lua, (number, layer): (Value, Value)| {
            let at = match (&number, formula_in(&number)) {
                (Value::Integer(number), _) => number.to_string(),
                (Value::Number(number), _) => crate::table::written(*number),
                (_, Some(Formula::Name(Name { view: View::Me, path, .. }))) if path.len() == 1 => path[0].clone(),
                _ => {
                    let got = described(&number);
                    return Err(fail(lua, format!("{}: expected a number, got {got}", measure.signature)));
                }
            };
            let layer = optional_name(lua, measure.name, "layer", &layer)?;
            Ok(Captured(Formula::Structure { measure: format!("{}.{at}", measure.name), layer, line: here(lua) }))
        };
        globals.set(measure.name, taking(lua, measure.name, apply)?)?;
    }
    for measure in vocabulary::words().filter(|word| word.kind == Kind::ColumnMeasure) {
        let apply = |lua: &Lua, (column, layer): (Value, Value)| {
            let is_layer = |name: &str| {
                let session = Session::of(lua);
                let world = session.world.borrow();
                world.setup.iter().any(|setup| matches!(setup, Setup::Ties(ties) if ties.layer == name))
            };
            let name = match (&column, formula_in(&column)) {
                (Value::String(name), _) if is_layer(&name.to_string_lossy()) => {
                    let (word, layer) = (measure.name, name.to_string_lossy());
                    let message =
                        format!("{word}: {layer} is a layer; say of which column, too: {word}(me.column, \"{layer}\")");
                    return Err(fail(lua, message));
                }
                (Value::String(name), _) => name.to_string_lossy(),
                (_, Some(Formula::Name(Name { view: View::Me, path, .. }))) if path.len() == 1 => path[0].clone(),
                _ => {
                    let got = described(&column);
                    return Err(fail(lua, format!("{}: expected a column such as me.trait, got {got}", measure.name)));
                }
            };
            let layer = optional_name(lua, measure.name, "layer", &layer)?;
            Ok(Captured(Formula::Structure { measure: format!("{}.{name}", measure.name), layer, line: here(lua) }))
        };
        globals.set(measure.name, taking(lua, measure.name, apply)?)?;
    }
    Ok(())
}

/// `virality "adopted"`, `layer_share("adopted", "friend")`, `time_to("adopted", .5)`.
fn cascade(lua: &Lua, measure: CascadeMeasure, args: &[Value]) -> mlua::Result<Captured> {
    let word = measure.name();
    let signature = vocabulary::word(word).map_or("", |word| word.signature);
    let expected = signature.split(',').count();
    if args.len() > expected {
        return Err(fail(lua, format!("{signature} takes {expected} in brackets, got {}", args.len())));
    }
    let Some(Value::String(stage)) = args.first() else {
        let got = described(args.first().unwrap_or(&Value::Nil));
        return Err(fail(lua, format!("{signature}: expected the name of a stage in quotes, got {got}")));
    };
    let second = args.get(1).unwrap_or(&Value::Nil);
    let (mut layer, mut number) = (None, 0.0);
    let wrong = |what: &str| fail(lua, format!("{signature}: expected {what}, got {}", described(second)));
    match measure {
        CascadeMeasure::LayerShare => {
            layer = optional_name(lua, word, "layer", second)?;
            if layer.is_none() {
                return Err(wrong("the name of a layer in quotes"));
            }
        }
        CascadeMeasure::TimeTo => match number_of(second) {
            Some(share) if share > 0.0 && share <= 1.0 => number = share,
            _ => return Err(wrong("a share of the population, above 0 and at most 1")),
        },
        CascadeMeasure::Response => match number_of(second) {
            Some(k) if k >= 1.0 && k.fract() == 0.0 => number = k,
            _ => return Err(wrong("a number of sources, whole and at least 1")),
        },
        _ => {}
    }
    let (measure, stage) = (word.to_string(), stage.to_string_lossy());
    Ok(Captured(Formula::Cascade { measure, stage, layer, number, line: here(lua) }))
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Number(number) => Some(*number),
        _ => None,
    }
}
