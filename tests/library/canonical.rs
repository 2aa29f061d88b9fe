//! The room `canonical`.
