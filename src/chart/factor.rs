//! A column that sorts runs into levels: what a parameter is to a figure.

use std::collections::BTreeMap;

use crate::stats::{log10, pow};
use crate::table::{Table, Values, written};

use super::{Data, error::ChartError, names, scale::range};

/// A column's levels in the order of the study, and which of them every row has.
pub struct Factor {
    pub name: String,
    /// As tables write them.
    pub texts: Vec<String>,
    /// As numbers, when all of them are.
    pub numbers: Option<Vec<f64>>,
    pub of_row: Vec<usize>,
}

impl Factor {
    /// The levels of `name` that occur in `table`: first those of the study, in its order, then others as they come
    /// (numbers ascending).
    pub fn new(name: &str, table: &Table, data: &Data) -> Result<Factor, ChartError> {
        let column = table.column(name).ok_or_else(|| names::unknown(name, data))?;
        let (mut texts, of_row) = occurring(column);
        let mut numbers = match column {
            Values::Number(_) => Some(texts.iter().map(|text| number(text)).collect::<Vec<f64>>()),
            Values::Text(_) => None,
        };
        let study: Vec<String> = match data.parameters.iter().find(|parameter| parameter.name == name) {
            Some(parameter) => parameter.levels.iter().map(|level| level.written()).collect(),
            None => Vec::new(),
        };
        let place = |text: &String| study.iter().position(|level| level == text).unwrap_or(study.len());
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by(|&a, &b| {
            let by_number = numbers.as_ref().map_or(std::cmp::Ordering::Equal, |n| n[a].total_cmp(&n[b]));
            place(&texts[a]).cmp(&place(&texts[b])).then(by_number)
        });
        let mut rank = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            rank[old] = new;
        }
        texts = order.iter().map(|&old| texts[old].clone()).collect();
        numbers = numbers.map(|numbers| order.iter().map(|&old| numbers[old]).collect());
        Ok(Factor { name: name.into(), texts, numbers, of_row: of_row.into_iter().map(|old| rank[old]).collect() })
    }

    /// One level that every row has: the series of a figure without series.
    pub fn whole(rows: usize) -> Factor {
        Factor { name: String::new(), texts: vec![String::new()], numbers: None, of_row: vec![0; rows] }
    }

    /// The factor that is named, or the whole.
    pub fn optional(name: &Option<String>, table: &Table, data: &Data) -> Result<Factor, ChartError> {
        match name {
            Some(name) => Factor::new(name, table, data),
            None => Ok(Factor::whole(table.rows())),
        }
    }

    /// The same rows in `cells` equally wide bins, each named by its middle; on a logarithmic scale where the values are
    /// positive and span two decades. For a factor whose levels are numbers; others stay as they are.
    pub fn binned(self, cells: usize) -> Factor {
        let Some(numbers) = &self.numbers else { return self };
        let (low, high) = range(numbers);
        let is_log = low > 0.0 && high >= 100.0 * low;
        let moved = |value: f64| if is_log { log10(value) } else { value };
        let back = |value: f64| if is_log { pow(10.0, value) } else { value };
        let (start, width) = (moved(low), (moved(high) - moved(low)) / cells as f64);
        let bin = |value: f64| (((moved(value) - start) / width) as usize).min(cells - 1);
        let middles: Vec<f64> = (0..cells).map(|cell| back(start + (cell as f64 + 0.5) * width)).collect();
        let of_row = self.of_row.iter().map(|&level| bin(numbers[level])).collect();
        let texts = middles.iter().map(|&middle| written(middle)).collect();
        Factor { name: self.name, texts, numbers: Some(middles), of_row }
    }

    pub fn is_whole(&self) -> bool {
        self.name.is_empty()
    }

    pub fn levels(&self) -> usize {
        self.texts.len()
    }

    /// The place of the level that is written so; numbers may be written in any way.
    pub fn level(&self, text: &str) -> Option<usize> {
        let number = text.parse::<f64>().ok();
        let same = |(place, level): (usize, &String)| {
            let equal = self.numbers.as_ref().is_some_and(|numbers| number == Some(numbers[place]));
            (level == text || equal).then_some(place)
        };
        self.texts.iter().enumerate().find_map(same)
    }

    /// The numeric levels in ascending order, as places in [`Factor::texts`]; levels in words stay as they are.
    pub fn ascending(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.levels()).collect();
        if let Some(numbers) = &self.numbers {
            order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
        }
        order
    }

    /// A level as a legend writes it.
    pub fn label(&self, level: usize) -> String {
        match &self.numbers {
            Some(numbers) => super::ticks::short(numbers[level]),
            None if self.texts[level].is_empty() => "(none)".into(),
            None => self.texts[level].clone(),
        }
    }
}

/// The distinct values in the order in which they occur, and which of them each row has.
fn occurring(column: &Values) -> (Vec<String>, Vec<usize>) {
    match column {
        // Compared by their bits, because a table of curves has millions of rows and writing each would be slow.
        Values::Number(values) => {
            let bits: Vec<u64> = values.iter().map(|&value| (value + 0.0).to_bits()).collect();
            distinct(&bits, |&bits| written(f64::from_bits(bits)))
        }
        Values::Text(values) => distinct(values, |text| text.to_string()),
    }
}

fn distinct<T: Ord>(values: &[T], text: impl Fn(&T) -> String) -> (Vec<String>, Vec<usize>) {
    let mut known: BTreeMap<&T, usize> = BTreeMap::new();
    let mut texts = Vec::new();
    let mut of_row = Vec::with_capacity(values.len());
    for value in values {
        let next = texts.len();
        let level = *known.entry(value).or_insert(next);
        if level == next {
            texts.push(text(value));
        }
        of_row.push(level);
    }
    (texts, of_row)
}

/// A missing number, written as nothing, stays one.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
