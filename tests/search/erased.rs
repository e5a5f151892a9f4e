//! What was erased is in no index: it is begun anew, and what is made then does not lead to it.

use steward::core::index::Index;
use steward::shell::clock::Clock;
use steward::shell::eraser::erase;
use steward::shell::indexer::{FOLDER, Indexer};
use steward::text::terms::{self, Term};

use crate::archive::{Archive, GROUP};

/// Said by one person alone.
const WORDS: &str = "蓝莓松饼";

#[test]
fn an_index_is_rid_of_what_was_erased() {
    let mut archive = Archive::new();
    archive.keep(GROUP, 0..1_100);
    archive.line(GROUP, "甲", &format!("{WORDS}的秘方"));
    archive.keep(GROUP, 1_100..1_300);
    let data = archive.folder.path().join("data");
    let (store, keys) = (archive.bot.store.clone(), archive.bot.keys.clone());
    let indexer = Indexer::start(data.clone(), store.clone(), keys, &Clock::default()).unwrap();
    let scope = archive.scope(GROUP);
    let wanted: Vec<Vec<Term>> = terms::pairs(WORDS).map(|term| vec![term]).collect();
    let made = || loop {
        let looked = indexer.look(scope, &wanted).filter(|looked| looked.place.below == 1);
        match looked {
            Some(looked) => return looked.numbers,
            None => std::thread::yield_now(),
        }
    };
    let number = made();
    assert_eq!(number.len(), 1);
    let files = || {
        let folder = data.join(FOLDER).join(hex::encode(scope.0));
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        names.map(|path| std::fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let before = files();
    archive.line(GROUP, "甲", "@管家 抹除 我的消息");
    archive.line(GROUP, "甲", "@管家 申请");
    let agreed = archive.ask(GROUP, "同意");
    assert!(agreed.contains("已抹除 @甲 的 1 条消息"), "{agreed}");
    erase(&*store, Some(&indexer), &Clock::default()).unwrap();
    assert_eq!(made(), [0; 0]);
    assert!(files().iter().all(|file| !before.contains(file)), "no file of before is left");
    indexer.stop();
}
