//! What the API takes, as the server holds it: the form of an upload, W19 to W26.

use std::collections::BTreeSet;

use serde_json::Value;

use super::http::Asked;

/// Every field that an article may have.
const FIELDS: [&str; 11] = [
    "article_type",
    "title",
    "author",
    "digest",
    "content",
    "content_source_url",
    "thumb_media_id",
    "need_open_comment",
    "only_fans_can_comment",
    "pic_crop_235_1",
    "pic_crop_1_1",
];

/// A body that is JSON in UTF-8 as it is (W26).
pub fn json(body: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(body).map_err(|e| e.to_string())?;
    if text.replace("\\\\", "").contains("\\u") {
        return Err("an escape in the request".to_owned());
    }
    serde_json::from_str(text).map_err(|e| e.to_string())
}

/// A text field; empty where there is none.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn hold(good: bool, what: impl Into<String>) -> Result<(), String> {
    if good { Ok(()) } else { Err(what.into()) }
}

/// The file of an upload: one part, the field `media`, of the type that it says.
pub fn media(asked: &Asked, limit: usize) -> Result<Vec<u8>, String> {
    let boundary = asked.content_type.strip_prefix("multipart/form-data; boundary=");
    let boundary = boundary.ok_or_else(|| asked.content_type.clone())?;
    let open = format!("--{boundary}\r\n");
    let close = format!("\r\n--{boundary}--\r\n");
    let rest = asked.body.strip_prefix(open.as_bytes()).ok_or("no boundary")?;
    let end = rest.windows(4).position(|w| w == b"\r\n\r\n").ok_or("no head of the part")?;
    let head = std::str::from_utf8(&rest[..end]).map_err(|e| e.to_string())?;
    let file = rest[end + 4..].strip_suffix(close.as_bytes()).ok_or("no end of the part")?;
    hold(head.contains("form-data; name=\"media\"; filename=\""), head)?;
    let kinds =
        [("image/jpeg", ".jpg\"", &b"\xFF\xD8\xFF"[..]), ("image/png", ".png\"", b"\x89PNG")];
    let (_, ending, magic) =
        kinds.into_iter().find(|(kind, ..)| head.contains(kind)).ok_or("no type of a picture")?;
    hold(head.contains(ending) && file.starts_with(magic), format!("not what it says: {head}"))?;
    hold(file.len() <= limit, format!("{} bytes", file.len()))?;
    Ok(file.to_vec())
}

/// One article of a draft.
pub fn article(
    article: &Value,
    together: usize,
    addresses: &BTreeSet<String>,
) -> Result<(), String> {
    let fields = article.as_object().ok_or("an article is an object")?;
    let strange: Vec<_> = fields.keys().filter(|key| !FIELDS.contains(&key.as_str())).collect();
    hold(strange.is_empty(), format!("fields {strange:?}"))?;
    let count = |name| text(article, name).chars().count();
    hold(article["article_type"] == "news", "article_type")?;
    hold((1..=32).contains(&count("title")), format!("title of {}", count("title")))?;
    hold(count("author") <= 16, format!("author of {}", count("author")))?;
    hold(count("digest") <= 128, format!("digest of {}", count("digest")))?;
    hold(together == 1 || count("digest") == 0, "a digest in a draft of several articles")?;
    hold(text(article, "content_source_url").len() <= 1024, "content_source_url")?;
    let content = text(article, "content");
    hold((1..20_000).contains(&content.chars().count()), "length of content")?;
    hold(content.len() < 1_000_000, "weight of content")?;
    for src in content.split("<img ").skip(1) {
        let src = src.split("src=\"").nth(1).and_then(|rest| rest.split('"').next());
        let src = src.unwrap_or_default().replace("&amp;", "&");
        hold(addresses.contains(&src), format!("a picture of elsewhere: {src}"))?;
    }
    for (name, ratio) in [("pic_crop_235_1", 900.0 / 383.0), ("pic_crop_1_1", 1.0)] {
        crop(text(article, name), ratio)?;
    }
    Ok(())
}

/// `x1_y1_x2_y2` of a cover of 900 × 383 (W24).
fn crop(crop: &str, ratio: f64) -> Result<(), String> {
    let numbers: Vec<f64> = crop.split('_').filter_map(|n| n.parse().ok()).collect();
    let [x1, y1, x2, y2] = numbers[..] else { return Err(format!("crop {crop}")) };
    let short = crop.split('_').all(|n| n.split('.').nth(1).is_none_or(|d| d.len() <= 6));
    let inside = numbers.iter().all(|n| (0.0..=1.0).contains(n));
    let shape = (x2 - x1) * 900.0 / ((y2 - y1) * 383.0);
    hold(short && inside && (shape / ratio - 1.0).abs() < 0.01, format!("crop {crop}"))
}
