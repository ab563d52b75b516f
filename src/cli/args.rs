//! The command line's words -> typed arguments. Texts for people are in `help`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};

/// Everything that stands after the program's name.
#[derive(Debug, Parser)]
#[command(
    name = "seirihyo",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
}

/// The commands that there are.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Files -> normalized JSON.
    Import(ImportArguments),
    /// Documents -> a printable workbook.
    Render(RenderArguments),
    /// This year's sheet -> next year's form.
    Next(NextArguments),
    /// Documents -> flat tables.
    Export(ExportArguments),
    /// What became of each goal between two years.
    Compare(CompareArguments),
    /// What each stage saw.
    Inspect(InspectArguments),
    /// What a filled sheet lacks or contradicts.
    Check(CheckArguments),
    /// Checks JSON.
    Validate(ValidateArguments),
    /// The layout definitions.
    Layouts(LayoutsArguments),
    /// Prints a JSON Schema.
    Schema(SchemaArguments),
    /// Prints shell completions.
    Completions(CompletionsArguments),
    /// Prints the manual page.
    Man,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// The language of people's texts.
    #[arg(long, global = true, value_name = "ja|en", hide_possible_values = true)]
    pub lang: Option<LanguageChoice>,
    /// Fewer words.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// More words.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colours on the terminal.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub color: ColorChoice,
    /// Prints help.
    #[arg(short, long, global = true, action = ArgAction::HelpShort)]
    pub help: Option<bool>,
    /// Prints the version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    pub version: Option<bool>,
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageChoice {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What one file may use.
#[derive(Debug, Clone, Copy, Args)]
pub struct LimitArguments {
    /// MiB of memory for one file. With less than that the program itself does not start.
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(64..=1 << 24))]
    pub memory_limit: Option<u64>,
    /// Seconds for one file.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=1 << 24))]
    pub time_limit: Option<u64>,
}

/// Passwords of encrypted files.
#[derive(Debug, Clone, Args)]
pub struct PasswordArguments {
    /// Each is tried.
    #[arg(long, value_name = "TEXT")]
    pub password: Vec<String>,
    /// A file with one on each line: what stands in it is in no list of processes.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub passwords: Option<PathBuf>,
}

/// Options of the commands that read sources.
#[derive(Debug, Clone, Args)]
pub struct ReadingArguments {
    /// Layout files of the user's own.
    #[arg(long = "layout", value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub layouts: Vec<PathBuf>,
    /// Threads over files.
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// The municipality, where the document does not say.
    #[arg(long, value_name = "CODE[:NAME]")]
    pub municipality: Option<String>,
    /// The fiscal year, where the document does not say.
    #[arg(long, value_name = "YEAR")]
    pub fiscal_year: Option<String>,
    /// Passwords of encrypted files.
    #[command(flatten)]
    pub passwords: PasswordArguments,
    /// What one file may use.
    #[command(flatten)]
    pub limits: LimitArguments,
    /// Uses the text that was recognised in scanned pages.
    #[arg(long)]
    pub ocr_layer: bool,
}

/// `import`.
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Files, folders, `-`.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// The folder that JSON is written to.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "ndjson")]
    pub output: Option<PathBuf>,
    /// A line for each file on standard output.
    #[arg(long)]
    pub ndjson: bool,
    /// What every reading command takes.
    #[command(flatten)]
    pub reading: ReadingArguments,
    /// Removes outputs whose sources are gone.
    #[arg(long, requires = "output")]
    pub prune: bool,
    /// Folders of municipalities.
    #[arg(long, value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub municipalities: Option<PathBuf>,
    /// Warnings make the status 1.
    #[arg(long)]
    pub strict: bool,
    /// Reads and reports, writes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrites outputs.
    #[arg(long)]
    pub force: bool,
}

/// `compare`.
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The old year: a file or a folder.
    #[arg(value_name = "OLD", display_order = 1, value_hint = ValueHint::AnyPath)]
    pub old: OsString,
    /// The new year: a file or a folder.
    #[arg(value_name = "NEW", display_order = 2, value_hint = ValueHint::AnyPath)]
    pub new: OsString,
    /// Further years, each after the one before.
    #[arg(value_name = "YEAR", display_order = 3, value_hint = ValueHint::AnyPath)]
    pub further: Vec<OsString>,
    /// The workbook, page, JSON file or rows to write.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// The first side's year, where its documents do not say.
    #[arg(long, value_name = "YEAR")]
    pub old_fiscal_year: Option<String>,
    /// The last side's year, where its documents do not say.
    #[arg(long, value_name = "YEAR")]
    pub new_fiscal_year: Option<String>,
    /// Renamed, merged, split and moved units.
    #[arg(long, value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub organizations: Option<PathBuf>,
    /// Pairs that a person confirmed or refused.
    #[arg(long, value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
    /// Where the open candidates are written.
    #[arg(long, value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub write_decisions: Option<PathBuf>,
    /// Which year stands left.
    #[arg(long, value_name = "ORDER", default_value = "new-old")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub order: OrderChoice,
    /// How the years stand in a workbook or on a page: side by side, or in one column.
    #[arg(long, value_name = "STYLE", default_value = "taisho")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub style: StyleChoice,
    /// Shows what did not change too.
    #[arg(long, conflicts_with = "only_changes")]
    pub all: bool,
    /// Leaves out what did not change.
    #[arg(long)]
    pub only_changes: bool,
    /// The paper of the workbook.
    #[arg(
        long,
        value_name = "A4|A3",
        hide_possible_values = true,
        ignore_case = true
    )]
    pub paper: Option<PaperChoice>,
    /// Changes make the status 1.
    #[arg(long)]
    pub exit_code: bool,
    /// Overwrites the output.
    #[arg(long)]
    pub force: bool,
    /// What every reading command takes.
    #[command(flatten)]
    pub reading: ReadingArguments,
}

/// `--style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StyleChoice {
    /// 新旧対照: side by side.
    Taisho,
    /// 見え消し: in one column, what went struck through.
    Mikeshi,
}

/// `--order`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OrderChoice {
    /// 新 left, 旧 right.
    NewOld,
    /// 旧 left, 新 right.
    OldNew,
}

/// `render`.
#[derive(Debug, Args)]
pub struct RenderArguments {
    /// JSON or sources: files, folders, `-`.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// The workbook to write.
    #[arg(short, long, value_name = "FILE.xlsx", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// What every reading command takes; a layout that is no file names the form to print in.
    #[command(flatten)]
    pub reading: ReadingArguments,
    /// The paper, where it is not to be the form's own.
    #[arg(
        long,
        value_name = "A4|A3",
        hide_possible_values = true,
        ignore_case = true
    )]
    pub paper: Option<PaperChoice>,
    /// The font.
    #[arg(long, value_name = "NAME")]
    pub font: Option<String>,
    /// The size of its letters, points.
    #[arg(long, value_name = "POINTS")]
    pub font_size: Option<f64>,
    /// Warnings make the status 1.
    #[arg(long)]
    pub strict: bool,
    /// Reads and reports, writes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrites the output.
    #[arg(long)]
    pub force: bool,
}

/// `next`.
#[derive(Debug, Args)]
pub struct NextArguments {
    /// This year's sheets: sources or JSON, files, folders, `-`; none with `--layout` and `--blank`.
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// The year of the new sheet.
    #[arg(long, value_name = "YEAR")]
    pub year: String,
    /// So many empty rows in place of the goals.
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u16).range(1..=999))]
    pub blank: Option<u16>,
    /// The workbook to write.
    #[arg(short, long, value_name = "FILE.xlsx", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// What every reading command takes; a layout that is no file names the form.
    #[command(flatten)]
    pub reading: ReadingArguments,
    /// The paper, where it is not to be the form's own.
    #[arg(
        long,
        value_name = "A4|A3",
        hide_possible_values = true,
        ignore_case = true
    )]
    pub paper: Option<PaperChoice>,
    /// Overwrites the output.
    #[arg(long)]
    pub force: bool,
}

/// `--paper`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperChoice {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
}

/// `export`.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
pub struct ExportArguments {
    /// JSON or sources: files, folders, `-`.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// The file to write; its ending chooses the format.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// What every reading command takes.
    #[command(flatten)]
    pub reading: ReadingArguments,
    /// Leaves out names of people.
    #[arg(long)]
    pub without_persons: bool,
    /// Warnings make the status 1.
    #[arg(long)]
    pub strict: bool,
    /// Reads and reports, writes nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrites the output.
    #[arg(long)]
    pub force: bool,
}

/// `inspect`.
#[derive(Debug, Args)]
pub struct InspectArguments {
    /// A file, or `-`.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub path: OsString,
    /// The page or JSON file to write.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "json")]
    pub output: Option<PathBuf>,
    /// The sheets as JSON on standard output.
    #[arg(long)]
    pub json: bool,
    /// Layout files of the user's own.
    #[arg(long = "layout", value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub layouts: Vec<PathBuf>,
    /// Passwords of encrypted files.
    #[command(flatten)]
    pub passwords: PasswordArguments,
    /// What the file may use.
    #[command(flatten)]
    pub limits: LimitArguments,
    /// Uses the text that was recognised in scanned pages.
    #[arg(long)]
    pub ocr_layer: bool,
    /// Overwrites the output.
    #[arg(long)]
    pub force: bool,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Sources or JSON: files, folders, `-`.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// Last year's sheet: a file or a folder.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub last: Vec<OsString>,
    /// Checks to leave out.
    #[arg(long, value_name = "CHECK")]
    pub skip: Vec<String>,
    /// The list to write.
    #[arg(short, long, value_name = "FILE.xlsx", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Overwrites the output.
    #[arg(long)]
    pub force: bool,
    /// What every reading command takes.
    #[command(flatten)]
    pub reading: ReadingArguments,
}

/// `validate`.
#[derive(Debug, Args)]
pub struct ValidateArguments {
    /// JSON files, folders, `-`.
    #[arg(required = true, value_name = "JSON", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
}

/// `layouts`.
#[derive(Debug, Args)]
pub struct LayoutsArguments {
    /// What to do with them; `list` if nothing is said.
    #[command(subcommand)]
    pub action: Option<LayoutsAction>,
}

/// What to do with layouts.
#[derive(Debug, Subcommand)]
pub enum LayoutsAction {
    /// Lists the built-in layouts.
    List,
    /// Shows one.
    Show {
        /// Its name.
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Suggests a layout file for sheets that no layout knows.
    Suggest {
        /// The files: one town's, of one year or several.
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
        /// The name of the layout.
        #[arg(long, value_name = "NAME", default_value = "my-town")]
        name: String,
        /// Passwords of encrypted files.
        #[command(flatten)]
        passwords: PasswordArguments,
        /// What one file may use.
        #[command(flatten)]
        limits: LimitArguments,
    },
    /// Checks a file.
    Check {
        /// The files.
        #[arg(required = true, value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
}

/// `schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Which; `import` if nothing is said.
    #[arg(value_name = "NAME", default_value = "import")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub name: SchemaName,
}

/// The schemas that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaName {
    /// Import JSON.
    Import,
    /// Sheets JSON.
    Sheets,
    /// Comparison JSON.
    Comparison,
    /// The batch report.
    Report,
    /// Layout files.
    Layout,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}
