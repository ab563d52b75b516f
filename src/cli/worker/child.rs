//! The parent's side of one worker: start, one exchange after the other, its end.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use super::protocol::{read_frame, write_frame};
use super::{ARGUMENT, system};

/// Bytes of a worker's standard error that are kept: its last words.
const LAST_WORDS: usize = 4096;

/// How long last words are waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is started.
#[derive(Debug)]
pub enum Launch {
    /// This program.
    Own,
    /// A shell's command that stands for it.
    #[cfg(test)]
    Shell(&'static str),
}

impl Launch {
    fn command(&self) -> io::Result<Command> {
        match self {
            Self::Own => {
                let mut command = Command::new(system::own_program()?);
                command.arg(ARGUMENT);
                Ok(command)
            }
            #[cfg(test)]
            Self::Shell(line) => {
                let mut command = Command::new("sh");
                command.args(["-c", line]);
                Ok(command)
            }
        }
    }
}

/// How an exchange ended without an answer; the worker is gone.
#[derive(Debug)]
pub enum End {
    /// It took too long.
    TimedOut,
    /// It answered what no worker answers.
    Nonsense(String),
    /// The process ended.
    Died {
        /// Signal or exit status.
        how: String,
        /// What it wrote to standard error at last.
        last_words: String,
    },
}

/// A worker process.
#[derive(Debug)]
pub struct Child {
    process: std::process::Child,
    input: Option<ChildStdin>,
    output: ChildStdout,
    words: Receiver<String>,
}

impl Child {
    /// Starts a worker and tells it what holds for all files.
    pub fn start(launch: &Launch, setup: &[u8]) -> io::Result<Self> {
        let mut command = launch.command()?;
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        system::apart(&mut command);
        let mut process = command.spawn()?;
        let pipes = (
            process.stdin.take(),
            process.stdout.take(),
            process.stderr.take(),
        );
        let (Some(mut input), Some(output), Some(errors)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, words) = mpsc::channel();
        std::thread::spawn(move || sender.send(last_words(errors)));
        // One that died at once is seen at its first task.
        let _ = write_frame(&mut input, setup);
        Ok(Self {
            process,
            input: Some(input),
            output,
            words,
        })
    }

    /// Hands over a file and waits for the answer.
    pub fn exchange(&mut self, task: &[u8], bytes: &[u8], limit: Duration) -> Result<Vec<u8>, End> {
        let Self {
            process,
            input,
            output,
            ..
        } = self;
        let (done, finished) = mpsc::channel::<()>();
        let (answer, timed_out) = std::thread::scope(|scope| {
            let watch = scope.spawn(move || {
                let late = finished.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
                if late {
                    let _ = process.kill();
                }
                late
            });
            let answer = exchanged(input.as_mut(), output, task, bytes);
            drop(done);
            (answer, watch.join().unwrap_or(false))
        });
        match answer {
            Ok(answer) if !timed_out => Ok(answer),
            _ if timed_out => Err(End::TimedOut),
            _ => Err(self.ended()),
        }
    }

    /// The process is gone or has said something that no worker says.
    fn ended(&mut self) -> End {
        self.input = None;
        // A worker that writes nonsense need not end by itself; one that died is not changed by it.
        let _ = self.process.kill();
        let how = self
            .process
            .wait()
            .map_or_else(|error| error.to_string(), |status| status.to_string());
        // They are there as soon as it is gone, unless another process holds its standard error.
        let last_words = self.words.recv_timeout(PATIENCE).unwrap_or_default();
        End::Died { how, last_words }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn exchanged(
    input: Option<&mut ChildStdin>,
    output: &mut ChildStdout,
    task: &[u8],
    bytes: &[u8],
) -> io::Result<Vec<u8>> {
    let input = input.ok_or(io::ErrorKind::BrokenPipe)?;
    write_frame(input, task)?;
    write_frame(input, bytes)?;
    input.flush()?;
    read_frame(output)
}

/// Reads to the end, so that the worker never waits, and keeps the end.
fn last_words(mut errors: impl Read) -> String {
    let mut kept: VecDeque<u8> = VecDeque::new();
    let mut part = [0; 1024];
    while let Ok(read @ 1..) = errors.read(&mut part) {
        kept.extend(part.get(..read).unwrap_or_default());
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
    let bytes: Vec<u8> = kept.into();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_of_what_was_said_is_kept() {
        let said = [vec![b'a'; 100_000], b"the end".to_vec()].concat();
        let kept = last_words(said.as_slice());
        assert_eq!(kept.len(), LAST_WORDS);
        assert!(kept.ends_with("the end"));
    }
}
