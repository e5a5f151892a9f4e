//! Sentences about roles: who is what, what changed, and what cannot.

use super::Voice;
use super::more::Long;
use crate::command::Role;
use crate::core::audit::{Audited, Shift};
use crate::model::member::Rank;
use crate::model::outgoing::Outgoing;
use crate::model::task::Named;

/// Somebody known in a conversation, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Their name.
    pub name: String,
    /// Here.
    pub here: Rank,
    /// In the organisation.
    pub everywhere: Rank,
}

/// A role that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Whose.
    pub who: Named,
    /// What they were.
    pub from: Rank,
    /// What they are now.
    pub to: Rank,
    /// What they are in the organisation all the same.
    pub elsewhere: Rank,
}

/// The word for a role.
pub fn rank(voice: &Voice, rank: Rank, everywhere: bool) -> &'static str {
    match (rank, everywhere) {
        (Rank::Member, false) => voice.pick("成员", "member"),
        (Rank::Lead, false) => voice.pick("负责人", "lead"),
        (Rank::Admin, false) => voice.pick("管理员", "admin"),
        (Rank::Member, true) => voice.pick("组织成员", "org member"),
        (Rank::Lead, true) => voice.pick("组织负责人", "org lead"),
        (Rank::Admin, true) => voice.pick("组织管理员", "org admin"),
    }
}

/// Who is what, the highest first; each once, by the highest they are.
pub fn list(voice: &Voice, known: &[Known]) -> Outgoing {
    let groups = [
        (Rank::Admin, true),
        (Rank::Admin, false),
        (Rank::Lead, true),
        (Rank::Lead, false),
        (Rank::Member, false),
    ];
    let highest = |k: &Known| match (k.here, k.everywhere) {
        (_, Rank::Admin) => (Rank::Admin, true),
        (Rank::Admin, _) => (Rank::Admin, false),
        (_, Rank::Lead) => (Rank::Lead, true),
        (Rank::Lead, _) => (Rank::Lead, false),
        (Rank::Member, Rank::Member) => (Rank::Member, false),
    };
    let mut lines = Vec::new();
    for group in groups {
        let names = known.iter().filter(|k| highest(k) == group).map(|k| k.name.clone());
        let names = voice.joined(names);
        if !names.is_empty() {
            let role = rank(voice, group.0, group.1);
            lines.push(voice.pick(format!("{role}：{names}"), format!("{role}: {names}")));
        }
    }
    lines.push(voice.pick(
        "我只认识在这里说过话或被 @ 过的人。改角色：角色 @人 负责人".to_owned(),
        "I know whoever spoke or was @-ed here. To change a role: role @person lead".to_owned(),
    ));
    Outgoing::text(lines.join("\n"))
}

/// Roles that changed, a line each, and what the new one may do.
pub fn given(voice: &Voice, changed: &[Changed], everywhere: bool) -> Outgoing {
    let mut lines: Vec<String> = Vec::new();
    for Changed { who, from, to, elsewhere } in changed {
        let (old, new) = (rank(voice, *from, everywhere), rank(voice, *to, everywhere));
        let still = match !everywhere && elsewhere > to {
            true => {
                let still = rank(voice, *elsewhere, true);
                voice.pick(format!("，仍是{still}"), format!(", and still {still}"))
            }
            false => String::new(),
        };
        lines.push(voice.pick(
            format!("{} 已由【{old}】变为【{new}】{still}", who.name),
            format!("{} went from {old} to {new}{still}", who.name),
        ));
    }
    if let Some(first) = changed.first() {
        lines.push(may(voice, first.to, everywhere).to_owned());
    }
    Outgoing::text(lines.join("\n"))
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

fn may(voice: &Voice, rank: Rank, everywhere: bool) -> &'static str {
    match (rank, everywhere) {
        (Rank::Member, _) => voice
            .pick("可以：管自己的任务，看大家的", "May: handle their own tasks, look at others’"),
        (Rank::Lead, false) => voice.pick(
            "可以：改本群的设置、关键词、报告和别人的任务",
            "May: change this group’s settings, keywords, reports and everybody’s tasks",
        ),
        (Rank::Lead, true) => voice.pick(
            "可以：在每个群改设置、关键词、报告和别人的任务",
            "May: change settings, keywords, reports and everybody’s tasks in every group",
        ),
        (Rank::Admin, false) => voice.pick(
            "可以：负责人能做的，再加上在本群给角色、撤销别人的操作",
            "May: all a lead may, and give roles and undo others’ steps in this group",
        ),
        (Rank::Admin, true) => voice.pick(
            "可以：在每个群做管理员能做的，再加上来源和组织里的角色",
            "May: all an admin may, in every group, and set sources and roles of the organisation",
        ),
    }
}

/// They are that already.
pub fn same(voice: &Voice, name: &str, now: Rank, everywhere: bool) -> String {
    let role = rank(voice, now, everywhere);
    voice.pick(
        format!("{name} 本来就是「{role}」。看全部：角色"),
        format!("{name} is {role} already. See them all: role"),
    )
}

/// The operator made them admin.
pub fn fixed(voice: &Voice, name: &str) -> String {
    voice.pick(
        format!("{name} 的管理员身份写在 bot.toml 的 admins 里，要由运维的人在那里改"),
        format!("{name} is admin by the list admins in bot.toml: it is changed there, not here"),
    )
}

/// Nobody would be left.
pub fn last(voice: &Voice, name: &str) -> String {
    voice.pick(
        format!(
            "{name} 是最后一位组织管理员，撤掉就没人能给角色了。先说：角色 @另一个人 组织管理员"
        ),
        format!(
            "{name} is the last org admin: nobody could give roles any more. First: role @another \
             org admin"
        ),
    )
}

/// A direct chat has no roles.
pub fn none_here(voice: &Voice) -> String {
    voice.pick(
        "私聊里没有角色，请到群里说；整个组织的角色可以在这里改：角色 @甲 组织管理员".to_owned(),
        "A direct chat has no roles: say it in the group. Those of the organisation can be changed \
         here: role @a org admin"
            .to_owned(),
    )
}

/// Who may do what was refused, as a noun.
pub fn who(voice: &Voice, needs: Role) -> &'static str {
    match needs {
        Role::Member => voice.pick("成员", "members"),
        Role::Owner => {
            voice.pick("创建者、负责人或管理员", "its creator, an assignee, a lead or an admin")
        }
        Role::Lead => voice.pick("负责人或管理员", "a lead or an admin"),
        Role::Admin => voice.pick("管理员", "an admin"),
        Role::Organisation => voice.pick("组织管理员", "an org admin"),
    }
}

/// Who gave whom which role, newest first: of the organisation, or of this conversation.
pub fn audited(voice: &Voice, found: &[Audited], everywhere: bool, admin: bool) -> Long {
    let hint = voice.pick(
        "整个组织的角色：私聊我说「日志 角色」",
        "Roles of the organisation: say “log roles” in a direct chat",
    );
    let head = match (found.is_empty(), everywhere) {
        (true, true) => voice.pick(
            "组织里还没有人领过或改过角色",
            "No role of the organisation was ever claimed or changed",
        ),
        (true, false) => voice.pick("这里还没有人改过角色", "No role was ever changed here"),
        (false, true) => voice.pick("组织角色的记录", "Log of the organisation’s roles"),
        (false, false) => voice.pick("本群角色的记录", "Log of the roles here"),
    };
    let mut card = Outgoing::text(head);
    if admin && !everywhere {
        card = card.and_line(vec![hint.into()]);
    }
    let lines = found.iter().map(|one| vec![audited_line(voice, one, everywhere).into()]);
    Long::new(card, lines.collect())
}

fn audited_line(voice: &Voice, one: &Audited, everywhere: bool) -> String {
    let at = voice.at(one.at);
    let unknown = voice.pick("有人", "somebody");
    let by = one.by.as_ref().map(|by| by.name.as_str()).filter(|name| !name.is_empty());
    let by = by.unwrap_or(unknown);
    let by = match &one.leave {
        Some(leave) => voice.pick(
            format!("{by}（{}同意）", leave.name),
            format!("{by} (approved by {})", leave.name),
        ),
        None => by.to_owned(),
    };
    let step = one.step.map(|step| format!(" · U{step}")).unwrap_or_default();
    let undid = if one.undid { voice.pick("撤销：", "undo: ") } else { "" };
    match &one.shift {
        Shift::Role { whom, from, to } => {
            let whom = if whom.is_empty() { unknown } else { whom.as_str() };
            let (old, new) = (rank(voice, *from, everywhere), rank(voice, *to, everywhere));
            voice.pick(
                format!("{at} {by}：{undid}{whom} 由【{old}】变为【{new}】{step}"),
                format!("{at} {by}: {undid}{whom} went from {old} to {new}{step}"),
            )
        }
        Shift::Claimed => voice.pick(
            format!("{at} {by} 用认领码成为【组织管理员】"),
            format!("{at} {by} became org admin by the claim code"),
        ),
        Shift::UsedUp => voice.pick(
            format!("{at} {by} 用了已失效的认领码，没有成功"),
            format!("{at} {by} gave the claim code after it was used up, in vain"),
        ),
        Shift::WrongCode => voice.pick(
            format!("{at} 有人输错了认领码"),
            format!("{at} somebody gave a wrong claim code"),
        ),
    }
}

/// A role of the organisation that was said to be given was not: the organisation judges at its own
/// time, and says why.
pub fn not_set(voice: &Voice, who: &str, to: Rank, why: &str) -> Outgoing {
    let to = rank(voice, to, true);
    Outgoing::text(voice.pick(
        format!("更正：{who} 没有变成【{to}】，刚才那条不算。原因：{why}"),
        format!("Correction: {who} is not {to} after all, the answer before does not hold. {why}"),
    ))
}
