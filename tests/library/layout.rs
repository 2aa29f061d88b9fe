//! The room `layout`.
