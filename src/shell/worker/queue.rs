//! First in, first out per scope; scopes side by side. Plain data: no threads, no jobs of any kind
//! known here.

use std::collections::{HashMap, VecDeque};

use crate::store::ScopeHash;

/// Waiting jobs by scope. A scope whose job is out (taken, not finished) gives no other.
#[derive(Debug)]
pub struct Queue<J> {
    /// Every scope that has jobs waiting or out; its front job first.
    scopes: HashMap<ScopeHash, VecDeque<J>>,
    /// Scopes that could give a job now, in the order in which they became able to.
    ready: VecDeque<ScopeHash>,
    waiting: usize,
    out: usize,
}

impl<J> Default for Queue<J> {
    fn default() -> Self {
        Self { scopes: HashMap::new(), ready: VecDeque::new(), waiting: 0, out: 0 }
    }
}

impl<J> Queue<J> {
    /// Adds a job behind the others of its scope.
    pub fn push(&mut self, scope: ScopeHash, job: J) {
        self.waiting += 1;
        let jobs = self.scopes.entry(scope).or_insert_with(|| {
            self.ready.push_back(scope);
            VecDeque::new()
        });
        jobs.push_back(job);
    }

    /// Takes the next job; its scope gives no other until [`Queue::finish`].
    pub fn take(&mut self) -> Option<(ScopeHash, J)> {
        let scope = self.ready.pop_front()?;
        let job = self.scopes.get_mut(&scope)?.pop_front()?;
        self.waiting -= 1;
        self.out += 1;
        Some((scope, job))
    }

    /// The job taken from `scope` has ended.
    pub fn finish(&mut self, scope: ScopeHash) {
        self.out -= 1;
        if self.scopes.get(&scope).is_some_and(|jobs| !jobs.is_empty()) {
            self.ready.push_back(scope);
        } else {
            self.scopes.remove(&scope);
        }
    }

    /// Jobs that wait.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Whether nothing waits and nothing is out.
    pub fn is_quiet(&self) -> bool {
        self.waiting == 0 && self.out == 0
    }

    /// Forgets what waits.
    pub fn clear(&mut self) {
        self.waiting = 0;
        self.ready.clear();
        self.scopes.values_mut().for_each(VecDeque::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ScopeHash = ScopeHash([1; 16]);
    const B: ScopeHash = ScopeHash([2; 16]);

    #[test]
    fn a_scope_gives_one_job_at_a_time_in_order() {
        let mut queue = Queue::default();
        queue.push(A, 1);
        queue.push(A, 2);
        queue.push(B, 3);
        assert_eq!(queue.take(), Some((A, 1)));
        assert_eq!(queue.take(), Some((B, 3)));
        assert_eq!(queue.take(), None, "A's first job is still out");
        queue.push(A, 4);
        queue.finish(A);
        assert_eq!(queue.take(), Some((A, 2)));
        queue.finish(B);
        queue.finish(A);
        assert_eq!(queue.take(), Some((A, 4)));
        assert!(!queue.is_quiet());
        queue.finish(A);
        assert!(queue.is_quiet());
        assert!(queue.scopes.is_empty(), "a quiet scope costs nothing");
    }

    #[test]
    fn a_busy_scope_does_not_starve_the_others() {
        let mut queue = Queue::default();
        (0..10).for_each(|n| queue.push(A, n));
        queue.push(B, 99);
        queue.take();
        queue.finish(A);
        assert_eq!(queue.take(), Some((B, 99)));
        assert_eq!(queue.waiting(), 9);
    }
}
