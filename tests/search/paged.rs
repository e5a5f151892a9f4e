//! Page by page, as the archive page asks, everything is found that a plain look finds, each once,
//! newest first: with the index, without it, and further back than one look goes.

use steward::core::Input;
use steward::core::visitor::{self, Found, PAGE_MAX};
use steward::model::{Cause, ConversationId, Event, Lang, Post, Scope};
use steward::text::fold::fold;
use steward::text::sought::Sought;

use crate::archive::{Archive, GROUP, Kept};
use crate::bot::ACCOUNT;

/// More than one look reads.
const COUNT: usize = 5_700;

/// Pages of one query; more would be a loop.
const PAGES_MAX: usize = 400;

fn page(archive: &Archive, query: &str, below: Option<u32>) -> Found {
    let bot = &archive.bot;
    let scope = Scope::Conversation(ConversationId { account: ACCOUNT.into(), id: GROUP.into() });
    let event = Event { scope, key: None, cause: Cause::Post(Post::PageLeft { number: 1 }) };
    let input = Input {
        event: &event,
        wake: None,
        now: bot.now,
        seed: [0; 32],
        fresh_secret: "",
        capabilities: None,
        seen: &bot.seen,
        index: bot.index.as_deref(),
    };
    let found =
        bot.core.look(&input, bot.view(), |turn| visitor::find(turn, query, below, Lang::Zh));
    found.expect("memory").expect("a search")
}

/// All of its pages.
fn all(archive: &Archive, query: &str) -> Vec<u32> {
    let (mut numbers, mut below) = (Vec::new(), None);
    for _ in 0..PAGES_MAX {
        let found = page(archive, query, below);
        assert!(found.messages.len() <= PAGE_MAX);
        numbers.extend(found.messages.iter().map(|(number, _)| *number));
        match found.next {
            Some(next) => {
                assert!(below.is_none_or(|below| next < below), "it gets nowhere");
                below = Some(next);
            }
            None => return numbers,
        }
    }
    panic!("no end of {query}");
}

fn plainly(messages: &Kept, words: &[&str]) -> Vec<u32> {
    let words = words.iter().map(|word| fold(word).text).collect();
    let sought = Sought { words, ..Sought::default() };
    let fits = messages.iter().filter(|(_, message)| sought.fits(message));
    fits.map(|(number, _)| *number).rev().collect()
}

#[test]
fn pages_hold_what_a_plain_look_finds_each_once_and_newest_first() {
    let mut archive = Archive::new().with(COUNT);
    // Pieces of what is hidden are not found.
    archive.ask(GROUP, "设置 脱敏 关");
    archive.line(GROUP, "甲", "刚说的退费");
    let messages = archive.messages(GROUP);
    assert!(messages.len() > COUNT);
    let index = archive.bot.index.take();
    for index in [index, None] {
        archive.bot.index = index;
        for words in [&[][..], &["退费"], &["退费", "的"], &["的"], &["没有这样的话"]] {
            let expected = plainly(&messages, words);
            assert_eq!(all(&archive, &words.join(" ")), expected, "{words:?}");
        }
    }
}

#[test]
fn what_was_not_looked_through_is_said_and_nothing_is_read_in_a_word_but_the_word() {
    let mut archive = Archive::new().with(COUNT);
    let found = page(&archive, "没有这样的话", None);
    assert_eq!((found.notes.len(), found.next), (1, None), "{:?}", found.notes);
    archive.bot.index = None;
    let found = page(&archive, "没有这样的话", None);
    assert!(found.notes[1].starts_with("只查了最近 5000 条"), "{:?}", found.notes);
    assert!(found.next.is_some());
    for word in ["索引要重建", "一下就好", "搜 退费"] {
        archive.line(GROUP, "甲", word);
        let found = page(&archive, word, None);
        assert!(found.messages.iter().any(|(_, m)| m.text == word), "{word}: {:?}", found.notes);
    }
}
