//! The outside judges: real programs that have the last word on a file.
