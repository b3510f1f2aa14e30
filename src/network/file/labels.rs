//! Labels and the agents' numbers they stand for.

use crate::table;

/// Different labels, ascending: as numbers when all are whole numbers, else as bytes.
pub(super) enum Labels {
    Whole(Vec<i64>),
    Text(Vec<String>),
}

impl Labels {
    pub fn new<'a>(given: impl Iterator<Item = &'a str> + Clone) -> Self {
        match given.clone().map(whole).collect::<Option<Vec<i64>>>() {
            Some(mut numbers) => {
                numbers.sort_unstable();
                numbers.dedup();
                Labels::Whole(numbers)
            }
            None => {
                let mut texts: Vec<&str> = given.collect();
                texts.sort_unstable();
                texts.dedup();
                Labels::Text(texts.into_iter().map(String::from).collect())
            }
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Labels::Whole(numbers) => numbers.len(),
            Labels::Text(texts) => texts.len(),
        }
    }

    pub fn find(&self, label: &str) -> Option<u32> {
        let place = match self {
            Labels::Whole(numbers) => numbers.binary_search(&whole(label)?),
            Labels::Text(texts) => texts.binary_search_by(|text| text.as_str().cmp(label)),
        };
        place.ok().map(|place| place as u32)
    }

    /// The label that was probably meant; only looked for among names, as any number is near to others.
    pub fn nearest(&self, label: &str) -> Option<&str> {
        match self {
            Labels::Whole(_) => None,
            Labels::Text(texts) => table::nearest(label, texts.iter().map(String::as_str)),
        }
    }

    pub fn into_strings(self) -> Vec<String> {
        match self {
            Labels::Whole(numbers) => numbers.into_iter().map(|number| number.to_string()).collect(),
            Labels::Text(texts) => texts,
        }
    }
}

/// A whole number written as we would write it: `007` is a name.
fn whole(label: &str) -> Option<i64> {
    let number: i64 = label.parse().ok()?;
    let digits = label.strip_prefix('-').unwrap_or(label);
    let plain = digits == "0" && label == "0" || !digits.starts_with(['0', '+']);
    plain.then_some(number)
}
