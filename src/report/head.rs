//! The comment that a scenario file begins with: what it is about, whose model it is, what it claims and expects.

/// What the head comment says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The first paragraph.
    pub lead: String,
    /// `Source`, `Claim`, `Expect`, `Data`, each with its text, in the order written.
    pub parts: Vec<(String, String)>,
}

const PARTS: [&str; 4] = ["Source", "Claim", "Expect", "Data"];

impl Head {
    /// The head of a scenario's text. In a file of several scenarios a part such as `Claim (window)` belongs to the
    /// scenario whose name ends with "window".
    pub fn of(text: &str, scenario: &str) -> Head {
        let comment = text.trim_start().lines().map_while(|line| line.trim_start().strip_prefix("--"));
        let mut head = Head::default();
        let mut blank = false;
        for line in comment.map(str::trim) {
            blank |= line.is_empty() && !head.lead.is_empty();
            let (target, words) = match part(line) {
                Some((name, words)) => {
                    head.parts.push((name.into(), String::new()));
                    (head.parts.last_mut().map(|(_, text)| text), words)
                }
                None if head.parts.is_empty() && !blank => (Some(&mut head.lead), line),
                None => (head.parts.last_mut().map(|(_, text)| text), line),
            };
            if let (Some(target), false) = (target, words.is_empty()) {
                if !target.is_empty() {
                    target.push(' ');
                }
                target.push_str(words);
            }
        }
        head.parts.retain(|(name, _)| match name.split_once(" (") {
            None => true,
            Some((_, which)) => scenario.ends_with(which.trim_end_matches(')')),
        });
        head
    }

    /// The texts of all parts of this name.
    pub fn about<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = move |part: &&(String, String)| part.0.split(" (").next() == Some(name);
        self.parts.iter().filter(of_name).map(|(_, text)| text.as_str())
    }
}

/// `Claim (window): global cascades` is a part of that name and what follows.
fn part(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.split_once(':')?;
    let plain = name.split(" (").next()?;
    (PARTS.contains(&plain) && (plain == name || name.ends_with(')'))).then_some((name, words.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_part_by_part() {
        let text = "-- Two friends:\n-- are enough.\n--\n-- Source: Watts 2002, PNAS\n--   99:5766.\n-- Claim (window): a.\n-- Claim (seeds): b.\n\nreturn";
        let head = Head::of(text, "watts-2002-window");
        assert_eq!(head.lead, "Two friends: are enough.");
        assert_eq!(head.parts[0], ("Source".into(), "Watts 2002, PNAS 99:5766.".into()));
        assert_eq!(head.about("Claim").collect::<Vec<_>>(), ["a."]);
        assert_eq!(Head::of("return scenario", "x"), Head::default());
    }
}
