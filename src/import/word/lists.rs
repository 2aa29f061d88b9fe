//! Lists within lists, built item by item from numbers and levels.

use crate::article::{Block, List};

/// The lists that are open, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<(u8, List)>,
}

impl Lists {
    /// Whether a list is open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Adds an item; `number` is `None` for a bullet. Gives the list that it ended,
    /// where it goes on with none.
    pub(super) fn add(
        &mut self,
        level: u8,
        number: Option<u32>,
        blocks: Vec<Block>,
    ) -> Option<Block> {
        while self.open.last().is_some_and(|(l, _)| *l > level) && self.open.len() > 1 {
            self.fold();
        }
        let mut ended = None;
        if let Some((at, list)) = self.open.last_mut()
            && *at >= level
        {
            let next = list.start.map(|s| s.saturating_add(list.items.len() as u32));
            if list.start.is_some() == number.is_some() && next == number {
                *at = (*at).min(level);
                list.items.push(blocks);
                return None;
            }
            if self.open.len() == 1 {
                ended = self.close();
            } else {
                self.fold();
            }
        }
        self.open.push((level, List { start: number, items: vec![blocks] }));
        ended
    }

    /// Adds to the item that was added last.
    pub(super) fn go_on(&mut self, blocks: Vec<Block>) {
        if let Some(item) = self.open.last_mut().and_then(|(_, list)| list.items.last_mut()) {
            item.extend(blocks);
        }
    }

    /// Ends all lists; gives the outermost.
    pub(super) fn close(&mut self) -> Option<Block> {
        while self.open.len() > 1 {
            self.fold();
        }
        self.open.pop().map(|(_, list)| Block::List(list))
    }

    /// Puts the innermost list into the item it belongs to.
    fn fold(&mut self) {
        if let Some((_, list)) = self.open.pop() {
            self.go_on(vec![Block::List(list)]);
        }
    }
}
