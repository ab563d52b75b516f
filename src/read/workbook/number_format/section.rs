//! A format code -> its sections, each a list of tokens.

/// One of the parts between semicolons.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub condition: Option<Condition>,
    pub tokens: Vec<Token>,
    pub kind: Kind,
    pub numerals: Numerals,
    pub locale: Locale,
}

/// What a section makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    Number,
    /// Literals, `General` and `@` alone.
    Plain,
}

/// The digits that are shown (`[DBNum1]`, `[DBNum3]`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Numerals {
    #[default]
    Ascii,
    /// 〇一二…十
    Kanji,
    /// ０１２…
    FullWidth,
}

/// What a `[$…]` says beside a currency sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Locale {
    #[default]
    Unsaid,
    Japanese,
    /// Japanese with 元年 for the first year (`x-gannen`).
    Gannen,
    /// The system's long date (`[$-F800]`), 2026年4月1日 on a Japanese system.
    LongDate,
    /// The system's time (`[$-F400]`), 18:00:00 on a Japanese system.
    LongTime,
}

/// A comparison that chooses a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    comparison: Comparison,
    bound: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

impl Condition {
    #[allow(clippy::float_cmp)] // the user's own comparison
    pub(super) fn holds(self, value: f64) -> bool {
        match self.comparison {
            Comparison::Less => value < self.bound,
            Comparison::LessOrEqual => value <= self.bound,
            Comparison::Greater => value > self.bound,
            Comparison::GreaterOrEqual => value >= self.bound,
            Comparison::Equal => value == self.bound,
            Comparison::Unequal => value != self.bound,
        }
    }

    /// Whether every number for which it holds is negative.
    pub(super) fn only_negative(self) -> bool {
        match self.comparison {
            Comparison::Less => self.bound <= 0.0,
            Comparison::LessOrEqual | Comparison::Equal => self.bound < 0.0,
            _ => false,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let signs = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<>", Comparison::Unequal),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=", Comparison::Equal),
        ];
        let (rest, comparison) = signs
            .iter()
            .find_map(|(sign, comparison)| Some((text.strip_prefix(sign)?, *comparison)))?;
        Some(Self {
            comparison,
            bound: rest.trim().parse().ok()?,
        })
    }
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Literal(String),
    General,
    /// `@`
    Text,
    /// `0`, `#` or `?`
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` or `E-`: whether a plus sign is shown.
    Exponent(ExponentSign),
    /// A letter of a date or time, and how often it stands: `yyyy` is (`y`, 4). Minutes are `n`.
    Date(char, usize),
    /// `[h]`, `[m]`, `[s]`
    Elapsed(char, usize),
    /// `AM/PM`, `A/P`
    HalfDay(&'static str, &'static str),
}

/// Whether a positive exponent shows its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExponentSign {
    Always,
    Negative,
}

impl Section {
    /// Literals with a value at `General` or `@`.
    pub(super) fn plain(&self, value: &str) -> String {
        self.tokens
            .iter()
            .map(|token| match token {
                Token::Literal(text) => text.as_str(),
                Token::General | Token::Text => value,
                _ => "",
            })
            .collect()
    }

    /// Whether it says where a text goes.
    pub(super) fn places_text(&self) -> bool {
        self.tokens.contains(&Token::Text)
    }

    /// Whether it is for texts and not for numbers.
    pub(super) fn is_text_only(&self) -> bool {
        self.places_text() && self.kind == Kind::Plain && !self.tokens.contains(&Token::General)
    }
}

/// Reads a whole code.
pub(super) fn parse(code: &str) -> Option<Vec<Section>> {
    split(code)
        .into_iter()
        .map(|section| Scanner::new(&section).section())
        .collect()
}

/// Splits at the semicolons outside quotes, escapes and brackets.
fn split(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut bracketed) = (false, false);
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        let Some(current) = sections.last_mut() else {
            break;
        };
        match c {
            ';' if !quoted && !bracketed => {
                sections.push(String::new());
                continue;
            }
            '\\' | '_' | '*' if !quoted && !bracketed => {
                current.push(c);
                current.extend(characters.next());
                continue;
            }
            '"' if !bracketed => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            _ => {}
        }
        current.push(c);
    }
    sections
}

struct Scanner {
    characters: Vec<char>,
    at: usize,
    section: Section,
}

impl Scanner {
    fn new(code: &str) -> Self {
        let section = Section {
            condition: None,
            tokens: Vec::new(),
            kind: Kind::Plain,
            numerals: Numerals::default(),
            locale: Locale::default(),
        };
        Self {
            characters: code.chars().collect(),
            at: 0,
            section,
        }
    }

    fn section(mut self) -> Option<Section> {
        while let Some(&c) = self.characters.get(self.at) {
            self.token(c)?;
        }
        let tokens = &mut self.section.tokens;
        tell_minutes(tokens);
        let dated =
            |t: &Token| matches!(t, Token::Date(..) | Token::Elapsed(..) | Token::HalfDay(..));
        let system = matches!(self.section.locale, Locale::LongDate | Locale::LongTime);
        self.section.kind = if tokens.iter().any(dated) || system {
            Kind::Date
        } else if tokens.iter().any(|t| matches!(t, Token::Digit(_))) {
            Kind::Number
        } else {
            Kind::Plain
        };
        Some(self.section)
    }

    /// Takes one token, whose first character is `c`.
    fn token(&mut self, c: char) -> Option<()> {
        // Excel's own word, and what it is called in the codes of Japanese, Chinese and Korean systems.
        for word in ["General", "G/標準", "G/通用格式", "G/표준", "Standard"] {
            if self.takes(word) {
                self.section.tokens.push(Token::General);
                return Some(());
            }
        }
        for (word, am, pm) in [
            ("AM/PM", "AM", "PM"),
            ("A/P", "A", "P"),
            ("午前/午後", "午前", "午後"),
        ] {
            if self.takes(word) {
                self.section.tokens.push(Token::HalfDay(am, pm));
                return Some(());
            }
        }
        self.at += 1;
        match c {
            '"' => self.quoted(),
            '\\' => {
                let escaped = self.take()?;
                self.literal(escaped);
            }
            '_' => {
                // As wide as the character: a spreadsheet's own text function gives a space.
                self.take();
                self.literal(' ');
            }
            // Fills the cell's width; there is no width here.
            '*' => {
                self.take();
            }
            '[' => return self.bracket(),
            '@' => self.section.tokens.push(Token::Text),
            '0' | '#' | '?' => self.section.tokens.push(Token::Digit(c)),
            '.' => self.section.tokens.push(Token::Point),
            ',' => self.section.tokens.push(Token::Comma),
            '%' => self.section.tokens.push(Token::Percent),
            'E' | 'e' if matches!(self.characters.get(self.at), Some('+' | '-')) => {
                let sign = if self.take() == Some('+') {
                    ExponentSign::Always
                } else {
                    ExponentSign::Negative
                };
                self.section.tokens.push(Token::Exponent(sign));
            }
            _ if c.is_ascii_alphabetic() => return self.date(c),
            _ => self.literal(c),
        }
        Some(())
    }

    fn take(&mut self) -> Option<char> {
        let c = self.characters.get(self.at).copied();
        self.at += 1;
        c
    }

    /// Takes a word, in any case, if it stands here.
    fn takes(&mut self, word: &str) -> bool {
        let here = self.characters.get(self.at..).unwrap_or_default().iter();
        let length = word.chars().count();
        let same = here
            .take(length)
            .map(char::to_ascii_uppercase)
            .eq(word.chars().map(|c| c.to_ascii_uppercase()));
        if same {
            self.at += length;
        }
        same
    }

    fn literal(&mut self, c: char) {
        match self.section.tokens.last_mut() {
            Some(Token::Literal(text)) => text.push(c),
            _ => self.section.tokens.push(Token::Literal(c.to_string())),
        }
    }

    fn quoted(&mut self) {
        while let Some(c) = self.take().filter(|&c| c != '"') {
            self.literal(c);
        }
    }

    fn date(&mut self, first: char) -> Option<()> {
        let letter = first.to_ascii_lowercase();
        if !"ymdhsgea".contains(letter) {
            return None;
        }
        let mut count = 1;
        while self
            .characters
            .get(self.at)
            .is_some_and(|c| c.to_ascii_lowercase() == letter)
        {
            self.at += 1;
            count += 1;
        }
        // `a` alone is no date letter: aaa and aaaa are days of the week.
        if letter == 'a' && count < 3 {
            return None;
        }
        self.section.tokens.push(Token::Date(letter, count));
        Some(())
    }

    /// A condition, colour, locale, currency, kind of numerals or elapsed time in brackets.
    fn bracket(&mut self) -> Option<()> {
        let mut inside = String::new();
        while let Some(c) = self.take().filter(|&c| c != ']') {
            inside.push(c);
        }
        let lower = inside.to_ascii_lowercase();
        if let Some(currency) = inside.strip_prefix('$') {
            let (sign, locale) = currency.split_once('-').unwrap_or((currency, ""));
            sign.chars().for_each(|c| self.literal(c));
            self.section.locale = locale_of(locale);
            match numerals_of(locale) {
                Named::Nothing => {}
                Named::Known(numerals) => self.section.numerals = numerals,
                Named::Unknown => return None,
            }
        } else if let Some(condition) = Condition::parse(&inside) {
            self.section.condition = Some(condition);
        } else if let Some(number) = lower.strip_prefix("dbnum") {
            self.section.numerals = match number {
                "1" => Numerals::Kanji,
                "3" => Numerals::FullWidth,
                _ => return None,
            };
        } else if let Some(letter) = lower
            .chars()
            .next()
            .filter(|c| "hms".contains(*c) && lower.chars().all(|d| d == *c))
        {
            self.section
                .tokens
                .push(Token::Elapsed(letter, lower.chars().count()));
        } else if !is_colour(&lower) {
            return None;
        }
        Some(())
    }
}

/// Colours say nothing about the characters.
fn is_colour(lower: &str) -> bool {
    let names = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黒", "青", "水",
        "緑", "紫", "赤", "白", "黄",
    ];
    let numbered = lower
        .strip_prefix("color")
        .or_else(|| lower.strip_prefix('色'));
    names.contains(&lower) || numbered.is_some_and(|n| n.trim().parse::<u8>().is_ok())
}

fn locale_of(locale: &str) -> Locale {
    let locale = locale.to_ascii_lowercase();
    match locale.as_str() {
        "f800" | "x-sysdate" => Locale::LongDate,
        "f400" | "x-systime" => Locale::LongTime,
        _ if locale.contains("gannen") => Locale::Gannen,
        _ if locale.starts_with("ja") || locale.ends_with("411") => Locale::Japanese,
        _ => Locale::Unsaid,
    }
}

/// The numerals that a locale in hexadecimal digits names in its highest byte ([MS-OI29500] §2.1.739): `1D000411`.
fn numerals_of(locale: &str) -> Named {
    match u32::from_str_radix(locale, 16).map(|value| value >> 24) {
        Err(_) | Ok(0..=1) => Named::Nothing,
        Ok(0x1b) => Named::Known(Numerals::Kanji),
        Ok(0x1d) => Named::Known(Numerals::FullWidth),
        Ok(_) => Named::Unknown,
    }
}

/// Whether a locale names numerals.
enum Named {
    Nothing,
    Known(Numerals),
    Unknown,
}

/// `m` after hours or before seconds is minutes; it becomes `n`.
fn tell_minutes(tokens: &mut [Token]) {
    let clock = |token: Option<&Token>, letters: &str| match token {
        Some(Token::Date(letter, _) | Token::Elapsed(letter, _)) => letters.contains(*letter),
        _ => false,
    };
    let parts: Vec<usize> = (0..tokens.len())
        .filter(|&at| matches!(tokens.get(at), Some(Token::Date(..) | Token::Elapsed(..))))
        .collect();
    for (nth, &at) in parts.iter().enumerate() {
        let before = nth
            .checked_sub(1)
            .and_then(|n| parts.get(n))
            .and_then(|&n| tokens.get(n));
        let after = parts.get(nth + 1).and_then(|&n| tokens.get(n));
        if (clock(before, "h") || clock(after, "s"))
            && let Some(Token::Date(letter @ 'm', _)) = tokens.get_mut(at)
        {
            *letter = 'n';
        }
    }
}
