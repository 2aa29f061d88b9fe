//! The room `rooms`.
