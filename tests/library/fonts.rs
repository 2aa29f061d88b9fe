//! The room `fonts`.
