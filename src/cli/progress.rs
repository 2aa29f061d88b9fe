//! Progress bars on stderr: quiet while the work is short, gone when it is done,
//! and never drawn where stderr is no terminal.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kanyin::diag::{self, Code, Lang, Progress};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// Draws a bar a stage.
pub(super) struct Bars {
    lang: Lang,
    stage: Mutex<Option<Stage>>,
}

struct Stage {
    bar: ProgressBar,
    began: Instant,
    shown: bool,
}

impl Bars {
    /// Bars with words in that language.
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, stage: Mutex::new(None) }
    }

    fn with(&self, f: impl FnOnce(&mut Option<Stage>)) {
        // A poisoned lock only means that another thread's step panicked; a bar
        // is no reason to do the same.
        f(&mut self.stage.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

impl Progress for Bars {
    fn begin(&self, code: Code, total: usize) {
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}") {
            bar.set_style(style);
        }
        bar.set_message(diag::text(code.name(), &[], self.lang));
        self.with(|stage| *stage = Some(Stage { bar, began: Instant::now(), shown: false }));
    }

    fn step(&self) {
        self.with(|stage| {
            let Some(stage) = stage else { return };
            stage.bar.inc(1);
            if !stage.shown && stage.began.elapsed() > PATIENCE {
                stage.bar.set_draw_target(ProgressDrawTarget::stderr());
                stage.shown = true;
            }
        });
    }

    fn end(&self) {
        self.with(|stage| {
            if let Some(stage) = stage.take() {
                stage.bar.finish_and_clear();
            }
        });
    }
}
