//! Work over files on several threads.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use crate::cli::interrupt;

/// How many files may be begun before the first of them is done, where results are handed over in order: those
/// that wait for it take memory.
const AHEAD: usize = 256;

/// Threads at most, whatever is asked for: each waits for a process of its own.
const MOST: usize = 256;

/// Does `work` on each item with so many threads, and calls `each` with each index and result, in order.
/// After Ctrl-C no further item is begun; what was begun is finished.
pub fn over<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(usize, R),
) {
    let handed_over = AtomicUsize::new(0);
    let mut waiting = BTreeMap::new();
    let may_begin = |at: usize| at < handed_over.load(Ordering::Acquire) + AHEAD;
    threads(items, jobs, may_begin, work, |at, result| {
        waiting.insert(at, result);
        let mut expected = handed_over.load(Ordering::Acquire);
        while let Some(result) = waiting.remove(&expected) {
            each(expected, result);
            expected += 1;
        }
        handed_over.store(expected, Ordering::Release);
    });
}

/// The same, but each result is handed over as soon as it is there.
pub fn as_done<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
    each: impl FnMut(usize, R),
) {
    threads(items, jobs, |_| true, work, each);
}

fn threads<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
    may_begin: impl Fn(usize) -> bool + Sync,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(usize, R),
) {
    if jobs.get() == 1 || items.len() == 1 {
        let started = items.iter().take_while(|_| !interrupt::asked());
        started
            .enumerate()
            .for_each(|(at, item)| each(at, work(item)));
        return;
    }
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::sync_channel(jobs.get());
    std::thread::scope(|scope| {
        for _ in 0..jobs.get().min(items.len()).min(MOST) {
            let (sender, next, work, may_begin) = (sender.clone(), &next, &work, &may_begin);
            scope.spawn(move || {
                while !interrupt::asked() {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    while !may_begin(at) {
                        std::thread::sleep(Duration::from_millis(1));
                    }
                    if sender.send((at, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (at, result) in results {
            each(at, result);
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex};

    use super::*;

    #[test]
    fn results_come_in_order() {
        let items: Vec<u64> = (0..200).collect();
        let mut seen = Vec::new();
        let jobs = NonZeroUsize::new(4).unwrap_or(NonZeroUsize::MIN);
        over(
            &items,
            jobs,
            |item| item * 2,
            |at, result| seen.push((at as u64, result)),
        );
        assert_eq!(
            seen,
            items
                .iter()
                .map(|&item| (item, item * 2))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn as_many_items_as_jobs_are_worked_on_at_once() {
        // Each waits for the others; alone it would wait in vain.
        let meeting = (Mutex::new(0), Condvar::new());
        let work = |_: &usize| {
            let (here, came) = (&meeting.0, &meeting.1);
            let mut here = here.lock().unwrap();
            *here += 1;
            came.notify_all();
            let patience = Duration::from_secs(20);
            let waited = came.wait_timeout_while(here, patience, |here| *here < 3);
            !waited.unwrap().1.timed_out()
        };
        let jobs = NonZeroUsize::new(3).unwrap_or(NonZeroUsize::MIN);
        let mut met = Vec::new();
        over(&[0, 1, 2], jobs, work, |_, all| met.push(all));
        assert_eq!(met, [true; 3]);
    }

    #[test]
    fn a_slow_item_does_not_let_the_others_pile_up() {
        let items: Vec<usize> = (0..AHEAD * 4).collect();
        let begun = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let work = |&item: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if item == 0 {
                std::thread::sleep(Duration::from_millis(200));
                most.store(begun.load(Ordering::SeqCst), Ordering::SeqCst);
            }
        };
        let mut count = 0;
        let jobs = NonZeroUsize::new(4).unwrap_or(NonZeroUsize::MIN);
        over(&items, jobs, work, |_, ()| count += 1);
        assert_eq!(count, items.len());
        assert!(most.into_inner() <= AHEAD);
    }
}
