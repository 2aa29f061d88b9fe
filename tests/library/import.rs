//! The room `import`.
