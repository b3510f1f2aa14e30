//! Adaptive refinement: cells are added where a measure crosses a level, so that runs are spent on a transition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::spaced::rounded;
use super::{Cell, Design, Level};
use crate::table::Table;

/// Halve the steps of one or two parameters where a measure crosses a level, until the crossing is known to within a width.
///
/// The lists of the sweep are the first round. Their values part each parameter's range into steps, those of two
/// parameters into boxes. A box is crossed when the cells on it, corners and others, do not all lie on the same side of
/// the level; crossed boxes are halved along every parameter that is not narrow enough yet, and the corners of the halves
/// are the cells of the next round. A round is decided when all its runs are there, so what is added follows from the
/// rows alone: not from who made them, when, on how many machines, or how often they were interrupted.
///
/// A transition that lies between two cells on the same side, out and back in, is not seen: the first lists must be
/// fine enough to meet it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refine {
    pub measure: String,
    /// When given, what crosses the level is the share of runs in which the measure is above this; else its mean.
    pub share_above: Option<f64>,
    pub level: f64,
    /// The parameters with the widths to which the crossing is to be known.
    pub within: Vec<(String, f64)>,
    /// Cells in all; a round that would need more is not begun.
    pub at_most: u32,
}

/// What the rows that are there tell of a transition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// The cells beyond those of the design, in the order in which rounds asked for them.
    pub cells: Vec<Cell>,
    /// Pieces of the boundary, each within one box: one point where one parameter is refined, two where there are two.
    pub pieces: Vec<Vec<Crossing>>,
    /// The last round needs more cells than are allowed.
    pub capped: bool,
}

/// Where the level is crossed, by linear interpolation between two cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// One level for each parameter of the design.
    pub levels: Vec<Level>,
    /// The values of the refined parameters, in the order of [`Refine::within`], at the two cells it lies between.
    pub between: [Vec<f64>; 2],
}

impl Traced {
    /// Every point of the boundary once: boxes beside each other share those on their edge.
    pub fn crossings(&self) -> Vec<&Crossing> {
        let mut told: Vec<&Crossing> = Vec::new();
        for crossing in self.pieces.iter().flatten() {
            if !told.contains(&crossing) {
                told.push(crossing);
            }
        }
        told
    }

    /// The pieces joined where they meet.
    pub fn lines(&self) -> Vec<Vec<Crossing>> {
        let mut left: Vec<&[Crossing]> = self.pieces.iter().map(Vec::as_slice).collect();
        let mut lines = Vec::new();
        while let Some(piece) = left.pop() {
            let mut line = piece.to_vec();
            // First on from its end, then, turned round, from its beginning.
            for _ in 0..2 {
                while let Some(next) =
                    left.iter().position(|other| other.len() == 2 && other.contains(&line[line.len() - 1]))
                {
                    let other = left.swap_remove(next);
                    line.push(other[usize::from(other[0] == line[line.len() - 1])].clone());
                }
                line.reverse();
            }
            lines.push(line);
        }
        lines
    }
}

impl Refine {
    /// What crosses the level, over the values of a cell's runs; NaN, which is below any level, when there are none.
    pub fn estimate(&self, values: &[f64]) -> f64 {
        match self.share_above {
            None => crate::stats::mean(values),
            Some(limit) => values.iter().filter(|&&value| value > limit).count() as f64 / values.len() as f64,
        }
    }

    /// Follows the transition as far as it can be told: `value` gives the estimate of a cell, nothing when runs of it
    /// are missing.
    pub fn trace(&self, design: &Design, mut value: impl FnMut(&Cell) -> Option<f64>) -> Traced {
        let mut traced = Traced::default();
        let mut slices = self.slices(design);
        // A round is decided as a whole, so that the order of cells does not depend on which slice was made first.
        while slices.iter_mut().all(|slice| slice.look(&mut value)) {
            let before: Vec<Vec<Span>> = slices.iter().map(|slice| slice.boxes.clone()).collect();
            let asked: Vec<Cell> = slices.iter_mut().flat_map(|slice| slice.halve(self.level)).collect();
            traced.capped = design.cells.len() + traced.cells.len() + asked.len() > self.at_most as usize;
            if traced.capped {
                slices.iter_mut().zip(before).for_each(|(slice, boxes)| slice.boxes = boxes);
            } else if slices.iter().zip(&before).any(|(slice, boxes)| slice.boxes.len() > boxes.len()) {
                // Halves whose corners were all known already ask for nothing, and may be halved again.
                traced.cells.extend(asked);
                continue;
            }
            traced.pieces = slices.iter().flat_map(|slice| slice.pieces(self.level)).collect();
            break;
        }
        traced
    }

    /// The same over a table with a row for each run; a run that failed has no number.
    pub fn trace_runs(&self, design: &Design, runs: &Table) -> Traced {
        let (Some(measured), Some(columns)) = (
            runs.numbers(&self.measure),
            design.parameters.iter().map(|name| runs.column(name)).collect::<Option<Vec<_>>>(),
        ) else {
            return Traced::default();
        };
        let mut known: BTreeMap<Vec<String>, Vec<f64>> = BTreeMap::new();
        for (row, &value) in measured.iter().enumerate() {
            let values = known.entry(columns.iter().map(|column| column.written(row)).collect()).or_default();
            values.extend(Some(value).filter(|value| !value.is_nan()));
        }
        self.trace(design, |cell| {
            let levels: Vec<String> = cell.levels.iter().map(Level::written).collect();
            known.get(&levels).map(|values| self.estimate(values))
        })
    }

    /// The cells of a design sorted by the parameters that are not refined.
    fn slices(&self, design: &Design) -> Vec<Slice> {
        let place = |name: &String| design.parameters.iter().position(|other| other == name);
        let places: Vec<usize> = self.within.iter().map(|(name, _)| place(name).expect("it is a parameter")).collect();
        let mut slices: Vec<(Vec<String>, Vec<&Cell>)> = Vec::new();
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for cell in &design.cells {
            let others = cell.levels.iter().enumerate().filter(|(place, _)| !places.contains(place));
            let others: Vec<String> = others.map(|(_, level)| level.written()).collect();
            let slice = *known.entry(others.clone()).or_insert_with(|| {
                slices.push((others, Vec::new()));
                slices.len() - 1
            });
            slices[slice].1.push(cell);
        }
        slices.into_iter().map(|(_, cells)| Slice::new(self, &places, &cells)).collect()
    }
}

/// The cells that differ in the refined parameters only.
struct Slice {
    cell: Cell,
    places: Vec<usize>,
    widths: Vec<f64>,
    /// By refined parameter: whether its values stay whole numbers, because those written and the width are.
    whole: Vec<bool>,
    boxes: Vec<Span>,
    points: Vec<Point>,
    known: BTreeMap<Vec<u64>, usize>,
}

/// Values of the refined parameters, and the estimate of the cell that has them.
struct Point {
    at: Vec<f64>,
    value: Option<f64>,
}

/// A box: from the low to the high value of each refined parameter. Both are the same where a parameter has one value only.
#[derive(Clone)]
struct Span {
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Slice {
    fn new(refine: &Refine, places: &[usize], cells: &[&Cell]) -> Slice {
        let axes: Vec<Vec<f64>> = places
            .iter()
            .map(|&place| {
                let mut axis: Vec<f64> = cells.iter().filter_map(|cell| cell.levels[place].number()).collect();
                axis.sort_by(f64::total_cmp);
                axis.dedup();
                axis
            })
            .collect();
        let widths: Vec<f64> = refine.within.iter().map(|(_, width)| *width).collect();
        let is_whole =
            |(axis, width): (&Vec<f64>, &f64)| axis.iter().chain([width]).all(|number| number.fract() == 0.0);
        let whole = axes.iter().zip(&widths).map(is_whole).collect();
        let steps = |axis: &Vec<f64>| match axis.as_slice() {
            [only] => vec![(*only, *only)],
            many => many.windows(2).map(|pair| (pair[0], pair[1])).collect(),
        };
        let boxes = product(&axes.iter().map(steps).collect::<Vec<_>>());
        let boxes = boxes.into_iter().map(|steps| {
            let (low, high) = steps.into_iter().unzip();
            Span { low, high }
        });
        let mut slice = Slice {
            cell: cells[0].clone(),
            places: places.to_vec(),
            widths,
            whole,
            boxes: boxes.collect(),
            points: Vec::new(),
            known: BTreeMap::new(),
        };
        for at in product(&axes) {
            slice.add(at);
        }
        slice
    }

    /// The cell at these values, when it was not asked for before.
    fn add(&mut self, at: Vec<f64>) -> Option<Cell> {
        let key = key(&at);
        if self.known.contains_key(&key) {
            return None;
        }
        self.known.insert(key, self.points.len());
        let cell = Cell { levels: self.levels(&at) };
        self.points.push(Point { at, value: None });
        Some(cell)
    }

    fn levels(&self, at: &[f64]) -> Vec<Level> {
        let mut levels = self.cell.levels.clone();
        self.places.iter().zip(at).for_each(|(&place, &number)| levels[place] = Level::Number(number));
        levels
    }

    /// Asks for the estimates that are not known yet; whether all are now.
    fn look(&mut self, value: &mut impl FnMut(&Cell) -> Option<f64>) -> bool {
        for place in 0..self.points.len() {
            if self.points[place].value.is_none() {
                let cell = Cell { levels: self.levels(&self.points[place].at) };
                self.points[place].value = value(&cell);
            }
        }
        self.points.iter().all(|point| point.value.is_some())
    }

    /// Halves the boxes that are crossed and not narrow enough; the cells that this asks for.
    fn halve(&mut self, level: f64) -> Vec<Cell> {
        let mut asked = Vec::new();
        let mut boxes = Vec::new();
        for span in std::mem::take(&mut self.boxes) {
            let halves: Vec<Vec<(f64, f64)>> = (0..self.places.len()).map(|axis| self.halves(&span, axis)).collect();
            if halves.iter().all(|steps| steps.len() == 1) || !self.is_crossed(&span, level) {
                boxes.push(span);
                continue;
            }
            for steps in product(&halves) {
                let (low, high) = steps.into_iter().unzip();
                let half = Span { low, high };
                asked.extend(half.corners().into_iter().filter_map(|corner| self.add(corner)));
                boxes.push(half);
            }
        }
        self.boxes = boxes;
        asked
    }

    /// One side of a box in two, or in one when it is narrow enough.
    fn halves(&self, span: &Span, axis: usize) -> Vec<(f64, f64)> {
        let (low, high) = (span.low[axis], span.high[axis]);
        let middle = match self.whole[axis] {
            true => (low + (high - low) / 2.0).floor(),
            false => rounded(low + (high - low) / 2.0),
        };
        // Widths are given in decimal digits, which halves meet to within rounding only.
        match high - low <= self.widths[axis] * (1.0 + 1e-9) || middle <= low || middle >= high {
            true => vec![(low, high)],
            false => vec![(low, middle), (middle, high)],
        }
    }

    /// Whether the cells on a box lie on both sides of the level: its corners, and those of smaller boxes beside it.
    fn is_crossed(&self, span: &Span, level: f64) -> bool {
        let mut sides = self.points.iter().filter(|point| span.has(&point.at)).filter_map(|point| point.value);
        let first = sides.next().is_some_and(|value| value >= level);
        sides.any(|value| (value >= level) != first)
    }

    /// The boundary within each box.
    fn pieces(&self, level: f64) -> Vec<Vec<Crossing>> {
        let value = |at: &[f64]| self.points[self.known[&key(at)]].value.unwrap_or(f64::NAN);
        let mut pieces = Vec::new();
        for span in &self.boxes {
            let around = span.around();
            let crossings: Vec<Crossing> = around
                .iter()
                .filter_map(|[from, to]| self.crossing([from, to], [value(from), value(to)], level))
                .collect();
            match crossings.len() {
                0 => {}
                // A saddle: two pieces, each cutting off one corner.
                4 => pieces.extend(crossings.chunks(2).map(<[Crossing]>::to_vec)),
                _ => pieces.push(crossings),
            }
        }
        pieces
    }

    fn crossing(&self, [from, to]: [&Vec<f64>; 2], [a, b]: [f64; 2], level: f64) -> Option<Crossing> {
        if (a >= level) == (b >= level) {
            return None;
        }
        let share = (level - a) / (b - a);
        // Where one side has no value nothing is known but the two ends.
        let share = if share.is_nan() { 0.5 } else { share };
        let at: Vec<f64> = from.iter().zip(to).map(|(from, to)| rounded(from + (to - from) * share)).collect();
        Some(Crossing { levels: self.levels(&at), between: [from.clone(), to.clone()] })
    }
}

impl Span {
    fn corners(&self) -> Vec<Vec<f64>> {
        let ends = |(&low, &high): (&f64, &f64)| if low == high { vec![low] } else { vec![low, high] };
        product(&self.low.iter().zip(&self.high).map(ends).collect::<Vec<_>>())
    }

    fn has(&self, at: &[f64]) -> bool {
        at.iter().zip(&self.low).zip(&self.high).all(|((at, low), high)| low <= at && at <= high)
    }

    /// Its edges, one after the other; each from the lower to the higher value.
    fn around(&self) -> Vec<[Vec<f64>; 2]> {
        match self.corners().as_slice() {
            [a, b] => vec![[a.clone(), b.clone()]],
            // Corners count up the last parameter first.
            [a, b, c, d] => [[a, b], [a, c], [b, d], [c, d]].map(|edge| edge.map(Vec::clone)).to_vec(),
            _ => Vec::new(),
        }
    }
}

/// Every combination of one thing of each list, the last changing fastest.
fn product<T: Clone>(lists: &[Vec<T>]) -> Vec<Vec<T>> {
    let mut all: Vec<Vec<T>> = vec![Vec::new()];
    for list in lists {
        let with = |start: &Vec<T>, one: &T| start.iter().chain([one]).cloned().collect();
        all = all.iter().flat_map(|start| list.iter().map(move |one| with(start, one))).collect();
    }
    all
}

fn key(at: &[f64]) -> Vec<u64> {
    at.iter().map(|number| (number + 0.0).to_bits()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Parameter;
    use crate::table::Values;

    fn grid(axes: &[(&str, &[f64])]) -> Design {
        let parameter = |(name, levels): &(&str, &[f64])| Parameter {
            name: name.to_string(),
            levels: levels.iter().map(|&level| Level::Number(level)).collect(),
        };
        Design::grid(&axes.iter().map(parameter).collect::<Vec<_>>(), 1)
    }

    fn refine(within: &[(&str, f64)]) -> Refine {
        let within = within.iter().map(|(name, width)| (name.to_string(), *width)).collect();
        Refine { measure: "adopted".into(), share_above: None, level: 0.5, within, at_most: 10_000 }
    }

    fn numbers(cell: &Cell) -> Vec<f64> {
        cell.levels.iter().map(|level| level.number().unwrap()).collect()
    }

    #[test]
    fn a_step_is_found_by_halving() {
        let step = |cell: &Cell| Some(f64::from(u8::from(numbers(cell)[0] > 0.3)));
        let traced = refine(&[("x", 0.01)]).trace(&grid(&[("x", &[0.0, 1.0, 2.0])]), step);
        let asked: Vec<f64> = traced.cells.iter().map(|cell| numbers(cell)[0]).collect();
        assert_eq!(asked, [0.5, 0.25, 0.375, 0.3125, 0.28125, 0.296875, 0.3046875]);
        assert_eq!(traced.pieces.len(), 1);
        let crossing = &traced.pieces[0][0];
        assert_eq!(crossing.between, [vec![0.296875], vec![0.3046875]]);
        assert_eq!(crossing.levels, [Level::Number(0.30078125)]);
    }

    #[test]
    fn a_circle_is_traced_with_far_fewer_cells_than_a_grid_has() {
        let disc = |cell: &Cell| {
            let [x, y] = numbers(cell)[..] else { unreachable!("two parameters") };
            Some(1.5 - (x * x + y * y))
        };
        let axis = [-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5];
        let traced = refine(&[("x", 0.02), ("y", 0.02)]).trace(&grid(&[("x", &axis), ("y", &axis)]), disc);
        // The grid of the same fineness: steps of 1/64, 193 values each.
        let (cells, grid) = (traced.cells.len() + 49, 193 * 193);
        assert!(cells < grid / 10, "{cells} of {grid}");
        let mut length = 0.0;
        for piece in &traced.pieces {
            let [from, to] = &piece[..] else { panic!("a boundary in two parameters has pieces with two ends") };
            let [from, to] = [from, to].map(|end| numbers(&Cell { levels: end.levels.clone() }));
            for end in [&from, &to] {
                // Linear interpolation of a square over 1/64 misses by at most 1/64^2/8.
                assert!((end[0] * end[0] + end[1] * end[1] - 1.0).abs() < 1e-3, "{end:?}");
            }
            let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
            length += (dx * dx + dy * dy).sqrt();
        }
        assert!((length - 2.0 * std::f64::consts::PI).abs() < 0.01, "a closed curve, once around: {length}");
        let lines = traced.lines();
        assert_eq!((lines.len(), lines[0].len()), (1, traced.pieces.len() + 1), "one line, whose ends meet");
    }

    #[test]
    fn a_table_of_runs_tells_the_same_and_each_point_of_the_boundary_once() {
        let disc = |cell: &Cell| 1.5 - numbers(cell).iter().map(|x| x * x).sum::<f64>();
        let axis = [-1.5, -0.5, 0.5, 1.5];
        let (design, refine) = (grid(&[("x", &axis), ("y", &axis)]), refine(&[("x", 0.25), ("y", 0.25)]));
        let traced = refine.trace(&design, |cell| Some(disc(cell)));
        let cells: Vec<&Cell> = design.cells.iter().chain(&traced.cells).collect();
        // Two runs of each cell, whose mean is what is traced, and one that failed.
        let of = |value: &dyn Fn(&Cell) -> [f64; 3]| {
            Values::Number(cells.iter().flat_map(|cell| value(cell)).collect::<Vec<f64>>())
        };
        let runs = Table::new()
            .with("x", of(&|cell| [numbers(cell)[0]; 3]))
            .with("y", of(&|cell| [numbers(cell)[1]; 3]))
            .with("adopted", of(&|cell| [disc(cell) - 0.25, f64::NAN, disc(cell) + 0.25]));
        assert_eq!(refine.trace_runs(&design, &runs), traced);
        // Pieces of a closed line share their ends.
        assert_eq!((traced.crossings().len(), traced.pieces.iter().flatten().count()), (36, 72));
        assert_eq!(refine.trace_runs(&design, &Table::new()), Traced::default());
    }

    #[test]
    fn a_round_waits_for_its_last_cell_and_does_not_depend_on_the_order_of_the_others() {
        let design = grid(&[("x", &[0.0, 1.0]), ("k", &[1.0, 2.0, 3.0])]);
        let refine = refine(&[("x", 0.1)]);
        let full = |cell: &Cell| Some(numbers(cell)[0] * numbers(cell)[1] - 0.2);
        let whole = refine.trace(&design, full);
        assert!(!whole.cells.is_empty() && whole.pieces.len() == 3);
        // As rows come in: whatever is known, the cells asked for are the first of all.
        let mut last = 0;
        for known in 0..=design.cells.len() + whole.cells.len() {
            let there: Vec<&Cell> = design.cells.iter().chain(&whole.cells).take(known).collect();
            let traced = refine.trace(&design, |cell| there.contains(&cell).then(|| full(cell)).flatten());
            assert_eq!(traced.cells, whole.cells[..traced.cells.len()]);
            assert!(traced.cells.len() >= last);
            last = traced.cells.len();
        }
        assert_eq!(last, whole.cells.len());
    }

    #[test]
    fn whole_numbers_stay_whole_and_a_cap_ends_between_rounds() {
        let step = |cell: &Cell| Some(f64::from(u8::from(numbers(cell)[0] >= 13.0)));
        let design = grid(&[("n", &[1.0, 20.0])]);
        let traced = refine(&[("n", 1.0)]).trace(&design, step);
        assert_eq!(traced.cells.iter().map(|cell| numbers(cell)[0]).collect::<Vec<_>>(), [10.0, 15.0, 12.0, 13.0]);
        let capped = Refine { at_most: 4, ..refine(&[("n", 1.0)]) }.trace(&design, step);
        assert_eq!((capped.cells.len(), capped.capped, traced.capped), (2, true, false));
        assert_eq!(capped.pieces[0][0].between, [vec![10.0], vec![15.0]]);
    }

    #[test]
    fn without_a_crossing_nothing_is_added_and_no_value_counts_as_below() {
        let design = grid(&[("x", &[0.0, 1.0])]);
        assert_eq!(refine(&[("x", 0.1)]).trace(&design, |_| Some(0.9)), Traced::default());
        let one_sided = |cell: &Cell| Some(if numbers(cell)[0] < 0.5 { f64::NAN } else { 1.0 });
        let traced = refine(&[("x", 0.5)]).trace(&design, one_sided);
        assert_eq!((traced.cells.len(), traced.pieces[0][0].levels.clone()), (1, vec![Level::Number(0.25)]));
        let share = Refine { share_above: Some(0.1), ..refine(&[]) };
        assert_eq!(share.estimate(&[0.0, 0.5, 0.1, 0.2]), 0.5);
        assert!(share.estimate(&[]).is_nan());
    }
}
