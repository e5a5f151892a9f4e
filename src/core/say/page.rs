//! Sentences about the archive page: its address, what was done on it.

use super::Voice;
use crate::model::Timestamp;
use crate::model::outgoing::{Block, Outgoing, Span};

/// The address, for one person.
pub fn link(voice: &Voice, place: &str, url: &str, until: Timestamp) -> Outgoing {
    let of = match place {
        "" => String::new(),
        place => voice.pick(format!("「{place}」的"), format!(" of “{place}”")),
    };
    let until = voice.at(until);
    let mut card = Outgoing::text(
        voice.pick(format!("{of}存档页在这里："), format!("The archive page{of} is here:")),
    );
    card.blocks.push(Block::Code(url.to_owned()));
    let lines = [
        voice.pick(
            format!("{until}前打开，只能用一次；打开后一小时内有效，要早点关：存档页 退出"),
            format!(
                "Open it before {until}; it works once. You then have an hour; to end it \
                 sooner: archive page exit"
            ),
        ),
        voice
            .pick(
                "请不要转发：谁先打开，谁就以你的身份查看和操作",
                "Don’t pass it on: whoever opens it first reads and acts as you",
            )
            .to_owned(),
    ];
    for line in lines {
        card = card.and_line(vec![Span::from(line)]);
    }
    card.confidential = true;
    card
}

/// Where the address went.
pub fn sent(voice: &Voice, name: &str, until: Timestamp) -> Outgoing {
    let until = voice.at(until);
    Outgoing::text(voice.pick(
        format!("存档页的地址已私信 {name}，{until}前打开，只能用一次"),
        format!(
            "The address of the archive page went to {name} directly: good until {until}, once"
        ),
    ))
}

/// One's visits are over.
pub fn left(voice: &Voice, count: usize) -> Outgoing {
    match count {
        0 => voice.lines("你没有打开着的存档页", "You have no archive page open"),
        _ => voice.lines(
            "你在这里的存档页已退出，没用过的地址也作废了",
            "Your archive page here is closed, and an unused address is void",
        ),
    }
}

/// The bot cannot write to people here.
pub fn not_private(voice: &Voice) -> String {
    voice
        .pick(
            "存档页的地址只能私信给要的人，而我在这个平台上发不了私信",
            "The address goes to whoever asked, directly, and I can’t write to people here",
        )
        .to_owned()
}

/// Who did it, where the chat did not see it typed.
pub fn by(voice: &Voice, name: &str) -> String {
    voice.pick(format!("{name} 在存档页操作"), format!("Done by {name} on the archive page"))
}

/// What is to be exported holds words that say what kind of file it is to be.
pub fn in_quotes(voice: &Voice) -> String {
    voice
        .pick(
            "搜索里有导出时另有意思的词（例如 表格、用途）。把它放进引号再导出",
            "The search holds a word that means something else in an export (such as word or \
             purpose). Put it between quotation marks",
        )
        .to_owned()
}

/// There is nothing that could be taken back.
pub fn nothing(voice: &Voice) -> String {
    voice.pick("没有可撤销的", "There is nothing to undo").to_owned()
}
