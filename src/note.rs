//! Notes: what a person should look at in a document that could be read; every note text, both languages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::message::{Language, Message, sentences};
use crate::place::Place;

/// How much a note matters.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// A person should look.
    Warning,
    /// Something could not be read.
    Error,
}

/// A remark about a document, with its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// A stable code, listed in `schemas/notes.md`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// A sentence for people.
    #[schemars(with = "String")]
    pub message: Message,
    /// Where.
    pub place: Option<Place>,
    /// The text that it is about.
    pub text: Option<String>,
}

impl Note {
    /// A note without a place.
    #[allow(clippy::needless_pass_by_value)]
    pub fn new(what: What) -> Self {
        Self {
            code: what.code().to_owned(),
            severity: what.extra(),
            message: what.message(),
            place: None,
            text: None,
        }
    }

    /// The same note with its place.
    #[must_use]
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    /// The same note with the text it is about.
    #[must_use]
    pub fn about(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Chooses the language of its message.
    pub fn in_language(&mut self, language: Language) {
        self.message.in_language(language);
    }
}

sentences! {
    /// Every note that the program gives, with its severity, code and texts.
    pub enum What -> Severity {
        // Reading, any format
        /// Text that is in the file but not shown.
        HiddenText { why: String } => Severity::Info, "hidden-text",
            "表示されない文字です（{why}）。本文には入れていません。",
            "Text that is not shown ({why}). It is not in the documents.";
        /// Part of a text beyond what is shown of its cell or page.
        CutOffText => Severity::Warning, "cut-off-text",
            "セルやページの端で切れて、表示されない部分です。本文には表示された部分だけを入れました。元のファイルで確かめてください。",
            "This part of a text lies beyond its cell's or page's edge and is not shown. Only what is shown is in the documents. Check the original file.";
        /// Formatting that the reader cannot see.
        FormattingNotRead { what: String } => Severity::Info, "formatting-not-read",
            "この形式では{what}を読み取れません。見え消しや非表示の文字が本文に混じることがあります。元のファイルで確かめてください。",
            "This format's {what} cannot be read; struck or hidden text may stand among the live text. Check the original file.";
        /// A part of the file could not be read.
        PartNotRead { part: String, reason: String } => Severity::Error, "part-not-read",
            "{part}を読み取れませんでした（{reason}）。元のファイルで確かめてください。",
            "{part} could not be read ({reason}). Check the original file.";
        /// A container that breaks its format's rules where that does no harm.
        IrregularContainer => Severity::Info, "irregular-container",
            "ファイルの管理情報の一部が規則どおりではありませんが、中身は読み取れました（作成したソフトウェアによるものです）。",
            "The file's own bookkeeping breaks its format's rules in places, as some programs write it; its content could be read.";
        /// Something that other programs would run or fetch.
        NotRun { what_ja: String, what_en: String } => Severity::Info, "not-run",
            "ファイルに{what_ja}があります。実行も参照もしていません。",
            "The file has {what_en}. Nothing of it was run or fetched.";
        /// Formulas, whose stored results were read.
        Formulas { count: u64 } => Severity::Info, "formulas",
            "数式のセルが{count}個あります。計算はせず、保存されている結果を読みました。",
            "{count} cells have formulas. Nothing was calculated; their stored results were read.";
        /// A comment on a cell.
        Comment => Severity::Info, "comment",
            "セルのコメント（メモ）です。本文には入れていません。",
            "A comment on a cell. It is not in the documents.";
        /// A code that no way decodes.
        UndecodedGlyph { font: String, page: u32, count: u64 } => Severity::Error, "undecoded-glyph",
            "{page}ページの書体「{font}」の{count}文字は、文字コードが分からないため「\u{fffd}」としました。元のファイルで確かめてください。",
            "{count} characters in font {font} on page {page} have no known character code and stand as U+FFFD. Check the original file.";
        /// A private-use character (外字).
        PrivateUse { code: String } => Severity::Warning, "private-use-character",
            "外字（{code}）です。その自治体だけの文字のため、そのまま残しました。",
            "A private-use character ({code}), whose meaning is local to one office, is kept as it is.";
        /// Codes that are no characters.
        NotCharacters { codes: String } => Severity::Warning, "not-a-character",
            "文字ではない符号（{codes}）が入っています。壊れて文字が失われたのかもしれません。元のファイルで確かめてください。",
            "Codes that are no characters ({codes}) stand here; characters may have been lost. Check the original file.";
        /// Characters that a file says its glyphs stand for, over several lines.
        ActualTextNotPlaced => Severity::Info, "actual-text-not-placed",
            "ファイルは印字された文字に別の文字列（ActualText）を当てていますが、複数の行にわたり位置が決められないため、印字のとおりに読みました。",
            "The file gives other characters (ActualText) for text over several lines; what is printed was read, because their lines are not known.";
        /// A form field or typed note whose look the file leaves to the viewer.
        NotDrawn { page: u32 } => Severity::Warning, "not-drawn",
            "{page}ページの入力欄（または文字の注釈）に値がありますが、その表示の形がファイルにありません。本文には入れていません。",
            "A form field or typed note on page {page} has a value, but the file does not draw it. It is not in the documents.";
        /// A form field whose value is not what is painted of it.
        FieldValueDiffers { page: u32, painted: String } => Severity::Warning, "field-value-differs",
            "{page}ページの入力欄の値は、印字されている「{painted}」と違います。本文には印字のとおりに入れました。元のファイルで確かめてください。",
            "The value of a form field on page {page} is not what is painted there ({painted}). What is painted was read. Check the original file.";
        /// A page whose text lies under what is painted over it.
        TextUnderShapes { page: u32 } => Severity::Warning, "text-under-shapes",
            "{page}ページの文字はすべて、あとから描かれた図形の下に隠れています（文字の形を図形で描いたファイルです）。本文には入れていません。使うには --ocr-layer を付けてください。",
            "All text of page {page} lies under shapes painted over it (the file draws its letters as shapes). It is not in the documents; to use it, add --ocr-layer.";
        /// A page without text.
        PageWithoutText { page: u32 } => Severity::Warning, "page-without-text",
            "{page}ページには文字情報がありません（スキャン画像です）。文字認識をしてから読み込んでください。",
            "Page {page} has no text (a scanned image). Recognise its text first, then import it.";
        /// A scanned page whose text a machine recognised.
        RecognisedText { page: u32 } => Severity::Warning, "recognised-text",
            "{page}ページの文字は、スキャン画像を文字認識したものです。誤りがないか元の書類と照らしてください。",
            "The text of page {page} was recognised in a scanned image. Check it against the original.";
        /// A scanned page whose recognised text is left alone.
        RecognisedTextUnread { page: u32 } => Severity::Warning, "recognised-text-unread",
            "{page}ページはスキャン画像で、文字は文字認識による見えない層だけです。本文には入れていません。使うには --ocr-layer を付けてください。",
            "Page {page} is a scanned image; its only text is an unseen layer from text recognition, which was not used. Use it with --ocr-layer.";
        /// A page with more rules than a table can have.
        RulesNotRead { page: u32 } => Severity::Warning, "rules-not-read",
            "{page}ページには罫線が多すぎる（図面など）ため、一部は表として読まず、その文字は行として残しました。",
            "Page {page} has too many rules (a drawing), so that some were not read as tables; their text stands as lines.";
        /// Lines of one text that were typed into cells of their own.
        LinesInBox { count: u64 } => Severity::Info, "lines-in-box",
            "一つの枠の中の複数のセルに分けて入力された文字を、一つの欄として読みました（{count}か所）。",
            "Texts typed into several cells within one border were read as one value ({count} of them).";
        /// Rows of a worksheet that no border parts.
        RowsNotRuled => Severity::Warning, "rows-not-ruled",
            "この範囲の行の間に罫線がなく、一つの目標が複数の行に分けて入力されているのか、別の目標なのか決められません。行ごとに読みました。元のファイルで確かめてください。",
            "No border parts these rows, so that they may be one goal typed into several rows, or several goals. They were read row by row. Check the original file.";
        /// A table of which not all rules are drawn.
        PartedByText => Severity::Info, "parted-by-text",
            "この表は、行や列の区切りの一部に罫線がありません。文字の並びと空きから区切りました。",
            "Not all rows or columns of this table are parted by rules; they were told by the alignment of the text.";
        /// A frame around a shaded heading, of which nothing shows the rows.
        NotParted => Severity::Warning, "not-parted",
            "枠と見出しの網掛けだけの表で、行や列の区切りが決められないため、一つのセルのままにしました。元のファイルで確かめてください。",
            "This table has a frame and a shaded heading alone, and nothing shows its rows or columns; it is left as one cell. Check the original file.";
        /// A table with nothing drawn, that was told by its text.
        UnruledTable => Severity::Warning, "unruled-table",
            "罫線も網掛けもない表です。行と列を、文字の並びと空きから区切りました。元のファイルで確かめてください。",
            "Nothing is drawn around this table; its rows and columns were told by where the text stands. Check the original file.";
        /// Headings that stand apart over one column.
        HeadingsApart => Severity::Warning, "headings-apart",
            "見出しの語が離れて並んでいますが、その下の文字からは列が分かれるかどうか決められず、一つの列としました。元のファイルで確かめてください。",
            "Words of a heading stand apart, but the text below does not show whether the column parts there; it is one column. Check the original file.";
        /// Rules or painted cells that became no table.
        RulesWithoutTable => Severity::Warning, "rules-without-table",
            "罫線や網掛けがありますが、表としては読めませんでした。文字は表の外の行としました。元のファイルで確かめてください。",
            "There are rules or shaded cells here, but no table could be told; the text stands as lines. Check the original file.";
        /// A full line of which nothing says whether the text goes on.
        LineEndUncertain => Severity::Info, "line-end-uncertain",
            "欄の幅いっぱいの行です。折り返しか改行か、次の行の「・」が項目の始まりか語のつなぎか、決められません。",
            "This line is full: whether the next one goes on it, or begins a paragraph or an item, cannot be told.";
        /// Digits at the end of a full line, and at the beginning of the next.
        NumberOverLines { read: String } => Severity::Warning, "number-over-lines",
            "行の終わりの数字と次の行の始めの数字は、一つの数か二つの数か決められません（「{read}」と読みました）。元のファイルで確かめてください。",
            "Whether the digits at the end of this line and at the beginning of the next are one number or two cannot be told (read as {read}). Check the original file.";
        /// Digits beside larger or lower ones.
        RaisedDigits => Severity::Warning, "raised-digits",
            "数字の右肩（または右下）に小さい数字があります（指数か注の番号）。一つの数にならないよう、間を空けて読みました。元のファイルで確かめてください。",
            "Small digits are raised or lowered beside a number (an exponent or a note's number). They were read apart from it, so that they do not become one number. Check the original file.";
        /// Text in a cell that runs over other text.
        OverlappingText => Severity::Warning, "overlapping-text",
            "文字が重なって印字されているため、文字の順が入り交じっている恐れがあります。元のファイルで確かめてください。",
            "Text is printed over other text, so that their characters may be mixed. Check the original file.";
        /// A line of a page that a cell's upper or lower rule goes through.
        TextOverRule => Severity::Warning, "text-over-rule",
            "行が升目の罫線の上にあり、上下どちらの升目のものか決められません。元のファイルで確かめてください。",
            "The line stands on the rule between two cells, and which of them it belongs to cannot be told. Check the original file.";
        /// Kanji of a text map that Japanese office software cannot write.
        UnusualKanji { font: String, page: u32 } => Severity::Warning, "unusual-kanji",
            "{page}ページの書体「{font}」の対応表は、Shift_JISにない漢字を示しています。形の似た別の漢字かもしれません。元のファイルで確かめてください。",
            "The text map of font {font} on page {page} names kanji that Shift_JIS lacks; they may stand for others of like shape. Check the original file.";
        /// A text map that names most glyphs otherwise than their font does.
        ContradictoryTextMap { font: String, page: u32, mapped: String, own: String } => Severity::Warning, "contradictory-text-map",
            "{page}ページから使われている書体「{font}」の文字対応表は、書体そのものと食い違います（「{own}」の字を「{mapped}」とするなど）。元のファイルと照らしてください。",
            "The text map of font {font}, used from page {page} on, contradicts the font itself (it calls {own} {mapped}, for one). Check against the original file.";
        /// A glyph that a text map names otherwise than its font does.
        ContradictoryGlyph { font: String, page: u32, mapped: String, own: String } => Severity::Warning, "contradictory-glyph",
            "{page}ページから使われている書体「{font}」の文字対応表は、書体そのものが「{own}」とする字を「{mapped}」としています。「{own}」と読みました。元のファイルと照らしてください。",
            "The text map of font {font}, used from page {page} on, calls a glyph {mapped} that the font itself calls {own}. It was read as {own}. Check against the original file.";
        /// Content that could not be interpreted.
        DamagedContent { page: u32, reason: String } => Severity::Error, "damaged-content",
            "{page}ページの内容に壊れた部分があり、その部分は読み取れませんでした（{reason}）。",
            "Page {page} has damaged content that could not be read ({reason}).";
        /// A spreadsheet line break that looks like a wrap typed by hand.
        HandWrap => Severity::Info, "hand-wrap",
            "文の途中のセル内改行です。手で折り返したように見えますが、改行のまま残しました。",
            "A line break inside a sentence looks like a wrap typed by hand; it is kept as a break.";
        /// A struck-through part of a cell (見え消し).
        StruckText => Severity::Info, "struck-text",
            "取り消し線の付いた文字（見え消し）です。本文には入れていません。",
            "Text that is struck through. It is not in the documents.";
        /// Text at an angle, or large, over a page's text, or that the file calls a watermark.
        Watermark => Severity::Info, "watermark",
            "本文に重ねて印字された透かしの文字です。本文には入れていません。",
            "A watermark over the page's text. It is not in the documents.";
        /// Text of a worksheet's page header or footer.
        PageMargin => Severity::Info, "page-margin",
            "印刷時のヘッダーまたはフッターの文字です。本文には入れていません。",
            "Text of the page header or footer. It is not in the documents.";
        /// Cells that are not printed.
        OutsidePrintArea => Severity::Info, "outside-print-area",
            "印刷範囲の外の文字も読みました。印刷したものにはありません。",
            "Text outside the print area was read as well; it is not on the printed sheet.";
        /// Rows that a filter hides.
        FilteredRows { count: u64 } => Severity::Info, "filtered-rows",
            "フィルターで表示されていない行（{count}行）も読みました。",
            "Rows that a filter does not show ({count} of them) were read as well.";
        /// Cells in hidden rows or columns.
        HiddenCells => Severity::Info, "hidden-cells",
            "非表示の行または列の文字です。本文には入れていません。",
            "Text in hidden rows or columns. It is not in the documents.";
        /// A hidden worksheet.
        HiddenSheet { sheet: String } => Severity::Info, "hidden-sheet",
            "非表示のシート「{sheet}」の文字です。本文には入れていません。",
            "Text of the hidden sheet “{sheet}”. It is not in the documents.";
        /// Text in a cell that a merged cell covers.
        CoveredText => Severity::Warning, "covered-text",
            "結合セルの下に隠れている文字です。本文には入れていません。",
            "Text under a merged cell, where it cannot be seen. It is not in the documents.";
        /// Merged ranges that overlap.
        MergesOverlap => Severity::Warning, "merges-overlap",
            "結合セルの範囲が重なっているため、この結合は無視しました。",
            "This merged range overlaps another and was ignored.";
        /// Fewer cells were read than the worksheet stores.
        CellsNotRead { sheet: String, read: u64, stored: u64, reason: String } => Severity::Error, "cells-not-read",
            "「{sheet}」の{stored}個のセルのうち{read}個しか読み取れませんでした（{reason}）。元のファイルで確かめてください。",
            "Only {read} of the {stored} cells of “{sheet}” could be read ({reason}). Check the original file.";
        /// A number format that is not understood.
        NumberFormatNotRead { format: String } => Severity::Warning, "number-format-not-read",
            "表示形式「{format}」を解釈できないため、保存されている値をそのまま出しました。",
            "The number format “{format}” is not understood; the stored value was taken as it is.";
        /// A formula whose result is not stored.
        FormulaWithoutValue => Severity::Warning, "formula-without-value",
            "数式の計算結果が保存されていないため、値が分かりません。Excelで開いて保存し直してください。",
            "The formula's result is not stored, so its value is not known. Open the file in Excel and save it again.";
        /// A check box or option button of a form.
        FormControl => Severity::Warning, "form-control",
            "セルの上に置かれたチェックボックス（またはオプションボタン）です。状態を☑か☐で示し、表の値には入れていません。元のファイルで確かめてください。",
            "A check box or option button lies over this cell. Its state is shown as ☑ or ☐ and is not among the table's values. Check the original file.";
        /// A picture in the place of a cell's value.
        PictureInCell => Severity::Warning, "picture-in-cell",
            "セルの値が画像（または外部のデータ）のため、読み取れません。元のファイルで確かめてください。",
            "The cell holds a picture, or data of another source, in the place of a text; it was not read. Check the original file.";
        /// A formula without a cached value, or an error value.
        CellError { value: String } => Severity::Warning, "cell-error",
            "セルの値がエラー（{value}）です。",
            "The cell's value is an error ({value}).";

        // Layout
        /// A visible sheet that no layout recognised.
        SheetNotRecognised { sheet: String } => Severity::Warning, "sheet-not-recognised",
            "「{sheet}」はどの様式とも合わないため、読み込んでいません。",
            "“{sheet}” matches no layout and was not imported.";
        /// Two layouts fit equally well.
        LayoutTie { layouts: String } => Severity::Warning, "layout-tie",
            "複数の様式が同じ程度に合います（{layouts}）。--layout で様式を指定してください。",
            "Several layouts fit equally well ({layouts}). Choose one with --layout.";
        /// Only heading words were matched.
        GenericLayout { words: String } => Severity::Info, "generic-layout",
            "決まった様式に合わないため、見出しとセルの内容から読み取りました（{words}）。欄の対応を確かめてください。",
            "No known layout fits; what each column means was told by its heading and its cells ({words}). Check them.";
        /// A column that no field claims.
        UnmappedColumn { heading: String } => Severity::Warning, "unmapped-column",
            "「{heading}」の列はどの欄にも当たらないため、備考（extra）に入れました。",
            "No field matches the column “{heading}”; its values are in extra.";
        /// A column of an unknown sheet that may be one thing or another.
        ColumnDoubtful { heading: String, best: String, other: String } => Severity::Warning, "column-doubtful",
            "「{heading}」は「{best}」とも「{other}」とも読めるため、備考（extra）に入れました。layouts suggest で様式を作り、どちらかに決めてください。",
            "“{heading}” may be {best} or {other}; its values are in extra. Settle it in a layout file (layouts suggest).";
        /// An unknown sheet of which no column is clearly the item.
        ItemGuessed { heading: String } => Severity::Warning, "item-guessed",
            "実施項目に当たる列がはっきりしないため、最も近い「{heading}」を実施項目として読みました。",
            "No column is clearly the item; “{heading}”, which is most like one, was read as it.";
        /// A goal sheet without a goal.
        NoGoals => Severity::Warning, "no-goals",
            "見出しはありますが、目標が一つもありません。記入のない様式でなければ、元のファイルで確かめてください。",
            "The sheet has headings but no goal. Unless it is an empty form, check the original file.";
        /// A second column with the same field.
        DuplicateColumn { heading: String, field_ja: String, field: String } => Severity::Warning, "duplicate-column",
            "「{heading}」は「{field_ja}」の二つめの列のため、備考（extra）に入れました。",
            "“{heading}” is a second column for {field}; its values are in extra.";
        /// A heading that matches only by containment or after folding misread characters.
        HeadingGuessed { heading: String, known: String } => Severity::Warning, "heading-similar",
            "見出し「{heading}」を「{known}」とみなしました。",
            "The heading “{heading}” was taken for “{known}”.";
        /// A heading's cell that reaches down into the rows under it.
        HeadingOverRows => Severity::Warning, "heading-over-rows",
            "見出しのセルが下の行まで続いているため、そこにある文字はすべて見出しとして読みました。",
            "The heading's cell reaches down into the rows; all that stands there was read as the heading.";
        /// A column without a heading that the layout reads as a field.
        UnheadedColumn { field_ja: String, field: String } => Severity::Info, "unheaded-column",
            "見出しのない列を「{field_ja}」の列として読みました。",
            "The column without a heading was read as {field}.";
        /// Text that nothing claims.
        UnplacedText => Severity::Warning, "unplaced-text",
            "どの項目にも入れられなかった文字です。",
            "Text that could not be placed.";
        /// The title, file name or sheet name speaks of another year.
        YearConflict { where_: String, year: i32, year_ja: String, decided: i32, decided_ja: String } => Severity::Warning, "year-conflict",
            "「{where_}」は{year_ja}を指しますが、表題に従い{decided_ja}としました。",
            "“{where_}” says fiscal year {year}; the title's {decided} was taken.";
        /// The fiscal year stands nowhere.
        FiscalYearUnknown => Severity::Info, "fiscal-year-unknown",
            "年度がどこにも書かれていません。--fiscal-year で指定できます。",
            "The fiscal year stands nowhere. Give it with --fiscal-year.";
        /// A year mentioned in the text.
        YearInText { year: i32, year_ja: String } => Severity::Info, "year-in-text",
            "本文に{year_ja}とあります（年度の決定には使っていません）。",
            "The text speaks of fiscal year {year} (it does not decide the year).";
        /// A date that does not exist.
        NoSuchDay => Severity::Warning, "no-such-day",
            "存在しない日付です。",
            "A date that does not exist.";
        /// A date outside the sheet's year.
        DayOutsideYear { date: String } => Severity::Info, "day-outside-year",
            "{date}は、この表の年度の外です。",
            "{date} lies outside the sheet's fiscal year.";
        /// A deadline that is not understood.
        DeadlineUnknown => Severity::Info, "deadline-unknown",
            "期限として読み取れない言葉です。",
            "The deadline's words are not understood.";
        /// A deadline in a later year.
        DeadlineLaterYear => Severity::Warning, "deadline-later-year",
            "期限が、この表の年度の外です。",
            "The deadline lies outside the sheet's fiscal year.";
        /// A grade that the scale lacks.
        GradeUnknown { scale: String } => Severity::Warning, "grade-unknown",
            "尺度「{scale}」にない評語です。区分は付けていません。",
            "The scale “{scale}” lacks this grade; no group was assigned.";
        /// A grade for whose municipality and year the layout has no scale.
        NoScale => Severity::Warning, "grade-without-scale",
            "この市町村・年度の尺度が様式にない評語です。区分は付けていません。",
            "The layout has no scale of this municipality and year for this grade; no group was assigned.";
        /// A number cell that holds no number.
        NumberUnreadable => Severity::Warning, "number-unreadable",
            "番号として読み取れません。",
            "This is not a number.";
        /// Two goals with the same number.
        NumberRepeated { number: i64 } => Severity::Warning, "number-repeated",
            "番号{number}が二度あります。",
            "Number {number} stands twice.";
        /// Numbers that do not follow each other.
        NumberGap { before: i64, after: i64 } => Severity::Info, "number-gap",
            "番号が{before}から{after}へ飛んでいます。",
            "The numbers jump from {before} to {after}.";
        /// Indicators and targets that do not pair.
        IndicatorsUnpaired => Severity::Warning, "indicators-unpaired",
            "指標と目標値・実績値の対応が決まりません。それぞれ別の項目にしました。",
            "Indicators, targets and actual values do not pair; each stands as its own entry.";
        /// A row joined over a page break.
        RowJoined => Severity::Info, "row-joined",
            "ページをまたぐ行をつなぎました。",
            "A row that runs over the page break was joined.";
        /// A page's columns put beside those of another page.
        ColumnsJoined { page: u32 } => Severity::Info, "columns-joined",
            "列がページに分かれた表の続きの列として、{page}ページの表の右に付けました。",
            "These columns go on a table that is wider than its paper; they were put at the right of the table on page {page}.";
        /// A page with further columns whose rows are those of no page.
        ColumnsNotJoined => Severity::Warning, "columns-not-joined",
            "列がページに分かれた表の続きの列のようですが、どのページの行に当たるか決められないため、付けていません。",
            "These seem to be further columns of a table that is wider than its paper, but it is not clear to which rows they belong; they were not joined.";
        /// A merged cell that the page's end cut.
        MergedCellCut => Severity::Info, "merged-cell-cut",
            "ページの境で切れた結合セルの続きの空欄に、前のページの値を入れました。",
            "The rest of a merged cell that the page's end cut is empty; the value from the page before stands for these rows too.";
        /// An empty cell under a merged one on the page before.
        MergedCellMaybeCut => Severity::Warning, "merged-cell-maybe-cut",
            "この空欄は、前のページから続く結合セルの残りかもしれません。元のファイルで確かめてください。",
            "This empty cell may be the rest of a merged cell on the page before. Check the original file.";
        /// A row at a page break that might go on.
        RowMaybeCut => Severity::Warning, "row-maybe-cut",
            "ページの境の行が続くかどうか決められないため、別の行としました。",
            "It is not certain whether the row at the page break goes on; it was kept apart.";
        /// A wrap at a page break that could be a break.
        CutUncertain => Severity::Info, "cut-uncertain",
            "ページの境で文が続くか改行か決められないため、改行としました。",
            "Whether the text goes on over the page break is not certain; a line break was kept.";
        /// A table row that holds no goal.
        RowNotGoal => Severity::Info, "row-not-goal",
            "目標ではない行のため、備考に入れました。",
            "A row that is no goal was put among the remarks.";
        /// Rows of the form that were not filled in.
        EmptyRows { numbers: String } => Severity::Info, "empty-rows",
            "番号（{numbers}）だけの行は、記入のない行として目標に数えていません。",
            "Rows with nothing but a number ({numbers}) are not counted as goals.";
        /// A label without a value.
        LabelWithoutValue { label: String } => Severity::Info, "label-without-value",
            "「{label}」の値が空です。",
            "“{label}” has no value.";
        /// A safe repair of the text.
        TextRepaired { repair: String } => Severity::Info, "text-repaired",
            "文字を直しました（{repair}）。元の文字は raw にあります。",
            "Characters were repaired ({repair}). The original stands in raw.";
        /// Doubled characters that might be faked bold.
        DoubledCharacters => Severity::Warning, "doubled-characters",
            "すべての文字が二つずつ並んでいます。重ね打ちの太字かもしれませんが、そのまま残しました。",
            "Every character stands twice; perhaps bold by overprinting. It is kept as it is.";
        /// A breach of conservation.
        TextNotConserved { detail: String } => Severity::Error, "text-not-conserved",
            "文字の数が合いません（{detail}）。このプログラムの不具合です。この文書の値は元のファイルと照らしてください。",
            "The account of characters does not add up ({detail}). This is a defect of the program; check this document's values against the original.";
        /// A goal that seems to speak of a notice, without quoting it exactly.
        LinkUncertain { goal: String, target: String } => Severity::Info, "link-uncertain",
            "目標「{goal}」は「{target}」と関わりがあるようですが、引用が一致しないため結び付けていません。",
            "Goal “{goal}” seems to speak of “{target}”, but does not quote it exactly, so no link was made.";
        /// A table that goes on under other headings.
        HeadingsChanged => Severity::Warning, "headings-changed",
            "見出しが前の表と異なりますが、番号が続いているため、前の表の続きとしました。",
            "The headings differ from the table before, but the numbers go on; it was taken as the same table.";
        /// A text export divides items or paragraphs only by spaces.
        ItemsNotSeparated => Severity::Warning, "items-not-separated",
            "項目や段落の区切りが空白だけになっているため、分けずに一つの段落としました。元の書類で区切りを確かめてください。",
            "Only spaces divide these items or paragraphs, so they were kept as one. Check the original.";
        /// Spaces in a text export that may have been wraps.
        SpacesKept => Severity::Info, "spaces-kept",
            "文の途中に、折り返しの跡かもしれない空白があります。そのまま残しました。",
            "Spaces inside a sentence may be the traces of wraps; they were kept.";
        /// Two paragraphs of a text export that are one.
        ParagraphJoined => Severity::Info, "paragraph-joined",
            "文が途中で切れているため、次の段落をつなぎました。",
            "A sentence was cut; the next paragraph was joined to it.";
        /// A number at the start of a paragraph that does not follow the one before it.
        LabelOutOfSequence { label: String } => Severity::Warning, "label-out-of-sequence",
            "番号「{label}」が前の番号に続いていません。項目の分かれ目を確かめてください。",
            "The number “{label}” does not follow the one before it; check where the sections begin.";
        // Comparison
        /// Units that the goals themselves show to be one.
        UnitInferred { from: String, to: String } => Severity::Info, "unit-inferred",
            "目標の多くが{from}から{to}に移っているため、名称変更とみなしました。違うときは --organizations で指定してください。",
            "Most goals of {from} went to {to}, which was taken for its new name. If it is not, say so with --organizations.";
        /// A decision about a goal that is not there, or not the only one.
        DecisionNotFound { old: String, new: String } => Severity::Warning, "decision-not-found",
            "決定ファイルの「{old}」と「{new}」に当たる目標が一つに決まらないため、この決定は使っていません。",
            "The decision on “{old}” and “{new}” was not used: it does not name one goal on each side.";
        /// A predecessor number that no old goal has.
        PredecessorNotFound { number: String } => Severity::Warning, "predecessor-not-found",
            "前年度番号{number}に当たる目標が一つに決まりません。",
            "No single goal of the old year has the predecessor number {number}.";
        /// Several goals with the predecessor number that the form carried over: a row was copied.
        PredecessorDoubled { number: String, kept: String } => Severity::Warning, "predecessor-doubled",
            "引き継いだ前年度番号{number}の目標が二つあります（行の複写）。「{kept}」を前年度の続きとし、この目標は前年度のないものとしました。違うときは --decisions で指定してください。",
            "Two goals have the carried predecessor number {number}, since a row was copied. “{kept}” was taken for its successor, and this one for a goal without a predecessor. If that is wrong, say so with --decisions.";
        /// Files of several years on one side.
        SeveralYears { years_ja: String, years: String } => Severity::Warning, "several-years",
            "片方の側に複数の年度（{years_ja}）の表があります。年度ごとに分けてください。",
            "One side holds sheets of several fiscal years ({years}). Separate them.";
        /// Both sides of one year.
        SameYear { year: i32, year_ja: String } => Severity::Warning, "same-year",
            "どちらも{year_ja}の表です。別の年度と比べるつもりなら、ファイルと --old-fiscal-year、--new-fiscal-year を確かめてください。",
            "Both sides are of fiscal year {year}. If two years were meant, check the files and --old-fiscal-year, --new-fiscal-year.";
        /// The new side is the older one.
        YearsReversed { old: i32, new: i32, old_ja: String, new_ja: String } => Severity::Warning, "years-reversed",
            "前の側が{old_ja}、後の側が{new_ja}です。順序が逆ではありませんか。",
            "The old side is fiscal year {old}, the new side {new}. Are they the wrong way round?";
        /// Years with others between them.
        YearsNotAdjacent { old: i32, new: i32, old_ja: String, new_ja: String } => Severity::Warning, "years-not-adjacent",
            "{old_ja}と{new_ja}は続いていません。間の年度の組織や番号の変更は分からないため、対応を確かめてください。",
            "Fiscal years {old} and {new} are not adjacent. What changed in between is not known; check the pairs.";
        /// Other departments on each side.
        DepartmentsDiffer { old: String, new: String } => Severity::Warning, "departments-differ",
            "部が異なります（{old}、{new}）。組織の変更は --organizations で指定できます。",
            "The departments differ ({old}; {new}). Changes of organization can be given with --organizations.";
        /// Other municipalities on each side.
        MunicipalitiesDiffer { old: String, new: String } => Severity::Warning, "municipalities-differ",
            "市町村が異なります（{old}、{new}）。",
            "The municipalities differ ({old}; {new}).";
        /// Several files with the same documents.
        SameDocument { file: String } => Severity::Info, "same-document",
            "「{file}」と同じ内容です。",
            "The same documents as “{file}”.";
    }
}
