//! The real server: a record brought to the address that its asker was sent.

use std::fs;

use reqwest::{Client, Response};

use crate::server::{Page, files};

const RECORD: &str = "time,sender,text\n2026-01-05 09:30,王五,独家代理权谈妥了\n\
    2026-01-05 09:31,李雷,\"好的, 收到\"\n";

impl Page {
    /// The address of an import, as its asker was sent it.
    async fn door(&self) -> String {
        let sent = self.line("/import/").await;
        sent.lines().find(|line| line.contains("/import/")).expect("an address").trim().to_owned()
    }

    async fn bring(&self, url: &str, body: impl Into<reqwest::Body>) -> Response {
        bring(&self.client, url, "text/csv", body).await
    }
}

async fn bring(client: &Client, url: &str, kind: &str, body: impl Into<reqwest::Body>) -> Response {
    let request = client.post(url).header("content-type", kind).body(body);
    request.send().await.expect("an answer")
}

fn is(answer: &Response, status: u16) {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["cache-control"], "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_taken_once_and_nothing_of_it_is_legible_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "早").await;
    page.say("chen", "@管家 导入").await;
    let url = page.door().await;
    let form = page.get(&url).await;
    is(&form, 200);
    let policy = form.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"));
    assert!(form.text().await.unwrap().contains("multipart/form-data"));
    // As a browser sends its form.
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"r.csv\"\r\n\r\n{RECORD}\
         \r\n--b--\r\n"
    );
    let taken = bring(&page.client, &url, "multipart/form-data; boundary=b", body).await;
    is(&taken, 200);
    assert!(taken.text().await.unwrap().contains("新收 2 条"));
    page.line("陈经理 导入了 2 条：M2–M3").await;
    is(&page.bring(&url, RECORD).await, 410);
    is(&page.get(&url).await, 410);
    page.say("chen", "@管家 搜 代理权").await;
    assert!(page.line("王五：独家代理权").await.contains("M2 "));
    let token = url.rsplit('/').next().unwrap().to_owned();
    page.stop().await;
    for path in files(&folder.path().join("data")) {
        let bytes = fs::read(&path).unwrap();
        for word in ["独家代", "代理权", &token] {
            let legible = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!legible, "{word} in {}", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_said_and_the_address_stays_good() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("chen", "@管家 导入").await;
    let url = page.door().await;
    is(&page.bring(&format!("{url}x"), RECORD).await, 410);
    let broken = page.bring(&url, format!("{RECORD}2026-01-05 09:31,,谁说的\n")).await;
    is(&broken, 422);
    let said = broken.text().await.unwrap();
    assert!(said.contains("第 4 行：没有发言人") && said.contains("row 4 names nobody"), "{said}");
    page.line("第 4 行：没有发言人").await;
    is(&page.bring(&url, vec![0xff, 0xfe, 0]).await, 422);
    is(&page.bring(&url, "").await, 422);
    is(&page.bring(&url, vec![b'x'; (8 << 20) + 8192]).await, 413);
    let row = "2026-01-05 09:31,李雷,好\n";
    is(&page.bring(&url, row.repeat(10_001)).await, 422);
    page.line("超过 10000 条").await;
    is(&bring(&page.client, &url, "multipart/form-data; boundary=b", RECORD).await, 422);
    is(&page.bring(&url, RECORD).await, 200);
    page.say("chen", "@管家 撤销").await;
    page.line("M1 已取消").await;
    page.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_records_that_come_at_once_one_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("chen", "@管家 导入").await;
    let url = page.door().await;
    let other = RECORD.replace("独家", "非独家");
    let both = tokio::join!(page.bring(&url, RECORD), page.bring(&url, other));
    let both = [both.0, both.1].map(|answer| answer.status().as_u16());
    assert_eq!(both.iter().filter(|status| **status == 200).count(), 1, "{both:?}");
    page.say("chen", "@管家 搜 代理权").await;
    assert!(page.line("找到 1 条").await.contains("独家代理权"));
    page.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_right_meanwhile_brings_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut page = Page::start(folder.path()).await;
    page.say("lilei", "早").await;
    page.say("chen", "@管家 角色 @李雷 管理员").await;
    page.line("变为【管理员】").await;
    page.say("lilei", "@管家 导入").await;
    let url = page.door().await;
    page.say("chen", "@管家 角色 @李雷 成员").await;
    page.line("变为【成员】").await;
    is(&page.bring(&url, RECORD).await, 409);
    page.line("没有导入：李雷 现在没有权限").await;
    is(&page.bring(&url, RECORD).await, 410);
    page.stop().await;
}
