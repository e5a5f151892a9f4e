//! The rules of the tree, checked on the tree: layers, cycles, left-overs, sizes, documents.
//! Each check names every offender with file and line, and is itself tested on made-up files.

mod cycles;
mod documents;
mod layers;
mod modules;
mod size;
mod tree;
mod uses;
mod words;

use steward::command::{Catalogue, help};
use steward::core::commands;
use steward::model::Lang;

use modules::Modules;

/// Highest middle length of the library's files, in lines.
const MEDIAN_LINES_MAX: usize = 150;

/// Fails with all offenders, a line each.
#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "{} found:\n{}\n", found.len(), found.join("\n"));
}

#[test]
fn layers_import_only_what_the_table_allows() {
    none(&layers::wrong_edges(&Modules::read(&tree::read())));
}

#[test]
fn pure_layers_touch_no_world() {
    none(&layers::impure(&Modules::read(&tree::read())));
}

#[test]
fn no_files_import_each_other() {
    none(&cycles::cycles(&Modules::read(&tree::read())));
}

#[test]
fn every_file_is_reached_by_a_mod_line() {
    none(&modules::unreached(&tree::read()));
}

#[test]
fn every_file_says_what_it_is_for() {
    none(&words::without_purpose(&tree::read()));
}

#[test]
fn nothing_is_left_over() {
    none(&words::left_over(&tree::read()));
}

#[test]
fn every_unwrap_says_why_it_cannot_fail() {
    none(&words::bare_unwraps(&tree::read()));
}

#[test]
fn lines_fit_100_columns() {
    none(&words::wide_lines(&tree::read()));
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    none(&words::machine_paths(&tree::read()));
}

#[test]
fn functions_fit_a_screen() {
    none(&size::long_functions(&tree::read()));
}

#[test]
fn files_have_one_subject() {
    let files = tree::read();
    none(&size::long_files(&files));
    let median = size::median_lines(&files);
    println!("middle length of the files in src: {median} lines");
    assert!(median < MEDIAN_LINES_MAX, "the middle length is {median} lines");
}

#[test]
fn every_public_item_is_explained() {
    none(&size::undocumented(&tree::read()));
}

#[test]
fn every_word_has_a_handler() {
    none(&documents::without_handler(&tree::read()));
}

#[test]
fn the_readme_shows_the_commands_of_the_catalogue() {
    let files = tree::read();
    let catalogue = Catalogue::read(&commands::files()).expect("commands/ is in order");
    let tables = [Lang::Zh, Lang::En].map(|lang| help::markdown(&catalogue, lang));
    none(&documents::without_table(&files, &tables));
}

#[test]
fn the_readme_shows_settings_of_the_manual() {
    none(&documents::foreign_settings(&tree::read()));
}
