//! What a process left when it ended in the middle: the next one writes what is to be written, and
//! removes half files.

use std::fs;
use std::path::Path;

use steward::core::export::{Export, Job, State, job_key};
use steward::core::journal::Head;
use steward::model::export::Format;
use steward::model::task::Named;
use steward::model::{ConversationId, Lang, PersonId, Scope, Timestamp};
use steward::store::table::{encode, id};
use steward::store::{Commit, Key, Kind, Master, Position, Table, open};
use steward::text::sought::Sought;

use crate::server::{Page, files};

/// An export that was asked for, and nothing of it written.
fn leave_a_job(folder: &Path) {
    let master = Master::File(folder.join("data.key"));
    let opened = open(Kind::Sled, &folder.join("data"), &master).unwrap();
    let place = ConversationId { account: "play".into(), id: "project".into() };
    let scope = Scope::Conversation(place);
    let hash = opened.keys.scope(&scope);
    let at = Key::new(Head::ID, hash, &[]);
    let value = opened.store.get(&at).unwrap().unwrap();
    let mut head: Head = steward::store::table::decode(&at, &value).unwrap();
    head.numbers.insert(id::EXPORT.0, 1);
    let by = PersonId { account: "play".into(), id: "chen".into() };
    let export = Export {
        by: Named { person: by, name: "陈经理".into() },
        leave: None,
        format: Format::Csv,
        sought: Sought::default(),
        asked: "全部消息".into(),
        upto: 1_000,
        watermark: None,
        purpose: None,
        snapshot: false,
        unmasked: false,
        hears_all: true,
        asked_at: Timestamp(1_795_000_000_000),
        lang: Lang::Zh,
        state: State::Working,
        holds: None,
    };
    let job = Job { scope, number: 1 };
    let writes = vec![
        (at, Some(encode(&head))),
        (Key::new(Export::ID, hash, &1u32.to_be_bytes()), Some(encode(&export))),
        (job_key(hash, 1), Some(encode(&job))),
    ];
    let commit = Commit { scope: hash, writes, ..Commit::default() };
    assert!(opened.store.apply(vec![commit]).unwrap()[0].is_ok());
    opened.store.sync(Position(u64::MAX)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_written_is_written_at_the_next_start_and_half_files_are_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "三班家长要退费").await;
    page.stop().await;
    leave_a_job(folder.path());
    let exports = folder.path().join("data/exports");
    fs::create_dir_all(&exports).unwrap();
    fs::write(exports.join("0123456789abcdef0123456789abcdef"), b"half").unwrap();
    let page = Page::start(folder.path()).await;
    let url = page.address(1).await;
    assert_eq!(files(&exports).len(), 1);
    let file = page.get(&url).await.bytes().await.unwrap();
    assert!(crate::read::csv(&file)[1][3].contains("退费"));
    page.stop().await;
    assert!(files(&exports).is_empty());
}
