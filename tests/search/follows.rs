//! The thread that keeps the index behind a store.

use std::time::Duration;

use steward::core::index::Index;
use steward::shell::clock::{Clock, Stopwatch};
use steward::shell::indexer::{FOLDER, Indexer};
use steward::text::terms::{self, Term};

use crate::archive::{Archive, GROUP};

/// Far more than it takes.
const LONG: Duration = Duration::from_secs(60);

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let watch = Stopwatch::start();
    while !holds() {
        assert!(!watch.left_of(LONG).is_zero(), "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn it_makes_follows_and_makes_anew_by_itself() {
    let mut archive = Archive::new();
    archive.keep(GROUP, 0..1_100);
    let (scope, data) = (archive.scope(GROUP), archive.folder.path().join("data"));
    let (store, keys) = (archive.bot.store.clone(), archive.bot.keys.clone());
    let indexer = Indexer::start(data.clone(), store, keys, &Clock::default()).unwrap();
    let wanted: Vec<Vec<Term>> = vec![terms::pairs("退费").collect()];
    let place = || indexer.look(scope, &wanted).map(|looked| looked.place);
    until("it is made", || place().is_some_and(|place| place.below == 1));
    let made = place().unwrap().seq;
    archive.keep(GROUP, 1_100..1_400);
    (0..300).for_each(|_| indexer.turned(scope));
    until("it follows", || place().is_some_and(|place| place.seq >= made + 300));
    std::fs::remove_dir_all(data.join(FOLDER)).unwrap();
    assert_eq!(place(), None, "it is gone");
    until("it is made anew", || place().is_some_and(|place| place.below == 1));
    indexer.stop();
}
