//! Steps of one work by threads of their own, in order: the next page is read while the last is arranged.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;
pub(super) use std::thread::scope;
use std::thread::{Builder, Scope, available_parallelism};

use crate::error::{Error, Problem};

/// Items that wait for the next step; each is a page's marks, and takes memory.
const AHEAD: usize = 2;
/// Stack of a step's thread, bytes; forms nest tens of levels, not thousands.
const STACK: usize = 16 << 20;

/// Whether steps gain by threads of their own: there is a next page, and a core for it.
pub(super) fn pays(pages: u32) -> bool {
    pages > 1 && available_parallelism().is_ok_and(|cores| cores.get() > 1)
}

/// The items that `make` gives, made by a thread of its own.
///
/// # Errors
/// There is no memory for a thread.
pub(super) fn ahead<'scope, T, I>(
    scope: &'scope Scope<'scope, '_>,
    make: impl FnOnce() -> I + Send + 'scope,
) -> Result<impl Iterator<Item = T> + Send + 'scope, Error>
where
    T: Send + 'scope,
    I: Iterator<Item = T>,
{
    let (sender, results) = mpsc::sync_channel(AHEAD);
    let work = move || {
        // Whoever does not want more items has closed the channel.
        let all = || make().try_for_each(|item| sender.send(Ok(item)));
        if let Err(panic) = catch_unwind(AssertUnwindSafe(all)) {
            let _ = sender.send(Err(panic));
        }
    };
    let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, work);
    thread.map_err(|_| Problem::MemoryLimit)?;
    let results = results.into_iter();
    Ok(results.map(|item| item.unwrap_or_else(|panic| resume_unwind(panic))))
}
