//! The worlds of the workloads, and the C programs' files.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use uptake::contagion::*;
use uptake::formula::{Binary, Fold, Formula, Side, Unary, View};
use uptake::network::{Maker, Network};
use uptake::rng::Distribution;
use uptake::script::{self, Limits, NoFiles, Scenario};

/// Reads a graph: n and m as 64 bits, then m pairs as 32 bits each, little-endian.
pub fn load(path: &Path) -> Network {
    use std::io::Read;
    let mut file = std::io::BufReader::with_capacity(1 << 16, fs::File::open(path).expect("a graph file"));
    let mut head = [0; 16];
    file.read_exact(&mut head).expect("a head of 16 bytes");
    let word = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().expect("eight bytes")) as usize;
    let mut pair = [0; 8];
    let pairs = (0..word(8)).map(|_| {
        file.read_exact(&mut pair).expect("as many pairs as were said");
        let number = |at: usize| u32::from_le_bytes(pair[at..at + 4].try_into().expect("four bytes"));
        (number(0), number(4))
    });
    Network::from_ties(word(0), pairs, true).0
}

/// Reads initial adopters, 32 bits each.
pub fn start(path: &Path) -> Vec<u32> {
    let bytes = fs::read(path).expect("a file of initial adopters");
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().expect("four bytes"))).collect()
}

/// The `k` agents with most ties; of equals the one with the lower number.
pub fn top(network: &Network, k: usize) -> Vec<u32> {
    let mut agents: Vec<u32> = (0..network.agents() as u32).collect();
    agents.sort_by_key(|&agent| (std::cmp::Reverse(network.degree(agent as usize)), agent));
    agents.truncate(k);
    agents
}

/// One kind, one layer, one stage `adopted` started at time 0.
pub fn cascade(n: u32, maker: TieMaker, route: Route, who: Who) -> World {
    World {
        setup: vec![Setup::Agents(people(n)), Setup::Ties(ties(maker))],
        stages: vec![Stage { name: "adopted".into(), routes: vec![route], line: 1 }],
        timeline: vec![(0, Event::Start(Start { stage: "adopted".into(), who, item: None, fixed: false, line: 1 }))],
        ..World::default()
    }
}

fn people(n: u32) -> Agents {
    Agents { kind: "person".into(), members: Members::Count(n), columns: vec![], line: 1 }
}

fn ties(maker: TieMaker) -> Ties {
    Ties { layer: "friend".into(), maker, columns: vec![], among: None, line: 1 }
}

/// A network as if read by the scenario: all worlds that are built share it.
pub fn read(network: Network) -> TieMaker {
    let labels = (0..network.agents()).map(|agent| agent.to_string()).collect();
    let (path, hash) = ("graph".to_string(), String::new());
    TieMaker::File(Arc::new(FileTies { path, hash, labels, network: network.into(), columns: vec![] }))
}

/// Below 1 a share of the neighbours, else a number of them.
pub fn threshold(needs: f64) -> Route {
    let count = if needs < 1.0 { Count::Share } else { Count::Sources };
    Route { needs: needs.into(), count, ..Route::default() }
}

/// The independent cascade: one try on every tie.
pub fn try_once(p: f64) -> Route {
    Route { reach: p.into(), emit: Emit::Once, ..Route::default() }
}

/// In continuous time: infects over every tie at rate `tau` until it recovers, at rate `gamma`, for good.
pub fn infectious(tau: f64, gamma: f64) -> Route {
    Route { reach: tau.into(), tries: Some(1), leave: gamma.into(), ..Route::default() }
}

/// Whoever [`with_start`] says.
pub fn started() -> Who {
    Who::Where(Formula::name(View::Me, "initial"), 1)
}

pub fn with_start(mut world: World, n: usize, start: &[u32]) -> World {
    let mut initial = vec![0.0; n];
    start.iter().for_each(|&agent| initial[agent as usize] = 1.0);
    columns(&mut world).push(("initial".into(), Initial::Values(initial)));
    world
}

/// A threshold of everybody's own, drawn for each replicate.
pub fn with_thresholds(mut world: World) -> World {
    let law = Distribution::uniform(0.0, 1.0).expect("a sound law");
    columns(&mut world).push(("needs".into(), Initial::Draw(law)));
    world
}

fn columns(world: &mut World) -> &mut Vec<(String, Initial)> {
    match &mut world.setup[0] {
        Setup::Agents(agents) => &mut agents.columns,
        _ => unreachable!("worlds here begin with their agents"),
    }
}

/// Everybody moves halfway towards the mean of those heard who are less than 0.3 away.
pub fn bounded_confidence(n: u32, k: u32) -> World {
    let x = |view| Formula::name(view, "x");
    let apart = || Formula::binary(Binary::Subtract, x(View::Src), x(View::Me));
    let near = || Formula::binary(Binary::Less, Formula::unary(Unary::Abs, apart()), 0.3.into());
    let fold =
        |fold, of| Formula::Fold { fold, side: Side::In, of: Arc::new(of), layer: Some("friend".into()), line: 1 };
    let pull = fold(Fold::Sum, Formula::binary(Binary::Multiply, near(), apart()));
    let heard = Formula::binary(Binary::Max, fold(Fold::Count, near()), 1.0.into());
    let mean = Formula::binary(Binary::Divide, pull, heard);
    let to = Formula::binary(Binary::Add, x(View::Me), Formula::binary(Binary::Multiply, 0.5.into(), mean));
    let ring = TieMaker::Network(Maker::Ring { k, rewire: 0.0, keep_degree: false });
    let world = World {
        setup: vec![Setup::Agents(people(n)), Setup::Ties(ties(ring))],
        updates: vec![Update { column: Target { view: View::Me, path: vec!["x".into()] }, to, line: 1 }],
        ..World::default()
    };
    with_scattered(world, n)
}

/// The same as a plain function of a scenario; opinions are still to be scattered.
pub fn bounded_confidence_in_lua(n: u32, k: u32) -> Scenario {
    let text = format!(
        r#"return scenario "bounded-confidence" {{
    world = function(p)
        agents("person", {n})
        ties("friend", graph.ring {{ k = {k} }})
        each("person", function(me)
            local mine, pull, heard = me.x, 0, 0
            for other in me:hears "friend" do
                local apart = other.x - mine
                if apart < .3 and apart > -.3 then
                    pull, heard = pull + apart, heard + 1
                end
            end
            if heard > 0 then
                me.x = mine + .5 * pull / heard
            end
        end)
        observe("x", mean(me.x))
    end }}"#
    );
    script::load(&text, "bounded.lua", NoFiles, Limits::default()).expect("a sound scenario").remove(0)
}

/// Every agent begins with the workload's own opinion, in a column `x`.
pub fn with_scattered(mut world: World, n: u32) -> World {
    columns(&mut world).insert(0, ("x".into(), Initial::Values((0..n).map(scattered).collect())));
    world
}

/// The workload's first value of agent `i`: a hash of its number, in [0, 1).
fn scattered(i: u32) -> f64 {
    let mut hash = i.wrapping_mul(2_654_435_761);
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    f64::from(hash) / 4_294_967_296.0
}
