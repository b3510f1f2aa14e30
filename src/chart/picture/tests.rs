//! Whole pictures, from scenes made by hand.

use super::*;
use crate::chart::{pdf, png};

/// A ring whose agents adopt one after another from the first on, with one long tie.
fn ring(agents: usize, frames: usize) -> Scene {
    let mut ties: Vec<(u32, u32)> = (0..agents as u32 - 1).map(|agent| (agent, agent + 1)).collect();
    ties.push((0, agents as u32 - 1));
    ties.push((0, agents as u32 / 2));
    ties.sort_unstable();
    let look = |agent: usize, time: usize| if agent <= time { Look::Value(agent as f64) } else { Look::Never };
    let frame = |time: usize| Frame {
        time: time as u32,
        looks: (0..agents).map(|agent| look(agent, time)).collect(),
        said: format!("< {}%", 100 * (time + 2) / agents),
    };
    Scene {
        title: "ring <of> & friends".into(),
        notes: vec!["a note".into()],
        shape: Shape::Ring { near: 1 },
        ties,
        names: Vec::new(),
        agents,
        initial: (0..agents).map(|agent| agent == 0).collect(),
        meaning: "time of adopted".into(),
        range: (0.0, frames as f64),
        whole: true,
        frames: (0..frames).map(frame).collect(),
    }
}

#[test]
fn a_strip_shows_every_agent_in_every_frame_and_marks_the_first() {
    let svg = picture(&ring(12, 4), false).unwrap();
    assert_eq!(svg.matches("<use href=\"#ties\"/>").count(), 4);
    // Twelve agents and the ring around the first, four times; and six circles in the legend.
    assert_eq!(svg.matches("<circle").count(), 4 * (12 + 1) + 4);
    assert_eq!(svg.matches(">time ").count(), 4 + 1, "each frame and the scale say so");
    for words in ["long tie", "not adopted", "initial adopter", "ring &lt;of&gt; &amp; friends", "a note"] {
        assert!(svg.contains(words), "{words}\n{svg}");
    }
    assert_eq!(svg, picture(&ring(12, 4), false).unwrap());
    assert!(png(&svg, 72.0).is_ok() && pdf(&svg).unwrap() == pdf(&svg).unwrap());
}

#[test]
fn a_moving_picture_needs_no_script_and_shows_its_end_without_moving() {
    let svg = picture(&ring(12, 4), true).unwrap();
    assert!(svg.contains("@keyframes") && !svg.contains("<script"));
    assert!(svg.contains("prefers-reduced-motion"));
    // Agents 1 to 3 change once, agent 0 and those after 3 never do: three rules for agents, four times.
    assert_eq!(svg.matches("@keyframes a").count(), 3);
    assert_eq!(svg.matches("@keyframes t").count(), 4);
    assert_eq!(svg.matches("visibility=\"hidden\"").count(), 3, "the last time stands");
    assert!(png(&svg, 72.0).is_ok());
}

#[test]
fn a_large_ring_is_made_of_sectors_and_more_agents_are_no_picture() {
    let svg = picture(&ring(1000, 2), false).unwrap();
    // Neighbours of one colour are one path: the two that adopted, and the others in quarters.
    assert!((10..40).contains(&svg.matches("<path").count()), "{}", svg.matches("<path").count());
    assert!(svg.len() < 40_000, "{} bytes", svg.len());
    let refused = picture(&ring(MOST_AGENTS + 1, 1), false).unwrap_err().to_string();
    assert_eq!(refused, "2001 agents are too many for a picture, which shows at most 2000");
}

#[test]
fn ticks_are_few_and_round() {
    assert_eq!(ticks((0.0, 7.0), true), [0.0, 2.0, 4.0, 6.0]);
    assert_eq!(ticks((0.0, 1.0), false), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
    assert_eq!(ticks((0.0, 1.0), true), [0.0, 1.0]);
    assert_eq!(ticks((0.0, 199.0), true), [0.0, 50.0, 100.0, 150.0]);
    assert_eq!(ticks((3.0, 3.0), false), [3.0]);
    for high in 1..300 {
        assert!((2..=7).contains(&ticks((0.0, f64::from(high)), true).len()), "{high}");
    }
}
