//! Files over 4 GiB, and over what a file can be. The photographs are nearly all
//! noughts, which are written nowhere, so that a file costs what it holds besides.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use jpeg_encoder::{ColorType, Encoder};
use kanyin::export::epub::archive::{self, Content, Entry};
use kanyin::media::{Ready, Store, Want, probe};
use kanyin::print::{Swap, stand_in};
use kanyin::verify;
use tempfile::TempDir;

/// More than so many bytes do not go into 32 bits.
const FOUR_GIB: u64 = 1 << 32;
/// So many noughts stand in each photograph.
const NOUGHTS: usize = 100 << 20;

const BLOCK: usize = 1 << 16;
static NOTHING: [u8; BLOCK] = [0; BLOCK];

/// A file in memory that keeps no noughts.
#[derive(Default)]
struct Sparse {
    blocks: BTreeMap<u64, Vec<u8>>,
    at: u64,
    length: u64,
}

impl Write for Sparse {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (block, from) = (self.at / BLOCK as u64, self.at as usize % BLOCK);
        let count = bytes.len().min(BLOCK - from);
        if self.blocks.contains_key(&block) || bytes[..count] != NOTHING[..count] {
            let block = self.blocks.entry(block).or_insert_with(|| NOTHING.to_vec());
            block[from..from + count].copy_from_slice(&bytes[..count]);
        }
        self.at += count as u64;
        self.length = self.length.max(self.at);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Sparse {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let (block, from) = (self.at / BLOCK as u64, self.at as usize % BLOCK);
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap();
        let count = out.len().min(BLOCK - from).min(left);
        let block = self.blocks.get(&block).map_or(&NOTHING[..], Vec::as_slice);
        out[..count].copy_from_slice(&block[from..from + count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

impl Sparse {
    /// The same as a file on disk, with holes.
    fn on_disk(&self, file: &mut File) {
        file.set_len(self.length).unwrap();
        for (block, bytes) in &self.blocks {
            file.seek(SeekFrom::Start(block * BLOCK as u64)).unwrap();
            let left = usize::try_from(self.length - block * BLOCK as u64).unwrap();
            file.write_all(&bytes[..left.min(BLOCK)]).unwrap();
        }
    }
}

/// A photograph of a hundred megabytes.
fn photograph(folder: &TempDir) -> Ready {
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 80).encode(&[90; 64 * 48 * 3], 64, 48, ColorType::Rgb).unwrap();
    let end = bytes.len() - 2;
    bytes.splice(end..end, std::iter::repeat_n(0, NOUGHTS));
    let path = folder.path().join("a.jpg");
    std::fs::write(&path, bytes).unwrap();
    let probed = probe(&path).unwrap();
    let store = Store::new(folder.path().join("store"));
    let ready = store.ready(&path, &probed, &Want::default()).unwrap();
    assert!(ready.len() > NOUGHTS as u64, "it is taken as it is");
    ready
}

#[test]
fn an_e_book_over_four_gibibytes_is_read_to_its_last_page() {
    let folder = TempDir::new().unwrap();
    let photograph = photograph(&folder);
    let count = FOUR_GIB / photograph.len() + 2;
    let mut entries: Vec<Entry> = (0..count)
        .map(|n| Entry {
            path: format!("EPUB/images/{n:03}.jpg"),
            content: Content::Picture(photograph.clone()),
        })
        .collect();
    let package = "<package><manifest><item id='a' href='text/a.xhtml'/></manifest>\
                   <spine><itemref idref='a'/></spine></package>";
    entries.push(Entry::bytes("EPUB/package.opf", package));
    entries.push(Entry::bytes("EPUB/text/a.xhtml", "<p>湖边的路修好了。</p>"));
    let mut file = Sparse::default();
    archive::pack(entries, &mut file).unwrap();
    assert!(file.length > FOUR_GIB);
    let mut opened = zip::ZipArchive::new(&mut file).unwrap();
    assert_eq!(opened.len() as u64, count + 5);
    for n in 0..count {
        let entry = opened.by_name(&format!("EPUB/images/{n:03}.jpg")).unwrap();
        assert_eq!(entry.size(), photograph.len());
        assert!(entry.header_start() >= n * photograph.len());
    }
    assert!(opened.by_name("EPUB/text/a.xhtml").unwrap().header_start() > FOUR_GIB);
    let text = verify::epub(&mut file).unwrap();
    assert_eq!(text.page_text(0), "湖边的路修好了。");
}

/// A PDF of one page that draws so many stand-ins, whose text comes last in the file.
fn with_stand_ins(count: usize) -> Vec<u8> {
    let last = count + 5;
    let drawn: String = (0..count).map(|n| format!("/X{n} {} 0 R", n + 5)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents {last} 0 R\
             /Resources<</Font<</F 4 0 R>>/XObject<<{drawn}>>>>>>"
        )
        .into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    for n in 0..count {
        let data = stand_in(&n.to_string());
        let head = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace /DeviceRGB\
                    /BitsPerComponent 8/Filter/DCTDecode/Length";
        let head = format!("{head} {}>>\nstream\n", data.len());
        objects.push([head.as_bytes(), &data, b"\nendstream"].concat());
    }
    let drawn: String = (0..count).map(|n| format!("/X{n} Do ")).collect();
    let text = format!("{drawn}BT /F 12 Tf (The last page) Tj ET");
    objects.push(format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()).into_bytes());
    let mut pdf = b"%PDF-1.7\n%\x80\x80\x80\x80\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf.extend(format!("{} 0 obj\n", n + 1).into_bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n\n");
    }
    let begins = pdf.len();
    let trailer = format!("trailer\n<</Size {}/Root 1 0 R>>", objects.len() + 1);
    pdf.extend(format!("{table}{trailer}\nstartxref\n{begins}\n%%EOF\n").into_bytes());
    pdf
}

fn swap(photograph: &Ready, count: usize) -> Swap {
    let pictures = (0..count).map(|n| (n.to_string(), photograph.clone()));
    Swap::new(with_stand_ins(count), pictures).unwrap()
}

#[test]
fn a_pdf_over_four_gibibytes_is_read_to_its_last_page() {
    let folder = TempDir::new().unwrap();
    let photograph = photograph(&folder);
    let count = usize::try_from(FOUR_GIB / photograph.len()).unwrap() + 2;
    let mut file = Sparse::default();
    swap(&photograph, count).write(&mut file).unwrap();
    assert!(file.length > FOUR_GIB);
    // Every entry of the table leads to its object.
    let mut tail = vec![0; 1 << 13];
    let from = file.length - tail.len() as u64;
    file.seek(SeekFrom::Start(from)).unwrap();
    file.read_exact(&mut tail).unwrap();
    let tail = String::from_utf8_lossy(&tail).into_owned();
    let (_, table) = tail.split_once("xref\n0 ").unwrap();
    let entries: Vec<&str> = table.lines().filter(|line| line.ends_with(" n ")).collect();
    assert_eq!(entries.len(), count + 5);
    for (n, entry) in entries.iter().enumerate() {
        assert_eq!(entry.len(), 19);
        file.seek(SeekFrom::Start(entry[..10].parse().unwrap())).unwrap();
        let expected = format!("{} 0 obj", n + 1);
        let mut found = vec![0; expected.len()];
        file.read_exact(&mut found).unwrap();
        assert_eq!(String::from_utf8_lossy(&found), expected);
    }
    assert!(entries.last().unwrap()[..10].parse::<u64>().unwrap() > FOUR_GIB);
    // And what reads a PDF without its pictures reads it.
    let path = folder.path().join("a.pdf");
    file.on_disk(&mut File::create(&path).unwrap());
    let short = verify::without_pictures(&path).unwrap();
    assert!(short.len() < 1 << 20, "{}", short.len());
    assert_eq!(verify::pdf(short).unwrap().page_text(0), "Thelastpage");
}

#[test]
fn a_pdf_over_ten_gigabytes_is_refused_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    let photograph = photograph(&folder);
    let count = usize::try_from(10_000_000_000 / photograph.len()).unwrap() + 1;
    let mut file = Sparse::default();
    let why = swap(&photograph, count).write(&mut file).unwrap_err();
    assert_eq!((why.kind(), file.length), (io::ErrorKind::FileTooLarge, 0));
}
