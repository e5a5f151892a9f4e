//! Programs that tests run beside themselves: started, waited for until they are ready, and ended
//! in any case.

#![expect(dead_code, reason = "each test binary uses its own part")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a program may take to say that it is ready.
const START_DEADLINE: Duration = Duration::from_secs(60);

/// The bot's playground on a free port, its data in this folder; it says its address.
pub fn demo(data: &Path) -> Running {
    let mut bot = Command::new(env!("CARGO_BIN_EXE_steward"));
    bot.args(["demo", "--port", "0", "--data"]).arg(data);
    Running::start(bot, |line| {
        let at = line.find("http://")?;
        line[at..].split_whitespace().next().map(str::to_owned)
    })
}

/// The bot with these settings and variables; it logs its address.
pub fn serve(config: &Path, variables: &[(&str, &str)]) -> Running {
    serve_limited(config, variables, "")
}

/// The same after these words of a shell, such as limits of the system.
pub fn serve_limited(config: &Path, variables: &[(&str, &str)], before: &str) -> Running {
    Running::start(bot(config, variables, before), |line| {
        let (_, at) = line.split_once("listening on ")?;
        let is_address = |c: char| c.is_ascii_digit() || c == '.' || c == ':';
        let end = at.find(|c| !is_address(c)).unwrap_or(at.len());
        Some(format!("http://{}", &at[..end]))
    })
}

/// Its exit code and what it said, for one that does not start.
pub fn serve_in_vain(
    config: &Path,
    variables: &[(&str, &str)],
    before: &str,
) -> (Option<i32>, String) {
    let output = bot(config, variables, before).output().expect("started");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn bot(config: &Path, variables: &[(&str, &str)], before: &str) -> Command {
    // What it logs is read where others say something.
    let line = format!("{before} exec \"$0\" serve --config \"$1\" 2>&1");
    let mut bot = Command::new("sh");
    bot.args(["-c", &line, env!("CARGO_BIN_EXE_steward")]);
    bot.arg(config).envs(variables.iter().copied());
    bot
}

/// A program that has said that it is ready; ended when dropped.
pub struct Running {
    child: Child,
    output: Option<JoinHandle<String>>,
    /// What was read from that line.
    pub said: String,
}

impl Running {
    /// Starts it and waits for a line of its output that `ready` reads something from.
    pub fn start(mut command: Command, ready: fn(&str) -> Option<String>) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("started");
        let output = child.stdout.take().expect("piped");
        let (tell, told) = mpsc::channel();
        // Reads on to the end, so that the program never waits for a full pipe.
        let output = std::thread::spawn(move || {
            let mut all = String::new();
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                all.extend([&line, "\n"]);
                if let Some(said) = ready(&line) {
                    // Nobody listens any more after the first.
                    let _ = tell.send(said);
                }
            }
            all
        });
        let mut running = Self { child, output: Some(output), said: String::new() };
        running.said = told.recv_timeout(START_DEADLINE).expect("ready in time");
        running
    }

    /// Waits until it has ended by itself; its exit code and what it said.
    pub fn ended(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().expect("its end");
        let output = self.output.take().map(JoinHandle::join);
        (status.code(), output.expect("once").expect("read"))
    }

    /// Ends it at once, by SIGKILL, and waits until it is gone.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
