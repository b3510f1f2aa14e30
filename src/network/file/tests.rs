use proptest::prelude::*;

use super::*;
use crate::network::Dropped;

fn read(text: &str, directed: bool) -> FileNetwork {
    read_edges(text.as_bytes(), None, &ReadOptions { directed, header: None }).unwrap()
}

fn refused(ties: &str, agents: Option<&str>) -> String {
    let options = ReadOptions::default();
    read_edges(ties.as_bytes(), agents.map(str::as_bytes), &options).unwrap_err().to_string()
}

fn said(file: &FileNetwork) -> Vec<String> {
    file.notes.iter().map(Note::to_string).collect()
}

#[test]
fn the_usual_dialects_say_the_same() {
    let plain = read("0 1\n1 2\n", false);
    for text in [
        "0\t1\n1\t2",
        "0,1\r\n1,2\r\n",
        "# a remark\n\n0 1\n  1   2  \n% another\n",
        "\u{feff}source;target\n0;1\n1;2\n",
        "from,to\n\"0\",\"1\"\n1,2\n",
        "%%MatrixMarket matrix coordinate pattern symmetric\n% remark\n3 3 2\n0 1\n1 2\n",
    ] {
        assert_eq!(read(text, false).network, plain.network, "{text}");
    }
    assert_eq!(plain.network.hears(1), [0, 2]);
    assert_eq!(read("0 1\n1 2\n", true).network.hears(1), [0]);
}

#[test]
fn gzip_is_recognised() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, b"a b\nb c\n").unwrap();
    let bytes = packed.finish().unwrap();
    assert!(is_compressed(&bytes));
    let file = read_edges(&bytes, None, &ReadOptions::default()).unwrap();
    assert_eq!(file.labels, ["a", "b", "c"]);
    let broken = read_edges(&bytes[..12], None, &ReadOptions::default()).unwrap_err().to_string();
    assert!(broken.starts_with("the list of ties is gzip, but broken"), "{broken}");
}

#[test]
fn whole_numbers_are_ordered_as_numbers_and_names_as_bytes() {
    assert_eq!(read("10 9\n9 -1\n", false).labels, ["-1", "9", "10"]);
    assert_eq!(read("10 9\n9 x\n", false).labels, ["10", "9", "x"]);
    assert_eq!(read("10 09\n", false).labels, ["09", "10"]);
}

#[test]
fn columns_are_found_by_their_names() {
    let file = read("id,target,source,strength,kind\n1,b,a,0.5,x\n2,c,a,,y\n", true);
    assert_eq!(file.labels, ["a", "b", "c"]);
    assert_eq!(file.network.hears(1), [0]);
    assert_eq!(file.ties[0], TieColumn { name: "id".into(), values: vec![1.0, 2.0] });
    assert_eq!(file.ties[1].name, "strength");
    assert_eq!(file.ties[1].values[0], 0.5);
    assert!(file.ties[1].values[1].is_nan());
    assert_eq!(
        said(&file),
        [
            "the first row is taken as a header: `id,target,source,strength,kind`, lines: 1",
            "column `kind` holds text and is left out, rows: 2",
            "numbers missing in the list of ties: 1",
        ]
    );
}

#[test]
fn a_header_is_known_by_its_kind_too() {
    assert_eq!(read("person friend\n1 2\n2 3\n", false).labels, ["1", "2", "3"]);
    assert_eq!(read("a b years\nx y 3\n", false).ties[0].name, "years");
    // Names that are labels too are no header.
    assert_eq!(read("u v\nv w\n", false).labels, ["u", "v", "w"]);
    assert_eq!(read("v u\nw v\n", true).network.hears(0), [1]);
    let forced = ReadOptions { directed: false, header: Some(true) };
    assert_eq!(read_edges(b"a b\nc d\n", None, &forced).unwrap().labels, ["c", "d"]);
}

#[test]
fn a_third_column_is_a_weight_both_ways() {
    let file = read("1 2 0.25\n3 1 4\n", false);
    assert_eq!(file.network.sources(), [1, 2, 0, 0]);
    assert_eq!(file.ties, [TieColumn { name: "weight".into(), values: vec![0.25, 4.0, 0.25, 4.0] }]);
}

#[test]
fn what_is_dropped_is_counted() {
    let file = read("1 2 5\n2 1 5\n1 2 6\n3 3 1\n2 3 1\n", false);
    assert_eq!(file.network.ties(), 4);
    assert_eq!(file.ties[0].values, [5.0, 5.0, 1.0, 1.0]);
    assert_eq!(
        said(&file),
        [
            "self-ties dropped: 1",
            "repeated ties dropped, the first kept: 2",
            "repeated ties dropped that carried other numbers than the first: 1",
        ]
    );
    assert_eq!(read("1 2\n2 1\n", true).network.ties(), 2);
}

#[test]
fn a_table_gives_agents_and_their_columns() {
    let table = "name,age,club\ncy,30,B\nal,NA,A\nbo,20,B\nzoe,41,\n";
    let file = read_edges(b"al bo\nbo cy\n", Some(table.as_bytes()), &ReadOptions::default()).unwrap();
    assert_eq!(file.labels, ["al", "bo", "cy", "zoe"]);
    assert_eq!(file.network.agents(), 4);
    assert_eq!(file.network.degree(3), 0);
    let AgentValues::Number(age) = &file.agents[0].values else { panic!("ages are numbers") };
    assert!(age[0].is_nan() && age[1..] == [20.0, 30.0, 41.0]);
    assert_eq!(file.agents[0].codes(), [3, 0, 1, 2]);
    let club = AgentValues::Category { codes: vec![1, 2, 2, 0], names: vec!["".into(), "A".into(), "B".into()] };
    assert_eq!(file.agents[1], AgentColumn { name: "club".into(), values: club });
    assert_eq!(
        said(&file),
        [
            "column `age` of the table of agents has empty fields: 1",
            "column `club` of the table of agents has empty fields: 1"
        ]
    );
}

#[test]
fn what_cannot_be_read_says_where_and_why() {
    let cases = [
        (refused("1 2\n3\n", None), "line 2: this row has 1 columns, the first has 2: `3`"),
        (
            refused("lonely\n", None),
            "line 1: a tie needs two agents, apart by a blank, tab, comma or semicolon: `lonely`",
        ),
        (refused("a,b\nc,\n", None), "line 2: a tie needs two agents, one is empty here: `c,`"),
        (refused("a,b\n\"c,d\n", None), "line 2: a quotation mark is not closed: `\"c,d`"),
        (
            refused("<graphml>\n", None),
            "line 1: this looks like XML (GraphML, GEXF), wanted is a list of ties, one a line: `<graphml>`",
        ),
        (
            refused("anna bert\nanna carl\n", Some("name\nanna\nbert\ncarla\n")),
            "line 2: `carl` is not in the table of agents, perhaps `carla` is meant: `anna carl`",
        ),
        (refused("1 2\n1 7\n", Some("id\n1\n2\n")), "line 2: `7` is not in the table of agents: `1 7`"),
        (
            refused("1 2\n", Some("id,x\n1,0\n2,0\n1,5\n")),
            "line 4: agent `1` is in the table twice, first in line 2: `1,5`",
        ),
        (
            refused("1 2\n", Some("id,x\n1\n")),
            "line 2: this row of the table of agents has 1 columns, the header has 2: `1`",
        ),
        (refused("1 2\n", Some("# nothing\n")), "the table of agents is empty"),
    ];
    for (given, wanted) in cases {
        assert_eq!(given, wanted);
    }
    let bytes = read_edges(b"a b\nc \xff\n", None, &ReadOptions::default()).unwrap_err().to_string();
    assert!(bytes.starts_with("line 2: the list of ties is not UTF-8 text: `c "), "{bytes}");
}

#[test]
fn an_empty_file_is_an_empty_network() {
    let file = read("# nothing yet\n", false);
    assert_eq!((file.network.agents(), file.network.ties()), (0, 0));
    let alone = read_edges(b"", Some(b"id\n4\n5\n"), &ReadOptions::default()).unwrap();
    assert_eq!((alone.network.agents(), alone.labels.as_slice()), (2, ["4".to_string(), "5".to_string()].as_slice()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_written_reads_back_the_same(
        ties in prop::collection::vec((0..9u32, 0..9u32), 1..40),
        names in prop::collection::btree_set("[ -~]{1,6}", 9),
        directed in any::<bool>(),
    ) {
        let mut labels: Vec<String> = names.iter().map(|name| format!("{}.", name.trim())).collect();
        labels.sort();
        labels.dedup();
        prop_assume!(labels.len() == 9);
        let (network, _): (Network, Dropped) = Network::from_ties(9, ties, !directed);
        prop_assume!((0..9).all(|i| network.undirected().degree(i) > 0));
        let pair = |tie: usize, hearer: u32| {
            let speaker = network.sources()[tie];
            if directed { f64::from(10 * speaker + hearer) } else { f64::from(10 * speaker.min(hearer) + speaker.max(hearer)) }
        };
        let values = network.hearers().iter().enumerate().map(|(tie, &hearer)| pair(tie, hearer) / 7.0).collect();
        let columns = [TieColumn { name: "how strong, ever".into(), values }];
        let text = write_edges(&network, Some(&labels), &columns);
        let back = read_edges(text.as_bytes(), None, &ReadOptions { directed, header: Some(true) }).unwrap();
        prop_assert_eq!(&back.network, &network);
        prop_assert_eq!(&back.labels, &labels);
        prop_assert_eq!(back.ties.as_slice(), columns.as_slice());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[ -~\n\t,\"#0-9]{0,120}") {
        let _ = read_edges(&bytes, Some(&bytes), &ReadOptions::default());
        let _ = read_edges(text.as_bytes(), Some(text.as_bytes()), &ReadOptions::default());
    }
}

mod published_data {
    //! The values that NetworkX gives for eight networks, to the four digits stated.

    use super::*;
    use crate::network::measure::{assortativity, clustering, components, mean_degree, same_share};

    fn data(name: &str) -> Option<Vec<u8>> {
        let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_string();
        let folder = std::env::var("UPTAKE_SHARED").unwrap_or(beside);
        let found = read_bytes(&Path::new(&folder).join("data").join(name)).ok();
        if found.is_none() {
            // Said past the test runner, which keeps the output of tests that pass to itself.
            let line = format!("SKIPPED: {name} is not in {folder}/data, set UPTAKE_SHARED to the folder that has it");
            std::io::Write::write_all(&mut std::io::stderr(), (line + "\n").as_bytes()).expect("stderr takes a line");
        }
        found
    }

    struct Known {
        ties: &'static str,
        agents: Option<&'static str>,
        directed: bool,
        tied_agents: usize,
        pairs: usize,
        mean_degree: f64,
        mean_local: f64,
        transitivity: f64,
        max_degree: usize,
        largest: usize,
        /// Column, share of same-attribute ties, assortativity.
        attributes: &'static [(&'static str, f64, f64)],
    }

    #[rustfmt::skip]
    const KNOWN: [Known; 8] = [
        Known { ties: "karate.edges", agents: Some("karate.nodes.csv"), directed: false, tied_agents: 34, pairs: 78,
            mean_degree: 4.5882, mean_local: 0.5706, transitivity: 0.2557, max_degree: 17, largest: 34,
            attributes: &[("club", 0.8590, 0.7175)] },
        Known { ties: "davis_women.edges", agents: Some("davis_women.nodes.csv"), directed: false, tied_agents: 32, pairs: 89,
            mean_degree: 5.5625, mean_local: 0.0, transitivity: 0.0, max_degree: 14, largest: 32, attributes: &[] },
        Known { ties: "facebook_ego.edges", agents: None, directed: false, tied_agents: 4039, pairs: 88234,
            mean_degree: 43.6910, mean_local: 0.6055, transitivity: 0.5192, max_degree: 1045, largest: 4039, attributes: &[] },
        Known { ties: "email_eu_core.edges", agents: Some("email_eu_core.nodes.csv"), directed: true, tied_agents: 986,
            pairs: 16064, mean_degree: 32.5842, mean_local: 0.4071, transitivity: 0.2674, max_degree: 345, largest: 986,
            attributes: &[("department", 0.3357, 0.3024)] },
        Known { ties: "polblogs.edges", agents: Some("polblogs.nodes.csv"), directed: true, tied_agents: 1224, pairs: 16715,
            mean_degree: 27.3121, mean_local: 0.3197, transitivity: 0.2260, max_degree: 351, largest: 1222,
            attributes: &[("leaning", 0.9058, 0.8114)] },
        Known { ties: "highschool_contact.edges", agents: Some("highschool.nodes.csv"), directed: false, tied_agents: 327,
            pairs: 5818, mean_degree: 35.5841, mean_local: 0.5035, transitivity: 0.4444, max_degree: 87, largest: 327,
            attributes: &[("class", 0.6935, 0.6527), ("gender", 0.5713, 0.1718)] },
        Known { ties: "highschool_friendship.edges", agents: Some("highschool.nodes.csv"), directed: true, tied_agents: 134,
            pairs: 406, mean_degree: 6.0597, mean_local: 0.5383, transitivity: 0.4754, max_degree: 17, largest: 128,
            attributes: &[("class", 0.7463, 0.6941), ("gender", 0.5985, 0.2010)] },
        Known { ties: "india_village1.edges", agents: Some("india_village1.nodes.csv"), directed: false, tied_agents: 175,
            pairs: 868, mean_degree: 9.9200, mean_local: 0.2099, transitivity: 0.1751, max_degree: 41, largest: 175,
            attributes: &[("leader", 0.6359, 0.0201), ("adopt", 0.6279, 0.0380)] },
    ];

    fn close(found: f64, wanted: f64) -> bool {
        (found - wanted).abs() <= 0.5e-4 + 1e-9
    }

    #[test]
    fn is_read_and_measured_as_published() {
        for known in KNOWN {
            let Some(ties) = data(known.ties) else { return };
            let alone = read_edges(&ties, None, &ReadOptions::default()).unwrap();
            let name = known.ties;
            // A self-tie's agent is in the file, and has no tie if that is all.
            let degrees: Vec<usize> = (0..alone.network.agents()).map(|i| alone.network.degree(i)).collect();
            let tied = degrees.iter().filter(|&&d| d > 0).count();
            assert_eq!((tied, alone.network.ties() / 2), (known.tied_agents, known.pairs), "{name}");
            let per_tied = alone.network.agents() as f64 / tied as f64;
            let found = clustering(&alone.network);
            assert!(close(mean_degree(&alone.network) * per_tied, known.mean_degree), "{name}: mean degree");
            assert!(close(found.mean_local * per_tied, known.mean_local), "{name}: {found:?}");
            assert!(close(found.transitivity, known.transitivity), "{name}: {found:?}");
            assert_eq!(degrees.iter().max(), Some(&known.max_degree), "{name}");
            assert_eq!(components(&alone.network).largest(), known.largest, "{name}");

            let Some(agents) = known.agents else { continue };
            let Some(agents) = data(agents) else { return };
            let file = read_edges(&ties, Some(&agents), &ReadOptions::default()).unwrap();
            assert_eq!(file.network.ties(), alone.network.ties(), "{name}");
            for &(column, share, mixing) in known.attributes {
                let codes = file.agents.iter().find(|found| found.name == column).unwrap().codes();
                assert!(close(same_share(&file.network, &codes), share), "{name}: {column}");
                assert!(close(assortativity(&file.network, &codes), mixing), "{name}: {column}");
            }
            if known.directed {
                let options = ReadOptions { directed: true, header: None };
                let directed = read_edges(&ties, Some(&agents), &options).unwrap();
                assert_eq!(directed.network.undirected(), file.network, "{name}");
            }
        }
    }

    #[test]
    fn directed_files_keep_their_arcs() {
        let options = ReadOptions { directed: true, header: None };
        for (name, arcs, dropped) in [
            ("email_eu_core.edges", 25571 - 642, "self-ties dropped: 642"),
            ("polblogs.edges", 19025 - 3, "self-ties dropped: 3"),
            ("highschool_friendship.edges", 668, ""),
        ] {
            let Some(ties) = data(name) else { return };
            let file = read_edges(&ties, None, &options).unwrap();
            assert_eq!(file.network.ties(), arcs, "{name}: {:?}", said(&file));
            assert!(dropped.is_empty() || said(&file)[0] == dropped, "{name}: {:?}", said(&file));
        }
        let Some(ties) = data("highschool_contact.edges") else { return };
        let contacts = read_edges(&ties, None, &ReadOptions::default()).unwrap();
        assert_eq!(contacts.ties[0].values.iter().sum::<f64>(), 2.0 * 188_508.0);
    }

    #[test]
    fn the_copies_beside_the_scenarios_are_whole() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/data"));
        for (name, agents, pairs) in [("karate", 34, 78), ("davis_women", 32, 89)] {
            let ties = read_bytes(&folder.join(format!("{name}.edges"))).unwrap();
            let table = read_bytes(&folder.join(format!("{name}.nodes.csv"))).unwrap();
            let file = read_edges(&ties, Some(&table), &ReadOptions::default()).unwrap();
            assert_eq!((file.network.agents(), file.network.ties()), (agents, 2 * pairs));
            assert!(file.notes.is_empty(), "{:?}", file.notes);
        }
    }
}
