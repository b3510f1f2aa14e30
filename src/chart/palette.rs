//! Colours that colour-blind readers tell apart, and a marker and a dash for those who print in black and white.

pub type Colour = (u8, u8, u8);

pub const INK: Colour = (0x26, 0x26, 0x26);
pub const PALE_INK: Colour = (0x5a, 0x5a, 0x5a);
pub const GRID: Colour = (0xe4, 0xe4, 0xe4);
/// A cell of a heat map that has no value.
pub const NO_VALUE: Colour = (0xd9, 0xd9, 0xd9);

/// Source: Okabe and Ito 2008, Color Universal Design; without their yellow, which is lost on white paper.
const SERIES: [Colour; 7] = [
    (0x00, 0x72, 0xb2),
    (0xd5, 0x5e, 0x00),
    (0x00, 0x9e, 0x73),
    (0xcc, 0x79, 0xa7),
    (0xe6, 0x9f, 0x00),
    (0x56, 0xb4, 0xe9),
    (0x33, 0x33, 0x33),
];

/// Sixteen equally spaced colours of viridis (van der Walt and Smith 2015), which is perceptually uniform.
const SCALE: [Colour; 16] = [
    (0x44, 0x01, 0x54),
    (0x48, 0x1a, 0x6c),
    (0x47, 0x2f, 0x7d),
    (0x41, 0x44, 0x87),
    (0x39, 0x56, 0x8c),
    (0x31, 0x68, 0x8e),
    (0x2a, 0x78, 0x8e),
    (0x23, 0x88, 0x8e),
    (0x1f, 0x98, 0x8b),
    (0x22, 0xa8, 0x84),
    (0x35, 0xb7, 0x79),
    (0x54, 0xc5, 0x68),
    (0x7a, 0xd1, 0x51),
    (0xa5, 0xdb, 0x36),
    (0xd2, 0xe2, 0x1b),
    (0xfd, 0xe7, 0x25),
];

/// How a series looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub colour: Colour,
    pub marker: Marker,
    /// Lengths of ink and gap in points, in turn; drawn through when empty.
    pub dash: &'static [f64],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
    Wedge,
}

const MARKERS: [Marker; 5] = [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Wedge];
const DASHES: [&[f64]; 5] = [&[], &[4.0, 1.4], &[1.3, 1.3], &[5.0, 1.4, 1.2, 1.4], &[2.4, 1.2]];

/// The look of overlays: theory and other people's numbers.
pub const OVERLAY_DASHES: [&[f64]; 3] = [&[2.6, 1.6], &[0.9, 1.2], &[4.5, 1.4, 0.9, 1.4]];

/// The look of series number `place` of `of`. More ascending series than there are colours are coloured as a scale.
pub fn look(place: usize, of: usize, ascend: bool) -> Look {
    let colour = if ascend && of > SERIES.len() {
        // The palest end of the scale is lost on white paper.
        scale(0.92 * place as f64 / (of - 1) as f64)
    } else {
        SERIES[place % SERIES.len()]
    };
    Look { colour, marker: MARKERS[place % MARKERS.len()], dash: DASHES[place % DASHES.len()] }
}

/// The colour on white paper with a share of its ink.
pub fn pale(colour: Colour, ink: f64) -> Colour {
    let mix = |part: u8| (255.0 - ink * (255.0 - f64::from(part))).round() as u8;
    (mix(colour.0), mix(colour.1), mix(colour.2))
}

/// The colour of a share of the scale, from dark at 0 to bright at 1.
pub fn scale(share: f64) -> Colour {
    let along = share.clamp(0.0, 1.0) * (SCALE.len() - 1) as f64;
    let below = (along as usize).min(SCALE.len() - 2);
    let rest = along - below as f64;
    let mix = |a: u8, b: u8| (f64::from(a) + rest * (f64::from(b) - f64::from(a))).round() as u8;
    let (a, b) = (SCALE[below], SCALE[below + 1]);
    (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_five_series_all_look_different() {
        let looks: Vec<Look> = (0..35).map(|place| look(place, 35, false)).collect();
        for (place, look) in looks.iter().enumerate() {
            assert!(!looks[..place].contains(look), "series {place}");
        }
    }

    #[test]
    fn the_scale_grows_brighter_all_along() {
        let light = |share: f64| {
            let (r, g, b) = scale(share);
            0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
        };
        for step in 0..50 {
            assert!(light(f64::from(step + 1) / 50.0) > light(f64::from(step) / 50.0), "step {step}");
        }
        assert_eq!(scale(f64::NAN.max(0.0)), (0x44, 0x01, 0x54));
    }
}
