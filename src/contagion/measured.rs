//! Measures of agents' places in the network: taken when first read, kept until ties change.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::network::measure::AgentMeasure;

/// A measure of agents that some formula reads.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureName {
    pub measure: AgentMeasure,
    pub threshold: Option<Threshold>,
    /// None: all layers together.
    pub layer: Option<usize>,
}

/// What a measure takes for a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// The same for all agents.
    Number(f64),
    /// A column of agents, by its place in [`Vocabulary::agent_columns`](super::Vocabulary).
    Column(usize),
}

type Values = Arc<OnceLock<Vec<f64>>>;

/// The measures of one state. Copies of a state share what one of them has taken, until their ties differ.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// By place in [`Vocabulary::measures`](super::Vocabulary).
    taken: Vec<(MeasureName, Values)>,
    /// Everything that copies of this state take, under whatever places.
    shared: Arc<Mutex<Vec<(MeasureName, Values)>>>,
}

impl Measured {
    /// From now on the measures at places 0, 1, ... are those of `names`.
    pub fn arrange(&mut self, names: &[MeasureName]) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let mut values = |name: &MeasureName| match shared.iter().find(|(known, _)| known == name) {
            Some((_, values)) => values.clone(),
            None => {
                shared.push((name.clone(), Values::default()));
                shared.last().expect("one was just added").1.clone()
            }
        };
        self.taken = names.iter().map(|name| (name.clone(), values(name))).collect();
    }

    /// The measure at a place, which `take` takes unless it is there.
    pub fn get(&self, place: usize, take: impl FnOnce(&MeasureName) -> Vec<f64>) -> &[f64] {
        let (name, values) = &self.taken[place];
        values.get_or_init(|| take(name))
    }

    /// Ties have changed: what was taken is void.
    pub fn forget(&mut self) {
        self.renew(|_| true);
    }

    /// A column has changed: what was taken with it as thresholds is void.
    pub fn forget_column(&mut self, column: usize) {
        let of_column = |name: &MeasureName| name.threshold == Some(Threshold::Column(column));
        if self.taken.iter().any(|(name, _)| of_column(name)) {
            self.renew(of_column);
        }
    }

    fn renew(&mut self, is_void: impl Fn(&MeasureName) -> bool) {
        for (name, values) in &mut self.taken {
            if is_void(name) {
                *values = Values::default();
            }
        }
        self.shared = Arc::new(Mutex::new(self.taken.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(threshold: Option<Threshold>) -> MeasureName {
        MeasureName { measure: AgentMeasure::ComplexCentrality, threshold, layer: None }
    }

    #[test]
    fn copies_share_what_one_of_them_took() {
        let mut first = Measured::default();
        first.arrange(&[name(None)]);
        let mut second = first.clone();
        second.arrange(&[name(Some(Threshold::Number(2.0))), name(None)]);
        assert_eq!(first.get(0, |_| vec![1.0]), [1.0]);
        assert_eq!(second.get(1, |_| unreachable!("it was taken")), [1.0]);
    }

    #[test]
    fn what_ties_or_thresholds_changed_is_taken_again() {
        let mut first = Measured::default();
        first.arrange(&[name(Some(Threshold::Column(3))), name(None)]);
        first.get(0, |_| vec![1.0]);
        first.get(1, |_| vec![2.0]);
        let mut second = first.clone();
        second.forget_column(3);
        assert_eq!((second.get(0, |_| vec![5.0]), second.get(1, |_| vec![6.0])), (&[5.0][..], &[2.0][..]));
        second.forget();
        assert_eq!(second.get(1, |_| vec![7.0]), [7.0]);
        // The first is as it was.
        assert_eq!((first.get(0, |_| vec![]), first.get(1, |_| vec![])), (&[1.0][..], &[2.0][..]));
    }
}
