//! Who gets in: with an address of theirs, once and in time, from the page itself, as long as they
//! may.

use serde_json::json;

use crate::page::Bot;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_opens_one_visit_and_a_wrong_or_late_one_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    let key = bot.asked("chen").await;
    assert_eq!(bot.use_up(&key).await.status().as_u16(), 204);
    assert_eq!(bot.use_up(&key).await.status().as_u16(), 410, "used up");
    for wrong in [format!("{key}x"), String::new(), "x".repeat(5_000)] {
        assert_eq!(bot.use_up(&wrong).await.status().as_u16(), 410);
    }
    let first = bot.asked("chen").await;
    let second = bot.asked("chen").await;
    assert_eq!(bot.use_up(&first).await.status().as_u16(), 410, "a later one was asked for");
    bot.pass(11).await;
    assert_eq!(bot.use_up(&second).await.status().as_u16(), 410, "too late");
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_use_an_address_at_once_one_gets_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    let key = bot.asked("chen").await;
    let all = tokio::join!(bot.use_up(&key), bot.use_up(&key), bot.use_up(&key));
    let mut all = [all.0, all.1, all.2].map(|answer| answer.status().as_u16());
    all.sort_unstable();
    assert_eq!(all, [204, 410, 410]);
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_ends_by_itself_by_a_word_and_by_the_button() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    let visitor = bot.enter("chen").await;
    assert_eq!(bot.status(&visitor).await, 200);
    bot.pass(61).await;
    assert_eq!(bot.status(&visitor).await, 401);

    let visitor = bot.enter("chen").await;
    bot.say("chen", "@管家 存档页 退出").await;
    assert_eq!(bot.status(&visitor).await, 401);

    let visitor = bot.enter("chen").await;
    let answer = bot.ask(&visitor, "out", json!({})).await;
    assert_eq!(answer.status().as_u16(), 204);
    assert!(answer.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(bot.status(&visitor).await, 401);
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_gets_no_address_and_who_loses_the_role_is_out_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "@管家 存档页").await;
    bot.line("负责人").await;
    assert!(!bot.lines().await.iter().any(|line| line.contains("/archive#")));

    bot.say("chen", "@管家 角色 @李雷 负责人").await;
    bot.line("由【成员】变为【负责人】").await;
    let waiting = bot.asked("lilei").await;
    let visitor = bot.enter("lilei").await;
    assert_eq!(bot.use_up(&waiting).await.status().as_u16(), 410);
    assert_eq!(bot.status(&visitor).await, 200);
    let key = bot.asked("lilei").await;
    bot.say("chen", "@管家 角色 @李雷 成员").await;
    bot.line("由【负责人】变为【成员】").await;
    assert_eq!(bot.use_up(&key).await.status().as_u16(), 410);
    assert_eq!(bot.status(&visitor).await, 401);
    bot.say("chen", "@管家 角色 @李雷 负责人").await;
    bot.say("chen", "@管家 角色 @李雷").await;
    assert_eq!(bot.status(&visitor).await, 401, "whoever is lead again asks again");
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_page_itself_may_post_and_only_for_its_own_visit() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    bot.say("lilei", "三班有家长要退费").await;
    let visitor = bot.enter("chen").await;
    let act = json!({ "do": "tag", "numbers": [1], "name": "退费" });
    let body = json!({ "act": act, "lang": "zh" });
    let with = |request: reqwest::RequestBuilder| {
        let request = request.header("cookie", &visitor.cookie);
        request.header("x-archive-stamp", &visitor.stamp)
    };
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let request = with(bot.bare("/archive/act", &body)).header("origin", origin);
        assert_eq!(request.send().await.unwrap().status().as_u16(), 403, "{origin}");
    }
    let nowhere = with(bot.bare("/archive/act", &body)).send().await.unwrap();
    assert_eq!(nowhere.status().as_u16(), 403);
    let site = with(bot.post("/archive/act", &body)).header("sec-fetch-site", "cross-site");
    assert_eq!(site.send().await.unwrap().status().as_u16(), 403);
    let unstamped = bot.post("/archive/act", &body).header("cookie", &visitor.cookie);
    assert_eq!(unstamped.send().await.unwrap().status().as_u16(), 409);
    let nobody = bot.post("/archive/act", &body).header("x-archive-stamp", &visitor.stamp);
    assert_eq!(nobody.send().await.unwrap().status().as_u16(), 401);
    // A key is no session.
    let key = bot.asked("chen").await;
    let keyed = bot.post("/archive/state", &json!({ "lang": "zh" }));
    let keyed = keyed.header("cookie", format!("steward-archive={key}")).send().await.unwrap();
    assert_eq!(keyed.status().as_u16(), 401);
    let other = bot.enter("chen").await;
    let mixed = crate::page::Visitor { stamp: visitor.stamp.clone(), ..other };
    assert_eq!(bot.status(&mixed).await, 409);
    let found = bot.find(&visitor, "", None).await;
    assert_eq!(found["messages"][0]["tags"], json!([]), "nothing was done");
    bot.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_it_is_cached_framed_loaded_from_elsewhere_or_legible_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut bot = Bot::start(folder.path()).await;
    for path in ["/archive", "/archive/assets/archive.js", "/archive/assets/none"] {
        let answer = bot.get(path).await;
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("x-content-type-options"), "nosniff");
        let policy = header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"));
    }
    let key = bot.asked("chen").await;
    let answer = bot.use_up(&key).await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/archive", "Max-Age=3600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let session = cookie.split_once('=').unwrap().1.split(';').next().unwrap().to_owned();
    bot.stop().await;
    let mut folders = vec![folder.path().to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for secret in [&key, &session] {
                let legible = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!legible, "{}", path.display());
            }
        }
    }
}
