//! How many values a word takes: one more than it has a use for is a misunderstanding, so it is refused, never dropped.

use mlua::{FromLuaMulti, Function, IntoLuaMulti, Lua, MultiValue, Value, Variadic};

use super::session::fail;
use super::vocabulary;

/// What a word is given.
pub(super) trait Given: FromLuaMulti {
    /// How many values at most.
    const MOST: usize;
}

impl Given for Value {
    const MOST: usize = 1;
}

impl Given for (Value, Value) {
    const MOST: usize = 2;
}

impl Given for (Value, Value, Value) {
    const MOST: usize = 3;
}

impl Given for (Value, Value, Value, Value) {
    const MOST: usize = 4;
}

impl Given for (f64, f64, Value) {
    const MOST: usize = 3;
}

impl Given for Variadic<Value> {
    const MOST: usize = usize::MAX;
}

/// The function that a word of the language is.
pub(super) fn taking<A, R>(
    lua: &Lua,
    name: &str,
    act: impl Fn(&Lua, A) -> mlua::Result<R> + 'static,
) -> mlua::Result<Function>
where
    A: Given,
    R: IntoLuaMulti,
{
    let name = name.to_string();
    lua.create_function(move |lua, given: MultiValue| {
        if given.iter().skip(A::MOST).any(|value| !value.is_nil()) {
            let signature = vocabulary::word(&name).map_or(&name[..], |word| word.signature);
            return Err(fail(lua, format!("{signature}: expected at most {} of them, got {}", A::MOST, given.len())));
        }
        act(lua, A::from_lua_multi(given, lua)?)
    })
}
