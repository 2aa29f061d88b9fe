//! The room `epub`.
