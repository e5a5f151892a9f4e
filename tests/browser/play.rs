//! The playground in a real browser: the whole bot as a stranger meets it, on a desk and on a
//! phone.

use fantoccini::Client;
use serde_json::json;

use crate::bench::{Bench, count, press, say, see};

/// The phone's window in CSS pixels.
const PHONE_WIDTH: i64 = 390;
const PHONE_HEIGHT: i64 = 844;

const CARD: &str = "//*[@id='lines']//div[contains(@class,'card ')]";

#[tokio::test]
async fn a_stranger_makes_a_task_finishes_it_and_is_reminded_of_another() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(None).await;

    say(&page, "@管家 任务 周五18点前 整理Q4报价 @韩梅梅").await;
    let made = format!("{CARD}[contains(.,'T1')][contains(.,'整理Q4报价')]");
    press(&page, &format!("{made}//button[.='完成']")).await;
    let done = format!("{CARD}/*[self::p or self::ul][contains(.,'T1')][contains(.,'完成')]");
    see(&page, &done).await;
    let typed = "//article[contains(@class,'mine')][contains(.,'T1 完成')]";
    see(&page, typed).await;

    // Reminded on its day at its time, so two jumps: whatever day this test runs on, both lie
    // ahead.
    say(&page, "@管家 任务 明天18点前 核对合同 @韩梅梅").await;
    let contract = format!("{CARD}[contains(.,'核对合同')][contains(.,'韩梅梅')]");
    see(&page, &contract).await;
    assert_eq!(count(&page, &contract).await, 1);
    jump(&page, "明天 9:00").await;
    jump(&page, "今天 18:00").await;
    let reminder = format!("({contract})[2]");
    see(&page, &reminder).await;

    page.refresh().await.expect("reloaded");
    see(&page, &reminder).await;
    see(&page, &made).await;
    see(&page, typed).await;
    page.close().await.expect("closed");
}

#[tokio::test]
async fn the_page_fits_a_phone() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(Some((PHONE_WIDTH, PHONE_HEIGHT))).await;
    say(&page, &format!("没有空格的一长串{}", "报价".repeat(80))).await;
    see(&page, "//article[not(contains(@class,'waiting'))]//p[contains(.,'没有空格')]").await;

    let fits = "const box = document.getElementById('composer').getBoundingClientRect(); \
                return [innerWidth, document.documentElement.scrollWidth, \
                document.getElementById('scroll').scrollWidth, \
                box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth];";
    let found = page.execute(fits, vec![]).await.expect("run");
    assert_eq!(found, json!([PHONE_WIDTH, PHONE_WIDTH, PHONE_WIDTH, true]));

    press(&page, "//*[@id='side-open']").await;
    press(&page, "//*[@id='places']/li[2]/button").await;
    see(&page, "//h1[.='售后群']").await;
    page.close().await.expect("closed");
}

#[tokio::test]
async fn what_is_delivered_twice_is_done_once() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(None).await;
    press(&page, "//label[@class='switch'][1]").await;
    say(&page, "@管家 任务 核对合同").await;
    see(&page, "//article[contains(@class,'mine')][contains(.,'发了两遍')]").await;
    say(&page, "也发两遍").await;
    see(&page, "//article[contains(@class,'mine')][contains(.,'也发')][contains(.,'发了')]").await;
    press(&page, "//label[@class='switch'][1]").await;
    say(&page, "@管家 任务 整理Q4报价").await;
    see(&page, &format!("{CARD}[contains(.,'整理Q4报价')]")).await;
    // What the second delivery had done would stand before that.
    assert_eq!(count(&page, &format!("{CARD}[contains(.,'核对合同')]")).await, 1);
    page.close().await.expect("closed");
}

#[tokio::test]
async fn enter_belongs_to_the_input_method_while_it_composes() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(None).await;
    see(&page, "//textarea[@placeholder]").await.send_keys("baojia").await.expect("typed");
    let enter = "const text = document.getElementById('text'); \
                 text.dispatchEvent(new KeyboardEvent('keydown', \
                 { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })); \
                 return text.value;";
    assert_eq!(page.execute(enter, vec![]).await.expect("run"), json!("baojia"));
    page.close().await.expect("closed");
}

#[tokio::test]
async fn the_page_speaks_both_languages_and_remembers_which() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(None).await;
    see(&page, "//html[@lang='zh-CN']//legend[.='以谁的身份说']").await;
    press(&page, "//button[.='English']").await;
    see(&page, "//html[@lang='en']//legend[.='Speak as']").await;
    page.refresh().await.expect("reloaded");
    see(&page, "//html[@lang='en']//legend[.='Speak as']").await;
    page.close().await.expect("closed");
}

/// Jumps the clock by one of the buttons on its sheet, and waits until it is there.
async fn jump(page: &Client, preset: &str) {
    press(page, "//*[@id='clock']").await;
    press(page, &format!("//dialog//button[b[.='{preset}']]")).await;
    see(page, "//dialog[not(@open)]").await;
}
