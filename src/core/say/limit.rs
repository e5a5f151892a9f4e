//! Limits as sentences: how many there may be, and what to do about it.

use super::Voice;

/// More than there may be, of what is known by a name.
pub fn limit(voice: &Voice, what: &str, most: usize) -> String {
    let (zh, en) = match what {
        "title" => {
            return voice.pick(
                format!("任务内容最多 {most} 字。先发出内容，再引用它说：任务 明天18点"),
                format!(
                    "A title has at most {most} characters. Send the text first, then quote it \
                     and say: task tomorrow 18:00"
                ),
            );
        }
        "keep" => {
            return voice.pick(
                format!("保留的时间是 1 到 {most} 天，例如：保留 7天；一直留着：保留 永久"),
                format!("Messages are kept for 1 to {most} days: keep 7d; for ever: keep forever"),
            );
        }
        "reminder" => (("提醒的内容", "字"), "characters in a reminder"),
        "reminders" => {
            (("这里", "个提醒，先删掉不用的：提醒"), "reminders here; remove some first: remind")
        }
        "follows" => {
            (("这里", "个在等的回复，先办掉一些：跟进"), "replies waited for; see them: follow")
        }
        "word" => (("一个关键词", "字"), "characters in a keyword"),
        "tag" => (("一个标签", "字"), "characters in a tag"),
        "cabinet" => (("库名", "字"), "characters in a cabinet’s name"),
        "words" => (("一条规则", "个词"), "words in a rule"),
        "tags" => (("一条消息", "个标签"), "tags on a message"),
        "cabinets" => (("这里", "个库，先用已有的：库"), "cabinets here; use one of them: cabinet"),
        "patterns" => (("这里", "个模式，能用词就用词"), "patterns here; use words where you can"),
        "rules" => (
            ("这里", "条关键词规则，先删掉不用的：关键词"),
            "keyword rules here; remove some first: keyword",
        ),
        "renamed" => (("这里", "个改过名的标签"), "renamed tags here"),
        "sources" => (("一共", "个来源，先删掉不用的：来源"), "sources; remove some first: source"),
        "subscriptions" => (
            ("这里", "条订阅，先删掉不用的：订阅"),
            "subscriptions here; remove some first: subscribe",
        ),
        "reports" => {
            (("这里", "份报告，先删掉不用的：报告"), "reports here; remove some first: report")
        }
        "name" => (("名字", "字"), "characters in a name"),
        "signature" => (("签名", "字"), "characters in a signature"),
        "requests" => (
            ("这里", "项没答复的申请，先处理几项：申请"),
            "open requests here; answer some first: request",
        ),
        "tours" => (("这里同时", "个人试玩，过一会儿再来"), "tours here at once; come back later"),
        "people" => (("一次", "个人"), "people at once"),
        "lines" => (("一条消息", "条命令，分几次发"), "commands in one message; send some later"),
        "handles" => (("一次", "个编号，分几次说"), "numbers at once; say it in several lines"),
        "watermark" => (("水印", "字"), "characters in a watermark"),
        "purpose" => (("用途", "字"), "characters in a purpose"),
        "wanted" => (("一次", "个词和标签"), "words and tags in a search"),
        "tests" => (("一个订阅", "个条件"), "conditions in a subscription"),
        other => ((other, ""), other),
    };
    voice.pick(format!("{}最多 {most} {}", zh.0, zh.1), format!("At most {most} {en}"))
}
