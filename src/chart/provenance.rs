//! What a figure was made from, kept inside the figure: in an SVG's `<metadata>`, a PNG's text chunk, a PDF's information.

use resvg::usvg::roxmltree::Document;

/// The keyword of the text in a PNG and the key in a PDF.
const KEY: &str = "Uptake";
const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a figure was made from, word by word as the request gave it; none when it is not a figure of ours.
pub fn made_from(file: &[u8]) -> Option<String> {
    if file.starts_with(PNG_HEAD) {
        of_png(file)
    } else if file.starts_with(b"%PDF") {
        of_pdf(file)
    } else {
        of_svg(std::str::from_utf8(file).ok()?)
    }
}

pub fn of_svg(svg: &str) -> Option<String> {
    let tree = Document::parse(svg).ok()?;
    let metadata = tree.root_element().children().find(|part| part.has_tag_name("metadata"))?;
    metadata.text().map(String::from)
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

fn of_png(file: &[u8]) -> Option<String> {
    let mut rest = &file[PNG_HEAD.len()..];
    while rest.len() >= 12 {
        let length = u32::from_be_bytes(rest[..4].try_into().ok()?) as usize;
        let content = rest.get(8..8 + length)?;
        let key = [KEY.as_bytes(), &[0, 0, 0, 0, 0]].concat();
        if let (b"iTXt", Some(text)) = (&rest[4..8], content.strip_prefix(key.as_slice())) {
            return String::from_utf8(text.to_vec()).ok();
        }
        rest = rest.get(12 + length..)?;
    }
    None
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

/// Appends a new information dictionary to a PDF, as an incremental update (ISO 32000-1, 7.5.6): nothing before it moves.
pub fn into_pdf(mut file: Vec<u8>, text: Option<&str>) -> Vec<u8> {
    let (Some(text), Some(end)) = (text, last(&file, b"startxref\n")) else { return file };
    let tail = String::from_utf8_lossy(&file[end..]).into_owned();
    let trailer =
        last(&file, b"trailer\n").map_or(String::new(), |at| String::from_utf8_lossy(&file[at..]).into_owned());
    let number_after = |text: &str, key: &str| {
        let rest = text.split_once(key)?.1.trim_start();
        rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse::<usize>().ok()
    };
    let (Some(size), Some(root), Some(before)) =
        (number_after(&trailer, "/Size"), number_after(&trailer, "/Root"), number_after(&tail, "startxref"))
    else {
        return file;
    };
    if !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    let object = file.len();
    file.extend(format!("{size} 0 obj\n<< /Producer (uptake) /{KEY} <{}> >>\nendobj\n", hex(text)).bytes());
    let table = file.len();
    file.extend(format!("xref\n0 1\n0000000000 65535 f \n{size} 1\n{object:010} 00000 n \n").bytes());
    let next = size + 1;
    file.extend(format!("trailer\n<< /Size {next} /Root {root} 0 R /Info {size} 0 R /Prev {before} >>\n").bytes());
    file.extend(format!("startxref\n{table}\n%%EOF\n").bytes());
    file
}

fn of_pdf(file: &[u8]) -> Option<String> {
    let key = format!("/{KEY} <FEFF");
    let rest = &file[last(file, key.as_bytes())? + key.len()..];
    let digits = std::str::from_utf8(&rest[..rest.iter().position(|&byte| byte == b'>')?]).ok()?;
    let units: Option<Vec<u16>> = (0..digits.len() / 4)
        .map(|place| u16::from_str_radix(digits.get(4 * place..4 * place + 4)?, 16).ok())
        .collect();
    String::from_utf16(&units?).ok()
}

/// Text as PDF writes what is not plain ASCII: UTF-16 with a byte order mark, in hexadecimal digits.
fn hex(text: &str) -> String {
    std::iter::once(0xfeff).chain(text.encode_utf16()).map(|unit| format!("{unit:04X}")).collect()
}

/// Where `part` begins for the last time.
pub fn last(file: &[u8], part: &[u8]) -> Option<usize> {
    file.windows(part.len()).rposition(|window| window == part)
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
    fn a_file_without_a_text_has_none() {
        assert_eq!(made_from(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), None);
        assert_eq!(made_from(b"%PDF-1.7"), None);
        assert_eq!(made_from(PNG_HEAD), None);
        assert_eq!(made_from(&[0xff, 0xfe]), None);
    }
}
