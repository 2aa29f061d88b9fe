//! Sources for imposition: pages whose number, place and inks are known.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Points in a millimetre.
pub const POINTS: f64 = 72.0 / 25.4;

/// A document of numbered pages: `n1`, `n2` and so on in black near the lower left
/// corner, on grounds of magenta and cyan in turn that fill the bleed if asked for.
pub struct Leaves {
    pub pages: usize,
    /// Width and height after trimming, in mm.
    pub trim: [f64; 2],
    /// In mm.
    pub bleed: f64,
    /// Whether the pages have a coloured ground.
    pub ground: bool,
    /// Degrees clockwise, written in the page tree.
    pub rotate: i64,
    /// Where the trimmed page begins, in points.
    pub origin: [f64; 2],
    /// Points in a unit.
    pub unit: f64,
    /// The colour space in which each page mixes its colours.
    pub group: Option<&'static str>,
    /// How many streams the content of a page is cut into.
    pub streams: usize,
}

impl Default for Leaves {
    fn default() -> Self {
        Self {
            pages: 8,
            trim: [185.0, 260.0],
            bleed: 3.0,
            ground: false,
            rotate: 0,
            origin: [3.0 * POINTS, 3.0 * POINTS],
            unit: 1.0,
            group: None,
            streams: 1,
        }
    }
}

impl Leaves {
    /// The document. What pages share stands in the page tree above them.
    pub fn document(&self) -> Document {
        let mut document = Document::with_version("1.6");
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica"
        });
        let resources = dictionary! { "Font" => dictionary! { "F" => font } };
        let resources = document.add_object(resources);
        let (inner, root) = (document.new_object_id(), document.new_object_id());
        let kids: Vec<Object> =
            (1..=self.pages).map(|n| Object::from(self.page(&mut document, n, inner))).collect();
        let boxes = self.boxes();
        document.objects.insert(
            inner,
            Object::from(dictionary! {
                "Type" => "Pages", "Parent" => root, "Count" => self.pages as i64, "Kids" => kids,
                "MediaBox" => boxes[0].clone(), "Rotate" => self.rotate
            }),
        );
        document.objects.insert(
            root,
            Object::from(dictionary! {
                "Type" => "Pages", "Count" => self.pages as i64, "Resources" => resources,
                "Kids" => vec![Object::from(inner)]
            }),
        );
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        document.trailer.set("Root", catalog);
        document
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        bytes(&mut self.document())
    }

    fn page(&self, document: &mut Document, number: usize, parent: ObjectId) -> ObjectId {
        let content = self.content(number).into_bytes();
        let size = content.len().div_ceil(self.streams);
        // Streams are cut between operators, as ISO 32000-1 asks.
        let lines: Vec<&[u8]> = content.split_inclusive(|byte| *byte == b'\n').collect();
        let parts = if self.streams == 1 { vec![content.clone()] } else { gathered(&lines, size) };
        let parts: Vec<Object> = parts
            .into_iter()
            .map(|part| Object::from(document.add_object(Stream::new(Dictionary::new(), part))))
            .collect();
        let contents = if let [only] = &parts[..] { only.clone() } else { Object::from(parts) };
        let [media, bleed, trim] = self.boxes();
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => parent, "MediaBox" => media, "BleedBox" => bleed,
            "TrimBox" => trim, "Contents" => contents
        };
        if self.unit != 1.0 {
            page.set("UserUnit", self.unit);
        }
        if let Some(space) = self.group {
            let group = dictionary! { "S" => "Transparency", "CS" => space };
            page.set("Group", group);
        }
        document.add_object(page)
    }

    /// MediaBox, BleedBox, TrimBox.
    fn boxes(&self) -> [Object; 3] {
        let [x, y] = self.origin;
        let [width, height] = self.trim.map(|side| side * POINTS / self.unit);
        let wide = |by: f64| {
            let by = by * POINTS / self.unit;
            let corners = [x - by, y - by, x + width + by, y + height + by];
            Object::Array(corners.map(Object::from).to_vec())
        };
        [wide(self.bleed), wide(self.bleed), wide(0.0)]
    }

    fn content(&self, number: usize) -> String {
        let [x, y] = self.origin;
        let mm = POINTS / self.unit;
        let mut content = String::new();
        if self.ground {
            let ink = if number.is_multiple_of(2) { "1 0 0 0" } else { "0 1 0 0" };
            let [width, height] = self.trim.map(|side| (side + 2.0 * self.bleed) * mm);
            let (left, bottom) = (x - self.bleed * mm, y - self.bleed * mm);
            content += &format!("{ink} k\n{left} {bottom} {width} {height} re f\n");
        }
        let (left, bottom, size) = (x + 20.0 * mm, y + 20.0 * mm, 10.0 * mm);
        content += &format!("0 0 0 1 k\nBT /F {size} Tf {left} {bottom} Td (n{number}) Tj ET\n");
        content
    }
}

/// A document as a file.
pub fn bytes(document: &mut Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Lines gathered into parts of about that size.
fn gathered(lines: &[&[u8]], size: usize) -> Vec<Vec<u8>> {
    let mut parts = vec![Vec::new()];
    for line in lines {
        let last = parts.last_mut().unwrap();
        last.extend_from_slice(line);
        if last.len() >= size {
            parts.push(Vec::new());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}
