//! Work over files on several threads; results are handed over in the files' order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::cli::interrupt;

/// Does `work` on each item with so many threads, and calls `each` with each index and result, in order.
/// After Ctrl-C no further item is begun; what was begun is finished.
pub fn over<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
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
        for _ in 0..jobs.get().min(items.len()) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                while !interrupt::asked() {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    if sender.send((at, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        in_order(results.into_iter(), &mut each);
    });
}

fn in_order<R>(results: impl Iterator<Item = (usize, R)>, each: &mut impl FnMut(usize, R)) {
    let mut waiting = BTreeMap::new();
    let mut expected = 0;
    for (at, result) in results {
        waiting.insert(at, result);
        while let Some(result) = waiting.remove(&expected) {
            each(expected, result);
            expected += 1;
        }
    }
}

#[cfg(test)]
mod tests {
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
}
