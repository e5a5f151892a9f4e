//! What understanding a message costs: `cargo bench --bench text`. Prints the median and the 99th
//! percentile of many runs, in microseconds. With a name and a number behind `--`, only that one is
//! run, so many times: what a profiler counts.

use std::hint::black_box;
use std::time::Instant;

use steward::command::Catalogue;
use steward::command::parse::parse;
use steward::core::commands;
use steward::model::{Lang, Timestamp};
use steward::text::every;
use steward::text::when::{self, Reference};

const RUNS: usize = 20_000;

#[expect(clippy::disallowed_methods, reason = "a bench asks the time")]
fn measure(name: &str, mut run: impl FnMut()) {
    let mut asked = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let (only, runs) = (asked.next(), asked.next().and_then(|runs| runs.parse().ok()));
    if only.is_some_and(|only| only != name) {
        return;
    }
    let runs = runs.unwrap_or(RUNS);
    let mut took: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_nanos() as f64 / 1_000.0
        })
        .collect();
    took.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| took[(share * (runs - 1) as f64) as usize];
    println!("{name:<32} median {:>7.2} µs   p99 {:>7.2} µs", at(0.5), at(0.99));
}

fn main() {
    let Ok(catalogue) = Catalogue::read(&commands::files()) else { return };
    let zone = chrono_tz::Asia::Shanghai;
    let reference = Reference::usual(Timestamp(1_795_140_000_000), zone);
    let short = "任务 整理周会纪要 tok123";
    let dated = "任务 写周报 @乙 下周五18:00前";
    let long = "大家好，关于3月的客户回访和周会安排，麻烦各位在本周内把各自负责的12个客户的进度更新到表格里，\
        尤其是华东区5号楼那几家，上午10点半我会先看一遍，下午3点前汇总给王总；如果有2家以上没有联系上，\
        请在群里说明原因和下一步计划，不要等到月底再补。另外第3季度的合同还有4份没有归档，编号2026-0098到2026-0101，\
        请行政的同事在周三下班前处理完，每周五例会上会逐项过一遍，谢谢配合，辛苦了，有问题随时找我或者小李沟通。";
    assert_eq!(short.chars().count(), 16);
    println!("the long message has {} characters", long.chars().count());
    for (name, line) in [("short", short), ("dated", dated), ("long", long)] {
        measure(&format!("{name}: parse"), || {
            black_box(parse(&catalogue, black_box(line), reference, Lang::Zh)).ok();
        });
        measure(&format!("{name}: when::find"), || {
            black_box(when::find(black_box(line), reference));
        });
        measure(&format!("{name}: every::at_an_end"), || {
            black_box(every::at_an_end(black_box(line), reference));
        });
    }
    let task = format!("任务 {long}");
    measure("long: as a task", || {
        black_box(parse(&catalogue, black_box(&task), reference, Lang::Zh)).ok();
        black_box(every::at_an_end(black_box(long), reference));
    });
    let reminder = format!("提醒我 {long}");
    measure("long: as a reminder", || {
        black_box(parse(&catalogue, black_box(&reminder), reference, Lang::Zh)).ok();
    });
}
