//! The archive page in a real browser: found, read, tagged and taken back by keyboard; on a phone.

use fantoccini::Client;
use serde_json::json;

use crate::bench::{Bench, ENTER, count, press, see};

/// What WebDriver calls the Escape key.
const ESCAPE: char = '\u{E00C}';

/// The narrowest phone's window in CSS pixels.
const PHONE: (i64, i64) = (360, 740);

/// Says lines in the group, the sender before each; then 陈经理 asks for the archive page, and its
/// address is what comes of it.
const ADDRESS: &str = "
    const [lines, done] = arguments;
    const say = (sender, text) => fetch('/play/say', {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ conversation: 'project', sender, text, id: crypto.randomUUID() }),
    });
    const stream = new EventSource('/play/stream');
    stream.addEventListener('open', async () => {
      for (const [sender, text] of lines) await say(sender, text);
      await say('chen', '@管家 存档页');
    }, { once: true });
    stream.addEventListener('line', (event) => {
      const found = /http\\S+archive#\\S+/.exec(JSON.parse(event.data).text);
      if (!found) return;
      stream.close();
      done(found[0]);
    });";

const LINES: [(&str, &str); 5] = [
    ("lilei", "三班有家长要退费，电话 13800001234"),
    ("hanmeimei", "<img src=x onerror=alert(1)> 合同终稿发出去了"),
    ("wangfang", "退费走财务还是教务"),
    ("lilei", "打印机又卡纸了"),
    ("hanmeimei", "退费的事明天再说"),
];

/// Opens the archive page of the group after these lines.
async fn enter(bench: &Bench, page: &Client, lines: &[(&str, &str)]) {
    let found = page.execute_async(ADDRESS, vec![json!(lines)]).await.expect("run");
    let address = found.as_str().expect("an address");
    assert!(address.starts_with(bench.bot.said.trim_end_matches("/play")), "{address}");
    page.goto(address).await.expect("the page");
    see(page, "//h1[.='「项目群」存档']").await;
    let place = page.current_url().await.expect("an address");
    assert_eq!((place.path(), place.fragment()), ("/archive", None), "the key is shown to nobody");
}

/// Presses keys wherever the focus is.
async fn keys(page: &Client, text: &str) {
    page.active_element().await.expect("a focus").send_keys(text).await.expect("typed");
}

#[tokio::test]
async fn a_lead_finds_reads_tags_and_takes_back_by_keyboard() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(None).await;
    enter(&bench, &page, &LINES).await;
    see(&page, "//ol[@id='list']/li[5][contains(.,'M1')][contains(.,'138****1234')]").await;
    see(&page, "//li[contains(.,'<img src=x onerror=alert(1)> 合同终稿')]").await;

    let query = see(&page, "//input[@id='query']").await;
    query.send_keys(&format!("退费{ENTER}")).await.expect("typed");
    see(&page, "//ul[@id='notes'][contains(.,'找到 3 条')]").await;
    see(&page, "//p[@id='line'][not(@hidden)]/code[.='搜 退费']").await;
    assert_eq!(count(&page, "//ol[@id='list']//mark[.='退费']").await, 3);

    keys(&page, &ESCAPE.to_string()).await;
    see(&page, "//ol[@id='list']/li[1][contains(@class,'is-current')]").await;
    for key in ["x", "j", "x"] {
        keys(&page, key).await;
    }
    see(&page, "//section[@id='chosen'][not(@hidden)][contains(.,'已选 2 条')]").await;
    keys(&page, "t").await;
    keys(&page, &format!("财务/退费{ENTER}")).await;
    see(&page, "//div[@id='toast'][contains(.,'M3 M5 已标 #财务/退费')]").await;
    see(&page, "(//ol[@id='list']//button[.='#财务/退费'])[2]").await;
    press(&page, "//button[@id='toast-undo']").await;
    see(&page, "//ol[@id='list'][not(.//button[.='#财务/退费'])]/li[3]").await;

    press(&page, "//ol[@id='list']/li[2]//p[contains(@class,'text')]").await;
    see(&page, "//h2[.='M3 的前后']").await;
    see(&page, "//ol[@id='talk']/li[4][contains(.,'打印机')]").await;
    see(&page, "//ol[@id='talk']/li[3][@aria-current='true']//mark[.='退费']").await;
    see(&page, "//input[@id='jump-to']")
        .await
        .send_keys(&format!("M1{ENTER}"))
        .await
        .expect("typed");
    see(&page, "//h2[.='M1 的前后']").await;
    keys(&page, &ESCAPE.to_string()).await;
    see(&page, "//aside[@id='reader'][@hidden]").await;

    press(&page, "//button[@id='export']").await;
    see(&page, "//dialog[@open]//p[@id='export-what'][.='退费']").await;
    press(&page, "//button[@id='export-go']").await;
    see(&page, "//div[@id='toast'][contains(.,'X1 正在导出：Excel 表格，退费')]").await;
    see(&page, "//dialog[not(@open)]").await;

    press(&page, "//button[.='EN']").await;
    see(&page, "//h1[.='项目群 archive']").await;
    see(&page, "//ul[@id='notes'][contains(.,'3 found')]").await;
    page.goto(&bench.bot.said).await.expect("the chat");
    see(&page, "//article[contains(.,'M3 M5 已标 #财务/退费')][contains(.,'陈经理 在存档页操作')]")
        .await;
    page.close().await.expect("closed");
}

#[tokio::test]
async fn the_archive_page_fits_a_narrow_phone() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(Some(PHONE)).await;
    let long = "没有空格的一长串".repeat(30);
    let latin = "w".repeat(300);
    enter(&bench, &page, &[("lilei", &long), ("hanmeimei", &latin), LINES[0]]).await;
    press(&page, "//button[.='今天']").await;
    see(&page, "//ul[@id='tokens']//button[contains(.,'今天')]").await;
    see(&page, "//ul[@id='notes'][contains(.,'找到 3 条')]").await;
    press(&page, "//ol[@id='list']/li[2]//input").await;
    let fits = "const inside = (id) => { \
                const box = document.getElementById(id).getBoundingClientRect(); \
                return box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth; }; \
                return [innerWidth, document.documentElement.scrollWidth, \
                document.getElementById('results').scrollWidth, \
                ['go', 'leave', 'export', 'chosen'].every(inside)];";
    see(&page, "//section[@id='chosen'][not(@hidden)]").await;
    let found = page.execute(fits, vec![]).await.expect("run");
    assert_eq!(found, json!([PHONE.0, PHONE.0, PHONE.0, true]));

    let name = see(&page, "//input[@id='file-name']").await;
    name.send_keys(&format!("长文库{ENTER}")).await.expect("typed");
    see(&page, "//ol[@id='list']/li[2]//button[.='库：长文库']").await;
    press(&page, "//button[@id='toast-close']").await;
    press(&page, "//ol[@id='list']/li[3]//p[contains(@class,'text')]").await;
    see(&page, "//h2[.='M1 的前后']").await;
    let reader = "const box = document.getElementById('reader').getBoundingClientRect(); \
                  return [box.left, box.right, \
                  document.getElementById('reader-scroll').scrollWidth];";
    let found = page.execute(reader, vec![]).await.expect("run");
    assert_eq!(found, json!([0, PHONE.0, PHONE.0]));
    press(&page, "//button[@id='reader-close']").await;

    press(&page, "//button[@id='leave']").await;
    see(&page, "//main[@id='gate'][contains(.,'已退出')]").await;
    page.refresh().await.expect("reloaded");
    see(&page, "//main[@id='gate'][contains(.,'请从聊天里打开')]").await;
    page.close().await.expect("closed");
}

#[tokio::test]
async fn a_window_of_another_conversations_page_does_nothing_here() {
    let Some(bench) = Bench::set_up() else { return };
    let page = bench.open(None).await;
    enter(&bench, &page, &LINES).await;
    let first = page.window().await.expect("a window");
    let second = page.new_window(true).await.expect("a window").handle;
    page.switch_to_window(second).await.expect("there");
    page.goto(&bench.bot.said).await.expect("the chat");
    enter(&bench, &page, &LINES[..1]).await;
    page.switch_to_window(first).await.expect("there");
    press(&page, "//button[@id='go']").await;
    see(&page, "//main[@id='gate'][contains(.,'这个窗口已停用')]").await;
    page.close().await.expect("closed");
}
