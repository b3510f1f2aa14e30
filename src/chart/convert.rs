//! A finished SVG as PNG and as PDF, with the embedded font and no other: no machine's fonts can change a figure.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use super::{error::ChartError, paper::FONT, provenance};

/// CSS inches have 96 pixels.
const CSS_DPI: f64 = 96.0;

/// The figure in pixels, `dpi` of them an inch; 300 is what journals ask for. The file knows its size in inches, and what it
/// was made from.
pub fn png(svg: &str, dpi: f64) -> Result<Vec<u8>, ChartError> {
    let wrong = |why: String| ChartError::Convert { format: "PNG", why };
    if !(10.0..=4800.0).contains(&dpi) {
        return Err(wrong(format!("{dpi} pixels an inch are not between 10 and 4800")));
    }
    let tree = tree(svg).map_err(wrong)?;
    let scale = dpi / CSS_DPI;
    let pixels = |length: f32| (f64::from(length) * scale).round().max(1.0) as u32;
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    let mut sheet = tiny_skia::Pixmap::new(width, height)
        .ok_or_else(|| wrong(format!("{width} x {height} pixels are too many")))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale as f32, scale as f32), &mut sheet.as_mut());
    let file = sheet.encode_png().map_err(|error| wrong(error.to_string()))?;
    Ok(provenance::into_png(file, dpi, provenance::of_svg(svg).as_deref()))
}

/// The figure as a page of its own size, with text that can be selected and searched. The file knows what it was made from.
pub fn pdf(svg: &str) -> Result<Vec<u8>, ChartError> {
    let wrong = |why: String| ChartError::Convert { format: "PDF", why };
    let tree = tree(svg).map_err(wrong)?;
    let page = svg2pdf::PageOptions { dpi: CSS_DPI as f32 };
    let options = svg2pdf::ConversionOptions::default();
    let mut file = svg2pdf::to_pdf(&tree, options, page).map_err(|error| wrong(error.to_string()))?;
    sort_resources(&mut file);
    Ok(provenance::into_pdf(file, provenance::of_svg(svg).as_deref()))
}

fn tree(svg: &str) -> Result<usvg::Tree, String> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(FONT)));
    let options = usvg::Options { fontdb: Arc::new(fonts), font_family: "Roboto".into(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())
}

/// svg2pdf writes the names of a page's resources in the order of a randomly seeded hash map, one a line. In alphabetical
/// order the same figure has the same bytes, and nothing moves, because the lines are only exchanged.
fn sort_resources(file: &mut [u8]) {
    let Some(start) = provenance::last(file, b"\n  /Resources <<\n") else { return };
    let lines = file[start..].split_inclusive(|&byte| byte == b'\n');
    let page: Vec<Vec<u8>> = lines.take_while(|line| !line.starts_with(b"endobj")).map(<[u8]>::to_vec).collect();
    let mut sorted = Vec::new();
    for group in page.chunk_by(|a, b| is_name(a) == is_name(b)) {
        let mut group = group.to_vec();
        if is_name(&group[0]) {
            group.sort();
        }
        sorted.extend(group.concat());
    }
    file[start..start + sorted.len()].copy_from_slice(&sorted);
}

/// Whether a line of a page's object is an entry of one of its resource dictionaries.
fn is_name(line: &[u8]) -> bool {
    line.starts_with(b"      /")
}
