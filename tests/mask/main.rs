//! Personal data in texts: tables of claims kind by kind, the shared fixtures, hostile texts, and
//! the program's verb.

mod fixtures;
mod kinds;
mod program;
mod robust;
