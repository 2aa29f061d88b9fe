//! The lines of a list: fields apart by a tabulator, a full-width space or two
//! spaces, as people type them in a plain editor. `#` begins a remark.

/// One line of a list.
pub(super) struct Fields<'a> {
    /// The line as it stands.
    pub(super) whole: &'a str,
    /// Its fields; at least one, none of them empty.
    pub(super) all: Vec<&'a str>,
}

/// The lines that say something, with their numbers from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, Fields<'_>)> {
    let numbered = text.trim_start_matches('\u{FEFF}').lines().zip(1..);
    numbered
        .map(|(line, number)| (number, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, whole)| (number, Fields { whole, all: split(whole) }))
}

fn split(line: &str) -> Vec<&str> {
    line.split(['\t', '\u{3000}'])
        .flat_map(|field| field.split("  "))
        .map(str::trim)
        .filter(|field| !field.is_empty())
        .collect()
}

impl<'a> Fields<'a> {
    /// The words of the fields that begin with `mark` and a colon, and the other fields.
    pub(super) fn marked(&self, mark: &str) -> (Vec<String>, Vec<&'a str>) {
        let (mut words, mut rest) = (Vec::new(), Vec::new());
        for field in &self.all {
            let list = field.strip_prefix(mark).and_then(|f| f.strip_prefix(['：', ':']));
            match list {
                Some(list) => {
                    let list = list.split(['、', '，', ',', ' ']).map(str::trim);
                    words.extend(list.filter(|w| !w.is_empty()).map(str::to_owned));
                }
                None => rest.push(*field),
            }
        }
        (words, rest)
    }
}
