//! The room `wechat`.
