//! The room `publication`.
