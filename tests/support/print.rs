//! Documents printed: as workbooks, and those as PDF by a spreadsheet program.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

use std::path::{Path, PathBuf};
use std::process::Command;

use seirihyo::document::{Document, Import};
use seirihyo::layout::definition::Layout;
use seirihyo::layout::known;
use seirihyo::pipeline::{self, Settings};
use seirihyo::write::table::{Extent, Table};
use seirihyo::write::xlsx::{self, Setting};

/// A file's import.
pub fn import_of(path: &Path, settings: &Settings) -> Import {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    pipeline::import(name, &bytes, settings)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The workbook's bytes: each document in the form of its own layout, which may be a user's.
pub fn workbook(import: &Import, own: &[Layout], setting: &Setting) -> Vec<u8> {
    let tables: Vec<Table> = import
        .documents
        .iter()
        .map(|document| {
            let name = layout_name(document);
            let mut layouts = own.iter().chain(known::layouts());
            let form = layouts
                .find(|layout| layout.name == name)
                .and_then(Layout::form);
            Table::from_document(document, form.as_ref(), Extent::Document)
        })
        .collect();
    xlsx::workbook(&tables, setting).unwrap()
}

/// The workbook's bytes: each document in the form of one layout.
pub fn workbook_in(import: &Import, layout: &Layout) -> Vec<u8> {
    let form = layout.form().unwrap();
    let tables: Vec<Table> = import
        .documents
        .iter()
        .map(|document| Table::from_document(document, Some(&form), Extent::Form))
        .collect();
    xlsx::workbook(&tables, &Setting::default()).unwrap()
}

pub fn layout_name(document: &Document) -> &str {
    match document {
        Document::GoalSheet(sheet) => &sheet.layout,
        Document::Policy(policy) => &policy.layout,
    }
}

/// A workbook's import again.
pub fn read_back(bytes: &[u8], name: &str, settings: &Settings) -> Import {
    pipeline::import(name, bytes, settings).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The spreadsheet program, if it is there. Where it must be (`SEIRIHYO_REQUIRE_SOFFICE`), the test fails.
pub fn soffice() -> Option<&'static str> {
    let there = Command::new("soffice").arg("--version").output();
    if there.is_ok_and(|output| output.status.success()) {
        return Some("soffice");
    }
    assert!(
        std::env::var_os("SEIRIHYO_REQUIRE_SOFFICE").is_none(),
        "soffice is missing: install libreoffice-calc and fonts-ipafont"
    );
    println!("skipped: soffice (LibreOffice Calc) is not installed");
    None
}

/// Turns workbooks in a folder into PDFs beside them, with the fonts of Windows' offices drawn by IPA's.
pub fn to_pdf(soffice: &str, folder: &Path, workbooks: &[PathBuf]) -> Vec<PathBuf> {
    let fonts = folder.join("fonts.conf");
    let alias = |from: &str, to: &str| {
        format!(
            "<match target=\"pattern\"><test name=\"family\"><string>{from}</string></test>\
             <edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>{to}</string></edit></match>"
        )
    };
    let configuration = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>\
         <dir>/usr/share/fonts</dir><cachedir>{}</cachedir>{}{}</fontconfig>",
        folder.join("fonts").display(),
        alias("ＭＳ 明朝", "IPAMincho"),
        alias("ＭＳ ゴシック", "IPAGothic"),
    );
    std::fs::write(&fonts, configuration).unwrap();
    let output = Command::new(soffice)
        .arg(format!(
            "-env:UserInstallation=file://{}",
            folder.join("profile").display()
        ))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(workbooks)
        .env("FONTCONFIG_FILE", &fonts)
        .output()
        .unwrap();
    let pdfs: Vec<PathBuf> = workbooks
        .iter()
        .map(|path| path.with_extension("pdf"))
        .collect();
    for pdf in &pdfs {
        assert!(
            pdf.is_file(),
            "no {}: {}",
            pdf.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    pdfs
}
