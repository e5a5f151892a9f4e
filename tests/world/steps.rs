//! What happens in a round, and to whom.

use std::sync::{Arc, LazyLock};

use steward::core::Core;
use steward::model::{ConversationId, Event, PersonId, Scope, Timestamp};
use steward::platform::Raw;
use steward::store::faulty::Cut;
use steward::store::{Fault, Sealed};

use crate::bot::line::Line;
use crate::bot::{ACCOUNT, Answer, Bot, catalogue, instant, master, settings};
use crate::rounds::Dice;

const HOUR_MS: i64 = 3_600_000;

const GROUPS: [&str; 2] = ["项目群", "客服群"];
const CHATS: [&str; 2] = ["甲", "乙"];
/// Who may be @-ed.
pub const CAST: [&str; 4] = ["甲", "乙", "丙", "经理"];

static CORE: LazyLock<Arc<Core>> =
    LazyLock::new(|| Arc::new(Core { settings: settings(), catalogue: catalogue() }));

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Step {
    /// Somebody says something somewhere.
    Say { place: String, speaker: &'static str, text: String },
    /// So much later, in ms.
    Later(i64),
}

impl Step {
    /// The callback of what is said.
    pub fn raw(&self, nth: usize, at: Timestamp) -> Option<Raw> {
        let Self::Say { place, speaker, text } = self else { return None };
        let line = Line { place, speaker, text, id: &format!("m{nth}"), quoted: None, at };
        Some(line.raw(CAST))
    }
}

/// Somebody does something; much of it is refused.
pub fn anything(dice: &mut Dice, n: usize) -> Step {
    let (who, whom, k) = (dice.roll(CAST.len()), *dice.pick(&CAST.each_ref()), dice.roll(4) + 1);
    let (who, hour) = (CAST[who], dice.roll(12) + 10);
    if dice.one_in(6) {
        return Step::Later(dice.roll(5) as i64 * HOUR_MS / 2);
    }
    let say = |place: &str, speaker, text: String| {
        let text = if place.starts_with('~') { text } else { format!("@管家 {text}") };
        Step::Say { place: place.to_owned(), speaker, text }
    };
    if dice.one_in(5) {
        let chat = CHATS[dice.roll(CHATS.len())];
        let text = match dice.roll(4) {
            0 => format!("任务 今天{hour}点 私事{n}"),
            1 => format!("T{k} 完成"),
            2 => format!("提醒 我 今天{hour}点 私事{n}"),
            _ => format!("T{k} 改 标题=私事{n}"),
        };
        return say(&format!("~{chat}"), chat, text);
    }
    let group = GROUPS[dice.roll(GROUPS.len())];
    let switch = ["启用", "停用", "停用", "删"][dice.roll(4)];
    match dice.roll(20) {
        0 | 1 => say(group, who, format!("任务 今天{hour}点 事{n} @{whom}")),
        2 => say(group, who, format!("任务 明天 事{n} @{who} @{whom}")),
        3 => say(group, who, format!("T{k} 完成")),
        4 => say(group, who, format!("T{k} 重开")),
        5 => say(group, who, format!("T{k} 改 标题=事{n}")),
        6 => say(group, who, format!("T{k} 转给 @{whom}")),
        7 => say(group, who, format!("T{k} 删")),
        8 => say(group, "经理", format!("关键词 词{k} → #标签{k} 通知@{whom}")),
        9 => say(group, "经理", format!("R{k} {switch}")),
        10 => say(group, "经理", format!("报告 每天{hour}:00 给 @{whom}")),
        11 => say(group, who, format!("标 M{k} 标签{n}")),
        12 => say(group, who, format!("提醒 @{whom} 今天{hour}点 事{n}")),
        13 => say(group, who, format!("提醒 @{whom} 每天{hour}:30 事{n}")),
        14 => say(group, who, format!("J{k} {switch}")),
        15 => say(group, who, format!("跟进 @{whom} 今天{hour}点 事{n}")),
        16 => say(group, who, format!("F{k} 已办")),
        17 => say(group, who, "撤销".to_owned()),
        _ => Step::Say { place: group.to_owned(), speaker: who, text: format!("词{k}又来了") },
    }
}

/// What tells an event from every other one; dates have none.
pub fn name(event: &Event) -> Option<String> {
    let key = event.key.as_ref()?;
    Some(format!("{} {key}", event.scope.path()))
}

/// Most messages arrive.
pub fn answers(mut dice: Dice) -> Box<dyn FnMut() -> Answer> {
    Box::new(move || match dice.roll(20) {
        0 | 1 => Answer::ShownUnknown,
        2 => Answer::LostUnknown,
        3 | 4 => Answer::Busy,
        _ => Answer::Shown,
    })
}

/// Where something is said, who may undo it there, and its scope.
pub fn places() -> Vec<(String, &'static str, Scope)> {
    let group =
        |id: &str| Scope::Conversation(ConversationId { account: ACCOUNT.into(), id: id.into() });
    let groups = GROUPS.iter().map(|id| ((*id).to_owned(), "经理", group(id)));
    let chat = |id: &str| Scope::Person(PersonId { account: ACCOUNT.into(), id: id.into() });
    groups.chain(CAST.into_iter().map(|id| (format!("~{id}"), id, chat(id)))).collect()
}

/// All scopes of a round.
pub fn scopes() -> Vec<Scope> {
    places().into_iter().map(|(.., scope)| scope).collect()
}

/// When a round begins.
pub fn morning() -> Timestamp {
    instant("2026-03-02 09:00", "+08:00")
}

/// A bot on this engine.
pub fn open(engine: &Cut, now: Timestamp) -> Result<Bot, Fault> {
    let (store, _) = Sealed::open(engine.clone(), &master())?;
    let mut bot = Bot::of(Arc::clone(&CORE), Arc::new(store));
    bot.now = now;
    Ok(bot)
}
