//! Ctrl-C: the first asks for an end after the files in flight, the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// The exit status after an interruption: 128 and the number of the signal.
pub const STATUS: isize = 130;

/// From now on Ctrl-C does not end the program, but says that it will. Where the system does not let it be
/// caught, it does.
pub fn watch(say: impl Fn() + Send + 'static) {
    let _ = ctrlc::set_handler(move || {
        if ASKED.swap(true, Ordering::SeqCst) {
            std::process::exit(STATUS as i32);
        }
        say();
    });
}

/// Whether somebody asked for the end.
pub fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
