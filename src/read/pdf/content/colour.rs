//! Colour spaces and components -> how light a mark is, and whether two marks have the same colour
//! (ISO 32000-1 §8.6). Approximate: enough to tell a rule from its background and white text from black.

use std::collections::HashMap;

use crate::read::pdf::file::{Array, Dict, Value};

/// A colour as far as this program needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Paint {
    /// 0 black to 1 white.
    pub(crate) lightness: f32,
    /// Red, green and blue; none for patterns, shadings and inks whose colour is not known.
    pub(crate) rgb: Option<[u8; 3]>,
}

/// A colour space, as far as this program tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    Gray,
    Rgb,
    Cmyk,
    Lab,
    /// Separation and DeviceN: 0 is no ink. `true`: the ink is black.
    Ink {
        black: bool,
    },
    /// A palette (ISO 32000-1 §8.6.6.3), or the tints of an ink.
    Palette(PaletteId),
    /// Patterns and what is not known.
    Other,
}

/// A palette of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PaletteId(u8);

/// The colour spaces that a file's resources name, each read once.
#[derive(Debug, Default)]
pub(crate) struct Spaces {
    named: HashMap<(usize, Vec<u8>), Space>,
    palettes: Vec<Palette>,
}

/// Colours by their number; how many numbers there are to 1 for tints.
#[derive(Debug, PartialEq)]
struct Palette {
    colours: Vec<Paint>,
    per_unit: f64,
}

/// Steps from no ink to full ink.
const TINTS: u8 = 64;
/// Colours of a palette at most (ISO 32000-1 §8.6.6.3).
const MOST_COLOURS: usize = 256;

/// Two colours whose components differ by no more than this look the same on paper and screen.
const SAME_COLOUR: u8 = 5;
/// How many colour spaces may stand for one another.
const SPACE_DEPTH: u8 = 4;

impl Paint {
    pub(crate) const BLACK: Self = Self {
        lightness: 0.0,
        rgb: Some([0; 3]),
    };
    /// A colour that is not known: dark enough to be seen, light enough not to be a rule for sure.
    pub(crate) const UNKNOWN: Self = Self {
        lightness: 0.5,
        rgb: None,
    };

    /// From red, green and blue between 0 and 1.
    pub(crate) fn from_rgb(rgb: [f64; 3]) -> Self {
        let [r, g, b] = rgb.map(|value| {
            if value.is_finite() {
                value.clamp(0.0, 1.0)
            } else {
                0.0
            }
        });
        Self {
            lightness: (0.299 * r + 0.587 * g + 0.114 * b) as f32,
            rgb: Some([r, g, b].map(|value| (value * 255.0).round() as u8)),
        }
    }

    /// From one grey component.
    pub(crate) fn from_gray(gray: f64) -> Self {
        Self::from_rgb([gray; 3])
    }

    /// From four ink components (ISO 32000-1 §10.3.5).
    pub(crate) fn from_cmyk([c, m, y, k]: [f64; 4]) -> Self {
        Self::from_rgb([c, m, y].map(|ink| 1.0 - (ink + k).min(1.0)))
    }

    /// The colour over white paper at this opacity.
    pub(crate) fn over_paper(self, alpha: f32) -> Self {
        if alpha >= 1.0 {
            return self;
        }
        let blend = |value: f32| 1.0 - (1.0 - value) * alpha.clamp(0.0, 1.0);
        Self {
            lightness: blend(self.lightness),
            rgb: self.rgb.map(|rgb| {
                rgb.map(|value| (blend(f32::from(value) / 255.0) * 255.0).round() as u8)
            }),
        }
    }

    /// Whether a reader cannot tell it from this red, green and blue.
    pub(crate) fn looks_like(self, rgb: [u8; 3]) -> bool {
        let differs = |(a, b): (u8, u8)| a.abs_diff(b) > SAME_COLOUR;
        self.rgb
            .is_some_and(|own| !own.into_iter().zip(rgb).any(differs))
    }
}

impl Spaces {
    /// A colour space by its name, looked up in the resources where it is not a device's.
    pub(crate) fn named(&mut self, name: &[u8], resources: Option<Dict<'_>>) -> Space {
        if let Some(space) = Space::device(name) {
            return space;
        }
        let Some(spaces) = resources.and_then(|all| all.dict(b"ColorSpace")) else {
            return Space::Other;
        };
        let key = (spaces.identity(), name.to_vec());
        if let Some(space) = self.named.get(&key) {
            return *space;
        }
        let value = spaces.get(name);
        let space = value.map_or(Space::Other, |value| self.of(value, SPACE_DEPTH));
        self.named.insert(key, space);
        space
    }

    /// The colour at the start, when a space is chosen (ISO 32000-1 §8.6.3).
    pub(crate) fn initial(&self, space: Space) -> Paint {
        match space {
            Space::Other => Paint::UNKNOWN,
            Space::Ink { .. } => space.ink(1.0),
            Space::Palette(id) => {
                let is_tint = self
                    .palette(id)
                    .is_some_and(|palette| palette.per_unit > 1.0);
                self.paint(space, &[f64::from(u8::from(is_tint))])
            }
            _ => Paint::BLACK,
        }
    }

    /// The colour of components in a space.
    pub(crate) fn paint(&self, space: Space, components: &[f64]) -> Paint {
        match (space, components) {
            (Space::Palette(id), [.., number]) => self
                .palette(id)
                .and_then(|palette| palette.colour(*number))
                .unwrap_or(Paint::UNKNOWN),
            _ => space.paint(components),
        }
    }

    fn palette(&self, id: PaletteId) -> Option<&Palette> {
        self.palettes.get(usize::from(id.0))
    }

    fn keep(&mut self, palette: Palette) -> Space {
        let known = self.palettes.iter().position(|other| *other == palette);
        let at = known.unwrap_or(self.palettes.len());
        let Ok(id) = u8::try_from(at) else {
            return Space::Other;
        };
        if known.is_none() {
            self.palettes.push(palette);
        }
        Space::Palette(PaletteId(id))
    }

    /// `Indexed`: base, highest number, table.
    fn indexed(&mut self, array: Array<'_>, depth: u8) -> Option<Space> {
        let base = self.of(array.get(1)?, depth);
        let size = match base {
            Space::Gray => 1,
            Space::Rgb => 3,
            Space::Cmyk => 4,
            _ => return None,
        };
        let table = match array.get(3)? {
            Value::Text(bytes) => bytes.to_vec(),
            Value::Stream(stream) => stream.decode_up_to(MOST_COLOURS * size).bytes,
            _ => return None,
        };
        let colours = table.chunks_exact(size).take(MOST_COLOURS).map(|colour| {
            let parts: Vec<f64> = colour.iter().map(|part| f64::from(*part) / 255.0).collect();
            base.paint(&parts)
        });
        Some(self.keep(Palette {
            colours: colours.collect(),
            per_unit: 1.0,
        }))
    }

    /// An ink whose tints go evenly from one colour to another (ISO 32000-1 §7.10.3).
    fn ink(&mut self, array: Array<'_>, depth: u8) -> Option<Space> {
        let function = array.get(3)?.dict()?;
        if function.number(b"FunctionType")? as u8 != 2 {
            return None;
        }
        let base = self.of(array.get(2)?, depth);
        let ends = |key, default: f64| -> Vec<f64> {
            let numbers = function.array(key);
            let numbers = numbers.map(|array| array.iter().filter_map(Value::number).collect());
            numbers.unwrap_or_else(|| vec![default])
        };
        let (from, to) = (ends(b"C0", 0.0), ends(b"C1", 1.0));
        let exponent = function.number(b"N")?;
        let colours = (0..=TINTS).map(|step| {
            let share = (f64::from(step) / f64::from(TINTS)).powf(exponent);
            let parts: Vec<f64> = from
                .iter()
                .zip(&to)
                .map(|(from, to)| from + share * (to - from))
                .collect();
            base.paint(&parts)
        });
        Some(self.keep(Palette {
            colours: colours.collect(),
            per_unit: f64::from(TINTS),
        }))
    }
}

impl Palette {
    fn colour(&self, number: f64) -> Option<Paint> {
        let last = self.colours.len().checked_sub(1)? as f64;
        let at = (number * self.per_unit).round().clamp(0.0, last);
        self.colours.get(at as usize).copied()
    }
}

impl Space {
    fn device(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"DeviceGray" | b"CalGray" | b"G" => Self::Gray,
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Pattern" => Self::Other,
            _ => return None,
        })
    }
}

impl Spaces {
    /// A colour space object (ISO 32000-1 Table 62).
    fn of(&mut self, value: Value<'_>, depth: u8) -> Space {
        let Some(depth) = depth.checked_sub(1) else {
            return Space::Other;
        };
        if let Some(name) = value.name() {
            return Space::device(name).unwrap_or(Space::Other);
        }
        let Some(array) = value.array() else {
            return Space::Other;
        };
        let family = array.get(0).and_then(Value::name).unwrap_or_default();
        match family {
            b"ICCBased" => {
                let profile = array.get(1).and_then(Value::dict);
                match profile
                    .and_then(|profile| profile.number(b"N"))
                    .unwrap_or(0.0) as u8
                {
                    1 => Space::Gray,
                    3 => profile
                        .and_then(|profile| profile.get(b"Alternate"))
                        .map(|alternate| self.of(alternate, depth))
                        .filter(|alternate| *alternate == Space::Lab)
                        .unwrap_or(Space::Rgb),
                    4 => Space::Cmyk,
                    _ => Space::Other,
                }
            }
            b"Lab" => Space::Lab,
            b"Indexed" => self.indexed(array, depth).unwrap_or(Space::Other),
            b"Separation" => {
                let black = matches!(array.get(1).and_then(Value::name), Some(b"Black" | b"All"));
                let tinted = if black { None } else { self.ink(array, depth) };
                tinted.unwrap_or(Space::Ink { black })
            }
            b"DeviceN" => Space::Ink {
                black: array.get(1).and_then(Value::array).is_some_and(|names| {
                    names.len() == 1 && names.get(0).and_then(Value::name) == Some(b"Black")
                }),
            },
            _ => Space::device(family).unwrap_or(Space::Other),
        }
    }
}

impl Space {
    /// The colour of components in this space.
    fn paint(self, components: &[f64]) -> Paint {
        match (self, components) {
            (Self::Gray, [.., gray]) => Paint::from_gray(*gray),
            (Self::Rgb, [.., r, g, b]) => Paint::from_rgb([*r, *g, *b]),
            (Self::Cmyk, [.., c, m, y, k]) => Paint::from_cmyk([*c, *m, *y, *k]),
            (Self::Lab, [.., l, a, b]) => {
                let lightness = (*l / 100.0).clamp(0.0, 1.0);
                let grey = a.abs() < 1.0 && b.abs() < 1.0;
                Paint {
                    rgb: None,
                    lightness: lightness as f32,
                }
                .or_grey(grey, lightness)
            }
            (Self::Ink { .. }, tints) => self.ink(tints.iter().copied().fold(0.0, f64::max)),
            _ => Paint::UNKNOWN,
        }
    }

    /// A tint of an ink: no ink is paper, full black is black, any other full ink is not known.
    fn ink(self, tint: f64) -> Paint {
        match self {
            Self::Ink { black: true } => Paint::from_gray(1.0 - tint),
            _ if tint <= 0.0 => Paint::from_gray(1.0),
            _ => Paint {
                lightness: (1.0 - 0.5 * tint.min(1.0)) as f32,
                rgb: None,
            },
        }
    }
}

impl Paint {
    fn or_grey(self, grey: bool, lightness: f64) -> Self {
        if grey {
            Self::from_gray(lightness)
        } else {
            self
        }
    }
}
