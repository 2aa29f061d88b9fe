//! Wires the rooms together; has no rules of its own.
