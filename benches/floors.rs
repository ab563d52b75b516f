//! What reading costs at the least, and what this program costs beside it, in one process: a line of JSON for each
//! measure, for `benches/compare_programs`.

mod support;

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use seirihyo::pipeline;
use seirihyo::read::stages::{self, Opened};
use seirihyo::write::json;
use support::settings;

/// Runs of which the fastest counts: what disturbs a run only ever adds to it.
const RUNS: usize = 15;
/// What takes long runs fewer times.
const ENOUGH: Duration = Duration::from_secs(3);

fn fastest(mut run: impl FnMut()) -> Duration {
    let begin = Instant::now();
    let times = (0..RUNS).map(|at| {
        let start = Instant::now();
        run();
        (at, start.elapsed())
    });
    let times = times.take_while(|(at, _)| *at < 3 || begin.elapsed() < ENOUGH);
    times.map(|(_, time)| time).min().unwrap_or_default()
}

/// What it is, how much of it, and how long it took.
fn tell(measure: &str, amount: usize, time: Duration) {
    let milliseconds = time.as_secs_f64() * 1e3;
    println!(
        r#"{{"measure": "{measure}", "amount": {amount}, "milliseconds": {milliseconds:.3}}}"#
    );
}

/// The same cells by calamine alone, and to JSON by this program.
fn workbook(cells: usize) {
    let Ok(bytes) = support::xlsx(cells / 8) else {
        return;
    };
    tell(
        "calamine",
        cells,
        fastest(|| {
            let Ok(mut workbook) = Xlsx::new(Cursor::new(&bytes)) else {
                return;
            };
            black_box(workbook.worksheets());
        }),
    );
    let settings = settings();
    let to_json = || {
        let import = pipeline::import("bench.xlsx", &bytes, &settings).ok()?;
        json::pretty(&import).ok()
    };
    tell(
        "xlsx to JSON",
        cells,
        fastest(|| {
            black_box(to_json());
        }),
    );
}

/// A PDF's content unpacked and divided into operators, and the whole way to JSON.
fn pdf(pages: usize) {
    let bytes = support::pdf(pages);
    let tokens = || -> Option<usize> {
        let opened = Opened::open(&bytes).ok()?;
        let contents = opened.unpack();
        Some(
            contents
                .iter()
                .map(|content| stages::operators(content))
                .sum(),
        )
    };
    tell(
        "unpack and tokenise",
        pages,
        fastest(|| {
            black_box(tokens());
        }),
    );
    let settings = settings();
    let to_json = || {
        let import = pipeline::import("bench.pdf", &bytes, &settings).ok()?;
        json::pretty(&import).ok()
    };
    tell(
        "PDF to JSON",
        pages,
        fastest(|| {
            black_box(to_json());
        }),
    );
}

fn main() {
    for cells in [1_000, 10_000, 100_000] {
        workbook(cells);
    }
    for pages in [10, 100, 1000] {
        pdf(pages);
    }
}
