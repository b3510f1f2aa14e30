//! What is allowed and probably not meant: fields of a route of which one does what the other does already.

use super::world::*;
use crate::formula::Mistake;

/// Reach is per message, chance per decision, tries is how often one decides: says where two of them do one job.
pub fn advice(world: &World) -> Vec<Mistake> {
    if world.order == Order::Continuous {
        return Vec::new(); // rates, and entries that are counted: each is something else
    }
    let posts = world.timeline.iter().any(|(_, event)| matches!(event, Event::Post(_)));
    let mut told = Vec::new();
    for stage in &world.stages {
        let lasts =
            !posts && world.plain.is_empty() && stage.routes.iter().all(|route| constant(&route.leave, |p| p <= 0.0));
        for (number, route) in stage.routes.iter().enumerate() {
            let mut tell = |what: &str| {
                let name = format!("stage \"{}\", route {}", stage.name, number + 1);
                told.push(Mistake::new(route.line, format!("{name}: {what}")));
            };
            let certain = constant(&route.chance, |p| p >= 1.0);
            if route.tries.is_some() && lasts && certain && !is_an_attempt(route) {
                tell("tries changes nothing here: whose evidence suffices enters at the first try, and stays");
            }
            let thins = |formula| constant(formula, |p| 0.0 < p && p < 1.0);
            if thins(&route.reach) && thins(&route.chance) && route.tries.is_none() && one_is_enough(route) {
                tell(
                    "reach and chance do one job here: where one message is enough and neither it nor the decision is \
                     made once only, each of them only makes it slower; reach is per message, chance per decision",
                );
            }
        }
    }
    told
}

fn constant(formula: &crate::formula::Formula, holds: impl Fn(f64) -> bool) -> bool {
    formula.constant().is_some_and(holds)
}

/// Whether a holder has one attempt over every tie, as in an independent cascade. Speaking once says so already; one try says
/// it again, of the hearer.
fn is_an_attempt(route: &Route) -> bool {
    route.emit == Emit::Once && route.tries == Some(1) && !constant(&route.reach, |p| p >= 1.0)
}

/// Whether one message suffices, and comes or counts for one step only or for ever.
fn one_is_enough(route: &Route) -> bool {
    let said_again = route.emit == Emit::Always && route.memory == Memory::Ever;
    (said_again || route.memory == Memory::Steps(1))
        && route.count == Count::Sources
        && constant(&route.weight, |weight| weight == 1.0)
        && constant(&route.base, |base| base == 0.0)
        && constant(&route.needs, |needs| 0.0 < needs && needs <= 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{Formula, View};

    fn told(route: Route) -> usize {
        let stage = Stage { name: "adopted".into(), routes: vec![Route { line: 3, ..route }], line: 3 };
        advice(&World { stages: vec![stage], ..World::default() }).len()
    }

    #[test]
    fn two_fields_that_do_one_job_are_told() {
        let slow = || Route { reach: 0.3.into(), chance: 0.2.into(), ..Route::default() };
        assert_eq!(told(slow()), 1);
        assert_eq!(told(Route { memory: Memory::Steps(1), emit: Emit::Once, ..slow() }), 1);
        assert_eq!(told(Route { tries: Some(1), ..Route::default() }), 1);
        // Heard in every step anew until it is: one try is not one attempt.
        assert_eq!(told(Route { tries: Some(1), reach: 0.3.into(), ..Route::default() }), 1);
        assert_eq!(told(Route { tries: Some(3), reach: 0.3.into(), emit: Emit::Once, ..Route::default() }), 1);
        assert_eq!(told(Route { tries: Some(1), emit: Emit::Once, ..Route::default() }), 1);
    }

    #[test]
    fn fields_that_do_different_jobs_are_not() {
        let slow = || Route { reach: 0.3.into(), chance: 0.2.into(), ..Route::default() };
        // Heard once at most, then decided for as long as it takes; heard sooner or later, then decided once.
        assert_eq!(told(Route { emit: Emit::Once, ..slow() }), 0);
        assert_eq!(told(Route { tries: Some(1), ..slow() }), 0);
        assert_eq!(told(Route { needs: 2.0.into(), ..slow() }), 0);
        assert_eq!(told(Route { tries: Some(1), leave: 0.2.into(), ..Route::default() }), 0);
    }

    #[test]
    fn an_independent_attempt_is_not() {
        let tried = Route { tries: Some(1), emit: Emit::Once, ..Route::default() };
        assert_eq!(told(Route { reach: 0.3.into(), ..tried.clone() }), 0);
        assert_eq!(told(Route { reach: Formula::name(View::Tie, "trust"), ..tried }), 0);
    }
}
