use super::*;

#[test]
fn drafts_load() {
    let mut names: Vec<_> = std::fs::read_dir("/tmp/drafts").unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let start = std::time::Instant::now();
        match load(&text, &name, NoFiles, Limits::default()) {
            Err(e) => println!("LOAD {e}"),
            Ok(all) => {
                for s in all {
                    println!(
                        "{} {:?} {:?} {:?}",
                        s.study().name,
                        s.study().design.parameters,
                        s.study().design.runs(),
                        start.elapsed()
                    );
                    for w in s.warnings() {
                        println!("  warn {} {}", w.line, w);
                    }
                    let start = std::time::Instant::now();
                    for cell in &s.study().design.cells {
                        if let Err(e) = s.world(cell) {
                            println!("  WORLD {e}");
                            break;
                        }
                    }
                    println!("  worlds {} {:?}", s.study().design.cells.len(), start.elapsed());
                }
            }
        }
    }
}
