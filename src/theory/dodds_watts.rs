//! Contagion with memory of doses. Source: Dodds and Watts 2004, Universal behavior in a generalized model of contagion,
//! Phys. Rev. Lett. 92:218701.
//!
//! In each step everybody meets one random other; one who is infected hands over a dose with chance p. Whose doses of the last T
//! steps reach their threshold is infected, others recover at once. With P(k) the share of people whom k doses infect, the share y
//! that is infected obeys y = sum over k of C(T, k) (p y)^k (1 - p y)^(T - k) P(k).
//!
//! Those who start stay infected for good here (the paper lets them recover, so that few have ever met them when they do): with
//! their share s the right side becomes s + (1 - s) times the sum.

use super::solve::fixed_point;

/// How an outbreak depends on its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// I: above a critical chance of a dose anything spreads, first to few.
    Epidemic,
    /// II: above a critical chance a vanishing start jumps to many; below it a large enough one does.
    VanishingMass,
    /// III: no small start ever spreads; a large enough one does.
    CriticalMass,
}

/// The class of a population of which P(1) and P(2) of the people are infected by one and by two doses of `memory`.
pub fn class(memory: u32, by_one: f64, by_two: f64) -> Class {
    if by_one < 1.0 / f64::from(memory) {
        Class::CriticalMass
    } else if by_one < by_two / 2.0 {
        Class::VanishingMass
    } else {
        Class::Epidemic
    }
}

/// The chance of a dose above which small starts spread: infinite where none ever does.
pub fn critical(memory: u32, by_one: f64) -> f64 {
    let critical = 1.0 / (f64::from(memory) * by_one);
    if critical <= 1.0 { critical } else { f64::INFINITY }
}

/// The shares infected at times 0 to `steps`, when a share `start` is infected from time 0 on and nobody has had a dose. `infected`: the
/// shares of people whom 0, 1, ..., `memory` doses infect.
pub fn course(infected: &[f64], reach: f64, start: f64, steps: usize) -> Vec<f64> {
    let memory = infected.len() - 1;
    let mut course = vec![start];
    for time in 0..steps {
        // The doses of different steps are independent, with another chance in each.
        let lately = &course[(time + 1).saturating_sub(memory)..=time];
        let doses = lately.iter().fold(vec![1.0], |doses, share| one_more_step(doses, reach * share));
        course.push(start + (1.0 - start) * infects(&doses, infected));
    }
    course
}

/// The share infected in the long run: where the whole course leads.
pub fn ends(infected: &[f64], reach: f64, start: f64) -> f64 {
    // The course decides which steady state is reached; the equation of the steady state then finds it sharply.
    let course = course(infected, reach, start, 100 * infected.len());
    fixed_point(course[course.len() - 1], |share| start + (1.0 - start) * steady(infected, reach * share))
}

fn infects(doses: &[f64], infected: &[f64]) -> f64 {
    doses.iter().zip(infected).map(|(doses, infected)| doses * infected).sum()
}

fn steady(infected: &[f64], chance: f64) -> f64 {
    let doses = (1..infected.len()).fold(vec![1.0], |doses, _| one_more_step(doses, chance));
    infects(&doses, infected)
}

/// The chances of 0, 1, 2, ... doses after a further step that brings one with a chance.
fn one_more_step(mut doses: Vec<f64>, chance: f64) -> Vec<f64> {
    doses.push(0.0);
    for k in (0..doses.len()).rev() {
        let one_less = if k > 0 { doses[k - 1] } else { 0.0 };
        doses[k] = doses[k] * (1.0 - chance) + one_less * chance;
    }
    doses
}

/// P(k) for k up to `memory`, when a share `easy` of the people needs `few` doses and the others `many`.
pub fn two_kinds(memory: u32, few: f64, many: f64, easy: f64) -> Vec<f64> {
    let whether = |met: bool| if met { 1.0 } else { 0.0 };
    (0..=memory).map(f64::from).map(|k| easy * whether(k >= few) + (1.0 - easy) * whether(k >= many)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::pow;

    #[test]
    fn classes_follow_from_one_and_two_doses() {
        assert_eq!(class(10, 1.0, 1.0), Class::Epidemic);
        assert_eq!(class(10, 0.2, 1.0), Class::VanishingMass);
        assert_eq!(class(10, 0.05, 1.0), Class::CriticalMass);
        assert_eq!((critical(10, 0.2), critical(10, 0.05)), (0.5, f64::INFINITY));
    }

    #[test]
    fn one_dose_is_an_epidemic_with_a_critical_chance() {
        // With P(k) = 1 for k >= 1 and a start of nearly nobody: y = 1 - (1 - p y)^T.
        let infected = two_kinds(10, 1.0, 1.0, 1.0);
        let found = ends(&infected, 0.2, 1e-9);
        assert!((found - (1.0 - pow(1.0 - 0.2 * found, 10.0))).abs() < 1e-8 && found > 0.7, "{found}");
        assert!(ends(&infected, 0.09, 1e-4) < 1e-2);
        assert!(ends(&infected, 0.11, 1e-4) < 0.25, "it begins with few");
    }

    #[test]
    fn a_vanishing_start_jumps_to_many_in_class_two() {
        let infected = two_kinds(10, 1.0, 2.0, 0.2);
        assert!(ends(&infected, 0.4, 1e-4) < 1e-2 && ends(&infected, 0.51, 1e-4) > 0.9);
        assert!(ends(&infected, 0.4, 0.1) > 0.8, "a large start has it before");
    }

    #[test]
    fn only_a_large_start_spreads_in_class_three() {
        let infected = two_kinds(10, 3.0, 3.0, 1.0);
        assert!(ends(&infected, 1.0, 0.01) < 0.02 && ends(&infected, 1.0, 0.2) > 0.99);
    }

    #[test]
    fn the_first_steps_are_doses_of_a_few_meetings() {
        let course = course(&two_kinds(3, 1.0, 1.0, 1.0), 0.5, 0.1, 2);
        assert!((course[1] - (0.1 + 0.9 * 0.05)).abs() < 1e-15);
        assert!((course[2] - (0.1 + 0.9 * (1.0 - (1.0 - 0.05) * (1.0 - 0.5 * course[1])))).abs() < 1e-15);
    }
}
