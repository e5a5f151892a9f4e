//! Nothing of what is kept can be read from the files of store and index.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use steward::store::Position;

use crate::archive::{Archive, GROUP, TEXTS};

/// Three characters of Chinese as they stand in a file.
const PIECE_BYTES: usize = 9;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Every stretch of three characters that is long enough to stand nowhere by chance.
fn pieces(text: &str) -> impl Iterator<Item = &[u8]> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let ends = starts.clone().into_iter().skip(3);
    let piece = |(from, to)| &text.as_bytes()[from..to];
    starts.into_iter().zip(ends).map(piece).filter(|piece| piece.len() == PIECE_BYTES)
}

#[test]
fn no_three_characters_of_a_message_and_no_keyword_stand_in_any_file() {
    let mut archive = Archive::on_disk();
    // Through whole turns, with all that they leave.
    archive.ask(GROUP, "关键词 独家代理权 → #渠道/独家代理 通知@甲");
    archive.keep(GROUP, 0..1_500);
    for text in &TEXTS[1_500..1_600] {
        archive.line(GROUP, &text.sender, &text.text);
    }
    archive.line(GROUP, "甲", "独家代理权的事下周谈");
    archive.catch_up(GROUP);
    let found = archive.ask(GROUP, "搜 独家代理权");
    assert!(found.contains("1 条") && !found.contains("最近"), "{found}");
    archive.bot.store.sync(Position(u64::MAX)).unwrap();
    let mut wanted: HashSet<&[u8]> =
        TEXTS[..1_600].iter().flat_map(|text| pieces(&text.text)).collect();
    wanted.extend(pieces("独家代理权"));
    wanted.extend(pieces("渠道/独家代理"));
    wanted.extend(pieces(GROUP));
    assert!(wanted.len() > 4_000, "{}", wanted.len());
    let legible =
        |bytes: &[u8]| bytes.windows(PIECE_BYTES).find(|part| wanted.contains(part)).is_some();
    assert!(legible("……独家代理权……".as_bytes()), "it would be seen");
    // Closed, so that all of it is on disk.
    let Archive { bot, follower, folder, .. } = archive;
    drop((bot, follower));
    let all = files(folder.path());
    assert!(all.iter().any(|path| path.extension().is_some_and(|end| end == "seg")), "{all:?}");
    for path in all {
        assert!(!legible(&fs::read(&path).unwrap()), "{}", path.display());
        let name = path.display().to_string();
        assert!(!legible(name.as_bytes()), "{name}");
    }
}
