//! Colour spaces and components -> how light a mark is, and whether two marks have the same colour
//! (ISO 32000-1 §8.6). Approximate: enough to tell a rule from its background and white text from black.

use super::file::{Dict, Value};

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
    /// Patterns, palettes and what is not known.
    Other,
}

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

impl Space {
    /// A colour space by its name, looked up in the resources where it is not a device's.
    pub(crate) fn named(name: &[u8], resources: Option<Dict<'_>>) -> Self {
        Self::device(name).unwrap_or_else(|| {
            let value = resources
                .and_then(|all| all.dict(b"ColorSpace"))
                .and_then(|spaces| spaces.get(name));
            value.map_or(Self::Other, |value| Self::of(value, SPACE_DEPTH))
        })
    }

    fn device(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"DeviceGray" | b"CalGray" | b"G" => Self::Gray,
            b"DeviceRGB" | b"CalRGB" | b"RGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Pattern" => Self::Other,
            _ => return None,
        })
    }

    /// A colour space object (ISO 32000-1 Table 62).
    fn of(value: Value<'_>, depth: u8) -> Self {
        let Some(depth) = depth.checked_sub(1) else {
            return Self::Other;
        };
        if let Some(name) = value.name() {
            return Self::device(name).unwrap_or(Self::Other);
        }
        let Some(array) = value.array() else {
            return Self::Other;
        };
        let family = array.get(0).and_then(Value::name).unwrap_or_default();
        match family {
            b"ICCBased" => {
                let profile = array.get(1).and_then(Value::dict);
                match profile
                    .and_then(|profile| profile.number(b"N"))
                    .unwrap_or(0.0) as u8
                {
                    1 => Self::Gray,
                    3 => profile
                        .and_then(|profile| profile.get(b"Alternate"))
                        .map(|alternate| Self::of(alternate, depth))
                        .filter(|alternate| *alternate == Self::Lab)
                        .unwrap_or(Self::Rgb),
                    4 => Self::Cmyk,
                    _ => Self::Other,
                }
            }
            b"Lab" => Self::Lab,
            b"Separation" => Self::Ink {
                black: matches!(array.get(1).and_then(Value::name), Some(b"Black" | b"All")),
            },
            b"DeviceN" => Self::Ink {
                black: array.get(1).and_then(Value::array).is_some_and(|names| {
                    names.len() == 1 && names.get(0).and_then(Value::name) == Some(b"Black")
                }),
            },
            _ => Self::device(family).unwrap_or(Self::Other),
        }
    }

    /// The colour at the start, when the space is chosen (ISO 32000-1 §8.6.3).
    pub(crate) fn initial(self) -> Paint {
        match self {
            Self::Other => Paint::UNKNOWN,
            Self::Ink { .. } => self.ink(1.0),
            _ => Paint::BLACK,
        }
    }

    /// The colour of components in this space.
    pub(crate) fn paint(self, components: &[f64]) -> Paint {
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
