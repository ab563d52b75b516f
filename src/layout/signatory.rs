//! A line of post and name -> who signs a notice.

use super::passage::Passage;
use super::values;
use crate::document::policy::Issuer;
use crate::document::value::Origin;

/// Endings of posts that sign notices.
const POSTS: &[&str] = &[
    "部長",
    "局長",
    "課長",
    "室長",
    "所長",
    "館長",
    "園長",
    "校長",
    "次長",
    "係長",
    "センター長",
    "市長",
    "町長",
    "村長",
    "区長",
    "知事",
    "教育長",
    "議長",
    "委員長",
    "本部長",
    "参事",
    "理事",
    "理事長",
    "会計管理者",
    "事業管理者",
];

/// The longest line that is post and name, in characters without white space.
const LONGEST: usize = 40;
/// The longest name.
const LONGEST_NAME: usize = 14;

/// A line's signatories, and what else stands in it: （公印省略）.
pub(crate) struct Signed {
    pub signatories: Vec<Issuer>,
    pub rest: Vec<Passage>,
}

/// A word of a passage: the line it stands in, and its bytes there.
type Word = (usize, std::ops::Range<usize>);

/// Reads a line as signatories: one or more of post and name with white space between them, or a post alone.
/// Not the offices that a notice is addressed to (各部長　様), nor a sentence.
pub(crate) fn signatories(passage: &Passage, text: &str) -> Option<Signed> {
    let plain = crate::text::squash(&passage.raw(text));
    let is_sentence = plain.contains(['。', '、', '，', '「', '『', '：']);
    let is_address =
        plain.starts_with('各') || plain.ends_with(['様', '殿']) || plain.ends_with("御中");
    if is_sentence || is_address || plain.chars().count() > LONGEST {
        return None;
    }
    let mut words = words(passage, text);
    let brackets = words
        .iter()
        .position(|word| word_of(passage, word, text).starts_with(['(', '（', '印', '㊞']));
    let rest = brackets.map(|at| words.split_off(at)).unwrap_or_default();
    let mut signatories = Vec::new();
    let mut left = words.as_slice();
    while !left.is_empty() {
        let post_end = post_end(passage, left, text)?;
        let next_post = (post_end + 1..left.len()).find(|&at| {
            left.get(at..)
                .and_then(|after| post_end_of_word(passage, after, text))
                .is_some()
        });
        let end = next_post.unwrap_or(left.len());
        let (own, after) = left.split_at(end);
        let name: String = own
            .iter()
            .skip(post_end)
            .map(|word| word_of(passage, word, text))
            .collect();
        if name.chars().count() > LONGEST_NAME || !name.chars().all(may_stand_in_name) {
            return None;
        }
        signatories.push(issuer(passage, own, post_end, text));
        left = after;
    }
    (!signatories.is_empty()).then(|| Signed {
        signatories,
        rest: passage_of(passage, &rest).into_iter().collect(),
    })
}

pub(crate) fn may_stand_in_name(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '々' | 'ー' | '\u{e0100}'..='\u{e01ef}' | '\u{e000}'..='\u{f8ff}')
}

/// How many words from the first make a post.
fn post_end(passage: &Passage, words: &[Word], text: &str) -> Option<usize> {
    let mut post = String::new();
    for (at, word) in words.iter().enumerate() {
        post.push_str(word_of(passage, word, text));
        if is_post(&post) {
            return Some(at + 1);
        }
    }
    None
}

/// The same, if the first word is a whole post: where a second signatory begins.
fn post_end_of_word(passage: &Passage, words: &[Word], text: &str) -> Option<usize> {
    words
        .first()
        .filter(|word| is_post(word_of(passage, word, text)))
        .map(|_| 1)
}

/// Whether a text ends as the name of a post does.
pub(crate) fn is_post(post: &str) -> bool {
    POSTS.iter().any(|ending| post.ends_with(ending))
}

fn words(passage: &Passage, text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (at, piece) in passage.lines.iter().enumerate() {
        let line = piece.range.of(text);
        let mut start = None;
        for (byte, c) in line.char_indices() {
            match (c.is_whitespace(), start) {
                (true, Some(from)) => {
                    words.push((at, from..byte));
                    start = None;
                }
                // （公印省略） stands apart from the name, with or without a space.
                (false, Some(from)) if matches!(c, '（' | '(') => {
                    words.push((at, from..byte));
                    start = Some(byte);
                }
                (false, None) => start = Some(byte),
                _ => {}
            }
        }
        if let Some(from) = start {
            words.push((at, from..line.len()));
        }
    }
    words
}

fn word_of<'a>(passage: &Passage, word: &Word, text: &'a str) -> &'a str {
    passage
        .lines
        .get(word.0)
        .and_then(|piece| piece.range.of(text).get(word.1.clone()))
        .unwrap_or_default()
}

/// The part of a passage from the first of these words to the last.
fn passage_of(passage: &Passage, words: &[Word]) -> Option<Passage> {
    let mut part = Passage::default();
    let mut at = 0;
    while let Some((line, range)) = words.get(at) {
        let last = words
            .iter()
            .skip(at)
            .take_while(|word| word.0 == *line)
            .count();
        let end = words
            .get(at + last - 1)
            .map_or(range.end, |word| word.1.end);
        part.append(passage.part(*line, range.start..end)?);
        at += last;
    }
    (!part.lines.is_empty()).then_some(part)
}

fn issuer(passage: &Passage, words: &[Word], post_end: usize, text: &str) -> Issuer {
    let whole = passage_of(passage, words).unwrap_or_default();
    let (post_words, name_words) = words.split_at(post_end.min(words.len()));
    let post = passage_of(passage, post_words).unwrap_or_default();
    let name = passage_of(passage, name_words).map(|name| name.plain(text));
    let origin: Origin = whole.origin();
    Issuer {
        raw: whole.raw(text),
        post: Some(crate::text::squash(&post.plain(text))),
        person: name,
        organization: values::organization_of_post(&post, text),
        places: whole.places.clone(),
        origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::passage::Piece;
    use crate::sheet::{LineEnd, TextRange};

    fn read(line: &str) -> Option<Vec<(String, Option<String>)>> {
        let passage = Passage {
            lines: vec![Piece {
                range: TextRange {
                    start: 0,
                    end: line.len() as u32,
                },
                ends: LineEnd::Break,
                room: None,
            }],
            ..Passage::default()
        };
        signatories(&passage, line).map(|signed| {
            signed
                .signatories
                .into_iter()
                .map(|issuer| (issuer.post.unwrap_or_default(), issuer.person))
                .collect()
        })
    }

    #[test]
    fn posts_and_names_are_told_apart() {
        let one =
            |post: &str, name: Option<&str>| Some(vec![(post.to_owned(), name.map(str::to_owned))]);
        assert_eq!(
            read("未来企画部長　水野 葉子"),
            one("未来企画部長", Some("水野 葉子"))
        );
        assert_eq!(
            read("緑野市長 一ノ瀬 理"),
            one("緑野市長", Some("一ノ瀬 理"))
        );
        assert_eq!(
            read("未 来 企 画 部 長　水 野"),
            one("未来企画部長", Some("水 野"))
        );
        assert_eq!(read("　緑野市長（公印省略）"), one("緑野市長", None));
        assert_eq!(read("緑野市長 （公印省略）"), one("緑野市長", None));
        let two = read("都市部長　青木 茂　　都市部道路担当部長　黒田 実").unwrap();
        assert_eq!(
            two[1],
            ("都市部道路担当部長".to_owned(), Some("黒田 実".to_owned()))
        );
    }

    #[test]
    fn what_is_no_signature() {
        for line in [
            "各部長　様",
            "総務部長 殿",
            "部長は、次のとおり 行う。",
            "まちづくりの推進",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
