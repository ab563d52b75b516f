//! Titles that goals quote -> links to the notices that have them: only where the comparison keys are equal.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};

use crate::text;

/// What a quoted title leads to: a document, and a section of it.
type Target = (i64, Option<String>);

/// Makes the links of all goals anew: a new notice may be what an old goal quotes.
pub(super) fn renew(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM links WHERE kind = 'quote'", [])?;
    let targets = targets(transaction)?;
    if targets.is_empty() {
        return Ok(());
    }
    let mut goals = transaction.prepare(
        "SELECT id, document, coalesce(item, '') || char(10) || coalesce(level, '') || char(10) || coalesce(methods, '') \
         FROM goals ORDER BY id",
    )?;
    let mut rows = goals.query([])?;
    while let Some(row) = rows.next()? {
        let (goal, document, words): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        for quote in quotes(&words) {
            for (to_document, to_section) in targets.get(&quoted_key(&quote)).into_iter().flatten()
            {
                transaction.execute(
                    "INSERT INTO links (kind, quote, document, goal, to_document, to_section) \
                     VALUES ('quote', ?1, ?2, ?3, ?4, ?5)",
                    params![quote, document, goal, to_document, to_section],
                )?;
            }
        }
    }
    Ok(())
}

/// The titles of notices, their sections' headings, and what they quote themselves.
fn targets(transaction: &Transaction<'_>) -> rusqlite::Result<BTreeMap<String, Vec<Target>>> {
    const ALL: &str = "
        SELECT id, NULL, title FROM documents WHERE kind = 'policy' AND title IS NOT NULL
        UNION ALL SELECT document, number, heading FROM sections WHERE heading IS NOT NULL
        UNION ALL SELECT document, section, quote FROM links WHERE kind = 'reference'
        ORDER BY 1, 2";
    let mut targets: BTreeMap<String, Vec<Target>> = BTreeMap::new();
    let mut statement = transaction.prepare(ALL)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let words: String = row.get(2)?;
        let target = (row.get(0)?, row.get(1)?);
        let known = targets.entry(quoted_key(&words)).or_default();
        if !known.contains(&target) {
            known.push(target);
        }
    }
    Ok(targets)
}

/// The words in 「 」 and 『 』, innermost ones too, with their brackets, each once; short ones are slogans, not titles.
fn quotes(words: &str) -> BTreeSet<String> {
    const SHORTEST: usize = 5;
    let mut open: Vec<usize> = Vec::new();
    let mut found = BTreeSet::new();
    for (at, c) in words.char_indices() {
        match c {
            '「' | '『' => open.push(at),
            '」' | '』' => {
                let end = at + c.len_utf8();
                if let Some(quote) = open.pop().and_then(|start| words.get(start..end))
                    && quote.chars().count() >= SHORTEST + 2
                {
                    found.insert(quote.to_owned());
                }
            }
            _ => {}
        }
    }
    found
}

/// The comparison key without the brackets around it.
fn quoted_key(words: &str) -> String {
    text::key(words.trim_matches(['「', '」', '『', '』']))
}
