//! `completions` and `man`: the command line's definition as a shell's and the manual's pages.

use std::io;

use clap::Command;

use super::Status;
use super::args::CompletionsArguments;
use super::console::{Console, output};
use super::failure::{Failure, Told};
use super::help;

/// Prints completions for a shell.
pub fn completions(arguments: &CompletionsArguments, console: &Console) -> Status {
    let mut command = help::command(console.language);
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "seirihyo", &mut text);
    finish(output(&text), console)
}

/// Prints the manual page: one page, a section for each command.
pub fn page(console: &Console) -> Status {
    let mut command = help::command(console.language);
    command.build();
    finish(roff(&command).and_then(|text| output(&text)), console)
}

fn finish(result: io::Result<()>, console: &Console) -> Status {
    match result {
        Ok(()) => Status::Done,
        Err(error) => {
            console.failure("-", &Failure::writing(&error).told());
            Status::Failed
        }
    }
}

fn roff(command: &Command) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    // The commands stand below, not on pages of their own.
    let mut text = String::from_utf8_lossy(&text)
        .replace("seirihyo\\-", "seirihyo ")
        .replace("(1)\n", "\n")
        .into_bytes();
    for sub in command.get_subcommands() {
        section(sub, "seirihyo", &mut text)?;
    }
    Ok(text)
}

/// A command's own page without its title, its headings one level down.
fn section(command: &Command, parent: &str, text: &mut Vec<u8>) -> io::Result<()> {
    let name = format!("{parent} {}", command.get_name());
    let man = clap_mangen::Man::new(command.clone());
    let mut part = Vec::new();
    man.render_description_section(&mut part)?;
    man.render_synopsis_section(&mut part)?;
    man.render_options_section(&mut part)?;
    text.extend(format!("\n.SH \"{}\"\n", name.to_uppercase()).into_bytes());
    text.extend(
        String::from_utf8_lossy(&part)
            .replace(".SH ", ".SS ")
            .into_bytes(),
    );
    command
        .get_subcommands()
        .try_for_each(|sub| section(sub, &name, text))
}
