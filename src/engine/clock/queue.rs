//! What is due when, and the waiting times.

use crate::rng::{Draws, Key};

/// Something that happens at a time, unless it has been overtaken by then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Due {
    pub time: f64,
    /// What happens: a place in the list of lanes.
    pub lane: u32,
    /// To whom: a tie or an agent, as the lane says.
    pub row: u32,
    /// Counts what happened to the row before: an event of an earlier count has been overtaken.
    pub count: u32,
}

/// Events by time: a heap with four branches, half as deep as one with two.
#[derive(Clone, Debug, Default)]
pub struct Queue(Vec<Due>);

impl Queue {
    pub fn push(&mut self, due: Due) {
        let heap = &mut self.0;
        let mut place = heap.len();
        heap.push(due);
        while place > 0 {
            let parent = (place - 1) / 4;
            if heap[parent].time <= due.time {
                break;
            }
            heap[place] = heap[parent];
            place = parent;
        }
        heap[place] = due;
    }

    /// The earliest, if it is due by `until`.
    pub fn pop_until(&mut self, until: f64) -> Option<Due> {
        let heap = &mut self.0;
        let first = *heap.first().filter(|first| first.time <= until)?;
        let last = heap.pop().expect("there is a first");
        let count = heap.len();
        if count > 0 {
            let mut place = 0;
            loop {
                let children = 4 * place + 1..(4 * place + 5).min(count);
                let Some(least) = children.reduce(|a, b| if heap[b].time < heap[a].time { b } else { a }) else {
                    break;
                };
                if heap[least].time >= last.time {
                    break;
                }
                heap[place] = heap[least];
                place = least;
            }
            heap[place] = last;
        }
        Some(first)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Drops what `keep` does not want.
    pub fn retain(&mut self, keep: impl FnMut(&Due) -> bool) {
        let mut kept = std::mem::take(&mut self.0);
        kept.retain(keep);
        kept.into_iter().for_each(|due| self.push(due));
    }
}

/// Exponential waiting times of one kind, addressed by (how often this row has waited before, row).
#[derive(Clone, Debug)]
pub struct Waits {
    key: Key,
    nonce: u64,
    draws: Draws,
}

impl Waits {
    pub fn new(key: Key) -> Waits {
        Waits { key, nonce: 0, draws: key.draws(0) }
    }

    /// A uniform draw in (0, 1); the waiting time at rate r is -log of it, divided by r.
    pub fn unit(&mut self, nonce: u64, row: u64) -> f64 {
        if nonce != self.nonce {
            (self.nonce, self.draws) = (nonce, self.key.draws(nonce));
        }
        self.draws.open_unit(row)
    }

    /// The waiting time at a rate above 0.
    pub fn wait(&mut self, nonce: u64, row: u64, rate: f64) -> f64 {
        -crate::stats::log(self.unit(nonce, row)) / rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, Source, Stream};

    #[test]
    fn events_come_out_in_the_order_of_their_times() {
        let mut stream = Stream::from_seed(8);
        let mut queue = Queue::default();
        let times: Vec<f64> = (0..1000).map(|_| stream.unit()).collect();
        times.iter().for_each(|&time| queue.push(Due { time, lane: 0, row: 0, count: 0 }));
        queue.retain(|due| due.time > 0.1);
        let mut sorted: Vec<f64> = times.into_iter().filter(|time| *time > 0.1).collect();
        sorted.sort_by(f64::total_cmp);
        let by_half: Vec<f64> = std::iter::from_fn(|| queue.pop_until(0.5)).map(|due| due.time).collect();
        let rest: Vec<f64> = std::iter::from_fn(|| queue.pop_until(1.0)).map(|due| due.time).collect();
        assert!(by_half.iter().all(|time| *time <= 0.5) && queue.is_empty());
        assert_eq!([by_half, rest].concat(), sorted);
    }

    #[test]
    fn waiting_times_are_exponential_and_stay_where_they_are() {
        let mut waits = Waits::new(Source::new(1, 0).key(Purpose::Waiting, 3));
        let n = 40_000;
        let times: Vec<f64> = (0..n).map(|row| waits.wait(0, row, 2.0)).collect();
        let mean = times.iter().sum::<f64>() / n as f64;
        let square = times.iter().map(|time| time * time).sum::<f64>() / n as f64;
        // Mean 1/2, mean square 1/2. Five standard errors each: wrong by chance once in a million seeds.
        assert!((mean - 0.5).abs() < 0.0125 && (square - 0.5).abs() < 0.028, "{mean} {square}");
        waits.wait(7, 0, 1.0);
        assert_eq!(waits.wait(0, 5, 2.0), times[5]);
    }
}
