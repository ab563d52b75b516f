//! Hidden rows or columns -> where the visible ones stand among themselves.

/// The rows or the columns of a worksheet, some of them hidden. Positions are 1-based.
pub(super) struct Axis {
    /// Hidden runs, ascending and apart, each with how many are hidden before it.
    runs: Vec<(u32, u32, u32)>,
}

impl Axis {
    /// From runs (first, last) in any order, overlapping or not.
    pub(super) fn new(hidden: &[(u32, u32)]) -> Self {
        let mut sorted: Vec<_> = hidden
            .iter()
            .copied()
            .filter(|run| run.0 <= run.1)
            .collect();
        sorted.sort_unstable();
        let mut runs: Vec<(u32, u32, u32)> = Vec::new();
        for (first, last) in sorted {
            match runs.last_mut() {
                Some(run) if first <= run.1.saturating_add(1) => run.1 = run.1.max(last),
                Some(run) => {
                    let before = run.2 + (run.1 - run.0 + 1);
                    runs.push((first, last, before));
                }
                None => runs.push((first, last, 0)),
            }
        }
        Self { runs }
    }

    /// How many of the positions 1 to `position` are visible.
    pub(super) fn visible_to(&self, position: u32) -> u32 {
        let after = self.runs.partition_point(|run| run.0 <= position);
        let hidden = after
            .checked_sub(1)
            .and_then(|at| self.runs.get(at))
            .map_or(0, |run| run.2 + (run.1.min(position) - run.0 + 1));
        position - hidden
    }

    /// How many of the positions from `first` on, `count` of them, are visible.
    pub(super) fn visible_in(&self, first: u32, count: u32) -> u32 {
        self.visible_to(first + count - 1) - self.visible_to(first - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn hidden_runs_are_joined_and_counted_once() {
        let axis = Axis::new(&[(5, 6), (2, 3), (3, 4), (9, 9)]);
        assert_eq!(
            (1..=10).map(|n| axis.visible_to(n)).collect::<Vec<_>>(),
            [1, 1, 1, 1, 1, 1, 2, 3, 3, 4]
        );
        assert_eq!(axis.visible_in(2, 5), 0);
        assert_eq!(axis.visible_in(4, 5), 2);
        assert_eq!(Axis::new(&[]).visible_in(1_048_576, 1), 1);
    }
}
