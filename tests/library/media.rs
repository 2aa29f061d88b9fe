//! The room `media`.
