//! Sentences about masking: how it stands, and how a text looks masked.

use super::Voice;
use crate::model::outgoing::{Block, Outgoing};
use crate::text::mask::{Kind, Masked};

/// How masking stands here, and lines to try.
pub fn standing(voice: &Voice, on: bool) -> Outgoing {
    match on {
        true => voice.lines(
            "脱敏：开。搜索结果和留存的消息里，身份证、电话、银行卡、邮箱、车牌、护照、IP 和住址只显示一部分\n\
             看看效果：脱敏 试 我的电话 13800001234\n要关：设置 脱敏 关",
            "Masking is on: ID, phone and card numbers, mail and street addresses, plates, \
             passports and IPs in kept messages are shown in part\n\
             To see it: mask test call me at 13800001234\nTo turn it off: settings masking off",
        ),
        false => voice.lines(
            "脱敏：关。搜索结果和留存的消息里，证件号、电话、卡号等会完整显示\n\
             看看效果：脱敏 试 我的电话 13800001234\n要开：设置 脱敏 开",
            "Masking is off: ID, phone and card numbers in kept messages are shown whole\n\
             To see it: mask test call me at 13800001234\nTo turn it on: settings masking on",
        ),
    }
}

/// A text masked, and which kinds were found in it.
pub fn preview(voice: &Voice, masked: &Masked) -> Outgoing {
    if masked.found.is_empty() {
        return voice.lines(
            "没找到要打码的，会原样显示。身份证号和银行卡号要校验位对才算，座机要带区号",
            "Nothing to mask: it would be shown as it is. ID and card numbers count only with a \
             right check digit, landlines with their area code",
        );
    }
    let mut kinds: Vec<(Kind, usize)> = Vec::new();
    for found in &masked.found {
        match kinds.iter_mut().find(|(kind, _)| *kind == found.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((found.kind, 1)),
        }
    }
    let kinds = voice.joined(kinds.iter().map(|(kind, count)| counted(voice, *kind, *count)));
    let mut card = Outgoing::text(voice.pick(
        format!("找到{kinds}。显示时是这样（我没有记下原文）："),
        format!("Found {kinds}. It is shown like this (I keep no record of the original):"),
    ));
    card.blocks.push(Block::Quote(masked.text.clone().into_owned()));
    card
}

/// `手机号 2 个`, `2 mobile numbers`.
fn counted(voice: &Voice, kind: Kind, count: usize) -> String {
    let (zh, en, many) = match kind {
        Kind::CnId => ("身份证号", "ID number", "ID numbers"),
        Kind::Mobile => ("手机号", "mobile number", "mobile numbers"),
        Kind::Landline => ("座机号", "landline number", "landline numbers"),
        Kind::BankCard => ("银行卡号", "card number", "card numbers"),
        Kind::Email => ("邮箱", "mail address", "mail addresses"),
        Kind::Plate => ("车牌号", "number plate", "number plates"),
        Kind::Passport => ("护照号", "passport number", "passport numbers"),
        Kind::Ipv4 => ("IP 地址", "IP address", "IP addresses"),
        Kind::Address => ("住址", "street address", "street addresses"),
    };
    let en = if count == 1 { en } else { many };
    voice.pick(format!("{zh} {count} 个"), format!("{count} {en}"))
}
