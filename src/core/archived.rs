//! The tables of an archive, and what follows from their records: kept messages, the rules that tag
//! them, what is missing of them.

use super::derive::{Derived, Derives};
use crate::model::cabinet::{Cabinet, Charge};
use crate::model::gap::Gap;
use crate::model::keyword::Keyword;
use crate::model::message::Message;
use crate::model::renamed::Renamed;
use crate::model::report::Counted;
use crate::model::{Calendar, Scope};
use crate::store::table::id;
use crate::store::{Table, TableId};

impl Table for Message {
    const ID: TableId = id::MESSAGE;
}

impl Derives for Message {
    const LETTER: Option<char> = Some('M');

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        let mut counts = Vec::new();
        if self.heard {
            counts.push((self.day, Counted::Messages, 1));
            if self.hits > 0 {
                counts.push((self.day, Counted::KeywordHits, i64::from(self.hits)));
            }
        }
        Derived { counts, message: self.id.clone(), ..Derived::default() }
    }
}

impl Table for Keyword {
    const ID: TableId = id::KEYWORD;
}

impl Derives for Keyword {
    const LETTER: Option<char> = Some('R');
}

impl Table for Renamed {
    const ID: TableId = id::RENAMED;
}

impl Derives for Renamed {
    const LETTER: Option<char> = None;
}

impl Table for Cabinet {
    const ID: TableId = id::CABINET;
}

impl Derives for Cabinet {
    const LETTER: Option<char> = Some('C');
}

impl Table for Charge {
    const ID: TableId = id::CABINET_CHARGE;
}

impl Derives for Charge {
    const LETTER: Option<char> = Some('C');
}

impl Table for Gap {
    const ID: TableId = id::GAP;
}

impl Derives for Gap {
    const LETTER: Option<char> = None;

    fn derive(&self, _: &Scope, _: u32, _: &Calendar) -> Derived {
        let counts = vec![(self.day, Counted::Unrecorded, i64::from(self.count))];
        Derived { counts, ..Derived::default() }
    }
}
