//! kanyin.toml and the project folder.
