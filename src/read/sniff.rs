//! The first bytes and the parts of a file -> what kind it is. The file's name is never asked.

use std::collections::BTreeSet;
use std::io::{Cursor, ErrorKind, Read};

use cfb::CompoundFile;

use super::active::{Active, in_compound_file};
use super::container::{Container, limit, unreadable};
use super::limits;
use super::workbook::EncryptedPackage;
use crate::error::{Error, Problem};
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
    Biff(Vec<u8>, BTreeSet<Active>),
    /// An Office Open XML workbook (or document) that a password protects.
    Encrypted(EncryptedPackage),
    /// Nothing with a signature: text, or unknown.
    Plain,
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

/// [MS-CFB] §2.2
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
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
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    let start = bytes
        .get(..bytes.len().min(PDF_HEADER_WITHIN))
        .unwrap_or_default();
    if find(start, b"%PDF-").is_some() {
        return Ok(Kind::Pdf);
    }
    if is_raw_biff(bytes) {
        return Ok(Kind::Biff(bytes.to_vec(), BTreeSet::new()));
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
    markup(bytes)?;
    Ok(Kind::Plain)
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

/// HTML and XML are what some systems write into a file that they call xls.
fn markup(bytes: &[u8]) -> Result<(), Error> {
    let start = super::encoding::decode(
        bytes
            .get(..bytes.len().min(MARKUP_WITHIN))
            .unwrap_or_default(),
    );
    let start = start
        .map(|decoded| decoded.text.trim_start().to_ascii_lowercase())
        .unwrap_or_default();
    let html = ["<html", "<!doctype html", "<table", "<head", "<body"];
    if start.starts_with("<?xml") && start.contains("urn:schemas-microsoft-com:office:spreadsheet")
    {
        return Err(foreign_format("XML Spreadsheet 2003", Advice::SaveAsXlsx));
    }
    if html.iter().any(|tag| start.starts_with(tag))
        || (start.starts_with('<') && start.contains("<html"))
    {
        return Err(foreign_format("HTML", Advice::SaveAsXlsx));
    }
    if start.starts_with("mime-version:") && start.contains("multipart/related") {
        return Err(foreign_format("MHTML", Advice::SaveAsXlsx));
    }
    Ok(())
}

fn zip(bytes: &[u8]) -> Result<Kind<'_>, Error> {
    let mut container = Container::open(bytes)?;
    let types = container
        .part("[Content_Types].xml")
        .ok()
        .flatten()
        .unwrap_or_default();
    let types = String::from_utf8_lossy(&types).into_owned();
    if container.has("mimetype") {
        let kind = container.part("mimetype")?.unwrap_or_default();
        return open_document(container, &String::from_utf8_lossy(&kind));
    }
    if container.has("xl/workbook.bin") || types.contains("sheet.binary.macroEnabled.main") {
        return Ok(Kind::ExcelBinary(container));
    }
    if types.contains("spreadsheetml") || container.has("xl/workbook.xml") {
        let format = if types.contains("macroEnabled.main+xml") {
            Format::Xlsm
        } else {
            Format::Xlsx
        };
        return Ok(Kind::OfficeOpenXml(container, format));
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
    let damaged = |error: std::io::Error| Problem::Damaged {
        reason: format!("OLE: {error}"),
    };
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = file
        .read_root_storage()
        .map(|entry| entry.name().to_owned())
        .collect();
    let find = |wanted: &str| {
        names
            .iter()
            .find(|name| name.eq_ignore_ascii_case(wanted))
            .cloned()
    };
    if let (Some(info), Some(package)) = (find("EncryptionInfo"), find("EncryptedPackage")) {
        return Ok(Kind::Encrypted(EncryptedPackage {
            info: stream(&mut file, &info)?,
            package: stream(&mut file, &package)?,
        }));
    }
    // Excel 97–2003 writes Workbook; a file for both 95 and 97 has Book as well.
    if let Some(name) = find("Workbook").or_else(|| find("Book")) {
        return Ok(Kind::Biff(
            stream(&mut file, &name)?,
            in_compound_file(&names),
        ));
    }
    if find("WordDocument").is_some() {
        return Err(foreign_format("Word", Advice::SaveAsPdf));
    }
    if find("PowerPoint Document").is_some() {
        return Err(foreign_format("PowerPoint", Advice::SaveAsPdf));
    }
    if find("DocumentText").is_some() || names.iter().any(|name| name.starts_with("JSRV_")) {
        return Err(foreign_format("一太郎 (Ichitaro)", Advice::SaveAsPdf));
    }
    if names.iter().any(|name| name.starts_with("__substg1.0_")) {
        return Err(foreign_format("Outlook", Advice::Unpack));
    }
    Err(Problem::UnknownFormat.into())
}

/// A stream of a compound file. A chain of sectors that is cut still gives what stands before the cut.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Error> {
    let mut stream = file
        .open_stream(format!("/{name}"))
        .map_err(|error| unreadable("OLE", &error))?;
    if stream.len() > limits::CONTAINER_BYTES {
        return Err(limit(
            "展開後の大きさ（バイト）",
            "the unpacked size in bytes",
            limits::CONTAINER_BYTES,
        ));
    }
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if bytes.is_empty() || error.kind() == ErrorKind::OutOfMemory => {
            Err(unreadable("OLE", &error))
        }
        _ => Ok(bytes),
    }
}
