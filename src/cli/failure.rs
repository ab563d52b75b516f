//! What goes wrong with files and options before a document is read; every text, both languages.
//!
//! A text says what is wrong and what to do; the file's name is put before it.

use std::io;

use crate::message::{Language, Message, sentences};

sentences! {
    /// Every failure of the command line itself.
    pub enum Failure -> () {
        /// No such file.
        NotFound => (), "not-found",
            "ファイルがありません: 名前と場所を確かめてください",
            "there is no such file: check its name and place";
        /// No right to read or write.
        NoPermission => (), "no-permission",
            "開く権限がありません: ファイルやフォルダーの権限を確かめてください",
            "permission denied: check the permissions of the file or folder";
        /// No right to write, or on Windows another program that holds the file.
        NoPermissionToWrite => (), "no-permission-to-write",
            "書き込む権限がありません: 権限を確かめ、Excelなどで開いていれば閉じるか、別の -o を指定してください",
            "permission to write denied: check the permissions, close the file if Excel has it open, or choose another -o";
        /// No room on the drive, or less than a quota or limit allows.
        DriveFull => (), "drive-full",
            "保存先の空き容量が足りません: 空きを作るか、別の -o を指定して、もう一度実行してください",
            "there is no room left on the drive: make room, or choose another -o, and run it again";
        /// A drive that takes nothing.
        ReadOnlyDrive => (), "read-only",
            "保存先は読み取り専用です: 書き込める場所を -o で指定してください",
            "the drive is read-only: choose an -o that can be written to";
        /// A folder where the output goes.
        TargetIsFolder => (), "target-is-folder",
            "同じ名前のフォルダーがあります: フォルダーの名前を変えるか、別の -o を指定してください",
            "a folder of this name stands there: rename it, or choose another -o";
        /// A file where a folder is needed.
        NotAFolder => (), "not-a-folder",
            "フォルダーではなくファイルがあります: -o にはフォルダーを指定してください",
            "a file stands where a folder is needed: give a folder with -o";
        /// A name that the system does not take.
        BadName => (), "bad-name",
            "名前が長すぎるか、使えない文字があります: 短い、普通の文字の名前に変えてください",
            "the name is too long or has characters that cannot be used: rename it";
        /// An output that cannot be put in its place.
        Output { output: String, why_ja: String, why_en: String } => (), "output",
            "出力「{output}」: {why_ja}",
            "output “{output}”: {why_en}";
        /// Another program holds the file.
        InUse => (), "in-use",
            "ほかのアプリケーション（Excelなど）が開いています: 閉じてからもう一度実行してください",
            "another application (Excel?) has the file open: close it there and try again";
        /// Any other fault of reading.
        CannotRead { reason: String } => (), "cannot-read",
            "読み取れません（{reason}）: ファイルと保存場所を確かめてください",
            "cannot be read ({reason}): check the file and the drive";
        /// Any fault of writing.
        CannotWrite { reason: String } => (), "cannot-write",
            "書き込めません（{reason}）: 保存場所の権限と空き容量を確かめてください",
            "cannot be written ({reason}): check permissions and free space";
        /// Excel's owner file.
        LockFile => (), "lock-file",
            "Excelが編集中に作る一時ファイルで、表は入っていません: 「~$」のない名前の元のファイルを指定してください",
            "this is the temporary file that Excel keeps while a workbook is open; it holds no sheet: give the file whose name has no “~$”";
        /// An output given as a source.
        OwnOutput => (), "own-output",
            "seirihyo が書いたファイルです: 元の表計算ファイルかPDFを指定してください",
            "this file was written by seirihyo: give the spreadsheet or PDF it came from";
        /// A folder where a file is needed.
        IsFolder => (), "is-folder",
            "フォルダーです: ファイルを一つ指定してください",
            "this is a folder: give one file";
        /// A hidden file or folder.
        Hidden => (), "hidden",
            "隠しファイルまたは隠しフォルダーです: 読むには名前を指定してください",
            "this is hidden: name it to have it read";
        /// A link inside a folder to another folder.
        LinkToFolder => (), "link-to-folder",
            "フォルダーへのリンクです（たどりません）: 読むには元のフォルダーを指定してください",
            "this is a link to a folder, which is not followed: give the folder itself";
        /// A link that leads nowhere, or in a circle.
        BrokenLink => (), "broken-link",
            "リンク先のファイルがありません: 元のファイルを指定するか、リンクを消してください",
            "this link leads to no file: give the file itself, or delete the link";
        /// Neither a file nor a folder.
        NotAFile => (), "not-a-file",
            "普通のファイルではありません: ファイルかフォルダーを指定してください",
            "this is not a regular file: give a file or a folder";
        /// A folder without sources.
        NothingFound => (), "nothing-found",
            "読み込めるファイルがありません: 表計算ファイルかPDFのあるフォルダーを指定してください",
            "nothing to import was found: give a folder with spreadsheets or PDFs";
        /// A side of a comparison without goals.
        NoGoals => (), "no-goals",
            "この側には目標がありません: 比べるのは目標の表（組織目標展開整理表など）です。方針などの文書ではなく、目標の表のあるファイルかフォルダーを指定してください",
            "this side has no goals: what is compared are sheets of goals, not notices; give a file or folder that holds such a sheet";
        /// Decisions for more than two years.
        DecisionsOfTwo => (), "decisions-of-two-years",
            "--decisions と --write-decisions は二つの年度を比べるときのものです: 年度を二つにするか、付けずに実行してください",
            "--decisions and --write-decisions are for two years: give two, or leave them out";
        /// Several files without a folder to write to.
        SeveralWithoutOutput => (), "several-without-output",
            "複数のファイルは標準出力に出せません: -o フォルダー を付けるか、--ndjson で1ファイル1行にしてください",
            "several files cannot go to standard output: add -o DIR, or --ndjson for one line a file";
        /// Two sources for one output.
        SameOutput { other: String, output: String } => (), "same-output",
            "「{other}」と同じ出力（{output}）になります: フォルダーで指定するか、別々の -o に分けてください",
            "it has the same output ({output}) as “{other}”: give their common folder, or use separate -o folders";
        /// Two sources whose outputs some systems take for one.
        SameButForCase { other: String } => (), "same-but-for-case",
            "「{other}」と大文字・小文字だけが違う名前で、Windowsでは同じ出力になります: どちらかの名前を変えてください",
            "its name differs from “{other}” only in case, and Windows would give both the same output: rename one of them";
        /// An output that this command did not write.
        WouldOverwrite { output: String } => (), "would-overwrite",
            "出力「{output}」は既にあり、このファイルから作ったものではありません: --force で上書きするか、別の -o を指定してください",
            "the output “{output}” exists and was not made from this file: overwrite it with --force, or choose another -o";
        /// An output that is one of the files that were read.
        OutputIsInput { output: String } => (), "output-is-input",
            "出力「{output}」は読み込んだ元のファイルです: 元のファイルは書き換えません。別の -o を指定してください",
            "the output “{output}” is one of the files that were read: inputs are never changed; choose another -o";
        /// An output that someone edited.
        Edited { output: String } => (), "output-edited",
            "出力「{output}」は書き込んだあとに編集されているため残しました: --force で上書きできます",
            "the output “{output}” was edited since it was written and was kept: --force overwrites it";
        /// A folder that may be out of reach.
        NothingToPruneBy => (), "nothing-to-prune-by",
            "元のファイルのフォルダーがないか、読めるファイルが一つもないため、--prune では何も消していません: 共有フォルダーがつながっているか確かめてください",
            "--prune removed nothing: the folder of the sources is not there, or nothing in it can be read: see whether the share is connected";
        /// More would be removed than stays.
        MostWouldGo { gone: u64, of: u64 } => (), "most-would-go",
            "出力{of}件のうち{gone}件の元のファイルがないため、--prune では何も消していません: フォルダーを確かめ、消してよければ --force を付けてください",
            "--prune removed nothing: the sources of {gone} of {of} outputs are not there: check the folder, and add --force if they are to go";
        /// An output that is not known for this command's.
        NoOutputOfOurs => (), "no-output-of-ours",
            "このコマンドの出力と分からないため残しました: 要らなければ手で消してください",
            "it was kept, for it is not known to be an output of this command: delete it by hand if it is not wanted";
        /// A file that is too large.
        TooLarge { limit: u64 } => (), "too-large",
            "ファイルが大きすぎます（上限{limit}バイト）: ファイルを分けてください",
            "the file is too large (limit: {limit} bytes): split it";
        /// A municipality that is none.
        Municipality { given: String } => (), "bad-municipality",
            "--municipality「{given}」は6桁の市町村コードではありません: 例のように検査数字まで書いてください（132144 または 132144:国分寺市）",
            "--municipality “{given}” is no six-digit municipality code with its check digit: write it as 132144 or 132144:国分寺市";
        /// A fiscal year that is none.
        FiscalYear { given: String } => (), "bad-fiscal-year",
            "--fiscal-year「{given}」は年度ではありません: 2026、R8、令和8年度のように書いてください",
            "--fiscal-year “{given}” is no fiscal year: write it as 2026, R8 or 令和8年度";
        /// Files without a sheet that no layout knows.
        NothingToSuggest => (), "nothing-to-suggest",
            "様式の案はありません: どの様式にも合わない目標の表が、ファイルの中にありません",
            "there is nothing to suggest: the files hold no goal sheet that no layout knows";
        /// A layout that is not there.
        NoSuchLayout { name: String, known: String } => (), "no-such-layout",
            "「{name}」という様式はありません: 次から選んでください（{known}）",
            "there is no layout “{name}”: choose one of {known}";
        /// An output that stands there already and is not the same.
        OutputExists { output: String } => (), "output-exists",
            "出力「{output}」は既にあります: --force で上書きするか、別の -o を指定してください",
            "the output “{output}” exists: overwrite it with --force, or choose another -o";
        /// A layout that prints no goal sheet.
        NoForm { name: String, known: String } => (), "no-form",
            "様式「{name}」には印刷の形がありません: 次から選んでください（{known}）",
            "the layout “{name}” has no printed form: choose one of {known}";
        /// A form that no document can be printed in.
        NothingToPrint { name: String } => (), "nothing-to-print",
            "様式「{name}」で印刷できる文書がありません: 文書の種類に合う様式を選んでください",
            "no document can be printed in the layout “{name}”: choose one for its kind of document";
        /// Readings of characters that do not stand together in the form.
        RubyNotPrinted { ruby: String } => (), "ruby-not-printed",
            "次のルビは印刷する表に入りません（{ruby}）: 必要なら Excel のふりがなで付けてください",
            "these readings above characters are not printed ({ruby}): add them in Excel if they are needed";
        /// A program that was built without its database.
        WithoutSqlite => (), "without-sqlite",
            "この seirihyo は SQLite を含めずに作られています: cargo build --release で作り直すか、.csv か .parquet を指定してください",
            "this seirihyo was built without SQLite: build it with cargo build --release, or choose .csv or .parquet";
        /// A database that names people, where none are to be named.
        PersonsThere { output: String } => (), "persons-there",
            "出力「{output}」には氏名のあるデータが既に入っています: --force で作り直すか、別の -o を指定してください",
            "the output “{output}” holds names of people already: make it anew with --force, or choose another -o";
        /// A font that cannot be measured.
        NoSuchFont { name: String, known: String } => (), "no-such-font",
            "書体「{name}」は使えません: 次から選んでください（{known}）",
            "the font “{name}” cannot be used: choose one of {known}";
        /// A size that is none.
        FontSize => (), "bad-font-size",
            "--font-size は 6 から 24 までの 0.5 刻みで指定してください",
            "--font-size must be 6 to 24 in steps of 0.5";
        /// Two layouts with one name.
        LayoutTwice { name: String } => (), "layout-twice",
            "様式の名前「{name}」は既にあります: 別の名前にしてください",
            "there is already a layout “{name}”: give it another name";
        /// No sheet to make the next one from.
        NothingToCarryOver => (), "nothing-to-carry-over",
            "元になる整理表がありません: 今年度の整理表を指定するか、--layout 様式の名前 と --blank 行数 を付けてください",
            "there is no goal sheet to start from: give this year's, or --layout NAME with --blank ROWS";
        /// A sheet of another year than the one before.
        NotTheYearBefore { from: String, to: String } => (), "not-the-year-before",
            "元の表は{from}で、{to}の前の年度ではありません: 目標はそのまま引き継ぎました",
            "the sheet is of {from}, which is not the year before {to}: its goals were carried over as they are";
        /// A check that is not there.
        NoSuchCheck { name: String, known: String } => (), "no-such-check",
            "「{name}」という確認はありません: 次から選んでください（{known}）",
            "there is no check “{name}”: choose one of {known}";
        /// An ending that no writer has.
        UnknownEnding { valid: String } => (), "unknown-ending",
            "書き先の拡張子が分かりません: {valid} のいずれかにしてください",
            "the output's ending is not known: use one of {valid}";
        /// No process for reading.
        NoWorker { reason: String } => (), "no-worker",
            "読み取り用のプロセスを始められません（{reason}）: --jobs を減らすか、--memory-limit を増やしてください",
            "a process for reading could not be started ({reason}): lower --jobs, or raise --memory-limit";
        /// A limit that this system does not have.
        NoMemoryLimit => (), "no-memory-limit",
            "このシステムではメモリーの上限を設けられません: --memory-limit は効きません（--time-limit は効きます）",
            "memory cannot be limited on this system: --memory-limit has no effect (--time-limit has)";
        /// A defect.
        Defect { detail: String } => (), "defect",
            "このプログラムの不具合で読み込めませんでした（{detail}）: 元のファイルは無事です。開発者に知らせてください",
            "a defect of this program stopped the import ({detail}): the source is unharmed; please report it";
    }
}

impl Failure {
    /// Why a file could not be read.
    pub fn reading(error: &io::Error) -> Self {
        Self::of(error).unwrap_or_else(|| Self::CannotRead {
            reason: error.to_string(),
        })
    }

    /// Why a file could not be written.
    pub fn writing(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        if is_in_use(error) {
            return Self::InUse;
        }
        match error.kind() {
            Kind::PermissionDenied => Self::NoPermissionToWrite,
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DriveFull,
            Kind::ReadOnlyFilesystem => Self::ReadOnlyDrive,
            Kind::IsADirectory => Self::TargetIsFolder,
            Kind::NotADirectory | Kind::AlreadyExists => Self::NotAFolder,
            Kind::InvalidFilename => Self::BadName,
            _ => Self::CannotWrite {
                reason: error.to_string(),
            },
        }
    }

    fn of(error: &io::Error) -> Option<Self> {
        if is_in_use(error) {
            return Some(Self::InUse);
        }
        match error.kind() {
            io::ErrorKind::NotFound => Some(Self::NotFound),
            io::ErrorKind::PermissionDenied => Some(Self::NoPermission),
            io::ErrorKind::IsADirectory => Some(Self::IsFolder),
            io::ErrorKind::Unsupported => Some(Self::NotAFile),
            io::ErrorKind::InvalidFilename => Some(Self::BadName),
            _ => None,
        }
    }

    /// The same, where it is said of another file.
    pub fn at_output(&self, output: String) -> Self {
        let why = self.message();
        Self::Output {
            output,
            why_ja: why.text(Language::Japanese).to_owned(),
            why_en: why.text(Language::English).to_owned(),
        }
    }

    /// Whether it says that something in a folder is none of the files that were meant.
    pub fn is_no_source(&self) -> bool {
        matches!(
            self,
            Self::Hidden | Self::LinkToFolder | Self::NotAFile | Self::LockFile | Self::OwnOutput
        )
    }
}

/// Whether another program holds a file.
fn is_in_use(error: &io::Error) -> bool {
    is_sharing_violation(std::env::consts::OS, error.raw_os_error())
        || matches!(
            error.kind(),
            io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy
        )
}

/// Windows: `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION`, which Excel causes while it has a file open.
/// Elsewhere these numbers mean other things.
fn is_sharing_violation(system: &str, code: Option<i32>) -> bool {
    system == "windows" && matches!(code, Some(32 | 33))
}

/// What a defect said of itself.
pub fn panicked(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

/// Anything with a text in both languages that ends the work on a file.
pub trait Told {
    /// The text.
    fn told(&self) -> Message;
}

impl Told for Failure {
    fn told(&self) -> Message {
        self.message()
    }
}

impl Told for crate::error::Error {
    fn told(&self) -> Message {
        self.message()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sharing_violation_is_told_by_its_number_on_windows() {
        for code in [32, 33] {
            assert!(is_sharing_violation("windows", Some(code)));
            assert!(!is_sharing_violation("linux", Some(code)), "EPIPE, EDOM");
        }
        assert!(!is_sharing_violation("windows", Some(5)));
        assert!(!is_sharing_violation("windows", None));
    }

    #[test]
    fn faults_of_a_drive_say_what_to_do() {
        use io::ErrorKind as Kind;
        for (kind, failure) in [
            (Kind::PermissionDenied, Failure::NoPermissionToWrite),
            (Kind::StorageFull, Failure::DriveFull),
            (Kind::QuotaExceeded, Failure::DriveFull),
            (Kind::FileTooLarge, Failure::DriveFull),
            (Kind::ReadOnlyFilesystem, Failure::ReadOnlyDrive),
            (Kind::IsADirectory, Failure::TargetIsFolder),
            (Kind::NotADirectory, Failure::NotAFolder),
            (Kind::InvalidFilename, Failure::BadName),
            (Kind::ResourceBusy, Failure::InUse),
        ] {
            assert_eq!(Failure::writing(&kind.into()), failure);
        }
    }
}
