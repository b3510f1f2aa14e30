//! A text inside a figure: in an SVG's `<metadata>`, a PNG's text chunk, a PDF's XMP packet. What the text says is the
//! business of [`super::made`]; it is plain ASCII, so that no program that copies it can spoil it.

use std::fmt;

use resvg::usvg::roxmltree::Document;

use super::made::MadeError;

/// The keyword of the text in a PNG and the name of the property in a PDF.
const KEY: &str = "Uptake";
const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The name space of our property, which is a name and no address that anybody visits.
const SPACE: &str = "urn:uptake:figure";

/// In which of its three forms a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Svg,
    Png,
    Pdf,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Svg => "SVG",
            Format::Png => "PNG",
            Format::Pdf => "PDF",
        })
    }
}

impl Format {
    /// What a file says it is by its first bytes; a damaged figure still says so.
    pub fn of(file: &[u8]) -> Option<Format> {
        let start = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file).trim_ascii_start();
        let looks_like_svg = || {
            let head = String::from_utf8_lossy(&start[..start.len().min(4096)]);
            head.starts_with('<') && head.contains("<svg")
        };
        if file.starts_with(PNG_HEAD) {
            Some(Format::Png)
        } else if file.starts_with(b"%PDF") {
            Some(Format::Pdf)
        } else {
            looks_like_svg().then_some(Format::Svg)
        }
    }
}

/// The text in a file.
pub fn text_in(file: &[u8]) -> Result<(Format, String), MadeError> {
    let format = Format::of(file).ok_or(MadeError::NotAFigure)?;
    let found = match format {
        Format::Svg => {
            let svg = std::str::from_utf8(file).map_err(|error| error.to_string());
            svg.and_then(|svg| Document::parse(svg).map(|tree| in_metadata(&tree)).map_err(|error| error.to_string()))
        }
        Format::Png => of_png(file),
        Format::Pdf => of_pdf(file),
    };
    match found {
        Ok(Some(text)) => Ok((format, text)),
        Ok(None) => Err(MadeError::Silent { format }),
        Err(why) => Err(MadeError::Damaged { format, why }),
    }
}

/// The text in a finished SVG of ours.
pub fn of_svg(svg: &str) -> Option<String> {
    in_metadata(&Document::parse(svg).ok()?)
}

/// Editors may wrap what they find in elements of their own.
fn in_metadata(tree: &Document) -> Option<String> {
    let metadata = tree.root_element().children().filter(|part| part.has_tag_name("metadata"));
    metadata
        .flat_map(|part| part.descendants())
        .filter_map(|part| part.text())
        .find(|text| text.contains('{'))
        .map(|text| text.trim().to_string())
}

/// The SVG with the text in it, behind its description.
pub fn into_svg(svg: &str, text: &str) -> String {
    let (before, after) = svg.split_once("</desc>\n").expect("every finished figure has a description");
    format!("{before}</desc>\n<metadata>{}</metadata>\n{after}", escaped(text))
}

/// Adds the size on paper and the text behind the header of a PNG.
pub fn into_png(file: Vec<u8>, dpi: f64, text: Option<&str>) -> Vec<u8> {
    // The header: signature, length, name, 13 bytes, check.
    let (head, rest) = file.split_at(PNG_HEAD.len() + 4 + 4 + 13 + 4);
    let per_metre = (dpi / 0.0254).round() as u32;
    let size = [per_metre.to_be_bytes(), per_metre.to_be_bytes()].concat();
    let mut whole = head.to_vec();
    whole.extend(chunk(b"pHYs", &[size.as_slice(), &[1]].concat()));
    if let Some(text) = text {
        // Keyword, not compressed, no language, no translated keyword.
        let content = [KEY.as_bytes(), &[0, 0, 0, 0, 0], text.as_bytes()].concat();
        whole.extend(chunk(b"iTXt", &content));
    }
    whole.extend(rest);
    whole
}

fn of_png(file: &[u8]) -> Result<Option<String>, String> {
    let mut rest = &file[PNG_HEAD.len()..];
    let mut found = None;
    while rest.len() >= 12 {
        let length = u32::from_be_bytes(rest[..4].try_into().expect("four bytes")) as usize;
        let Some((named, after)) = rest[4..].split_at_checked(4 + length).filter(|(_, after)| after.len() >= 4) else {
            return Err("it ends in the middle".into());
        };
        let (name, content) = named.split_at(4);
        if after[..4] != crc(named).to_be_bytes() {
            return Err(format!("the check of its part {} fails", String::from_utf8_lossy(name)));
        }
        let text = match name {
            b"iTXt" => content.strip_prefix([KEY.as_bytes(), &[0, 0, 0, 0, 0]].concat().as_slice()),
            // What other programs make of it.
            b"tEXt" => content.strip_prefix([KEY.as_bytes(), &[0]].concat().as_slice()),
            b"IEND" => return Ok(found),
            _ => None,
        };
        found = found.or(text.map(|text| String::from_utf8_lossy(text).into_owned()));
        rest = &after[4..];
    }
    Err("it ends in the middle".into())
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), content].concat();
    [&(content.len() as u32).to_be_bytes(), named.as_slice(), &crc(&named).to_be_bytes()].concat()
}

/// The check of a PNG's chunks. Source: PNG specification, annex D.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
    }
    !crc
}

/// Appends an XMP packet to a PDF as an incremental update (ISO 32000-1, 7.5.6 and 14.3.2): nothing before it moves. XMP
/// is what programs that rewrite a PDF keep, and it can be read without understanding the rest of the file.
pub fn into_pdf(mut file: Vec<u8>, text: Option<&str>) -> Vec<u8> {
    let Some((text, old)) = text.zip(Trailer::of(&file)) else { return file };
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"\" \
         xmlns:uptake=\"{SPACE}\">\n<uptake:{KEY}>{}</uptake:{KEY}>\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n\
         <?xpacket end=\"r\"?>",
        escaped(text)
    );
    if !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    let Trailer { size, root, before, catalogue } = old;
    let root_at = file.len();
    file.extend(format!("{root} 0 obj\n<<{catalogue}  /Metadata {size} 0 R\n>>\nendobj\n").bytes());
    let packet_at = file.len();
    let length = packet.len();
    file.extend(format!("{size} 0 obj\n<< /Type /Metadata /Subtype /XML /Length {length} >>\nstream\n").bytes());
    file.extend(packet.bytes());
    file.extend(b"\nendstream\nendobj\n");
    let table = file.len();
    file.extend(format!("xref\n0 1\n0000000000 65535 f \n{root} 1\n{root_at:010} 00000 n \n").bytes());
    file.extend(format!("{size} 1\n{packet_at:010} 00000 n \n").bytes());
    file.extend(format!("trailer\n<< /Size {} /Root {root} 0 R /Prev {before} >>\n", size + 1).bytes());
    file.extend(format!("startxref\n{table}\n%%EOF\n").bytes());
    file
}

/// What the end of a PDF says of the rest.
struct Trailer {
    /// How many objects there are: the number of the next one.
    size: usize,
    /// The number of the catalogue, and what stands in it.
    root: usize,
    catalogue: String,
    /// Where the table of objects begins.
    before: usize,
}

impl Trailer {
    fn of(file: &[u8]) -> Option<Trailer> {
        let text = |at: usize| String::from_utf8_lossy(&file[at..]).into_owned();
        let number_after = |text: &str, key: &str| {
            let rest = text.split_once(key)?.1.trim_start();
            rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse::<usize>().ok()
        };
        let trailer = text(last(file, b"trailer\n")?);
        let root = number_after(&trailer, "/Root")?;
        let object = format!("\n{root} 0 obj\n<<");
        let catalogue = text(last(file, object.as_bytes())? + object.len());
        Some(Trailer {
            size: number_after(&trailer, "/Size")?,
            root,
            before: number_after(&trailer, "startxref")?,
            catalogue: catalogue.split_once(">>\nendobj")?.0.to_string(),
        })
    }
}

fn of_pdf(file: &[u8]) -> Result<Option<String>, String> {
    if !file.trim_ascii_end().ends_with(b"%%EOF") {
        return Err("it ends in the middle".into());
    }
    let (Some(start), Some(end)) = (last(file, b"<x:xmpmeta"), last(file, b"</x:xmpmeta>")) else { return Ok(None) };
    if end < start {
        return Ok(None);
    }
    let packet = String::from_utf8_lossy(&file[start..end]) + "</x:xmpmeta>";
    let tree = Document::parse(&packet).map_err(|error| error.to_string())?;
    // As an element, as we write it; as an attribute, as others may write it again.
    let element = tree.descendants().find(|part| part.has_tag_name((SPACE, KEY))).and_then(|part| part.text());
    let attribute = || tree.descendants().find_map(|part| part.attribute((SPACE, KEY)));
    Ok(element.or_else(attribute).map(|text| text.trim().to_string()))
}

/// Where `part` begins for the last time.
pub fn last(file: &[u8], part: &[u8]) -> Option<usize> {
    file.windows(part.len()).rposition(|window| window == part)
}

/// Text as XML holds it; what XML cannot hold at all is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A reader of XML turns a bare carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_that_of_the_specification() {
        // The empty end chunk, whose check every PNG ends with.
        assert_eq!(chunk(b"IEND", &[]), [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82]);
    }

    #[test]
    fn a_file_without_a_text_is_silent_damaged_or_no_figure() {
        let of = |file: &[u8]| text_in(file).unwrap_err();
        assert!(matches!(
            of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            MadeError::Silent { format: Format::Svg }
        ));
        assert!(matches!(of(b"<svg xmlns=\"http://www.w3.org/2000/svg\">"), MadeError::Damaged { .. }));
        assert!(matches!(of(b"%PDF-1.7\n%%EOF\n"), MadeError::Silent { format: Format::Pdf }));
        assert!(matches!(of(b"%PDF-1.7"), MadeError::Damaged { format: Format::Pdf, .. }));
        assert!(matches!(of(PNG_HEAD), MadeError::Damaged { format: Format::Png, .. }));
        for file in [&[0xff, 0xfe][..], b"", b"needs,adopted\n2,1\n", b"<html></html>"] {
            assert!(matches!(of(file), MadeError::NotAFigure));
        }
    }

    #[test]
    fn a_wrapped_text_is_still_found() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata id=\"a\"><b> {1} </b></metadata></svg>";
        assert_eq!(of_svg(svg).as_deref(), Some("{1}"));
    }
}
