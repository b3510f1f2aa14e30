//! What a sweep is, told to archives and to whoever finds its folder: an RO-Crate 1.1 (<https://w3id.org/ro/crate/1.1>) to
//! the profile of a process that was run, Process Run Crate 0.5 (<https://w3id.org/ro/wfrun/process/0.5>).
//!
//! Neither clock nor host is in it, so equal sweeps have equal crates. The date that a crate must have is that of the
//! program's release, of which the numbers are; whoever publishes a sweep puts in the day, the license and their name.

use std::path::Path;

use serde_json::{Value, json};

use super::{PLAN, Store, StoreError};

const CRATE: &str = "ro-crate-metadata.json";
const SCENARIO: &str = "scenario.lua";
const SPECIFICATION: &str = "https://w3id.org/ro/crate/1.1";
const PROFILE: &str = "https://w3id.org/ro/wfrun/process/0.5";
/// The day of this version, as in CITATION.cff.
const RELEASED: &str = "2026-11-22";

/// How the copy of the data file `path` is called in a sweep's folder, where it has one.
pub fn data_name(path: &str) -> String {
    format!("data/{}-{}", &blake3::hash(path.as_bytes()).to_hex()[..8], path.rsplit(['/', '\\']).next().unwrap_or(path))
}

impl Store {
    /// Writes ro-crate-metadata.json about the files that are there, and the scenario's text as a file of its own.
    pub fn write_crate(&self) -> Result<(), StoreError> {
        self.write_bytes(SCENARIO, self.plan.text.as_bytes())?;
        let mut files = Vec::new();
        list(&self.dir, "", &mut files)?;
        let text = serde_json::to_string_pretty(&self.described(&files)).expect("a crate is made of text") + "\n";
        self.write_bytes(CRATE, text.as_bytes())
    }

    fn described(&self, files: &[(String, u64)]) -> Value {
        let plan = &self.plan;
        let action = format!("#sweep-{}", self.identity);
        let is_input = |name: &str| name == PLAN || name == SCENARIO || name.starts_with("data/");
        // Data that has no copy here is named, with its hash; what is here is a file.
        let elsewhere: Vec<(&String, &String)> =
            plan.data.iter().filter(|(path, _)| files.iter().all(|(name, _)| *name != data_name(path))).collect();
        let inputs = files.iter().filter(|(name, _)| is_input(name)).map(|(name, _)| reference(&id(name)));
        let inputs: Vec<Value> =
            inputs.chain(elsewhere.iter().map(|(path, _)| reference(&format!("#{}", id(path))))).collect();
        let results: Vec<Value> =
            files.iter().filter(|(name, _)| !is_input(name)).map(|(name, _)| reference(&id(name))).collect();
        let parts: Vec<Value> =
            files.iter().map(|(name, _)| reference(&id(name))).chain([reference("parts/")]).collect();
        let cells = plan.design.cells.len();
        let mut graph = vec![
            json!({
                "@id": CRATE, "@type": "CreativeWork", "conformsTo": reference(SPECIFICATION), "about": reference("./"),
            }),
            json!({
                "@id": "./", "@type": "Dataset", "name": plan.scenario, "conformsTo": reference(PROFILE),
                "description": format!(
                    "Runs of the scenario {} in {cells} cells with seed {}, made by uptake {}. They follow from {PLAN} alone.",
                    plan.scenario, plan.seed, env!("CARGO_PKG_VERSION")
                ),
                "datePublished": RELEASED, "license": "to be chosen by whoever publishes this sweep",
                "identifier": self.identity, "mentions": reference(&action), "hasPart": parts,
            }),
            json!({ "@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5" }),
            json!({
                "@id": "#uptake", "@type": "SoftwareApplication", "name": "uptake", "softwareVersion": env!("CARGO_PKG_VERSION"),
                "description": env!("CARGO_PKG_DESCRIPTION"), "operatingSystem": std::env::consts::OS,
                "processorRequirements": std::env::consts::ARCH,
            }),
            json!({
                "@id": action, "@type": "CreateAction", "name": format!("uptake sweep {SCENARIO}"),
                "description": format!(
                    "result version {}, plan {}, seed {}, at most {} steps; set from outside: {}",
                    plan.result_version, self.identity, plan.seed, plan.steps,
                    plan.set.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
                ).trim_end_matches([' ', ':']),
                "instrument": reference("#uptake"), "object": inputs, "result": results,
            }),
            json!({
                "@id": "parts/", "@type": "Dataset", "name": "rows as they were finished",
                "description": "one file for each attempt; the finished runs are their union",
            }),
        ];
        for (name, size) in files {
            let (format, about) = kind(name);
            let mut file = json!({ "@id": id(name), "@type": "File", "name": name, "contentSize": size.to_string() });
            file["encodingFormat"] = format.into();
            if let Some(about) = about {
                file["description"] = about.into();
            }
            if let Some((path, hash)) = plan.data.iter().find(|(path, _)| data_name(path) == *name) {
                file["alternateName"] = path.as_str().into();
                file["identifier"] = reference(&format!("#blake3-{hash}"));
            }
            graph.push(file);
        }
        for (path, hash) in elsewhere {
            graph.push(json!({
                "@id": format!("#{}", id(path)), "@type": "CreativeWork", "name": path,
                "description": "data that the scenario reads; it is not kept here",
                "identifier": reference(&format!("#blake3-{hash}")),
            }));
        }
        let mut hashes: Vec<&String> = plan.data.values().collect();
        hashes.sort();
        hashes.dedup();
        for hash in hashes {
            graph.push(json!({
                "@id": format!("#blake3-{hash}"), "@type": "PropertyValue", "propertyID": "blake3", "value": hash,
            }));
        }
        let context = [format!("{SPECIFICATION}/context"), "https://w3id.org/ro/terms/workflow-run/context".into()];
        json!({ "@context": context, "@graph": graph })
    }
}

/// All files of the sweep but its parts, with their sizes, in the order of their names. What belongs to a cluster's jobs
/// or is half written says nothing about the results.
fn list(dir: &Path, folder: &str, files: &mut Vec<(String, u64)>) -> Result<(), StoreError> {
    let path = dir.join(folder);
    let reading = |error| StoreError::reading(&path, error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&path).map_err(reading)? {
        let entry = entry.map_err(reading)?;
        // A name that is no text cannot have come from here.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_known = folder.is_empty() && matches!(name.as_str(), "parts" | "slurm" | CRATE);
        if !is_known && !name.starts_with('.') {
            found.push((format!("{folder}{name}"), entry.metadata().map_err(reading)?));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, about) in found {
        match about.is_dir() {
            true => list(dir, &format!("{name}/"), files)?,
            false => files.push((name, about.len())),
        }
    }
    Ok(())
}

/// Media type of a file and what it is.
fn kind(name: &str) -> (&'static str, Option<&'static str>) {
    let about = match name {
        PLAN => Some("what was asked for; everything else follows from it"),
        SCENARIO => Some("the scenario's text"),
        "runs.csv" | "runs.parquet" => Some("one row per run, in run order"),
        "cells.csv" | "cells.parquet" => Some("one row per cell: means, intervals, quantiles"),
        "curves.csv" | "curves.parquet" => Some("how many agents hold a stage at each time of each run"),
        "boundary.csv" | "boundary.parquet" => Some("where a measure crosses its level"),
        _ if name.starts_with("figures/") && name.ends_with(".csv") => Some("the numbers of the figure of this name"),
        _ => None,
    };
    let format = match name.rsplit('.').next() {
        Some("csv") => "text/csv",
        Some("json") => "application/json",
        Some("parquet") => "application/vnd.apache.parquet",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("html") => "text/html",
        Some("lua") => "text/x-lua",
        _ => "application/octet-stream",
    };
    (format, about)
}

fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

/// A path as an identifier: everything that is not plain in an address is escaped.
fn id(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let written = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(written).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::super::testing::{done, plan, run};
    use super::*;

    fn crate_of(store: &Store) -> BTreeMap<String, Value> {
        store.write_crate().unwrap();
        let text = fs::read_to_string(store.dir().join(CRATE)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let entities = value["@graph"].as_array().unwrap().iter();
        entities.map(|entity| (entity["@id"].as_str().unwrap().to_string(), entity.clone())).collect()
    }

    /// Every `{"@id": ...}` below the top of an entity.
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            Value::Object(fields) => match fields.get("@id") {
                Some(id) if fields.len() == 1 => found.push(id.as_str().unwrap().to_string()),
                _ => fields.values().for_each(|value| references(value, found)),
            },
            _ => {}
        }
    }

    #[test]
    fn a_crate_has_what_its_profile_requires_and_names_nothing_that_is_not_there() {
        let out = tempfile::tempdir().unwrap();
        let mut plan = plan(1, 1);
        plan.data =
            [("ties/a b.csv", "00ff"), ("gone.csv", "11ee")].map(|(a, b)| (a.to_string(), b.to_string())).into();
        let store = Store::open(out.path(), &plan).unwrap();
        let part = store.part().unwrap();
        part.append(run(0, 0), &done(0.5)).unwrap();
        part.finish().unwrap();
        store.merge(&store.scan().unwrap()).unwrap();
        store.write_bytes(&data_name("ties/a b.csv"), b"a,b\n").unwrap();
        store.write_bytes("figures/one.svg", b"<svg/>").unwrap();
        store.write_bytes("slurm/array.sh", b"").unwrap();
        let entities = crate_of(&store);
        let descriptor = &entities[CRATE];
        assert_eq!(
            (&descriptor["conformsTo"]["@id"], &descriptor["about"]["@id"]),
            (&json!(SPECIFICATION), &json!("./"))
        );
        let root = &entities["./"];
        assert_eq!((&root["@type"], &root["conformsTo"]["@id"]), (&json!("Dataset"), &json!(PROFILE)));
        for field in ["name", "description", "datePublished", "license", "hasPart", "mentions"] {
            assert!(!root[field].is_null(), "{field}");
        }
        let action = &entities[root["mentions"]["@id"].as_str().unwrap()];
        assert_eq!(action["@type"], "CreateAction");
        assert_eq!(
            entities[action["instrument"]["@id"].as_str().unwrap()]["softwareVersion"],
            env!("CARGO_PKG_VERSION")
        );
        let mut named = Vec::new();
        entities.values().for_each(|entity| references(entity, &mut named));
        for id in named.iter().filter(|id| *id != SPECIFICATION) {
            assert!(entities.contains_key(id), "{id} is referred to and not described");
        }
        let results: Vec<&str> =
            action["result"].as_array().unwrap().iter().map(|r| r["@id"].as_str().unwrap()).collect();
        assert_eq!(results, ["figures/one.svg", "runs.csv", "runs.parquet"]);
        for (id, entity) in &entities {
            let path = store.dir().join(id.replace("%20", " "));
            match entity["@type"].as_str().unwrap() {
                "File" => assert_eq!(fs::metadata(path).unwrap().len().to_string(), entity["contentSize"]),
                "Dataset" => assert!(path.is_dir(), "{id}"),
                _ => {}
            }
        }
        let kept = id(&data_name("ties/a b.csv"));
        assert_eq!(entities[&kept]["identifier"]["@id"], "#blake3-00ff");
        assert_eq!(entities["#gone.csv"]["identifier"]["@id"], "#blake3-11ee");
        assert_eq!(fs::read_to_string(store.dir().join(SCENARIO)).unwrap(), plan.text);
    }

    #[test]
    fn the_day_of_the_version_is_that_of_the_citation() {
        let citation = include_str!("../../CITATION.cff");
        assert!(citation.contains(&format!("version: {}\n", env!("CARGO_PKG_VERSION"))));
        assert!(citation.contains(&format!("date-released: {RELEASED}\n")));
    }
}
