//! A notice's paragraphs -> the policy: date, title, signatories, preamble, sections, remarks, references, readings.

use super::assemble::{Beginning, year_notes};
use super::forms::is_fiscal_year;
use super::notice::{Draft, is_day, is_ki, rules};
use super::outline::{self, Outline};
use super::paragraphs::{Paragraph, merge_places};
use super::passage::Passage;
use super::signatory::signatories;
use super::{ImportOptions, values};
use crate::document::policy::{Issuer, Policy, PolicyRuby, Reference};
use crate::document::value::{Day, FiscalYear, Text};
use crate::ledger::Class;
use crate::note::{Note, What};
use crate::sheet::{Line, Reading, TextRange};
use crate::text;
use crate::text::era::{self, FiscalYearName, pattern};
use crate::text::quotation::{Marks, is_plan_name, quotations};

/// A finished notice with what its account needs.
pub(crate) struct Assembled {
    pub policy: Policy,
    pub claims: Vec<(Class, TextRange)>,
    pub notes: Vec<Note>,
}

/// The paragraphs of a notice, sorted.
#[derive(Default)]
struct Parts {
    title: Passage,
    issued_on: Option<Day>,
    signed: Vec<Issuer>,
    preamble: Vec<Paragraph>,
    ki: Vec<TextRange>,
    body: Vec<Paragraph>,
    remarks: Vec<Passage>,
}

/// Puts a notice together.
pub(crate) fn assemble(
    draft: &Draft<'_>,
    reading: &Reading,
    file: &str,
    options: &ImportOptions,
) -> Assembled {
    let text = &reading.text;
    let mut notes = draft.notes.clone();
    let has_ki = draft
        .paragraphs
        .iter()
        .any(|paragraph| is_ki(&paragraph.plain(text)));
    let parts = sort(draft, text);
    let rules = rules(draft.layout);
    let outline = outline::outline(&parts.body, &rules, text, &mut notes);
    let title = title(&parts.title, text);
    let fiscal_year = fiscal_year(&parts.title, text, options);
    year_notes(
        fiscal_year.as_ref(),
        &Beginning {
            sheet: draft.at().0,
            place: parts.title.places.first().cloned(),
        },
        reading,
        file,
        options,
        &mut notes,
    );
    if let Some(day) = parts.issued_on.as_ref().filter(|day| day.date.is_none()) {
        notes.push(
            Note::new(What::NoSuchDay)
                .at(day.places.first().cloned())
                .about(&day.raw),
        );
    }
    let references = references(&parts, &outline, text);
    let mut signed = parts.signed.into_iter();
    let mut policy = Policy {
        layout: draft.layout.name.clone(),
        title,
        fiscal_year,
        municipality: options.municipality.clone(),
        issued_on: parts.issued_on,
        issuer: signed.next(),
        cosigners: signed.collect(),
        preamble: parts
            .preamble
            .iter()
            .map(|paragraph| paragraph_text(&paragraph.passage, text))
            .collect(),
        has_ki,
        sections: outline.sections,
        remarks: parts
            .remarks
            .iter()
            .filter(|remark| !remark.is_blank(text))
            .map(|remark| paragraph_text(remark, text))
            .collect(),
        references,
        ruby: Vec::new(),
    };
    policy.ruby = ruby(&policy, reading);
    Assembled {
        policy,
        claims: parts
            .ki
            .into_iter()
            .map(|range| (Class::Headings, range))
            .collect(),
        notes,
    }
}

fn paragraph_text(passage: &Passage, text: &str) -> Text {
    let mut made = passage.to_text(text);
    merge_places(&mut made.places);
    made
}

/// A title is one line: where its author broke it, a space stands.
fn title(passage: &Passage, text: &str) -> Text {
    let mut made = paragraph_text(passage, text);
    let lines = passage.logical_lines(text);
    if lines.len() > 1 {
        made.text = lines.join(" ");
        made.blocks = vec![crate::document::value::TextBlock {
            mark: None,
            depth: 0,
            text: made.text.clone(),
        }];
    }
    made
}

/// Sorts the paragraphs into head, preamble, body and remarks.
fn sort(draft: &Draft<'_>, text: &str) -> Parts {
    let rules = rules(draft.layout);
    let mut parts = Parts::default();
    let (mut stage, mut at) = (Stage::Head, 0);
    let has_ki = draft
        .paragraphs
        .iter()
        .any(|paragraph| is_ki(&paragraph.plain(text)));
    while let Some(paragraph) = draft.paragraphs.get(at) {
        let plain = paragraph.plain(text);
        let begins_section = outline::begins_section(paragraph, &rules, text);
        if at == draft.title {
            parts.title.append(paragraph.passage.clone());
        } else if joins_title(draft, at, text) {
            take_title_part(&mut parts, draft, at);
        } else if is_ki(&plain) && stage != Stage::Remarks && parts.ki.is_empty() {
            parts.ki = paragraph.passage.origin();
            stage = Stage::Body;
        } else if stage == Stage::Remarks || ends_body(&plain, paragraph, draft, stage, text) {
            stage = Stage::Remarks;
            remark(&mut parts, paragraph, text);
        } else if stage == Stage::Body || (at > draft.title && begins_section && !has_ki) {
            stage = Stage::Body;
            parts.body.push(paragraph.clone());
        } else if stage == Stage::Head && !plain.contains('。') || is_day(&plain) {
            head_line(&mut parts, paragraph, text);
        } else {
            stage = Stage::Preamble;
            preamble(&mut parts, paragraph, text);
        }
        at += 1;
    }
    parts
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Head,
    Preamble,
    Body,
    Remarks,
}

/// Whether a line beside the title belongs to it: a fiscal year, or a bracketed addition.
fn joins_title(draft: &Draft<'_>, at: usize, text: &str) -> bool {
    let Some(paragraph) = draft.paragraphs.get(at) else {
        return false;
    };
    let bracketed = || {
        let key = text::key(&paragraph.plain(text));
        key.starts_with('(')
            && key.ends_with(')')
            && key.chars().count() <= 20
            && !paragraph.is_marked(text)
            && !key.contains("公印")
    };
    at + 1 == draft.title && is_fiscal_year(&paragraph.passage, text)
        || at == draft.title + 1 && bracketed()
}

fn take_title_part(parts: &mut Parts, draft: &Draft<'_>, at: usize) {
    if let Some(paragraph) = draft.paragraphs.get(at) {
        parts.title.append(paragraph.passage.clone());
    }
}

/// A line above or below the title: the day, who signs, or something else (number, addressee).
fn head_line(parts: &mut Parts, paragraph: &Paragraph, text: &str) {
    let plain = paragraph.plain(text);
    if is_day(&plain) && parts.issued_on.is_none() {
        let mut day = values::day(&paragraph.passage, text);
        merge_places(&mut day.places);
        parts.issued_on = Some(day);
    } else if let Some(mut signed) = signatories(&paragraph.passage, text) {
        for issuer in &mut signed.signatories {
            merge_places(&mut issuer.places);
        }
        parts.signed.append(&mut signed.signatories);
        parts.remarks.append(&mut signed.rest);
    } else {
        parts.remarks.push(paragraph.passage.clone());
    }
}

/// A paragraph before 記; in a letter the signatory may stand among them.
fn preamble(parts: &mut Parts, paragraph: &Paragraph, text: &str) {
    if parts.signed.is_empty() && signatories(&paragraph.passage, text).is_some() {
        head_line(parts, paragraph, text);
    } else {
        parts.preamble.push(paragraph.clone());
    }
}

/// Text after the sections; a notice may be signed and dated there.
fn remark(parts: &mut Parts, paragraph: &Paragraph, text: &str) {
    let plain = paragraph.plain(text);
    let is_first_day = is_day(&plain) && parts.issued_on.is_none();
    let signs = parts.signed.is_empty()
        && signatories(&paragraph.passage, text).is_some_and(|signed| {
            signed
                .signatories
                .iter()
                .any(|issuer| issuer.person.is_some())
        });
    if is_first_day || signs {
        head_line(parts, paragraph, text);
    } else {
        parts.remarks.push(paragraph.passage.clone());
    }
}

pattern!(
    attachment,
    r"^(?:別紙|別添|別表|添付|参考|参照|資料)(?:資料|書類|文書)?(?:[\s　:：0-9０-９]|$|のとおり)"
        .to_owned()
);
pattern!(
    contact,
    r"^[【（(〔\[]?(?:本件)?(?:に関する)?(?:お?問い?合わ?せ先?|連絡先|照会先|担当者?|事務担当)(?:[】）)〕\]\s　:：]|$)".to_owned()
);

/// Whether the sections end here: 以上, an attachment, a contact.
fn ends_body(
    plain: &str,
    paragraph: &Paragraph,
    draft: &Draft<'_>,
    stage: Stage,
    text: &str,
) -> bool {
    let squashed = text::squash(plain);
    let closings = draft
        .layout
        .outline
        .iter()
        .flat_map(|outline| &outline.closings);
    let closes = closings
        .into_iter()
        .any(|word| squashed.trim_end_matches('。') == text::squash(word));
    closes
        || stage == Stage::Body
            && !paragraph.is_marked(text)
            && !plain.contains('。')
            && (attachment().is_match(plain) || contact().is_match(plain))
}

/// The title's year, else the option's.
fn fiscal_year(title: &Passage, text: &str, options: &ImportOptions) -> Option<FiscalYear> {
    let plain = title.plain(text);
    let written = era::fiscal_years(&plain)
        .into_iter()
        .next()
        .and_then(|found| {
            let mut places = title.places.clone();
            merge_places(&mut places);
            values::fiscal_year(found.value, plain.get(found.range), &places)
        });
    written
        .or_else(|| values::fiscal_year(FiscalYearName::of_year(options.fiscal_year?)?, None, &[]))
}

/// Quoted titles of plans and notices, in reading order: everything in 『…』, and what is named like a plan in 「…」.
fn references(parts: &Parts, outline: &Outline, text: &str) -> Vec<Reference> {
    let preamble = parts.preamble.iter().map(|paragraph| (paragraph, None));
    let body = parts
        .body
        .iter()
        .zip(&outline.owners)
        .map(|(paragraph, owner)| (paragraph, Some(owner.clone())));
    let mut found = Vec::new();
    for (paragraph, section) in preamble.chain(body) {
        let plain = paragraph.passage.logical_lines(text).join("\n");
        for quotation in quotations(&plain) {
            let inside = quotation.inside(&plain);
            if inside.is_empty() || (quotation.marks == Marks::Single && !is_plan_name(inside)) {
                continue;
            }
            let mut places = paragraph.passage.places.clone();
            merge_places(&mut places);
            found.push(Reference {
                quote: plain
                    .get(quotation.range.clone())
                    .unwrap_or_default()
                    .to_owned(),
                section: section.clone(),
                places,
            });
        }
    }
    found
}

/// The readings above characters of this notice.
fn ruby(policy: &Policy, reading: &Reading) -> Vec<PolicyRuby> {
    let lines: Vec<&Line> = reading
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.blocks)
        .flat_map(super::account::block_lines)
        .filter(|line| !line.ruby.is_empty())
        .collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let mut owners: Vec<(TextRange, Option<&str>)> = policy
        .values()
        .iter()
        .flat_map(|value| value.origin().iter().map(|&range| (range, None)))
        .collect();
    for section in policy.all_sections() {
        owners.extend(
            section
                .origin
                .iter()
                .map(|&range| (range, Some(section.id.as_str()))),
        );
    }
    let mut found = Vec::new();
    for line in lines {
        for ruby in &line.ruby {
            let owner = owners
                .iter()
                .find(|(range, _)| range.start <= ruby.base.start && ruby.base.end <= range.end);
            let Some((_, section)) = owner else { continue };
            found.push(PolicyRuby {
                base: ruby.base.of(&reading.text).to_owned(),
                reading: ruby.reading.of(&reading.text).to_owned(),
                section: section.map(str::to_owned),
                places: vec![line.place.clone()],
                origin: vec![ruby.reading],
            });
        }
    }
    found
}
