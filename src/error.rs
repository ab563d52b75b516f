//! Errors: why a file gives no document; every error text, both languages.
//!
//! A text says what is wrong, where, and what to do. The file's name is put before it by the caller.

use std::fmt;

use crate::message::{Language, Message, sentences};

/// Why there is no document.
#[derive(Debug, Clone, PartialEq)]
pub struct Error(Box<Problem>);

impl Error {
    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.0
    }
    /// The sentence in both languages.
    pub fn message(&self) -> Message {
        self.0.message()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().text(Language::English))
    }
}

impl std::error::Error for Error {}

sentences! {
    /// Every problem that ends a file, with its code and texts.
    pub enum Problem -> () {
        /// No bytes.
        Empty => (), "empty",
            "ファイルが空です: 元のファイルを確かめてください",
            "the file is empty: check the original";
        /// Nothing that is known.
        UnknownFormat => (), "unknown-format",
            "読める形式ではありません: Excel（xlsx・xlsm・xls・xlsb）、OpenDocument（ods）、PDF、CSVのいずれかで保存してください",
            "not a known format: save it as Excel (xlsx, xlsm, xls, xlsb), OpenDocument (ods), PDF or CSV";
        /// A format that is known but not read.
        ForeignFormat { name: String, advice_ja: String, advice_en: String } => (), "foreign-format",
            "{name}のファイルです: {advice_ja}",
            "its format is {name}: {advice_en}";
        /// Damaged beyond reading.
        Damaged { reason: String } => (), "damaged",
            "ファイルが壊れていて読めません（{reason}）: 元のアプリケーションで開いて保存し直してください",
            "the file is damaged and cannot be read ({reason}): open it in its application and save it again";
        /// Password needed.
        PasswordNeeded => (), "password-needed",
            "パスワードで保護されています: --password（いくつもあれば --passwords ファイル）で指定してください",
            "the file is protected: give its password with --password, or several with --passwords FILE";
        /// Wrong password.
        PasswordWrong => (), "password-wrong",
            "パスワードが違います: --password か --passwords を確かめてください",
            "the password is wrong: check --password or --passwords";
        /// Encrypted in a way that cannot be opened.
        EncryptionUnsupported { detail: String } => (), "encryption-unsupported",
            "対応していない方式で暗号化されています（{detail}）: 元のアプリケーションでパスワードを外して保存してください",
            "encrypted in an unsupported way ({detail}): remove the password in its application and save it again";
        /// No page has text.
        NoText { pages: u32 } => (), "no-text",
            "どのページにも文字情報がありません（スキャン画像、全{pages}ページ）: 文字認識をしたPDFを用意してください",
            "no page has text (scanned images, {pages} pages): recognise the text first";
        /// Every page's text is an unseen layer from text recognition.
        OnlyRecognisedText { pages: u32 } => (), "only-recognised-text",
            "文字は、スキャン画像の文字認識による見えない層だけです（全{pages}ページ）: 使うには --ocr-layer を付けてください",
            "the only text is an unseen layer from text recognition of scanned images ({pages} pages): use it with --ocr-layer";
        /// A limit was reached.
        Limit { what_ja: String, what_en: String, limit: u64 } => (), "limit",
            "{what_ja}が上限（{limit}）を超えています: ファイルを分けるか、元のアプリケーションで保存し直してください",
            "{what_en} exceeds the limit ({limit}): split the file, or save it again in its application";
        /// More memory than one file may use.
        MemoryLimit => (), "memory-limit",
            "読み取りに必要なメモリーが上限を超えました: 元のアプリケーションで保存し直すか、--memory-limit で上限を上げてください",
            "reading it needs more memory than it may have: save it again in its application, or raise --memory-limit";
        /// More time than one file may take.
        TimeLimit { seconds: u64 } => (), "time-limit",
            "読み取りが時間の上限（{seconds}秒）を超えました: 元のアプリケーションで保存し直すか、--time-limit で上限を延ばしてください",
            "reading it takes longer than the limit ({seconds} seconds): save it again in its application, or raise --time-limit";
        /// Nested deeper than the stack holds.
        NestingTooDeep => (), "nesting-too-deep",
            "ファイルの中の入れ子が深すぎます: 元のアプリケーションで開いて保存し直してください",
            "what the file holds is nested too deeply: open it in its application and save it again";
        /// The process that read it ended.
        ReaderDied { how: String } => (), "reader-died",
            "読み取りの途中でプログラムが止まりました（{how}）: 元のファイルは無事です。元のアプリケーションで保存し直してください",
            "the process that read it ended ({how}): the source is unharmed; open it in its application and save it again";
        /// The text's encoding is not known.
        UnknownEncoding => (), "unknown-encoding",
            "文字コードが分かりません: UTF-8 または Shift_JIS で保存し直してください",
            "the text encoding is not known: save it as UTF-8 or Shift_JIS";
        /// No layout fits.
        NoLayout { candidates: String } => (), "no-layout",
            "どの様式にも合いません（近い様式: {candidates}）: seirihyo inspect で読み取り結果を確かめ、--layout で様式を足してください",
            "no layout fits (nearest: {candidates}): look at it with seirihyo inspect, and add a layout with --layout";
        /// Nothing that could be a table.
        NoTable => (), "no-table",
            "表がありません: 目標の表のあるファイルか確かめてください。あるはずなら seirihyo inspect で読み取り結果を見てください",
            "there is no table: see whether this is the file with the goals; if it is, look at it with seirihyo inspect";
        /// Tables, none of which has a heading of goals.
        NoGoalTable => (), "no-goal-table",
            "目標の表ではありません（目標の表として読める見出しがありません）: 目標の表なら seirihyo inspect で読み取り結果を確かめ、--layout で様式を足してください",
            "not a table of goals (it has no headings that could be read as one): if it is one, look at it with seirihyo inspect, and add a layout with --layout";
        /// A user's TOML file is wrong.
        TomlFile { line: usize, column: usize, detail_ja: String, detail_en: String } => (), "toml",
            "{line}行{column}列: {detail_ja}",
            "line {line}, column {column}: {detail_en}";
        /// JSON that is not this program's.
        NotJson { detail: String } => (), "not-json",
            "seirihyo のJSONではありません（{detail}）: seirihyo import の出力を指定してください",
            "not seirihyo's JSON ({detail}): give the output of seirihyo import";
    }
}
