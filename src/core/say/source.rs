//! Sentences about sources, subscriptions and alerts.

use super::Voice;
use super::more::Long;
use super::status::switched;
use super::voice::field;
use crate::model::Handle;
use crate::model::outgoing::{Block, Outgoing, Span};
use crate::model::source::{Alert, Source, SourceListed, SourceState, Subscription};
use crate::text::condition;

/// Most fields of a report that are shown in an alert.
const FIELDS_SHOWN_MAX: usize = 8;

/// Longest shown value of a field, in characters.
const VALUE_CHARS_MAX: usize = 80;

/// A source is being made; what it needs goes to the admin alone.
pub fn created(voice: &Voice, name: &str, leave: Option<&str>) -> Outgoing {
    let name = voice.quote(name);
    if let Some(by) = leave {
        return Outgoing::text(voice.pick(
            format!("来源{name}已建，地址和密钥只私聊发给了同意的 {by}"),
            format!("Source {name} is made; its address and secret went to {by} alone, directly"),
        ));
    }
    Outgoing::text(voice.pick(
        format!("来源{name}已建，地址和密钥私聊发给你了"),
        format!("Source {name} is made; its address and secret are in your direct chat"),
    ))
}

/// The name was taken in the meantime.
pub fn taken(voice: &Voice, name: &str) -> Outgoing {
    let name = voice.quote(name);
    Outgoing::text(voice.pick(
        format!("来源{name}刚刚已被别人建了，请换个名字"),
        format!("Somebody just made a source {name}; please take another name"),
    ))
}

/// Address, secret and a call to copy: shown once.
pub fn secret(voice: &Voice, public_url: &str, source: &Source) -> Outgoing {
    let url = format!("{public_url}/events/{}", encoded(&source.name));
    let name = voice.quote(&source.name);
    let mut card = Outgoing::text(voice.pick(
        format!("来源{name}（E{}）\n地址：{url}\n密钥（只显示这一次）：", source.number),
        format!("Source {name} (E{})\nAddress: {url}\nSecret (shown this once):", source.number),
    ));
    card.blocks.push(Block::Code(source.secret.clone()));
    card = card.and_line(vec![Span::from(voice.pick("发送示例：", "An example:"))]);
    let field = voice.pick("数量", "stock");
    card.blocks.push(Block::Code(sample(&url, field, &source.secret)));
    card.confidential = true;
    card
}

/// A shell call that signs and sends an event, to be pasted as it is; a refusal shows.
fn sample(url: &str, field: &str, secret: &str) -> String {
    let body = format!("{{\"sku\":\"A100\",\"{field}\":12}}");
    [
        &format!("SECRET='{secret}'; BODY='{body}'; TS=\"$(date +%s)000\""),
        "SIGN=$(printf '%s.%s' \"$TS\" \"$BODY\" | openssl dgst -sha256 -hmac \"$SECRET\" -r)",
        &format!("curl -fsS '{url}' -H \"X-Steward-Timestamp: $TS\" \\"),
        "  -H \"X-Steward-Signature: sha256=${SIGN%% *}\" --data-binary \"$BODY\"",
    ]
    .join("\n")
}

/// A name within an address: everything but letters and digits as bytes in percent form.
fn encoded(name: &str) -> String {
    let byte = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    name.bytes().map(byte).collect()
}

/// Every source, a line each.
pub fn list(voice: &Voice, sources: &[(u32, SourceListed)]) -> Long {
    if sources.is_empty() {
        return Long::none(voice.lines(
            "还没有来源。管理员可以建：来源 新建 库存",
            "No sources yet. An admin can make one: source add inventory",
        ));
    }
    let line = |(number, source): &(u32, SourceListed)| {
        vec![Span::from(summary(voice, Handle { letter: 'E', number: *number }, source))]
    };
    let head = Outgoing::text(
        voice.pick(format!("来源 {} 个", sources.len()), format!("{} sources", sources.len())),
    );
    Long::new(head, sources.iter().map(line).collect())
}

/// One source.
pub fn shown(voice: &Voice, handle: Handle, source: &SourceListed) -> Outgoing {
    Outgoing::text(summary(voice, handle, source))
}

fn summary(voice: &Voice, handle: Handle, source: &SourceListed) -> String {
    format!("{handle} {} · {}", source.name, switched(voice, source.state == SourceState::Enabled))
}

/// A source was removed for good.
pub fn removed(voice: &Voice, handle: Handle, source: &SourceListed) -> Outgoing {
    Outgoing::text(voice.pick(
        format!("已删 {handle} {}，它的密钥作废了", source.name),
        format!("Removed {handle} {}; its secret is void", source.name),
    ))
}

/// Source and condition of a subscription, as typed.
pub fn wanted(subscription: &Subscription) -> String {
    let condition = condition::print(&subscription.condition);
    format!("{} {condition}", subscription.source).trim_end().to_owned()
}

/// A subscription was made.
pub fn subscribed(voice: &Voice, handle: Handle, subscription: &Subscription) -> Outgoing {
    let wanted = wanted(subscription);
    let text = match subscription.condition.tests.is_empty() {
        true => voice.pick(
            format!("{handle} 已订阅 {wanted}：每次上报都会发到这里"),
            format!("{handle} subscribed to {wanted}: every report comes here"),
        ),
        false => voice.pick(
            format!("{handle} 已订阅 {wanted}：符合时发到这里"),
            format!("{handle} subscribed to {wanted}: it comes here when that holds"),
        ),
    };
    Outgoing::text(text)
        .and_button(
            voice.pick("停用", "Disable"),
            format!("{handle} {}", voice.pick("停用", "disable")),
        )
        .and_button(voice.pick("撤销", "Undo"), voice.pick("撤销", "undo"))
}

/// Every subscription, a line each.
pub fn subscriptions(voice: &Voice, all: &[(u32, Subscription)]) -> Long {
    if all.is_empty() {
        return Long::none(voice.lines(
            "这里还没有订阅。例如：订阅 库存 数量<50",
            "No subscriptions here yet. For example: subscribe inventory stock<50",
        ));
    }
    let line = |(number, s): &(u32, Subscription)| {
        let state = switched(voice, s.enabled);
        vec![Span::from(format!("S{number} {} · {state}", wanted(s)))]
    };
    let head = Outgoing::text(
        voice.pick(format!("订阅 {} 条", all.len()), format!("{} subscriptions", all.len())),
    );
    Long::new(head, all.iter().map(line).collect())
}

/// One subscription, whole.
pub fn subscription(voice: &Voice, handle: Handle, s: &Subscription) -> Outgoing {
    let state = switched(voice, s.enabled);
    let (name, at) = (&s.creator.name, voice.at(s.created_at));
    let by = voice.pick(
        format!("{state} · 第{}版 · {name} 建于 {at}", s.version),
        format!("{state} · version {} · made by {name} on {at}", s.version),
    );
    Outgoing::text(format!("{handle} {}\n{by}", wanted(s)))
}

/// An alert: what was reported, and which subscription let it through.
pub fn alert(voice: &Voice, handle: Handle, alert: &Alert, by: &Subscription) -> Outgoing {
    let condition = condition::print(&by.condition);
    let mut card = Outgoing::text(match condition.is_empty() {
        true => voice.pick(
            format!("{handle} {} 上报", alert.source),
            format!("{handle} {} reports", alert.source),
        ),
        false => voice.pick(
            format!("{handle} {} 告警：{condition}（S{}）", alert.source, alert.subscription),
            format!("{handle} {} alert: {condition} (S{})", alert.source, alert.subscription),
        ),
    });
    card.blocks.push(Block::Fields(fields(alert)));
    card
}

fn fields(alert: &Alert) -> Vec<(String, String)> {
    let shown = alert.fields.iter().take(FIELDS_SHOWN_MAX);
    let cut =
        |text: &str| crate::text::cut::chars(&crate::text::cut::one_line(text), VALUE_CHARS_MAX);
    shown.map(|(name, value)| (cut(name), cut(&field(value)))).collect()
}

/// The last alerts.
pub fn alerts(voice: &Voice, alerts: &[(u32, Alert)]) -> Long {
    if alerts.is_empty() {
        return Long::none(voice.lines("这里还没有告警", "No alerts here yet"));
    }
    let line = |(number, alert): &(u32, Alert)| {
        let values: Vec<String> = fields(alert)
            .into_iter()
            .take(3)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let values = values.join(" ");
        vec![Span::from(format!("A{number} {} {} {values}", voice.at(alert.at), alert.source))]
    };
    let head = Outgoing::text(voice.pick("最近的告警", "Latest alerts"));
    Long::new(head, alerts.iter().map(line).collect())
}

/// One alert, whole.
pub fn alert_shown(voice: &Voice, handle: Handle, alert: &Alert) -> Outgoing {
    let at = voice.at(alert.at);
    let mut card = Outgoing::text(voice.pick(
        format!(
            "{handle} {} · {at} · 因 S{} 第{}版",
            alert.source, alert.subscription, alert.version
        ),
        format!(
            "{handle} {} · {at} · by S{}, version {}",
            alert.source, alert.subscription, alert.version
        ),
    ));
    card.blocks.push(Block::Fields(fields(alert)));
    card
}
