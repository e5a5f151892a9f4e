//! A running bot, a browser to drive at it, and what is done with its pages.

use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use crate::program::{self, Running};

/// How long the page may take to show what is waited for.
const SHOW_DEADLINE: Duration = Duration::from_secs(20);

/// What WebDriver calls the Enter key.
pub const ENTER: char = '\u{E007}';

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Types a line and sends it.
pub async fn say(page: &Client, text: &str) {
    let area = see(page, "//textarea[@placeholder]").await;
    area.send_keys(&format!("{text}{ENTER}")).await.expect("typed");
}

/// How many of these there are.
pub async fn count(page: &Client, xpath: &str) -> usize {
    page.find_all(Locator::XPath(xpath)).await.expect("a page").len()
}

/// Clicks it once it is there and can be clicked: what slides in cannot be yet.
pub async fn press(page: &Client, xpath: &str) {
    let element = see(page, xpath).await;
    let clicking = async {
        while let Err(error) = element.click().await {
            let sliding = error.to_string().contains("not interactable");
            assert!(sliding, "{xpath}: {error}");
        }
    };
    let clicked = tokio::time::timeout(SHOW_DEADLINE, clicking).await;
    clicked.unwrap_or_else(|_| panic!("{xpath} cannot be clicked"));
}

/// Waits until the page has it.
pub async fn see(page: &Client, xpath: &str) -> Element {
    let wait = page.wait().at_most(SHOW_DEADLINE);
    match wait.for_element(Locator::XPath(xpath)).await {
        Ok(element) => element,
        Err(error) => {
            let body = page.find(Locator::Css("body")).await.expect("the page");
            panic!("not seen: {xpath}: {error}\n{}", body.text().await.unwrap_or_default());
        }
    }
}

/// A bot with an empty data directory, a driver and a place for browser profiles.
pub struct Bench {
    /// The bot; it says the address of its playground.
    pub bot: Running,
    driver: Running,
    browser: &'static str,
    folder: TempDir,
}

impl Bench {
    /// `None` when this machine has no browser to drive.
    #[expect(clippy::disallowed_methods, reason = "whether this is CI stands nowhere else")]
    pub fn set_up() -> Option<Self> {
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
    pub async fn open(&self, phone: Option<(i64, i64)>) -> Client {
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
