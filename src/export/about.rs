//! What a file says of itself: from where it is, who asked for it and why, what it holds and what
//! it cannot. Words and order are the same in every format.

use crate::export::coverage::Coverage;
use crate::model::Lang;

/// What is known before the first message.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// The export's handle, such as `X1`.
    pub handle: String,
    /// The conversation's title; empty in a direct chat.
    pub place: String,
    /// Who asked for it.
    pub exporter: String,
    /// By whose leave, where that was needed.
    pub leave: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// What stands behind or above every page.
    pub watermark: Option<String>,
    /// What was asked for, in words.
    pub asked: String,
    /// When, on the clock there.
    pub at: String,
    /// The zone of all times.
    pub zone: String,
    /// A stretch of time kept as it was, rather than a search.
    pub snapshot: bool,
    /// Personal data is shown in part.
    pub masked: bool,
    /// The language.
    pub lang: Lang,
}

/// What is known after the last one.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// Messages.
    pub count: u32,
    /// SHA-256 of the messages, in hex.
    pub digest: String,
    /// What was looked at, and what was not there to be looked at.
    pub coverage: Coverage,
}

impl About {
    /// One of two texts.
    pub fn pick(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    /// What stands above everything.
    pub fn title(&self) -> String {
        let kind = match self.snapshot {
            true => self.pick("消息快照", "Snapshot"),
            false => self.pick("消息导出", "Export"),
        };
        match (self.place.as_str(), self.lang) {
            ("", _) => kind,
            (place, Lang::Zh) => format!("{place} · {kind}"),
            (place, Lang::En) => format!("{kind}: {place}"),
        }
    }

    /// Names and values, in order.
    pub fn facts(&self) -> Vec<(String, String)> {
        let exporter = match &self.leave {
            None => self.exporter.clone(),
            Some(by) => match self.lang {
                Lang::Zh => format!("{}（{by}同意）", self.exporter),
                Lang::En => format!("{} (approved by {by})", self.exporter),
            },
        };
        let not_said = || self.pick("没有填写", "not given");
        let masked = match self.masked {
            true => {
                self.pick("证件号、电话、卡号等已打码", "ID, phone and card numbers are masked")
            }
            false => self.pick("本会话关掉了打码", "masking is off in this conversation"),
        };
        let mut facts = vec![
            (self.pick("编号", "Number"), self.handle.clone()),
            (self.pick("导出人", "Exported by"), exporter),
            (self.pick("导出时间", "Exported at"), format!("{} ({})", self.at, self.zone)),
            (self.pick("用途", "Purpose"), self.purpose.clone().unwrap_or_else(not_said)),
            (self.pick("范围", "What"), self.asked.clone()),
            (self.pick("脱敏", "Masking"), masked),
        ];
        if let Some(watermark) = &self.watermark {
            facts.push((self.pick("水印", "Watermark"), watermark.clone()));
        }
        facts
    }

    /// The same of the end.
    pub fn last_facts(&self, end: &End) -> Vec<(String, String)> {
        let mut facts = vec![(self.pick("条数", "Messages"), end.count.to_string())];
        facts.extend(end.coverage.facts(self.lang));
        facts.push((self.pick("消息摘要 SHA-256", "SHA-256 of the messages"), end.digest.clone()));
        facts
    }

    /// The columns of a table.
    pub fn columns(&self) -> [String; 7] {
        [
            self.pick("编号", "No."),
            self.pick("时间", "Time"),
            self.pick("发言人", "Who"),
            self.pick("内容", "Text"),
            self.pick("标签", "Tags"),
            self.pick("库", "Cabinet"),
            self.pick("备注", "Remark"),
        ]
    }

    /// What is remarked of a message.
    pub fn remark(&self, copied: bool) -> String {
        if copied { self.pick("引用副本", "known from a quote") } else { String::new() }
    }
}
