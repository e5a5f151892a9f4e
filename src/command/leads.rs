//! Words that lead to whoever is to do something, and what must stand around them.

/// What must stand before a word that leads to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Start,
    /// Nothing, a mark, a blank, or what was read already.
    Phrase,
    /// The same without what was read: `明天给王芳` is said of what is given.
    Blank,
    /// Anything.
    Anything,
}

/// What must stand behind the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// Anything: `让王芳交表`.
    Anything,
    /// A blank, a mark or nothing: `给王芳发合同` says to whom it goes.
    Apart,
    /// `to`, as in `ask Bob to send it`.
    To,
    /// One of `DOES`.
    Does,
}

/// Words that lead to whoever is to do something. Longer spellings first.
pub const LEADS: [(&str, Before, Behind); 27] = [
    ("由", Before::Anything, Behind::Does),
    ("由", Before::Phrase, Behind::Anything),
    ("麻烦", Before::Phrase, Behind::Anything),
    ("让", Before::Phrase, Behind::Anything),
    ("请", Before::Phrase, Behind::Anything),
    ("叫", Before::Phrase, Behind::Anything),
    ("派", Before::Phrase, Behind::Anything),
    ("分配给", Before::Phrase, Behind::Apart),
    ("指派给", Before::Phrase, Behind::Apart),
    ("交给", Before::Phrase, Behind::Apart),
    ("派给", Before::Phrase, Behind::Apart),
    ("转给", Before::Phrase, Behind::Apart),
    ("给", Before::Blank, Behind::Apart),
    ("负责人是", Before::Phrase, Behind::Apart),
    ("负责人为", Before::Phrase, Behind::Apart),
    ("负责人", Before::Phrase, Behind::Apart),
    ("责任人", Before::Phrase, Behind::Apart),
    ("执行人", Before::Phrase, Behind::Apart),
    ("owner", Before::Blank, Behind::Apart),
    ("assignee", Before::Blank, Behind::Apart),
    ("assigned to", Before::Blank, Behind::Anything),
    ("assign to", Before::Start, Behind::Anything),
    ("ask", Before::Phrase, Behind::To),
    ("tell", Before::Phrase, Behind::To),
    ("get", Before::Phrase, Behind::To),
    ("have", Before::Start, Behind::Anything),
    ("for", Before::Start, Behind::Anything),
];

/// What those begin with: most of a line is passed over at a glance.
pub fn opens_lead(c: char) -> bool {
    matches!(
        c,
        '由' | '麻'
            | '让'
            | '请'
            | '叫'
            | '派'
            | '分'
            | '指'
            | '交'
            | '转'
            | '给'
            | '负'
            | '责'
            | '执'
            | 'a'
            | 't'
            | 'g'
            | 'h'
            | 'f'
            | 'o'
    )
}

/// Words behind a name that only say that it is theirs to do. Longer spellings first.
pub const DOES: [&str; 19] = [
    "来负责",
    "负责",
    "来处理",
    "来跟进",
    "去处理",
    "去跟进",
    "处理",
    "跟进",
    "来做",
    "来办",
    "来弄",
    "来搞",
    "去做",
    "去办",
    "去弄",
    "去搞",
    "办理",
    "做",
    "办",
];
