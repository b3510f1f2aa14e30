//! Every scenario that is shipped can be read and run, and what it claims holds.

use crate::studies::*;

#[test]
#[ignore]
fn one_file() {
    let name = std::env::var("ONE").unwrap();
    for path in all_files().into_iter().filter(|path| path.display().to_string().contains(&name)) {
        for place in 0..scenarios(&path).len() {
            let began = std::time::Instant::now();
            let set = std::env::var("SET").unwrap_or_default();
            let set: Vec<(&str, &str)> = set.split(' ').filter_map(|pair| pair.split_once('=')).collect();
            let (scenario, runs) = run_study(&path, place, &set, None);
            println!(
                "{} {} {:.1}s {} runs",
                path.display(),
                scenario.study().name,
                began.elapsed().as_secs_f64(),
                runs.rows()
            );
            if std::env::var("DUMP").is_ok() {
                let mut seen: Vec<String> = vec![];
                let params = &scenario.study().design.parameters;
                for row in 0..runs.rows() {
                    let key: Vec<String> = params.iter().map(|p| runs.column(p).unwrap().written(row)).collect();
                    let key = key.join(" ");
                    if seen.contains(&key) {
                        continue;
                    }
                    let rows: Vec<usize> = (0..runs.rows())
                        .filter(|&r| {
                            params.iter().map(|p| runs.column(p).unwrap().written(r)).collect::<Vec<_>>().join(" ")
                                == key
                        })
                        .collect();
                    let mut line = key.clone();
                    for column in runs.columns() {
                        if params.contains(&column.name) || column.name == "replicate" || column.name == "status" {
                            continue;
                        }
                        let values = runs.numbers(&column.name).unwrap();
                        let mut values: Vec<f64> = rows.iter().map(|&r| values[r]).filter(|v| !v.is_nan()).collect();
                        values.sort_by(f64::total_cmp);
                        let mean = values.iter().sum::<f64>() / values.len() as f64;
                        let median = values.get(values.len() / 2).copied().unwrap_or(f64::NAN);
                        line += &format!("  {}={:.4}/{:.4}", column.name, mean, median);
                    }
                    println!("{line}");
                    seen.push(key);
                }
            }
            match scenario.check(&runs) {
                Ok(checks) => {
                    for check in checks {
                        println!("   {} {}: {}", if check.passed { "ok  " } else { "FAIL" }, check.line, check.text);
                    }
                }
                Err(error) => println!("   ERROR {error}"),
            }
        }
    }
}
