//! Messages kept as turns keep them, many in one commit: rows of messages, journal and head, and
//! nothing else.

use steward::core::index::messages;
use steward::core::journal::{Head, Row, commitment, hash, value_hash};
use steward::model::journal::{Content, Entry, Touched, What};
use steward::model::message::Message;
use steward::store::stored::Stored;
use steward::store::table::{encode, id};
use steward::store::{Commit, Key, ScopeHash, Store, Table};

/// Messages of one commit.
const AT_ONCE: usize = 500;

/// Keeps messages in a scope, an entry of the journal each.
pub fn keep(store: &dyn Store, scope: ScopeHash, all: &[Message]) {
    let at = Key::new(Head::ID, scope, &[]);
    for some in all.chunks(AT_ONCE) {
        let head = store.get(&at).unwrap();
        let head = head.map(|value| steward::store::table::decode::<Head>(&at, &value).unwrap());
        let (mut head, mut writes) = (head.unwrap_or_default(), Vec::new());
        for message in some {
            let number = messages(&head) + 1;
            head.numbers.insert(id::MESSAGE.0, number);
            let (rest, value) = (number.to_be_bytes(), encode(message));
            let touched = Touched {
                table: id::MESSAGE.0,
                rest: rest.to_vec(),
                after: value_hash(Some(&value)),
            };
            let row = row(&head, message, touched);
            (head.seq, head.hash) = (row.entry.seq, hash(&row.entry));
            writes.push((Key::new(id::MESSAGE, scope, &rest), Some(value)));
            let key = Key::new(id::JOURNAL, scope, &head.seq.to_be_bytes());
            writes.push((key, Some(encode(&row))));
        }
        writes.push((at.clone(), Some(encode(&head))));
        let revision = store.revision(scope).unwrap();
        let commit = Commit {
            scope,
            at: some[0].sent_at,
            expect: vec![(scope, revision)],
            revision: Some(revision + 1),
            writes,
        };
        assert!(store.apply(vec![commit]).unwrap()[0].is_ok());
    }
}

fn row(head: &Head, message: &Message, touched: Touched) -> Row {
    let content =
        Stored::new(Content { salt: [1; 32], event: None, before: vec![None], said: Vec::new() });
    let entry = Entry {
        seq: head.seq + 1,
        at: message.sent_at,
        actor: message.sender.clone(),
        leave: None,
        what: What::Message,
        touched: vec![touched],
        step: None,
        undoes: Vec::new(),
        sent: 0,
        posted: 0,
        rules: Vec::new(),
        erased: Vec::new(),
        commitment: commitment(&content),
        previous: head.hash,
    };
    Row { entry: Stored::new(entry), content: Some(content) }
}
