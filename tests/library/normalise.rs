//! The room `normalise`.
