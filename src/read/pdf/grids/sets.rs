//! Numbers that belong together two by two -> the sets that they make.

/// Disjoint sets with path halving.
pub(super) struct Sets(Vec<usize>);

impl Sets {
    /// Each number below `size` in a set of its own.
    pub(super) fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    /// The least number of the set that holds a number.
    pub(super) fn find(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    /// Makes one set of those that hold two numbers.
    pub(super) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
