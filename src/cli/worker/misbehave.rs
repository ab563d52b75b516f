//! Files that ask a worker to die, for the tests of isolation. Release builds do not know them.

use std::hint::black_box;
use std::time::Duration;

/// How such a file begins.
const ASKS: &[u8] = b"seirihyo-worker-test:";

/// Does what a file asks for, as a parser with a defect would.
pub fn as_asked(bytes: &[u8]) {
    match bytes.strip_prefix(ASKS) {
        Some(b"abort") => std::process::abort(),
        Some(b"exit") => std::process::exit(7),
        Some(b"stack") => drop(black_box(deeper(1))),
        Some(b"loop") => loop {
            std::thread::sleep(Duration::from_millis(black_box(1)));
        },
        Some(b"memory") => {
            let mut taken = Vec::new();
            loop {
                taken.push(black_box(vec![0_u8; 64 << 20]));
            }
        }
        // What a file leaves behind must not be the next one's end.
        Some(b"leak") => {
            let mut kept: Vec<u8> = Vec::new();
            while kept.try_reserve_exact(kept.capacity() + (8 << 20)).is_ok() {
                std::mem::forget(std::mem::take(&mut kept));
            }
        }
        // Standard output is the way to the parent.
        Some(b"noise") => print!("{}", "noise ".repeat(1000)),
        #[allow(clippy::panic)] // it is what is asked for
        Some(b"panic") => panic!("asked for"),
        _ => {}
    }
}

fn deeper(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    let below = if depth == u64::MAX {
        0
    } else {
        deeper(depth + 1)
    };
    below + frame.iter().sum::<u64>()
}
