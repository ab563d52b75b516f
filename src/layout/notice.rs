//! Sheets -> notices: where one begins and ends among tables and other notices, and which paragraphs are its own.

use std::collections::BTreeSet;

use super::bands;
use super::choose::Choice;
use super::definition::{Kind, Layout};
use super::forms::Labels;
use super::furniture;
use super::infer;
use super::outline::{self, Rules};
use super::paragraphs::{self, Paragraph};
use super::parts::begins_document;
use super::table::Table;
use crate::ledger::Class;
use crate::note::Note;
use crate::sheet::{Block, Grid, Reading, TextRange};
use crate::text::{self, era};

/// A notice's paragraphs, before they are sorted.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub layout: &'a Layout,
    /// From the first line of its head to its last remark.
    pub paragraphs: Vec<Paragraph>,
    /// Which of them is the title.
    pub title: usize,
    /// What joining the paragraphs had to decide.
    pub notes: Vec<Note>,
}

impl Draft<'_> {
    /// Index of the first sheet, and of the first block there.
    pub fn at(&self) -> (usize, usize) {
        self.paragraphs.first().map_or((0, 0), |first| first.at)
    }
}

/// The notices of a reading.
#[derive(Debug, Default)]
pub(crate) struct Notices<'a> {
    pub drafts: Vec<Draft<'a>>,
    /// The blocks that they take: index of the sheet, index of the block.
    pub taken: BTreeSet<(usize, usize)>,
    /// Running titles.
    pub claims: Vec<(Class, TextRange)>,
}

/// The rules of a layout's outline.
pub(crate) fn rules(layout: &Layout) -> Rules<'_> {
    let outline = layout.outline.as_ref();
    Rules {
        levels: outline.map_or(&[], |outline| &outline.levels),
        answers: outline.map_or(&[], |outline| &outline.answers),
    }
}

/// Finds the notices of a reading.
pub(crate) fn notices<'a>(reading: &'a Reading, choice: &Choice<'a>) -> Notices<'a> {
    let layouts = &choice.layouts;
    let policies: Vec<(&'a Layout, Labels<'a>)> = layouts
        .iter()
        .filter(|layout| layout.kind == Kind::Policy)
        .map(|&layout| (layout, Labels::of(layout)))
        .collect();
    let mut found = Notices::default();
    if !has_title(reading, &policies) {
        return found;
    }
    let sheets: Vec<Labels<'_>> = layouts
        .iter()
        .filter(|layout| layout.kind == Kind::GoalSheet)
        .map(|&layout| Labels::of(layout))
        .collect();
    let running = furniture::running_titles(reading);
    for stretch in stretches(reading, choice, &running) {
        let finder = Finder {
            text: &reading.text,
            policies: &policies,
            sheets: &sheets,
        };
        finder.find(reading, &stretch, &mut found);
    }
    // A running title belongs to the notice whose pages it stands on.
    for at in running {
        let on_its_page = found.taken.iter().any(|taken| taken.0 == at.0);
        if let Some(Block::Line(line)) = block(reading, at).filter(|_| on_its_page) {
            found.claims.push((Class::Furniture, line.range));
            found.taken.insert(at);
        }
    }
    found
}

fn block(reading: &Reading, at: (usize, usize)) -> Option<&Block> {
    reading.sheets.get(at.0)?.blocks.get(at.1)
}

/// Whether any line or cell could be a notice's title: most files have none.
fn has_title(reading: &Reading, policies: &[(&Layout, Labels<'_>)]) -> bool {
    let words: Vec<&str> = policies
        .iter()
        .flat_map(|(_, labels)| labels.title_keys())
        .map(String::as_str)
        .collect();
    // No title runs over the end of a sentence.
    reading.text.split('。').any(|part| {
        let mut words = words
            .iter()
            .filter(|word| text::may_say(part, word))
            .peekable();
        words.peek().is_some() && {
            let key = text::key(part);
            words.any(|word| key.contains(*word))
        }
    })
}

/// Blocks between two tables of goals, with the sheet of the table that follows.
struct Stretch {
    blocks: Vec<(usize, usize)>,
    before_table_on: Option<usize>,
}

fn stretches(
    reading: &Reading,
    choice: &Choice<'_>,
    running: &BTreeSet<(usize, usize)>,
) -> Vec<Stretch> {
    let numbers = furniture::page_numbers(reading);
    let mut found = Vec::new();
    let mut blocks = Vec::new();
    for (sheet_index, sheet) in reading.sheets.iter().enumerate() {
        for (block_index, block) in sheet.blocks.iter().enumerate() {
            let at = (sheet_index, block_index);
            match block {
                Block::Grid(grid) if has_goals(grid, reading, choice) => {
                    found.push(Stretch {
                        blocks: std::mem::take(&mut blocks),
                        before_table_on: Some(sheet_index),
                    });
                }
                Block::Line(line) if line.in_margin() => {}
                _ if numbers.contains(&at) || running.contains(&at) => {}
                _ => blocks.push(at),
            }
        }
    }
    found.push(Stretch {
        blocks,
        before_table_on: None,
    });
    found
}

/// Whether a grid is a table of goals: by the headings of known layouts, or by its form, words and cells.
fn has_goals(grid: &Grid, reading: &Reading, choice: &Choice<'_>) -> bool {
    let table = Table::of(grid, &reading.text);
    !bands::bands(&table, &reading.text, &choice.vocabulary).is_empty()
        || infer::is_list_of_goals(&table, &reading.text, &choice.weights)
}

struct Finder<'a, 'b> {
    text: &'b str,
    policies: &'b [(&'a Layout, Labels<'a>)],
    sheets: &'b [Labels<'b>],
}

/// Lines that may stand above a notice's title: number, date, addressee, signatory.
const LINES_ABOVE_TITLE: usize = 8;
/// The longest of them, in characters.
const LONGEST_ABOVE_TITLE: usize = 40;

impl<'a> Finder<'a, '_> {
    fn find(&self, reading: &'a Reading, stretch: &Stretch, found: &mut Notices<'a>) {
        let blocks = stretch
            .blocks
            .iter()
            .filter_map(|&at| Some((at, block(reading, at)?)));
        let all = paragraphs::paragraphs(blocks, &reading.sheets, self.text);
        let titles = self.titles(&all, reading);
        let mut ends_before = 0;
        for (index, &(start, title, layout)) in titles.iter().enumerate() {
            if title < ends_before {
                continue;
            }
            let next = titles
                .get(index + 1)
                .map_or(all.len(), |(begin, ..)| *begin);
            let end = self.head_of_table(&all, title + 1, next, stretch.before_table_on);
            if !self.is_notice(&all, title, end, &rules(layout)) {
                continue;
            }
            let own = all.get(start.max(ends_before)..end).unwrap_or_default();
            let offset = title - start.max(ends_before);
            found.taken.extend(own.iter().map(|paragraph| paragraph.at));
            found.drafts.push(Draft {
                layout,
                paragraphs: own.to_vec(),
                title: offset,
                notes: own
                    .iter()
                    .flat_map(|one| one.notes.iter().cloned())
                    .collect(),
            });
            ends_before = end;
        }
        // The blocks of a joined paragraph are taken with its first.
        let owners: BTreeSet<(usize, usize)> = all.iter().map(|paragraph| paragraph.at).collect();
        let mut last_taken = false;
        for &at in &stretch.blocks {
            if owners.contains(&at) {
                last_taken = found.taken.contains(&at);
            } else if last_taken {
                found.taken.insert(at);
            }
        }
    }

    /// The titles of notices: where the head begins, the title itself, the layout. A further line with a title's
    /// word counts only where a notice of its own begins and a body follows before the next.
    fn titles(&self, all: &[Paragraph], reading: &Reading) -> Vec<(usize, usize, &'a Layout)> {
        let mut titles: Vec<(usize, usize, &'a Layout)> = Vec::new();
        for at in 0..all.len() {
            let Some(layout) = self.title(all, at) else {
                continue;
            };
            let start = self.start(all, at);
            if titles.is_empty() || self.begins_anew(all, start, at, reading) {
                titles.push((start, at, layout));
            }
        }
        let ends: Vec<usize> = (0..titles.len())
            .map(|index| {
                titles
                    .get(index + 1)
                    .map_or(all.len(), |(begin, ..)| *begin)
            })
            .collect();
        let mut ends = ends.into_iter();
        titles.retain(|&(_, title, layout)| {
            ends.next()
                .is_some_and(|end| self.is_notice(all, title, end, &rules(layout)))
        });
        titles
    }

    /// The layout whose title this paragraph could be.
    fn title(&self, all: &[Paragraph], at: usize) -> Option<&'a Layout> {
        let paragraph = all.get(at)?;
        let plain = paragraph.plain(self.text);
        if paragraph.is_marked(self.text) || plain.contains(['、', '，', '。']) {
            return None;
        }
        self.policies
            .iter()
            .find(|(_, labels)| labels.is_title(&paragraph.passage, self.text))
            .map(|(layout, _)| *layout)
    }

    /// The first paragraph of the head above a title: short lines of the same page.
    fn start(&self, all: &[Paragraph], title: usize) -> usize {
        let page = all.get(title).map_or(0, |paragraph| paragraph.at.0);
        let mut start = title;
        while start > 0 && title - start < LINES_ABOVE_TITLE {
            let Some(above) = all.get(start - 1) else {
                break;
            };
            let plain = above.plain(self.text);
            let is_head = above.at.0 == page
                && !above.is_marked(self.text)
                && !plain.contains('。')
                && plain.chars().count() <= LONGEST_ABOVE_TITLE
                && !is_end(&plain)
                && !text::squash(&plain).starts_with(['※', '＊']);
            if !is_head {
                break;
            }
            start -= 1;
        }
        // Lines of the document before end at the date, which is a head's first or second line.
        let date = (start..title).find(|&at| {
            all.get(at)
                .is_some_and(|paragraph| is_day(&paragraph.plain(self.text)))
        });
        match date {
            Some(date)
                if start > 0 && all.get(start - 1).is_some_and(|above| above.at.0 == page) =>
            {
                date
            }
            _ => start,
        }
    }

    /// Whether a notice begins here although another one stands before: that one has ended, a day stands beside
    /// the title, or a worksheet begins.
    fn begins_anew(
        &self,
        all: &[Paragraph],
        start: usize,
        title: usize,
        reading: &Reading,
    ) -> bool {
        const LINES_BELOW_TITLE: usize = 3;
        let above = start.checked_sub(1).and_then(|above| all.get(above));
        let ended = above.is_none_or(|above| is_end(&above.plain(self.text)));
        let head = all.get(start..all.len().min(title + 1 + LINES_BELOW_TITLE));
        let dated = head
            .into_iter()
            .flatten()
            .any(|paragraph| is_day(&paragraph.plain(self.text)));
        let sheet = all.get(start).map(|here| here.at.0);
        let begins_sheet = above.map(|above| above.at.0) != sheet
            && sheet
                .and_then(|at| reading.sheets.get(at))
                .is_some_and(|sheet| sheet.page.is_none());
        ended || dated || begins_sheet
    }

    /// Whether a notice's body follows a title: 記, an answer, or at least two sections.
    fn is_notice(&self, all: &[Paragraph], title: usize, end: usize, rules: &Rules<'_>) -> bool {
        let body = all.get(title + 1..end).unwrap_or_default();
        let ki = body
            .iter()
            .any(|paragraph| is_ki(&paragraph.plain(self.text)));
        let first = body
            .iter()
            .position(|paragraph| outline::begins_section(paragraph, rules, self.text));
        let Some(first) = first else { return ki };
        let style = body
            .get(first)
            .and_then(|one| outline::label_of(one, self.text));
        let again = body.iter().skip(first + 1).any(|paragraph| {
            match (outline::label_of(paragraph, self.text), &style) {
                (Some(label), Some(style)) => label.style == style.style && label.value == 2,
                _ => false,
            }
        });
        ki || again || style.is_none()
    }

    /// Where the head of the table that follows begins, if it stands among these paragraphs.
    fn head_of_table(
        &self,
        all: &[Paragraph],
        from: usize,
        end: usize,
        table_on: Option<usize>,
    ) -> usize {
        let Some(sheet) = table_on else { return end };
        (from..end)
            .find(|&at| {
                all.get(at).is_some_and(|paragraph| {
                    paragraph.at.0 == sheet
                        && !paragraph.is_marked(self.text)
                        && self.title(all, at).is_none()
                        && self.sheets.iter().any(|labels| {
                            begins_document(
                                std::slice::from_ref(&paragraph.passage),
                                labels,
                                self.text,
                            )
                        })
                })
            })
            .unwrap_or(end)
    }
}

/// 記, alone.
pub(crate) fn is_ki(plain: &str) -> bool {
    text::squash(plain) == "記"
}

/// 以上, alone.
fn is_end(plain: &str) -> bool {
    matches!(text::squash(plain).trim_end_matches('。'), "以上")
}

/// Whether a day is all that stands there.
pub(crate) fn is_day(plain: &str) -> bool {
    let plain = plain.trim();
    era::day(plain).is_some_and(|day| day.range == (0..plain.len()))
}
