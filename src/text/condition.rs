//! Filters such as `数量<50 级别=高`: reading, printing and testing them.

use crate::model::condition::{Condition, Test};
use crate::model::event::Field;

/// The test that a whole word such as `数量<50` or `数量＜５０` writes; `None` if it is none.
pub fn read_test(word: &str) -> Option<Test> {
    let _ = word;
    todo!()
}

/// As members type it.
pub fn print(condition: &Condition) -> String {
    let _ = condition;
    todo!()
}

/// Whether every test holds. A field that is missing fails its test.
pub fn holds(condition: &Condition, fields: &[(String, Field)]) -> bool {
    let _ = (condition, fields);
    todo!()
}
