//! A file as a form sends it (RFC 7578): one part, the field `media`.

/// What a picture is sent as.
pub(super) struct Form {
    /// The content type, with the boundary.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Packs a file. The boundary follows from the content, so the same file is always
/// sent as the same bytes; that a file holds the hash of itself need not be feared.
pub(super) fn media(name: &str, media_type: &str, file: &[u8]) -> Form {
    let boundary = format!("kanyin-{}", blake3::hash(file).to_hex());
    let mut body = Vec::with_capacity(file.len() + 400);
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"{name}\"\r\n\
         Content-Type: {media_type}\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Form { content_type: format!("multipart/form-data; boundary={boundary}"), body }
}
