//! A finished SVG as PNG and as PDF, with the embedded font and no other: the same bytes on every machine.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use super::{
    error::ChartError,
    paper::{BOLD, REGULAR},
};

/// CSS inches have 96 pixels.
const CSS_DPI: f64 = 96.0;

/// The figure in pixels, `dpi` of them an inch; 300 is what journals ask for.
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
    sheet.encode_png().map_err(|error| wrong(error.to_string()))
}

/// The figure as a page of its own size, with text that can be selected and searched.
pub fn pdf(svg: &str) -> Result<Vec<u8>, ChartError> {
    let wrong = |why: String| ChartError::Convert { format: "PDF", why };
    let tree = tree(svg).map_err(wrong)?;
    let page = svg2pdf::PageOptions { dpi: CSS_DPI as f32 };
    svg2pdf::to_pdf(&tree, svg2pdf::ConversionOptions::default(), page).map_err(|error| wrong(error.to_string()))
}

fn tree(svg: &str) -> Result<usvg::Tree, String> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(REGULAR)));
    fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(BOLD)));
    let options = usvg::Options { fontdb: Arc::new(fonts), font_family: "Roboto".into(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())
}
