//! A filter over the fields of a report: comparisons that must all hold.

use serde::{Deserialize, Serialize};

use super::field::Field;

/// `数量<50 仓库=上海`: every test must hold; none at all lets everything through.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Condition {
    /// The tests, in the order typed.
    pub tests: Vec<Test>,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Test {
    /// Which field.
    pub field: String,
    /// How it is compared.
    pub operator: Operator,
    /// With what: a number if it reads as one, else text.
    pub value: Field,
}

/// The comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
}

impl Operator {
    /// As members type it.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Less => "<",
            Operator::AtMost => "<=",
            Operator::More => ">",
            Operator::AtLeast => ">=",
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
        }
    }
}
