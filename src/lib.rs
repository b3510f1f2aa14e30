//! uptake: how the structure of a network decides how far something spreads through it.
//!
//! # The map
//!
//! A *scenario* (Lua, read by [`script`]) describes an [`experiment::Study`]: its [`design`] unfolds into *cells* and their
//! *replicates*, each a *run*. A run builds the *world* of its cell ([`contagion::World`]), lets things spread in the
//! [`engine`], and leaves a [`record`]. The [`sweep`] makes the runs, the [`store`] keeps them, the [`summary`] averages
//! them, the [`chart`] shows them, [`theory`] is laid over them, the [`report`] tells them in words; [`cluster`] hands them to
//! Slurm. The [`cli`] only introduces these to each other. Read from the floor up, in the order of the modules below: a module knows only those
//! on lower floors.
//!
//! # What always holds
//!
//! * A run is a pure function of the world, the seed and the replicate. Every random number has an address ([`rng`]): no
//!   result depends on threads, on the order of work, on the processor, or on what is observed.
//! * A [`network::Network`] holds its ties by hearer, ascending, without repeats and without self-ties.
//! * Sums of floats run in row order; elementary functions come from one portable library ([`stats`]).
//! * The library never prints, parses arguments, reads clocks or exits; only [`store`] writes results.
//!
//! # Words
//!
//! *Tie*: from a speaker to a hearer, in a *layer*. *Item*: what spreads. *Stage*: how far it has got in an agent. *Route*: one
//! way into a stage. *Evidence*: what was heard, added up; an agent enters where it reaches what the agent *needs*.
//! *Initial adopters*: who holds a stage at the start. *Cascade*: all agents reached by the last step.
//!
//! # A world in Rust
//!
//! ```
//! use uptake::contagion::{build, Agents, Event, Members, Route, Setup, Stage, Start, TieMaker, Ties, Who, World};
//! use uptake::{engine::prepare, network::Maker, rng::Source};
//!
//! let ring = TieMaker::Network(Maker::Ring { k: 8, rewire: 0.0, keep_degree: false });
//! let world = World {
//!     setup: vec![
//!         Setup::Agents(Agents { kind: "person".into(), members: Members::Count(1001), columns: vec![], line: 0 }),
//!         Setup::Ties(Ties { layer: "friend".into(), maker: ring, columns: vec![], among: None, line: 0 }),
//!     ],
//!     stages: vec![Stage {
//!         name: "adopted".into(),
//!         routes: vec![Route { needs: 2.0.into(), ..Route::default() }],
//!         line: 0,
//!     }],
//!     timeline: vec![(0, Event::Start(Start {
//!         stage: "adopted".into(),
//!         who: Who::Cluster { n: 9.0, centre: None, layer: None, line: 0 },
//!         item: None,
//!         fixed: false,
//!         line: 0,
//!     }))],
//!     ..World::default()
//! };
//! let prepared = prepare(world)?;
//! let source = Source::new(1, 0);
//! let built = build(&prepared.world, &prepared.words, source)?;
//! let outcome = prepared.run(&built, source, 2000)?;
//! // Centola and Macy 2007: the front moves k / 2 - needs + 1 = 3 agents a step on each side.
//! assert_eq!((outcome.steps, outcome.totals[0]), (166, 1001));
//! # Ok::<(), uptake::formula::Mistake>(())
//! ```

// Floor 0: pure values and mathematics.
pub mod stats;
pub mod table;
mod wide;
// Floor 1: every random number.
pub mod rng;
// Floor 2: formulas, designs, networks.
pub mod design;
pub mod formula;
pub mod network;
// Floor 3: what makes a person adopt.
pub mod contagion;
// Floor 4: when things happen.
pub mod engine;
// Floor 5: what a run leaves.
pub mod record;
// Floor 6: the study as plain values.
pub mod experiment;
// Floor 7: Lua scenarios; many runs, their place on disk, their averages; figures, theory; clusters.
pub mod chart;
pub mod cluster;
pub mod report;
pub mod script;
pub mod store;
pub mod summary;
pub mod sweep;
pub mod theory;
// Floor 8: the command line, which introduces them to each other.
pub mod cli;
