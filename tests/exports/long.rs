//! A long archive: the chat hears how far its export is, and all of it is in the file.

use std::path::Path;

use steward::model::message::Message;
use steward::model::task::Named;
use steward::model::{ConversationId, PersonId, Scope, Timestamp};
use steward::store::{Kind, Master, Position, open};

use crate::filled;
use crate::read;
use crate::server::Page;

/// As many as are worth telling how far it is.
const MESSAGES: usize = 20_000;

fn fill(folder: &Path) {
    let master = Master::File(folder.join("data.key"));
    let opened = open(Kind::Sled, &folder.join("data"), &master).unwrap();
    let scope = ConversationId { account: "play".into(), id: "project".into() };
    let scope = opened.keys.scope(&Scope::Conversation(scope));
    let person = PersonId { account: "play".into(), id: "lilei".into() };
    let message = |n: usize| {
        let sent_at = Timestamp(1_790_000_000_000 + n as i64 * 1_000);
        Message {
            sender: Some(Named { person: person.clone(), name: "李雷".into() }),
            text: format!("第{n}单发货了"),
            sent_at,
            day: sent_at.day(chrono_tz::Asia::Shanghai),
            ..Message::heard(String::new(), Timestamp::default(), Default::default())
        }
    };
    let all: Vec<Message> = (0..MESSAGES).map(message).collect();
    filled::keep(&*opened.store, scope, &all);
    opened.store.sync(Position(u64::MAX)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_long_export_the_chat_hears_how_far_it_is_and_the_file_has_all() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path());
    let mut page = Page::start(folder.path()).await;
    page.say("chen", "@管家 导出 发货 csv").await;
    let url = page.address(1).await;
    for part in ["X1 已看 5", "X1 已看 10", "X1 已看 15"] {
        assert!(page.line(part).await.contains("/ 20000 条"));
    }
    let file = page.get(&url).await.bytes().await.unwrap();
    let rows = read::csv(&file);
    for (n, row) in rows[1..=MESSAGES].iter().enumerate() {
        assert_eq!((&row[0], &row[3]), (&format!("M{}", n + 1), &format!("第{n}单发货了")));
    }
    assert!(rows.iter().any(|row| row[0] == "条数" && row[1] == MESSAGES.to_string()));
    page.stop().await;
}
