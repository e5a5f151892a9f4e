//! Files that import each other in a circle. A `mod` line and a re-export are no import.

use std::collections::BTreeSet;

use crate::modules::Modules;

/// Each circle once, with the imports within it.
pub fn cycles(modules: &Modules) -> Vec<String> {
    let count = modules.list.len();
    let mut edges: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    let mut reasons = Vec::new();
    for (from, module) in modules.list.iter().enumerate() {
        for named in module.uses.own.iter().filter(|named| !named.test) {
            let Some(to) = modules.home(&named.path).filter(|to| *to != from) else { continue };
            // The first place is enough to find the others.
            if edges[from].insert(to) {
                reasons.push((from, to, module.file.at(named.line, named.path.join("::"))));
            }
        }
    }
    let reach: Vec<BTreeSet<usize>> = (0..count).map(|from| reachable(&edges, from)).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for start in 0..count {
        let circle: BTreeSet<usize> =
            reach[start].iter().copied().filter(|other| reach[*other].contains(&start)).collect();
        if circle.len() < 2 || !seen.insert(circle.clone()) {
            continue;
        }
        let within =
            |edge: &&(usize, usize, String)| circle.contains(&edge.0) && circle.contains(&edge.1);
        let lines: BTreeSet<&str> =
            reasons.iter().filter(within).map(|edge| edge.2.as_str()).collect();
        let lines = lines.into_iter().collect::<Vec<_>>().join("\n    ");
        found.push(format!("{} files import each other:\n    {lines}", circle.len()));
    }
    found
}

fn reachable(edges: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        for to in &edges[next] {
            if reached.insert(*to) {
                open.push(*to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn found(parent: &str, child: &str) -> Vec<String> {
        let lib = File::new("src/lib.rs", "pub mod a;");
        cycles(&Modules::read(&[
            lib,
            File::new("src/a/mod.rs", parent),
            File::new("src/a/b.rs", child),
        ]))
    }

    #[test]
    fn a_parent_that_uses_a_child_that_uses_it_back_is_a_circle() {
        let circle = found("mod b; pub struct A; fn f() { b::go() }", "use super::A;");
        assert_eq!(circle.len(), 1, "{circle:?}");
        assert!(circle[0].contains("src/a/mod.rs:1: a::b::go"), "{circle:?}");
        assert!(circle[0].contains("src/a/b.rs:1: a::A"), "{circle:?}");
        let used = "mod b; pub use b::B; pub struct A; fn f(_: B) {}";
        assert_eq!(found(used, "use super::A;").len(), 1);
    }

    #[test]
    fn a_re_export_a_test_and_a_name_of_its_own_are_no_circle() {
        assert_eq!(found("mod b; pub use b::B; pub struct A;", "use super::A;"), [""; 0]);
        assert_eq!(found("mod b; fn f() { b::go() }", "use crate::a::b::X;"), [""; 0]);
        let test = "#[cfg(test)] mod tests { use super::*; use crate::a::A; }";
        assert_eq!(found("mod b; pub struct A; fn f() { b::go() }", test), [""; 0]);
        assert_eq!(
            found("mod b; pub(super) struct A; fn f() { b::go() }", "pub(super) fn go() {}"),
            [""; 0]
        );
    }
}
