//! The labels and lines around a table that no layout knows -> its title, its organization and the like: by their words,
//! their values and how they stand.

use super::definition::HeaderField;
use super::forms::{Head, Labels, give, is_bracketed, is_fiscal_year};
use super::passage::Passage;
use super::{head_words, infer, known};
use crate::text::{self, era};

/// Endings of titles of sheets.
const TITLES: [&str; 14] = [
    "表",
    "書",
    "シート",
    "票",
    "一覧",
    "目標",
    "計画",
    "について",
    "報告",
    "宣言",
    "評価",
    "方針",
    "プラン",
    "調",
];

/// What the labels and lines around a table say of a sheet that no layout knows.
impl Labels<'_> {
    /// Whether they are read as on any town's sheet.
    pub(super) fn is_any_towns(&self) -> bool {
        self.layout.name == known::GENERIC || self.layout.leaves_head_open()
    }

    /// A label that only its last word tells, and its value at its right.
    pub(super) fn told(
        &self,
        cells: &[Passage],
        at: usize,
        text: &str,
    ) -> Option<(HeaderField, Passage)> {
        let (label, value) = (cells.get(at)?, cells.get(at + 1)?);
        if !self.is_any_towns() || self.is_whole(value, text) {
            return None;
        }
        // A label may stand right of another whose value was left blank.
        let next = cells.get(at + 2);
        let is_label =
            next.is_some_and(|next| head_words::field_of(&value.raw(text), next, text).is_some());
        let field = head_words::field_of(&label.raw(text), value, text)?;
        (!is_label || head_words::is_organization(&value.plain(text)))
            .then(|| (field, value.clone()))
    }

    /// The same in one line: with a colon between them, or the value in brackets.
    pub(super) fn told_in_line(&self, head: &mut Head, cell: &Passage, text: &str) -> bool {
        let [piece] = cell.lines.as_slice() else {
            return false;
        };
        let line = piece.range.of(text);
        if !self.is_any_towns() || !self.in_line(line).is_empty() {
            return false;
        }
        let Some((label, value)) = label_and_value(line) else {
            return false;
        };
        let (start, end) = (value.start, value.end);
        let Some(value) = cell.part(0, value) else {
            return false;
        };
        let Some(field) = head_words::field_of(line.get(..label).unwrap_or_default(), &value, text)
        else {
            return false;
        };
        head.labels.push(piece.range.slice(0..start));
        if end < line.len() {
            head.labels.push(piece.range.slice(end..line.len()));
        }
        self.give(head, field, value, text);
        true
    }

    /// Gives a field its value; of a sheet that no layout knows, a post and a name that stand together are both.
    pub(super) fn give(&self, head: &mut Head, field: HeaderField, value: Passage, text: &str) {
        let is_person = matches!(field, HeaderField::Person | HeaderField::Post);
        if !self.is_any_towns() || !is_person {
            return give(head, field, value);
        }
        match head_words::post_and_person(&value, text) {
            Some((post, person)) => {
                give(head, HeaderField::Post, post);
                give(head, HeaderField::Person, person);
            }
            None => give(
                head,
                head_words::person_field(&value, text).unwrap_or(field),
                value,
            ),
        }
    }

    /// The text that looks most like a title: it has a title's words or speaks of goals, names the year, ends as titles
    /// do, and is no single word. The first text needs least.
    pub(super) fn title_by_form(&self, rest: &[Passage], text: &str) -> Option<usize> {
        const LONGEST: usize = 60;
        const SINGLE_WORD: usize = 5;
        let score = |passage: &Passage| -> i32 {
            let plain = passage.plain(text);
            let key = text::heading_key(&plain);
            let fits = plain.chars().count() <= LONGEST && !plain.contains(['。', '：', ':']);
            if !fits || is_bracketed(passage, text) || is_fiscal_year(passage, text) {
                return 0;
            }
            let points = [
                (2, self.is_title(passage, text)),
                (2, infer::speaks_of_goals(&plain) > 0),
                (2, !era::fiscal_years(&plain).is_empty()),
                (1, TITLES.iter().any(|word| key.ends_with(word))),
                (-2, key.chars().count() <= SINGLE_WORD),
            ];
            points
                .iter()
                .filter(|(_, holds)| *holds)
                .map(|(points, _)| points)
                .sum()
        };
        let scored = rest
            .iter()
            .enumerate()
            .map(|(at, passage)| (score(passage), at));
        let best = scored.max_by_key(|&(score, at)| (score, std::cmp::Reverse(at)));
        best.filter(|&(score, at)| score > i32::from(at > 0))
            .map(|(_, at)| at)
    }

    /// The name of an organization that stands alone, where no label gives one.
    pub(super) fn take_unlabelled(&self, head: &mut Head, text: &str) {
        if !self.is_any_towns() || head.values.contains_key(&HeaderField::Organization) {
            return;
        }
        let mut names = head
            .rest
            .iter()
            .enumerate()
            .filter(|(_, passage)| head_words::is_organization(&passage.plain(text)));
        if let (Some((at, _)), None) = (names.next(), names.next()) {
            let name = head.rest.remove(at);
            give(head, HeaderField::Organization, name);
        }
    }
}

/// The end of a label at the start of a line, and where its value stands: 校長：名, 学校名（名）.
fn label_and_value(line: &str) -> Option<(usize, std::ops::Range<usize>)> {
    let end = line.trim_end().len();
    let bracket = line
        .trim_end()
        .strip_suffix([')', '）'])
        .and_then(|inside| Some((inside.find(['(', '（'])?, inside.len())));
    let colon = line.find([':', '：']).map(|at| (at, end));
    let (label, end) = colon.or(bracket)?;
    let value = line.get(label..end)?;
    let sign = value.chars().next()?;
    let value = value.get(sign.len_utf8()..)?.trim_start();
    let start = end - value.len();
    (!value.trim().is_empty()).then_some((label, start..start + value.trim_end().len()))
}
