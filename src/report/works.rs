//! The works a scenario rests on, as BibTeX: those its head names and those its networks come from.

use super::head::Head;
use crate::contagion::world::{Setup, TieMaker, World};
use crate::network::Maker;

/// One work a line, by year.
const MODELS: &str = include_str!("models.bib");

/// A work that uptake knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub key: &'static str,
    /// Its BibTeX entry, in one line.
    entry: &'static str,
}

/// All works, the oldest first.
pub fn known() -> impl Iterator<Item = Work> {
    let key = |entry: &'static str| entry.split_once('{').and_then(|(_, rest)| rest.split_once(','));
    MODELS.lines().filter_map(move |entry| Some(Work { key: key(entry)?.0, entry }))
}

impl Work {
    /// The value of a field, without its outer braces.
    pub fn field(&self, name: &str) -> &'static str {
        let named = |field: &&'static str| field.split(" = ").next() == Some(name);
        let field = self.fields().into_iter().find(named);
        field.map_or("", |field| field[name.len() + 3..].trim_start_matches('{').trim_end_matches('}'))
    }

    /// The surname of the first author, as people write it.
    pub fn surname(&self) -> String {
        plain(self.field("author").split(',').next().unwrap_or_default())
    }

    /// The surnames of all authors it names.
    fn surnames(&self) -> Vec<String> {
        let authors = self.field("author").split(" and ");
        authors.map(|author| plain(author.split(',').next().unwrap_or(author))).collect()
    }

    /// `Centola and Macy 2007`.
    pub fn short(&self) -> String {
        let authors = self.surnames();
        let names = match &authors[..] {
            [one] => one.clone(),
            [one, two] if two != "others" => format!("{one} and {two}"),
            [one, ..] => format!("{one} et al."),
            [] => String::new(),
        };
        format!("{names} {}", self.field("year"))
    }

    /// The entry with a field a line.
    pub fn bibtex(&self) -> String {
        let start = self.entry.split_once(", ").map_or("", |(start, _)| start);
        format!("{start},\n  {}\n}}\n", self.fields().join(",\n  "))
    }

    /// `author = {...}` and the others.
    fn fields(&self) -> Vec<&'static str> {
        let inside = self.entry.split_once(", ").map_or("", |(_, rest)| rest.strip_suffix('}').unwrap_or(rest));
        let (mut fields, mut depth, mut from) = (Vec::new(), 0, 0);
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    fields.push(inside[from..at].trim());
                    from = at + 1;
                }
                _ => {}
            }
        }
        fields.push(inside[from..].trim());
        fields
    }
}

/// A name without TeX.
fn plain(tex: &str) -> String {
    let accents =
        [("\\H{o}", "ő"), ("\\'e", "é"), ("\\'a", "á"), ("\\'i", "í"), ("\\'E", "É"), ("\\\"e", "ë"), ("\\o", "ø")];
    let bare = accents.iter().fold(tex.to_string(), |name, (tex, letter)| name.replace(tex, letter));
    bare.replace(['{', '}'], "").trim().to_string()
}

/// A name without accents, as many a scenario is typed.
fn folded(name: &str) -> String {
    let bare = [('ő', 'o'), ('ø', 'o'), ('á', 'a'), ('é', 'e'), ('ë', 'e'), ('É', 'E'), ('í', 'i')];
    name.chars().map(|c| bare.iter().find(|(accent, _)| *accent == c).map_or(c, |(_, plain)| *plain)).collect()
}

/// The works of a scenario, the oldest first.
pub fn of(head: &Head, worlds: &[World]) -> Vec<Work> {
    let sources: Vec<&str> = head.about("Source").chain(head.about("Data")).flat_map(|text| text.split(';')).collect();
    let mut makers = Vec::new();
    for setup in worlds.iter().flat_map(|world| &world.setup) {
        if let Setup::Ties(ties) = setup {
            keys_of(&ties.maker, &mut makers);
        }
    }
    let named = |work: &Work| sources.iter().any(|source| is_named(work, source));
    known().filter(|work| makers.contains(&work.key) || named(work)).collect()
}

/// Whether a source says its first author and its year, and means no other work of these: that with most authors in the
/// source, and fewest beside them.
fn is_named(work: &Work, source: &str) -> bool {
    let source = folded(source);
    let says = |name: &String| source.contains(&folded(name));
    let fits = |work: &Work| says(&work.surname()) && source.contains(work.field("year"));
    let likeness = |work: &Work| {
        let authors = work.surnames();
        (authors.iter().filter(|name| says(name)).count(), std::cmp::Reverse(authors.len()))
    };
    let is_like = |other: &Work| other.surname() == work.surname() && other.field("year") == work.field("year");
    fits(work) && known().filter(is_like).all(|other| likeness(&other) <= likeness(work))
}

/// Whose networks they are.
fn keys_of(maker: &TieMaker, keys: &mut Vec<&'static str>) {
    match maker {
        TieMaker::Shuffled { of, .. } => {
            keys.push("maslov2002");
            keys_of(of, keys);
        }
        TieMaker::Network(maker) => keys_of_network(maker, keys),
        _ => {}
    }
}

fn keys_of_network(maker: &Maker, keys: &mut Vec<&'static str>) {
    match maker {
        Maker::Ring { keep_degree, .. } => keys.push(if *keep_degree { "maslov2002" } else { "watts1998" }),
        Maker::Random(_) => keys.push("erdos1959"),
        Maker::Regular { .. } => keys.push("bollobas1980"),
        Maker::Configuration { .. } => keys.push("molloy1995"),
        Maker::ScaleFree { .. } => keys.push("barabasi1999"),
        Maker::Clustered { .. } => keys.push("holme2002"),
        Maker::Blocks { .. } => keys.push("holland1983"),
        Maker::Shuffled { of, .. } => {
            keys.push("maslov2002");
            keys_of_network(of, keys);
        }
        Maker::Grid { .. } | Maker::Complete | Maker::Groups { .. } | Maker::List { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_work_has_a_key_that_says_whose_and_when_and_all_it_needs() {
        let works: Vec<Work> = known().collect();
        assert_eq!(works.len(), MODELS.lines().count());
        for work in &works {
            let expected = format!("{}{}", work.surname().to_lowercase(), work.field("year"));
            let ascii: String = folded(&expected).chars().filter(|c| c.is_alphanumeric()).collect();
            // A letter tells apart what the same author wrote in the same year.
            let letter = work.key.strip_prefix(&*ascii).unwrap_or_else(|| panic!("{} is not {ascii}", work.key));
            assert!(letter.len() <= 1 && letter.chars().all(|c| c.is_ascii_lowercase()), "{}", work.key);
            assert!(["author", "title", "year"].iter().all(|field| !work.field(field).is_empty()), "{}", work.key);
            assert!(
                ["journal", "booktitle", "publisher"].iter().any(|field| !work.field(field).is_empty()),
                "{}",
                work.key
            );
            assert_eq!(work.entry.matches('{').count(), work.entry.matches('}').count(), "{}", work.key);
        }
        assert!(works.is_sorted_by_key(|work| work.field("year")));
    }

    #[test]
    fn authors_tell_apart_the_works_of_a_year() {
        let cited = |source: &str| -> Vec<&str> {
            let head = Head::of(&format!("-- Source: {source}.\n"), "");
            of(&head, &[]).iter().map(|work| work.key).collect()
        };
        assert_eq!(cited("Centola and Macy 2007"), ["centola2007"]);
        assert_eq!(cited("Centola, Eguiluz and Macy 2007"), ["centola2007b"]);
        assert_eq!(cited("Centola, González-Avella, Eguíluz and San Miguel 2007"), ["centola2007c"]);
        assert_eq!(cited("Centola et al. 2007"), ["centola2007"]);
    }

    #[test]
    fn a_scenario_cites_what_its_head_names() {
        let head = Head::of("-- Source: Granovetter 1973 (weak ties); Centola and Macy 2007; Nobody 2007.\n", "");
        let keys: Vec<&str> = of(&head, &[]).iter().map(|work| work.key).collect();
        assert_eq!(keys, ["granovetter1973", "centola2007"]);
        let works = of(&head, &[]);
        assert_eq!(works[1].short(), "Centola and Macy 2007");
        assert!(
            works[1].bibtex().starts_with("@article{centola2007,\n  author = {Centola, Damon and Macy, Michael},\n")
        );
    }
}
