//! A table as messages: our own exports, tables with a heading, and three columns without one.

use super::csv::{self, Record};
use super::row::{Fields, Read};
use crate::export::plain::is_formula;
use crate::model::import::{NotRead, Why};
use crate::text::fold::fold;

/// What a column holds, and the headings that say so; folded.
const HEADINGS: [(Column, &[&str]); 7] = [
    (Column::Time, &["时间", "发送时间", "日期", "日期时间", "time", "at", "date", "sent_at"]),
    (
        Column::Who,
        &["发言人", "发送人", "发送者", "姓名", "昵称", "who", "sender", "from", "name", "author"],
    ),
    (Column::Text, &["内容", "消息", "消息内容", "正文", "text", "content", "message"]),
    (Column::Tags, &["标签", "tags", "tag"]),
    (Column::Cabinet, &["库", "cabinet"]),
    (Column::Remark, &["备注", "remark"]),
    (Column::Id, &["id", "消息id", "编号", "no.", "message_id"]),
];
/// How our own exports end their heading, and what they remark of copies.
const OWN: [&str; 2] = ["命中", "matched"];
const COPIES: [&str; 2] = ["引用副本", "known from a quote"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Time,
    Who,
    Text,
    Tags,
    Cabinet,
    Remark,
    Id,
}

/// Which column is where.
struct Heading {
    columns: Vec<Option<Column>>,
    /// It is that of an export from here.
    own: bool,
}

impl Heading {
    fn read(record: &[String]) -> Option<Self> {
        let names: Vec<String> = record.iter().map(|name| fold(name.trim()).text).collect();
        let column = |name: &String| {
            let found = HEADINGS.iter().find(|(_, names)| names.contains(&name.as_str()));
            found.map(|(column, _)| *column)
        };
        let columns: Vec<_> = names.iter().map(column).collect();
        let has = |wanted| columns.contains(&Some(wanted));
        let own = names.last().is_some_and(|name| OWN.contains(&name.as_str()));
        (has(Column::Time) && has(Column::Who) && has(Column::Text))
            .then_some(Self { columns, own })
    }

    fn plain() -> Self {
        let columns = vec![Some(Column::Time), Some(Column::Who), Some(Column::Text)];
        Self { columns, own: false }
    }

    fn fields(&self, record: Record) -> Result<Fields, Why> {
        let record = record.map_err(|_| Why::Quotes)?;
        // A comma in a text without quotation marks makes a column more.
        if record.len() < self.needed() || record.len() > self.columns.len() {
            return Err(Why::Columns);
        }
        let mut fields = Fields::default();
        for (column, field) in self.columns.iter().zip(record) {
            let field = plain(field);
            match column {
                Some(Column::Time) => fields.time = field,
                Some(Column::Who) => fields.who = field,
                Some(Column::Text) => fields.text = field,
                Some(Column::Tags) => fields.tags = tags(&field),
                Some(Column::Cabinet) => fields.cabinet = field,
                Some(Column::Remark) => {
                    fields.copied = COPIES.contains(&fold(field.trim()).text.as_str());
                }
                Some(Column::Id) => fields.id = field,
                None => {}
            }
        }
        Ok(fields)
    }

    /// So many columns a row has at the least.
    fn needed(&self) -> usize {
        let wanted = [Column::Time, Column::Who, Column::Text];
        let last = self.columns.iter().rposition(|c| c.is_some_and(|c| wanted.contains(&c)));
        last.map_or(0, |last| last + 1)
    }
}

/// The messages of a table with the numbers of their rows.
pub fn read(text: &str) -> Result<Read, NotRead> {
    let mut records = (1..).zip(csv::records(text)).peekable();
    let empty = |record: &Record| {
        record.as_ref().is_ok_and(|fields| fields.iter().all(|field| field.trim().is_empty()))
    };
    while records.next_if(|(_, record)| empty(record)).is_some() {}
    let Some((_, first)) = records.peek() else { return Ok(Vec::new()) };
    let own_heading = first.as_ref().ok().and_then(|first| Heading::read(first));
    let heading = match (own_heading, first) {
        (Some(heading), _) => {
            records.next();
            heading
        }
        (None, Ok(first)) if first.len() != 3 => return Err(NotRead::NoColumns),
        (None, _) => Heading::plain(),
    };
    let mut found = Vec::new();
    let mut below = false;
    for (row, record) in records {
        if empty(&record) {
            below = heading.own;
            continue;
        }
        // What an export says of itself stands below its table.
        if below && record.as_ref().is_ok_and(|fields| fields.len() == 2) {
            continue;
        }
        found.push((row, heading.fields(record)));
    }
    Ok(found)
}

/// A field without the mark that keeps spreadsheets from computing it.
fn plain(field: String) -> String {
    match field.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.to_owned(),
        Some(_) | None => field,
    }
}

/// `#客诉 #退费`: each as it is called, blanks included.
fn tags(field: &str) -> Vec<String> {
    let tags = field.split(['#', '＃']).map(|tag| tag.trim_matches([' ', ',', '，', '、']));
    tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}
