//! What each stage costs: `cargo bench --bench stages`, or `cargo bench --bench stages -- cells` for some.

mod support;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use seirihyo::document::Document;
use seirihyo::layout::known;
use seirihyo::read::stages::{self, Opened};
use seirihyo::write::table::{Extent, Table};
use seirihyo::write::{json, xlsx};
use seirihyo::{compare, layout, pipeline, read};
use support::settings;

/// A PDF's name and its bytes.
type Named = (String, Vec<u8>);

fn fixture(name: &str) -> Option<Named> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    Some((name.to_owned(), std::fs::read(path).ok()?))
}

/// Ruled tables of three programs, and generated ones.
fn pdfs() -> Vec<Named> {
    let fixtures = [
        "kokubunji/r4_calc_pdf/input.pdf",
        "kokubunji/r4_browser_pdf/input.pdf",
        "kokubunji/r4_rksj_pdf/input.pdf",
    ];
    let made = [1, 10, 100, 1000].map(|pages| (format!("{pages} pages"), support::pdf(pages)));
    fixtures
        .into_iter()
        .filter_map(fixture)
        .chain(made)
        .collect()
}

/// Workbooks by their number of cells.
fn workbooks() -> Vec<(usize, Vec<u8>)> {
    let cells = [1_000, 10_000, 100_000];
    let made = cells.map(|cells| Some((cells, support::xlsx(cells / 8).ok()?)));
    made.into_iter().flatten().collect()
}

fn pdf_stages(criterion: &mut Criterion) {
    for (name, bytes) in pdfs() {
        let mut group = criterion.benchmark_group("pdf");
        let Ok(opened) = Opened::open(&bytes) else {
            continue;
        };
        let contents = opened.unpack();
        group.throughput(Throughput::Elements(contents.len() as u64));
        let mut stage = |stage: &str, run: &mut dyn FnMut() -> usize| {
            group.bench_function(BenchmarkId::new(stage, &name), |bencher| {
                bencher.iter(&mut *run);
            });
        };
        stage("1 open", &mut || {
            usize::from(Opened::open(black_box(&bytes)).is_ok())
        });
        stage("2 unpack", &mut || opened.unpack().len());
        stage("3 operators", &mut || {
            contents
                .iter()
                .map(|content| stages::operators(content))
                .sum()
        });
        stage("4 fonts", &mut || opened.fonts());
        stage("5 marks", &mut || usize::from(opened.paint().is_ok()));
        let Ok(painted) = opened.paint() else {
            continue;
        };
        stage("6 rules", &mut || painted.rules());
        stage("7 rules and cells", &mut || painted.cells());
        stage("8 rules, cells and lines", &mut || painted.arrange());
    }
}

/// Sheets -> documents -> JSON, of any format.
fn meaning(criterion: &mut Criterion, name: &str, bytes: &[u8]) {
    let settings = settings();
    let Ok(reading) = read::read(bytes, &settings.read) else {
        return;
    };
    let source = pipeline::source(name, bytes, &reading);
    let mut group = criterion.benchmark_group("meaning");
    group.bench_function(BenchmarkId::new("1 read", name), |bencher| {
        bencher.iter(|| read::read(black_box(bytes), &settings.read));
    });
    group.bench_function(BenchmarkId::new("2 layout", name), |bencher| {
        bencher.iter_batched(
            || (reading.clone(), source.clone()),
            |(reading, source)| {
                layout::import(reading, source, &settings.layouts, &settings.import)
            },
            criterion::BatchSize::LargeInput,
        );
    });
    let Ok(import) = layout::import(
        reading.clone(),
        source.clone(),
        &settings.layouts,
        &settings.import,
    ) else {
        return;
    };
    group.bench_function(BenchmarkId::new("3 JSON", name), |bencher| {
        bencher.iter(|| json::pretty(&import));
    });
}

fn pdf_meaning(criterion: &mut Criterion) {
    for (name, bytes) in pdfs() {
        meaning(criterion, &name, &bytes);
    }
}

fn workbook_meaning(criterion: &mut Criterion) {
    for (cells, bytes) in workbooks() {
        meaning(criterion, &format!("{cells} cells.xlsx"), &bytes);
    }
    for name in ["kokubunji/r4_xls/input.xls", "kokubunji/r4_ods/input.ods"] {
        let Some((name, bytes)) = fixture(name) else {
            continue;
        };
        meaning(criterion, &name, &bytes);
    }
}

fn outputs(criterion: &mut Criterion) {
    for goals in [16, 100, 1000] {
        let Ok(bytes) = support::xlsx(goals) else {
            continue;
        };
        let Ok(import) = pipeline::import("old.xlsx", &bytes, &settings()) else {
            continue;
        };
        let Some(document @ Document::GoalSheet(sheet)) = import.documents.first() else {
            continue;
        };
        let form = known::layouts()
            .iter()
            .find(|layout| layout.name == sheet.layout)
            .and_then(seirihyo::layout::definition::Layout::form);
        criterion.bench_function(&format!("render/{goals} goals"), |bencher| {
            bencher.iter(|| {
                xlsx::workbook(
                    &[Table::from_document(
                        document,
                        form.as_ref(),
                        Extent::Document,
                    )],
                    &xlsx::Setting::default(),
                )
            });
        });
        let (old, new) = ([import.clone()], [import.clone()]);
        criterion.bench_function(&format!("compare/{goals} goals"), |bencher| {
            bencher.iter(|| compare::compare(&old, &new, &compare::Guide::default(), "bench"));
        });
    }
}

criterion_group! {
    name = all;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = pdf_stages, pdf_meaning, workbook_meaning, outputs
}
criterion_main!(all);
