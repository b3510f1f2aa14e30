//! Round numbers along an axis and how they are written: no float noise, a true minus sign, powers of ten raised.

use crate::stats::{log10, pow};
use crate::table::written;

/// A mark on an axis: its value and its label, empty for a mark between labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub value: f64,
    pub label: String,
}

/// About `wanted` round numbers from `low` to `high`, steps of 1, 2 or 5 times a power of ten.
pub fn linear(low: f64, high: f64, wanted: usize) -> Vec<Tick> {
    let step = step(high - low, wanted);
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let decimals = decimals(step);
    let count = (last - first) as usize;
    let scientific = high.abs().max(low.abs()) >= 1e6 || step < 1e-5;
    (0..=count)
        .map(|place| {
            let value = (first + place as f64) * step;
            let label = if scientific { short(value) } else { signed(format!("{value:.decimals$}")) };
            Tick { value, label }
        })
        .collect()
}

/// Marks at given values, all with as many decimals as the one that has most.
pub fn at(values: &[f64]) -> Vec<Tick> {
    let short: Vec<String> = values.iter().map(|&value| short(value)).collect();
    let decimals = |label: &String| label.split_once('.').map_or(0, |(_, digits)| digits.len());
    let most = short.iter().map(decimals).max().unwrap_or(0);
    let plain = short.iter().all(|label| label.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '\u{2212}')));
    let label = |(&value, short): (&f64, String)| Tick {
        value,
        label: if plain && most <= 2 { signed(format!("{value:.most$}")) } else { short },
    };
    values.iter().zip(short).map(label).collect()
}

/// The step between about `wanted` round numbers over a span.
pub fn step(span: f64, wanted: usize) -> f64 {
    let rough = span / wanted.max(1) as f64;
    let power = pow(10.0, log10(rough).floor());
    let lead = rough / power;
    let round = match lead {
        ..1.4 => 1.0,
        ..3.0 => 2.0,
        ..7.0 => 5.0,
        _ => 10.0,
    };
    round * power
}

fn decimals(step: f64) -> usize {
    let mut scaled = step;
    for decimals in 0..12 {
        if (scaled - scaled.round()).abs() < 1e-6 * scaled {
            return decimals;
        }
        scaled *= 10.0;
    }
    12
}

/// Powers of ten from `low` to `high`, at most about `wanted` of them labelled, with unlabelled marks between; where
/// they are fewer than two, also 2 and 5 times a power are labelled.
pub fn logarithmic(low: f64, high: f64, wanted: usize) -> Vec<Tick> {
    let (first, last) = (log10(low).floor() as i32, log10(high).ceil() as i32);
    let inside = |value: f64| value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9);
    let decades: Vec<i32> = (first..=last).filter(|&power| inside(ten_to(power))).collect();
    let every = decades.len().div_ceil(wanted.max(2)).max(1) as i32;
    let raised = first < -4 || last > 5;
    let mut ticks = Vec::new();
    for power in first..=last {
        for lead in 1..10 {
            let value = f64::from(lead) * ten_to(power);
            if !inside(value) || (lead > 1 && last - first > 8) {
                continue;
            }
            let labelled =
                if lead == 1 { (power - last) % every == 0 } else { decades.len() < 2 && [2, 5].contains(&lead) };
            let label = match (labelled, raised && lead == 1) {
                (true, true) => format!("10{}", superscript(power)),
                (true, false) => short(value),
                (false, _) => String::new(),
            };
            ticks.push(Tick { value, label });
        }
    }
    ticks
}

/// 10 to a whole power, as a decimal number is read: 1e-3 is exactly what 0.001 is.
fn ten_to(power: i32) -> f64 {
    format!("1e{power}").parse().expect("a power of ten is a number")
}

/// Whether a level is round enough to be a mark itself: a whole number, or one of at most two digits.
pub fn is_round(value: f64) -> bool {
    let two_digits: f64 = format!("{value:.1e}").parse().unwrap_or(f64::NAN);
    value.fract() == 0.0 || (two_digits - value).abs() <= 1e-9 * value.abs()
}

/// A number in at most four digits, as a label needs it: 1.4736842105263157 is 1.474, 2500000 is 2.5×10⁶.
pub fn short(value: f64) -> String {
    if value.is_nan() {
        return "(none)".into();
    }
    let rounded = format!("{value:.3e}");
    let (digits, power) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    let whole = written(rounded.parse().unwrap_or(value));
    if value == 0.0 || (-5..6).contains(&power) || (power < 9 && value.fract() == 0.0 && whole.len() < 6) {
        return signed(whole);
    }
    let digits = written(digits.parse().unwrap_or(1.0));
    match digits.as_str() {
        "1" => format!("10{}", superscript(power)),
        _ => signed(format!("{digits}\u{d7}10{}", superscript(power))),
    }
}

fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_string(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text,
    }
}

fn superscript(power: i32) -> String {
    let raised = |c: char| match c {
        '-' => '\u{207b}',
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        digit => char::from_u32(0x2070 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    };
    power.to_string().chars().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).filter(|label| !label.is_empty()).collect()
    }

    #[test]
    fn linear_marks_are_round_and_free_of_float_noise() {
        assert_eq!(labels(&linear(0.0, 1.0, 5)), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(
            labels(&linear(-0.3, 0.3, 6)),
            ["\u{2212}0.3", "\u{2212}0.2", "\u{2212}0.1", "0.0", "0.1", "0.2", "0.3"]
        );
        assert_eq!(labels(&linear(0.0, 600.0, 4)), ["0", "200", "400", "600"]);
        assert_eq!(labels(&linear(0.0, 4e6, 2)), ["0", "2\u{d7}10\u{2076}", "4\u{d7}10\u{2076}"]);
    }

    #[test]
    fn logarithmic_marks_are_powers_of_ten() {
        assert_eq!(labels(&logarithmic(0.001, 1.0, 6)), ["0.001", "0.01", "0.1", "1"]);
        assert_eq!(
            labels(&logarithmic(1e-7, 1e-1, 4)),
            ["10\u{207b}\u{2077}", "10\u{207b}\u{2075}", "10\u{207b}\u{b3}", "10\u{207b}\u{b9}"]
        );
        assert_eq!(labels(&logarithmic(2.0, 9.0, 6)), ["2", "5"]);
        assert_eq!(logarithmic(0.001, 1.0, 6).len(), 28);
    }

    #[test]
    fn levels_side_by_side_have_the_same_decimals() {
        assert_eq!(labels(&at(&[0.06, 0.1, 0.2])), ["0.06", "0.10", "0.20"]);
        assert_eq!(labels(&at(&[1.0, 2.0, 4.0])), ["1", "2", "4"]);
        assert_eq!(labels(&at(&[0.0, 0.001, 1.0])), ["0", "0.001", "1"]);
    }

    #[test]
    fn levels_are_written_short() {
        let short: Vec<String> = [0.05, 1.4736842105263157, -3.0, 2500.0, 12345678.0, 1e-9].map(short).into();
        assert_eq!(short, ["0.05", "1.474", "\u{2212}3", "2500", "1.235\u{d7}10\u{2077}", "10\u{207b}\u{2079}"]);
    }
}
