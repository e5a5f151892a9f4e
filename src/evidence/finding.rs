//! What a verifier finds, each in a sentence for whoever runs it.

use std::fmt;

/// Something that is not as it was sealed. Places are those in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// This line of the file is no entry.
    Unreadable { line: usize },
    /// This line is an entry that the chain does not know.
    Inserted { line: usize, seq: u64 },
    /// Entries are missing before others that are there.
    Deleted { first: u64, last: u64 },
    /// Entries are missing at the end.
    Truncated { first: u64, last: u64 },
    /// These entries stand in front of ones that they follow.
    Reordered { seqs: Vec<u64> },
    /// The lasting part of this entry is not what the next one, or the head, vouches for.
    Altered { seq: u64 },
    /// The content of this entry is not what was committed to.
    ContentAltered { seq: u64 },
    /// Contents are missing that no entry of the file has on record as erased.
    LeftOut { first: u64, last: u64 },
    /// The first entry does not follow the one that the header names.
    Beginning,
    /// No entry has the head that was seen elsewhere.
    OtherHead,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { line } => write!(f, "DAMAGED: line {line} is no entry"),
            Self::Inserted { line, seq } => {
                write!(f, "INSERTED: line {line}, an entry that calls itself #{seq}")
            }
            Self::Deleted { first, last } => {
                write!(f, "DELETED: {} missing", range(*first, *last))
            }
            Self::Truncated { first, last } => {
                write!(f, "TRUNCATED: the end is missing, {}", range(*first, *last))
            }
            Self::Reordered { seqs } => {
                let seqs: Vec<String> = seqs.iter().map(|seq| format!("#{seq}")).collect();
                write!(f, "REORDERED: {} out of place", seqs.join(", "))
            }
            Self::Altered { seq } => write!(f, "ALTERED: #{seq}, its lasting part"),
            Self::ContentAltered { seq } => write!(f, "ALTERED: #{seq}, its content"),
            Self::LeftOut { first, last } => {
                let range = range(*first, *last);
                write!(f, "CONTENT MISSING: {range}, and no entry here has it as erased")
            }
            Self::Beginning => write!(f, "ALTERED: the first entry follows another one"),
            Self::OtherHead => write!(f, "OTHER HEAD: no entry here has the head that you gave"),
        }
    }
}

/// `#3`, `#3-#7`
pub fn range(first: u64, last: u64) -> String {
    if first == last { format!("#{first}") } else { format!("#{first}-#{last}") }
}
