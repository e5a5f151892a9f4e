//! First words: the greeting, and what cannot be read.

use super::Voice;
use crate::model::Handle;
use crate::model::outgoing::{Block, Outgoing, Span};

/// A greeting with three lines to try.
pub fn greeting(voice: &Voice) -> Outgoing {
    let (hello, lines) = voice.pick(
        (
            format!("我是{}，帮大家记任务、看关键词、发提醒。试试：", voice.bot),
            ["任务 明天18点 发报价单", "任务", "帮助"],
        ),
        (
            format!("I’m {}: I keep tasks, watch keywords and send reminders. Try:", voice.bot),
            ["task send the quote tomorrow 18:00", "task", "help"],
        ),
    );
    let list = lines.iter().map(|line| vec![Span::from(voice.addressed(line))]).collect();
    let mut card = Outgoing::line(vec![Span::from(hello)]);
    card.blocks.push(Block::List(list));
    for line in [lines[1], lines[2], voice.pick("试玩", "tour")] {
        card = card.and_button(line, line);
    }
    card
}

/// Somebody's message was quoted and nothing said of it: what can be done with it.
pub fn quoted(voice: &Voice) -> Outgoing {
    let (head, lines) = voice.pick(
        (
            "要拿这条消息做什么？引用它再说：",
            ["任务 明天18点", "标 客户A/合同", "归档 到 售后问题库"],
        ),
        (
            "What is to be done with it? Quote it and say:",
            ["task tomorrow 18:00", "tag clientA/contract", "archive to aftersales"],
        ),
    );
    let list = lines.iter().map(|line| vec![Span::from(voice.addressed(line))]).collect();
    let mut card = Outgoing::line(vec![Span::from(head)]);
    card.blocks.push(Block::List(list));
    card
}

/// A message of a kind that cannot be read.
pub fn unreadable(voice: &Voice) -> Outgoing {
    voice.lines(
        "这类消息我读不了。我能读文字，也能读带文字识别的语音；请用文字再说一次，例如：任务 明天18点 发报价单",
        "I can’t read this kind of message, only text and transcribed speech. Please say it in \
         words, for example: task send the quote tomorrow 18:00",
    )
}

/// Nothing is done to a record, as was asked.
pub fn left_alone(voice: &Voice, handle: Handle) -> Outgoing {
    Outgoing::text(voice.pick(
        format!("好，{handle} 不动。要看就说：{handle}"),
        format!("All right, {handle} stays as it is. To see it: {handle}"),
    ))
}

/// A question was answered with a no.
pub fn nothing_done(voice: &Voice) -> Outgoing {
    voice.lines("好，什么都没做", "All right, nothing was done")
}

/// The answer to a claim of the first admin.
pub fn claimed(voice: &Voice, granted: bool) -> Outgoing {
    match granted {
        true => voice.lines(
            "你现在是组织管理员了。可以设关键词、来源和报告，也可以给别人角色；试试：帮助 角色",
            "You are an org admin now: you may set keywords, sources and reports, and give others \
             roles. Try: help role",
        ),
        false => voice.lines(
            "认领码已经用过了。请让现在的管理员处理",
            "This claim code has been used. Please ask a present admin",
        ),
    }
}
