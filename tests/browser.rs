//! The playground in a real browser: the whole bot as a stranger meets it, on a desk and on a
//! phone.
//! Needs chromium and chromedriver; without them it is passed over, except where `CI=true`.

mod program;

use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use program::Running;
use serde_json::json;
use tempfile::TempDir;

/// How long the page may take to show what is waited for.
const SHOW_DEADLINE: Duration = Duration::from_secs(20);

/// What WebDriver calls the Enter key.
const ENTER: char = '\u{E007}';

/// The phone's window in CSS pixels.
const PHONE_WIDTH: i64 = 390;
const PHONE_HEIGHT: i64 = 844;

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

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

/// Types a line and sends it.
async fn say(page: &Client, text: &str) {
    let area = see(page, "//textarea[@placeholder]").await;
    area.send_keys(&format!("{text}{ENTER}")).await.expect("typed");
}

/// Jumps the clock by one of the buttons on its sheet, and waits until it is there.
async fn jump(page: &Client, preset: &str) {
    press(page, "//*[@id='clock']").await;
    press(page, &format!("//dialog//button[b[.='{preset}']]")).await;
    see(page, "//dialog[not(@open)]").await;
}

async fn count(page: &Client, xpath: &str) -> usize {
    page.find_all(Locator::XPath(xpath)).await.expect("a page").len()
}

async fn press(page: &Client, xpath: &str) {
    see(page, xpath).await.click().await.unwrap_or_else(|e| panic!("{xpath}: {e}"));
}

/// Waits until the page has it.
async fn see(page: &Client, xpath: &str) -> Element {
    let wait = page.wait().at_most(SHOW_DEADLINE);
    match wait.for_element(Locator::XPath(xpath)).await {
        Ok(element) => element,
        Err(error) => {
            let lines = page.find(Locator::Id("lines")).await.expect("the page");
            panic!("not seen: {xpath}: {error}\n{}", lines.text().await.unwrap_or_default());
        }
    }
}

/// A bot with an empty data directory, a driver and a place for browser profiles.
struct Bench {
    bot: Running,
    driver: Running,
    browser: &'static str,
    folder: TempDir,
}

impl Bench {
    /// `None` when this machine has no browser to drive.
    #[expect(clippy::disallowed_methods, reason = "whether this is CI stands nowhere else")]
    fn set_up() -> Option<Self> {
        let has = |name: &&str| {
            let probe = Command::new(name).arg("--version").stdout(Stdio::null()).status();
            probe.is_ok_and(|status| status.success())
        };
        let browser = BROWSERS.into_iter().find(|name| has(name));
        let (Some(browser), true) = (browser, has(&"chromedriver")) else {
            let is_ci = std::env::var("CI").is_ok_and(|v| v == "true");
            assert!(!is_ci, "chromium and chromedriver must be there in CI");
            eprintln!("passed over: no chromium or no chromedriver on this machine");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bot = program::demo(&folder.path().join("data"));
        let mut driver = Command::new("chromedriver");
        driver.arg("--port=0");
        let driver = Running::start(driver, |line| {
            let port = line.rsplit_once("started successfully on port ")?.1;
            Some(format!("http://127.0.0.1:{}", port.trim_end_matches('.')))
        });
        Some(Self { bot, driver, browser, folder })
    }

    /// A browser of its own at the playground, as a phone of this size if given.
    async fn open(&self, phone: Option<(i64, i64)>) -> Client {
        let profile = self.folder.path().join("profile");
        let mut options = json!({ "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--accept-lang=zh-CN", "--window-size=1280,900",
            format!("--user-data-dir={}", profile.display()),
        ]});
        if let Some(binary) = which(self.browser) {
            options["binary"] = json!(binary);
        }
        if let Some((width, height)) = phone {
            options["mobileEmulation"] = json!({ "deviceMetrics": {
                "width": width, "height": height, "pixelRatio": 2, "touch": true, "mobile": true,
            }});
        }
        let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.driver.said)
            .await
            .expect("a browser");
        page.goto(&self.bot.said).await.expect("the page");
        page
    }
}

/// Where a program on the path lies.
#[expect(clippy::disallowed_methods, reason = "where programs lie stands nowhere else")]
fn which(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
