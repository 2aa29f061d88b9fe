//! Base64, as pages and mail carry bytes; what is no digit of it is passed over.

/// The bytes of a text in base64.
pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u8);
    let mut text = text.iter();
    while let Some(byte) = text.next() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            // In an address the signs may be written as %2B, %2F and %3D.
            b'%' => match (text.next(), text.next()) {
                (Some(b'2'), Some(b'B' | b'b')) => 62,
                (Some(b'2'), Some(b'F' | b'f')) => 63,
                (Some(b'3'), Some(b'D' | b'd')) => break,
                _ => continue,
            },
            _ => continue,
        };
        bits = (bits << 6) | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(((bits >> count) & 0xff) as u8);
        }
    }
    out
}
