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

/// Cividis at eight places (Nunez, Anderton and Renslow 2018): blue to yellow, the same to readers of any sight.
const CIVIDIS: [Colour; 8] = [
    (0x00, 0x22, 0x4e),
    (0x1d, 0x37, 0x6c),
    (0x40, 0x4c, 0x6b),
    (0x5f, 0x63, 0x6d),
    (0x7c, 0x7b, 0x78),
    (0x9b, 0x94, 0x76),
    (0xc6, 0xb4, 0x5f),
    (0xfe, 0xe8, 0x38),
];

/// From dark to pale, for print in black and white.
const GREYS: [Colour; 2] = [(0x22, 0x22, 0x22), (0xf2, 0xf2, 0xf2)];

/// From blue over near white to red: below and above 0. The ends have the same lightness.
const DIVERGING: [Colour; 7] = [
    (0x21, 0x66, 0xac),
    (0x67, 0xa9, 0xcf),
    (0xd1, 0xe5, 0xf0),
    (0xf7, 0xf7, 0xf7),
    (0xfd, 0xdb, 0xc7),
    (0xef, 0x8a, 0x62),
    (0xb2, 0x18, 0x2b),
];

/// The colours of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    #[default]
    Colour,
    Cividis,
    Grey,
}

impl Palette {
    /// The palette that a scenario names "colour", "cividis" or "grey".
    pub fn named(name: &str) -> Option<Palette> {
        match name {
            "colour" => Some(Palette::Colour),
            "cividis" => Some(Palette::Cividis),
            "grey" => Some(Palette::Grey),
            _ => None,
        }
    }

    /// The colour of a share of the scale, from dark at 0 to bright at 1.
    pub fn scale(self, share: f64) -> Colour {
        match self {
            Palette::Colour => mixed(&SCALE, share),
            Palette::Cividis => mixed(&CIVIDIS, share),
            Palette::Grey => mixed(&GREYS, share),
        }
    }

    /// The look of series number `place` of `of`. More ascending series than there are colours are coloured as a scale.
    pub fn look(self, place: usize, of: usize, ascend: bool) -> Look {
        // The palest end of the scale is lost on white paper.
        let along = |end: f64| self.scale(end * place as f64 / of.saturating_sub(1).max(1) as f64);
        let colour = match self {
            Palette::Colour if ascend && of > SERIES.len() => along(0.92),
            Palette::Colour => SERIES[place % SERIES.len()],
            Palette::Cividis => along(0.9),
            Palette::Grey => along(0.72),
        };
        Look { colour, marker: MARKERS[place % MARKERS.len()], dash: DASHES[place % DASHES.len()] }
    }
}

/// The colour of a difference, from the largest below 0 at 0 to the largest above at 1.
pub fn diverging(share: f64) -> Colour {
    mixed(&DIVERGING, share)
}

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

/// A colour halfway to ink: what theory says of a series.
pub fn dark(colour: Colour) -> Colour {
    let mix = |a: u8, b: u8| ((u16::from(a) + u16::from(b)) / 2) as u8;
    (mix(colour.0, INK.0), mix(colour.1, INK.1), mix(colour.2, INK.2))
}

/// The colour on white paper with a share of its ink.
pub fn pale(colour: Colour, ink: f64) -> Colour {
    let mix = |part: u8| (255.0 - ink * (255.0 - f64::from(part))).round() as u8;
    (mix(colour.0), mix(colour.1), mix(colour.2))
}

fn mixed(colours: &[Colour], share: f64) -> Colour {
    let along = share.clamp(0.0, 1.0) * (colours.len() - 1) as f64;
    let below = (along as usize).min(colours.len() - 2);
    let rest = along - below as f64;
    let mix = |a: u8, b: u8| (f64::from(a) + rest * (f64::from(b) - f64::from(a))).round() as u8;
    let (a, b) = (colours[below], colours[below + 1]);
    (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_five_series_all_look_different() {
        let looks: Vec<Look> = (0..35).map(|place| Palette::Colour.look(place, 35, false)).collect();
        for (place, look) in looks.iter().enumerate() {
            assert!(!looks[..place].contains(look), "series {place}");
        }
    }

    #[test]
    fn every_scale_grows_brighter_all_along() {
        for palette in [Palette::Colour, Palette::Cividis, Palette::Grey] {
            let light = |share: f64| {
                let (r, g, b) = palette.scale(share);
                0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
            };
            for step in 0..50 {
                let (here, next) = (f64::from(step) / 50.0, f64::from(step + 1) / 50.0);
                assert!(light(next) > light(here), "{palette:?} at step {step}");
            }
        }
        assert_eq!(Palette::Colour.scale(f64::NAN.max(0.0)), (0x44, 0x01, 0x54));
    }

    #[test]
    fn differences_part_at_zero() {
        let (below, zero, above) = (diverging(0.0), diverging(0.5), diverging(1.0));
        assert!(below.2 > below.0 && above.0 > above.2 && zero == (0xf7, 0xf7, 0xf7));
    }
}
