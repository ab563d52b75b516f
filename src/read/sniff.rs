//! The first bytes and the parts of a file -> what kind it is. The file's name is never asked.

use std::collections::BTreeSet;

use super::active::{Active, in_compound_file};
use super::compound::{self, CompoundFile};
use super::container::Container;
use super::workbook::{EncryptedPackage, workbook_format};
use crate::error::{Error, Problem};
use crate::note::{Note, What};
use crate::sheet::Format;

/// What a file is, opened as far as it took to tell.
pub(crate) enum Kind<'a> {
    /// Portable Document Format.
    Pdf,
    /// An Office Open XML workbook, with or without macros.
    OfficeOpenXml(Container<'a>, Format),
    /// An Excel binary workbook of 2007 and later.
    ExcelBinary(Container<'a>),
    /// An `OpenDocument` spreadsheet.
    OpenDocument(Container<'a>),
    /// The workbook stream of an Excel 5.0 to 2003 file, and what stands beside it.
    Biff(Vec<u8>, Beside),
    /// An Office Open XML workbook (or document) that a password protects.
    Encrypted(EncryptedPackage),
    /// An HTML page.
    Html,
    /// HTML pages in one file (RFC 2557).
    Mhtml,
    /// An XML Spreadsheet of 2003.
    XmlSpreadsheet,
    /// Nothing with a signature: text, or unknown.
    Plain,
}

/// What was seen beside a workbook stream.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// What other programs would run or fetch.
    pub active: BTreeSet<Active>,
    /// Notes on the file that holds it.
    pub notes: Vec<Note>,
}

/// A format that is known but not read: its beginning, its name, and what to do about it.
struct Foreign {
    magic: &'static [u8],
    name: &'static str,
    advice: Advice,
}

/// What to do with a file of a foreign format.
#[derive(Clone, Copy)]
enum Advice {
    SaveAsXlsx,
    SaveAsPdf,
    Unpack,
    RecogniseText,
}

impl Advice {
    fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::SaveAsXlsx => (
                "Excelで開いて、xlsx形式で保存し直してください",
                "open it in Excel and save it as xlsx",
            ),
            Self::SaveAsPdf => (
                "元のアプリケーションでPDFとして保存してください",
                "save it as PDF in its application",
            ),
            Self::Unpack => (
                "展開（解凍）して、中のファイルを指定してください",
                "unpack it and give the files inside",
            ),
            Self::RecogniseText => (
                "文字認識をしたPDFにするか、元の表をExcelで保存してください",
                "recognise its text into a PDF, or save the original table as Excel",
            ),
        }
    }
}

const fn foreign(magic: &'static [u8], name: &'static str, advice: Advice) -> Foreign {
    Foreign {
        magic,
        name,
        advice,
    }
}

/// Signatures of foreign formats. Those inside ZIP and compound files are told by their parts.
const FOREIGN: [Foreign; 15] = [
    foreign(b"\x60\x0e\x82\x01", "DocuWorks", Advice::SaveAsPdf),
    foreign(b"{\\rtf", "RTF", Advice::SaveAsPdf),
    foreign(b"\x89PNG\r\n\x1a\n", "PNG", Advice::RecogniseText),
    foreign(b"\xff\xd8\xff", "JPEG", Advice::RecogniseText),
    foreign(b"GIF8", "GIF", Advice::RecogniseText),
    foreign(b"II*\0", "TIFF", Advice::RecogniseText),
    foreign(b"MM\0*", "TIFF", Advice::RecogniseText),
    foreign(b"BM", "BMP", Advice::RecogniseText),
    foreign(b"\x1f\x8b", "gzip", Advice::Unpack),
    foreign(b"7z\xbc\xaf\x27\x1c", "7-Zip", Advice::Unpack),
    foreign(b"Rar!\x1a\x07", "RAR", Advice::Unpack),
    foreign(b"MSCF", "CAB", Advice::Unpack),
    foreign(b"BZh", "bzip2", Advice::Unpack),
    foreign(b"\xfd7zXZ\0", "xz", Advice::Unpack),
    foreign(
        b"\x00\x00\x02\x00\x06\x04\x06\x00",
        "Lotus 1-2-3",
        Advice::SaveAsXlsx,
    ),
];

/// ISO 32000-1 Annex H (3.4.1): viewers accept the header within the first 1024 bytes.
const PDF_HEADER_WITHIN: usize = 1024;
/// Text files are told by their beginning.
const MARKUP_WITHIN: usize = 4096;

/// Tells what a file is.
///
/// # Errors
/// It is empty, damaged, encrypted, or of a format that is not read.
pub(crate) fn sniff(bytes: &[u8]) -> Result<Kind<'_>, Error> {
    if bytes.is_empty() {
        return Err(Problem::Empty.into());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes);
    }
    if bytes.starts_with(compound::SIGNATURE) {
        return compound(bytes);
    }
    let start = bytes
        .get(..bytes.len().min(PDF_HEADER_WITHIN))
        .unwrap_or_default();
    if find(start, b"%PDF-").is_some() {
        return Ok(Kind::Pdf);
    }
    if is_raw_biff(bytes) {
        return Ok(Kind::Biff(bytes.to_vec(), Beside::default()));
    }
    if let Some(found) = FOREIGN
        .iter()
        .find(|format| bytes.starts_with(format.magic) && is_whole(format, bytes))
    {
        return Err(foreign_format(found.name, found.advice));
    }
    if bytes.get(2..5) == Some(b"-lh") && bytes.get(6) == Some(&b'-') {
        return Err(foreign_format("LZH", Advice::Unpack));
    }
    Ok(markup(bytes).unwrap_or(Kind::Plain))
}

/// Endings of formats that are not read, where a file does not begin as it should.
const FOREIGN_ENDINGS: [(&str, &str); 8] = [
    ("xdw", "DocuWorks"),
    ("xbd", "DocuWorks"),
    ("xct", "DocuWorks"),
    ("jtd", "一太郎 (Ichitaro)"),
    ("jtdc", "一太郎 (Ichitaro)"),
    ("jaw", "一太郎 (Ichitaro)"),
    ("doc", "Word"),
    ("docx", "Word"),
];

/// What is said of a file whose content tells nothing.
pub(crate) fn by_name(name: &str, error: Error) -> Error {
    let unknown = matches!(
        error.problem(),
        Problem::UnknownFormat | Problem::UnknownEncoding
    );
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = FOREIGN_ENDINGS
        .iter()
        .find(|(known, _)| unknown && known.eq_ignore_ascii_case(ending));
    known.map_or(error, |(_, name)| foreign_format(name, Advice::SaveAsPdf))
}

/// `BM` may begin a text; a bitmap says its own size after it.
fn is_whole(format: &Foreign, bytes: &[u8]) -> bool {
    format.magic != b"BM" || bytes.get(6..10) == Some(&[0; 4])
}

fn foreign_format(name: &str, advice: Advice) -> Error {
    let (ja, en) = advice.sentences();
    Problem::ForeignFormat {
        name: name.to_owned(),
        advice_ja: ja.to_owned(),
        advice_en: en.to_owned(),
    }
    .into()
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes
        .windows(pattern.len())
        .position(|window| window == pattern)
}

/// A workbook stream without its compound file: a BOF record of BIFF5 or BIFF8 ([MS-XLS] §2.4.21).
fn is_raw_biff(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [
            0x09,
            0x08,
            0x08 | 0x10,
            0x00,
            0x00,
            0x05 | 0x06,
            0x05 | 0x10,
            0x00,
            ..
        ]
    )
}

/// Bytes looked at for the tags of a table, where a file does not begin with a tag.
const TABLE_WITHIN: usize = 65_536;

/// HTML and XML are what some systems write into a file that they call xls. Only its ASCII is looked at: the tags are
/// the same in every encoding, and no character can be cut.
fn markup(bytes: &[u8]) -> Option<Kind<'static>> {
    let ascii = |within: usize| -> String {
        let bytes = bytes.get(..bytes.len().min(within)).unwrap_or_default();
        // UTF-16 has a zero beside each of them.
        let bytes = bytes.iter().filter(|&&byte| byte != 0);
        bytes
            .map(|&byte| {
                if byte.is_ascii() {
                    char::from(byte).to_ascii_lowercase()
                } else {
                    '\u{fffd}'
                }
            })
            .collect()
    };
    let start = ascii(MARKUP_WITHIN);
    // A byte order mark is no ASCII.
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{fffd}');
    let names_it = start.contains("urn:schemas-microsoft-com:office:spreadsheet");
    // Pages of Excel name it too.
    if start.starts_with('<') && names_it && start.contains("workbook") && !start.contains("<html")
    {
        return Some(Kind::XmlSpreadsheet);
    }
    let mime = [
        "mime-version:",
        "content-type:",
        "from:",
        "x-document-type:",
        "date:",
        "subject:",
    ];
    if mime.iter().any(|field| start.starts_with(field)) && start.contains("multipart/") {
        return Some(Kind::Mhtml);
    }
    let html = [
        "<html",
        "<!doctype html",
        "<table",
        "<head",
        "<body",
        "<meta",
        "<style",
        "<div",
    ];
    if start.starts_with('<') && html.iter().any(|tag| start.contains(tag)) {
        return Some(Kind::Html);
    }
    // Messages of the system before the page.
    let more = ascii(TABLE_WITHIN);
    let mut rest = more.as_str();
    for tag in ["<table", "<tr", "<t", "</t", "</tr"] {
        let at = rest.find(tag)?;
        rest = rest.get(at + tag.len()..)?;
    }
    Some(Kind::Html)
}

fn zip(bytes: &[u8]) -> Result<Kind<'_>, Error> {
    let mut container = Container::open(bytes)?;
    if let Some(kind) = open_document_type(&mut container)? {
        return open_document(container, &kind);
    }
    match workbook_format(&mut container) {
        Some(Format::Xlsb) => return Ok(Kind::ExcelBinary(container)),
        Some(format) => return Ok(Kind::OfficeOpenXml(container, format)),
        None => {}
    }
    let types = container
        .part("[Content_Types].xml")
        .ok()
        .flatten()
        .unwrap_or_default();
    let types = String::from_utf8_lossy(&types).into_owned();
    // Where what names the workbook is lost, the workbook itself may be there.
    if container.has("xl/workbook.xml") {
        return Ok(Kind::OfficeOpenXml(container, Format::Xlsx));
    }
    if container.has("xl/workbook.bin") {
        return Ok(Kind::ExcelBinary(container));
    }
    if types.contains("spreadsheetml") {
        return Ok(Kind::OfficeOpenXml(container, Format::Xlsx));
    }
    let begins = |folder: &str| container.names().any(|name| name.starts_with(folder));
    if begins("word/") {
        return Err(foreign_format("Word", Advice::SaveAsPdf));
    }
    if begins("ppt/") {
        return Err(foreign_format("PowerPoint", Advice::SaveAsPdf));
    }
    // The table of contents of a document part that is lost with the rest is no archive of files.
    if types.contains("openxmlformats") {
        return Err(Problem::Damaged {
            reason: "[Content_Types].xml".to_owned(),
        }
        .into());
    }
    Err(foreign_format("ZIP", Advice::Unpack))
}

/// The media type of an `OpenDocument` package: its first entry (ODF 1.3 part 2 §3.3), or the manifest's (§4.3) where a
/// program packed it anew without that.
fn open_document_type(container: &mut Container<'_>) -> Result<Option<String>, Error> {
    if container.has("mimetype") {
        let kind = container.part("mimetype")?.unwrap_or_default();
        return Ok(Some(String::from_utf8_lossy(&kind).into_owned()));
    }
    let manifest = container.part("META-INF/manifest.xml").ok().flatten();
    let manifest = String::from_utf8_lossy(&manifest.unwrap_or_default()).into_owned();
    let start = "application/vnd.oasis.opendocument.";
    let kind = manifest.find(start).and_then(|at| manifest.get(at..));
    let kind = kind.and_then(|kind| kind.split(['"', '\'']).next());
    Ok(kind.map(str::to_owned))
}

fn open_document<'a>(mut container: Container<'a>, kind: &str) -> Result<Kind<'a>, Error> {
    let name = kind
        .trim()
        .strip_prefix("application/vnd.oasis.opendocument.")
        .unwrap_or_default()
        .to_owned();
    if !name.starts_with("spreadsheet") {
        let name = if name.is_empty() {
            "ZIP".to_owned()
        } else {
            format!("OpenDocument ({name})")
        };
        let advice = if name == "ZIP" {
            Advice::Unpack
        } else {
            Advice::SaveAsPdf
        };
        return Err(foreign_format(&name, advice));
    }
    let manifest = container.part("META-INF/manifest.xml")?.unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(Problem::EncryptionUnsupported {
            detail: "OpenDocument".to_owned(),
        }
        .into());
    }
    Ok(Kind::OpenDocument(container))
}

fn compound(bytes: &[u8]) -> Result<Kind<'_>, Error> {
    let file = CompoundFile::open(bytes)?;
    if let (Some(info), Some(package)) = (
        file.stream("EncryptionInfo")?,
        file.stream("EncryptedPackage")?,
    ) {
        return Ok(Kind::Encrypted(EncryptedPackage { info, package }));
    }
    let names: Vec<String> = file.names().map(str::to_owned).collect();
    // Excel 97–2003 writes Workbook; a file for both 95 and 97 has Book as well.
    let workbook = match file.stream("Workbook")? {
        Some(workbook) => Some(workbook),
        None => file.stream("Book")?,
    };
    if let Some(workbook) = workbook {
        let beside = Beside {
            active: in_compound_file(&names),
            notes: irregular(&file).into_iter().collect(),
        };
        return Ok(Kind::Biff(workbook, beside));
    }
    if file.has("WordDocument") {
        return Err(foreign_format("Word", Advice::SaveAsPdf));
    }
    if file.has("PowerPoint Document") {
        return Err(foreign_format("PowerPoint", Advice::SaveAsPdf));
    }
    if file.has("DocumentText") || names.iter().any(|name| name.starts_with("JSRV_")) {
        return Err(foreign_format("一太郎 (Ichitaro)", Advice::SaveAsPdf));
    }
    if names.iter().any(|name| name.starts_with("__substg1.0_")) {
        return Err(foreign_format("Outlook", Advice::Unpack));
    }
    Err(Problem::UnknownFormat.into())
}

/// What is said of a compound file that breaks its format's rules where that does no harm.
fn irregular(file: &CompoundFile<'_>) -> Option<Note> {
    file.is_irregular
        .then(|| Note::new(What::IrregularContainer))
}
