//! The catalogue in JSON: an OPDS 2.0 feed, and each publication of it by itself,
//! since every one is to name the document that describes it.

use serde_json::{Map, Value, json};

use super::values::{Book, Image, Values};
use super::{ATOM, PAGE};

const FEED: &str = "application/opds+json";
const PUBLICATION: &str = "application/opds-publication+json";
const ATOM_FEED: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
const OPEN_ACCESS: &str = "http://opds-spec.org/acquisition/open-access";

/// The properties of the model of web publications that name people, by the code of
/// MARC; those of other roles are contributors.
const ROLES: [(&str, &str); 3] = [("edt", "editor"), ("trl", "translator"), ("ill", "illustrator")];

/// The feed.
pub(super) fn feed(values: &Values<'_>) -> Value {
    let here = values.json.url.as_deref().unwrap_or(values.json.href);
    json!({
        "metadata": {
            "identifier": values.id,
            "title": values.title,
            "modified": values.updated,
            "numberOfItems": values.books.len(),
        },
        "links": [
            { "rel": "self", "href": here, "type": FEED },
            { "rel": "alternate", "href": ATOM, "type": ATOM_FEED },
            { "rel": "alternate", "href": PAGE, "type": "text/html" },
        ],
        "publications": values.books.iter().map(publication).collect::<Vec<_>>(),
    })
}

/// One publication.
pub(super) fn publication(book: &Book<'_>) -> Value {
    let mut links =
        vec![json!({ "rel": "self", "href": book.manifest_href(), "type": PUBLICATION })];
    links.extend(
        book.files
            .iter()
            .map(|file| json!({ "rel": OPEN_ACCESS, "href": file.href, "type": file.media_type })),
    );
    json!({
        "metadata": metadata(book),
        "links": links,
        "images": [image(&book.cover), image(&book.thumbnail)],
    })
}

fn image(image: &Image) -> Value {
    json!({
        "href": image.href,
        "type": image.media_type,
        "width": image.width,
        "height": image.height,
    })
}

fn metadata(book: &Book<'_>) -> Value {
    let mut out = Map::new();
    let mut say = |key: &str, value: Value| {
        let empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            value => value.is_null(),
        };
        if !empty {
            out.insert(key.to_owned(), value);
        }
    };
    say("@type", "http://schema.org/Book".into());
    say("identifier", book.id.as_str().into());
    say("title", book.title.into());
    say("subtitle", book.subtitle.into());
    say("author", json!(book.creators));
    for (code, key) in ROLES {
        let of_role = book.contributors.iter().filter(|c| c.role == code);
        say(key, of_role.map(|c| Value::from(c.name)).collect());
    }
    let others = book.contributors.iter().filter(|c| ROLES.iter().all(|(code, _)| c.role != *code));
    say("contributor", others.map(|c| contributor(c.name, c.role)).collect());
    say("publisher", book.publisher.into());
    say("language", book.language.into());
    // A year alone is no date here.
    say("published", if book.issued.len() < 10 { "" } else { book.issued }.into());
    say("modified", book.updated.into());
    say("description", book.summary.as_str().into());
    say("subject", json!(book.subjects));
    say(
        "belongsTo",
        book.series.as_ref().map_or(Value::Null, |series| {
            let position = series.position.map_or(json!({}), |at| json!({ "position": at }));
            let mut of = json!({ "name": series.name });
            if let (Value::Object(of), Value::Object(position)) = (&mut of, position) {
                of.extend(position);
            }
            json!({ "series": of })
        }),
    );
    Value::Object(out)
}

fn contributor(name: &str, role: &str) -> Value {
    // A relator code of MARC is three small letters.
    let known = role.len() == 3 && role.chars().all(|c| c.is_ascii_lowercase());
    if known { json!({ "name": name, "role": role }) } else { name.into() }
}
