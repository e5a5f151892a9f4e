//! Programs that tests run beside themselves: started, waited for until they are ready, and ended
//! in any case.

#![expect(dead_code, reason = "each test binary uses its own part")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
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
    // What it logs is read where others say something.
    let mut bot = Command::new("sh");
    bot.args(["-c", "exec \"$0\" serve --config \"$1\" 2>&1", env!("CARGO_BIN_EXE_steward")]);
    bot.arg(config).envs(variables.iter().copied());
    Running::start(bot, |line| {
        let (_, at) = line.split_once("listening on ")?;
        let is_address = |c: char| c.is_ascii_digit() || c == '.' || c == ':';
        let end = at.find(|c| !is_address(c)).unwrap_or(at.len());
        Some(format!("http://{}", &at[..end]))
    })
}

/// A program that has said that it is ready; ended when dropped.
pub struct Running {
    child: Child,
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
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(said) = ready(&line) {
                    // Nobody listens any more after the first.
                    let _ = tell.send(said);
                }
            }
        });
        let mut running = Self { child, said: String::new() };
        running.said = told.recv_timeout(START_DEADLINE).expect("ready in time");
        running
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
