//! The command line program. Everything it can do is in the library; here are
//! arguments, progress bars and messages.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
