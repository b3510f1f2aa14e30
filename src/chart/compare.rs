//! Where two files of one figure differ, in words.

use resvg::tiny_skia::Pixmap;

use super::provenance::Format;

/// Where a figure and its second making differ; none when they are the same, byte by byte.
pub fn difference(format: Format, theirs: &[u8], ours: &[u8]) -> Option<String> {
    if theirs == ours {
        return None;
    }
    Some(match format {
        Format::Svg => lines(&String::from_utf8_lossy(theirs), &String::from_utf8_lossy(ours)),
        Format::Png => pixels(theirs, ours),
        Format::Pdf => {
            let first = theirs.iter().zip(ours).take_while(|(a, b)| a == b).count();
            format!("from byte {first} on ({} bytes in the figure, {} here)", theirs.len(), ours.len())
        }
    })
}

fn lines(theirs: &str, ours: &str) -> String {
    let (theirs, ours): (Vec<&str>, Vec<&str>) = (theirs.lines().collect(), ours.lines().collect());
    let line = |lines: &[&str], at: usize| lines.get(at).map_or("nothing".to_string(), |line| shortened(line));
    let most = theirs.len().max(ours.len());
    let different: Vec<usize> = (0..most).filter(|&at| theirs.get(at) != ours.get(at)).collect();
    match different.first() {
        None => "only in how its lines end".into(),
        Some(&at) => format!(
            "in {} of {most} lines, first in line {}:\n    in the figure  {}\n    made again     {}",
            different.len(),
            at + 1,
            line(&theirs, at),
            line(&ours, at)
        ),
    }
}

/// The beginning of a long line.
fn shortened(line: &str) -> String {
    let mut letters = line.chars();
    let start: String = letters.by_ref().take(90).collect();
    if letters.next().is_some() { start + "\u{2026}" } else { start }
}

fn pixels(theirs: &[u8], ours: &[u8]) -> String {
    let (Ok(theirs), Ok(ours)) = (Pixmap::decode_png(theirs), Pixmap::decode_png(ours)) else {
        return "its pixels cannot be read".into();
    };
    let (width, height) = (theirs.width(), theirs.height());
    if (width, height) != (ours.width(), ours.height()) {
        return format!("{width} x {height} pixels in the figure, {} x {} made again", ours.width(), ours.height());
    }
    let differ = theirs.pixels().iter().zip(ours.pixels()).enumerate().filter(|(_, (a, b))| a != b);
    let places: Vec<(u32, u32)> = differ.map(|(at, _)| (at as u32 % width, at as u32 / width)).collect();
    let Some(&first) = places.first() else {
        return "the pixels are the same, in a file that another program wrote again".into();
    };
    let (low, high) = places.iter().fold((first, first), |(low, high), at| {
        ((low.0.min(at.0), low.1.min(at.1)), (high.0.max(at.0), high.1.max(at.1)))
    });
    format!(
        "in {} of {} pixels, between {} and {} from the left and {} and {} from the top",
        places.len(),
        u64::from(width) * u64::from(height),
        low.0,
        high.0,
        low.1,
        high.1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        assert_eq!(difference(Format::Svg, b"a\nb\n", b"a\nb\n"), None);
        let told = difference(Format::Svg, b"a\nb\nc\n", b"a\nx\n").unwrap();
        assert!(told.starts_with("in 2 of 3 lines, first in line 2:"), "{told}");
        assert_eq!(
            difference(Format::Pdf, b"%PDF1", b"%PDF22").unwrap(),
            "from byte 4 on (5 bytes in the figure, 6 here)"
        );
    }

    #[test]
    fn pixels_are_compared_as_pixels() {
        let mut sheet = Pixmap::new(4, 3).unwrap();
        let white = sheet.encode_png().unwrap();
        sheet.data_mut()[4 * 6..4 * 7].fill(255);
        let dotted = sheet.encode_png().unwrap();
        let told = difference(Format::Png, &white, &dotted).unwrap();
        assert_eq!(told, "in 1 of 12 pixels, between 2 and 2 from the left and 1 and 1 from the top");
        let again = super::super::provenance::into_png(white.clone(), 300.0, None);
        assert!(difference(Format::Png, &white, &again).unwrap().starts_with("the pixels are the same"));
        let small = Pixmap::new(2, 2).unwrap().encode_png().unwrap();
        assert_eq!(difference(Format::Png, &white, &small).unwrap(), "4 x 3 pixels in the figure, 2 x 2 made again");
    }
}
