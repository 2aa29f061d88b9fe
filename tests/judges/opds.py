"""Judges both catalogues of a folder: `python opds.py FOLDER`.

The one in JSON by the parser of the Palace libraries, which holds a feed against its
model of OPDS 2.0 and of web publications, the one in Atom by feedparser. Prints a line
for everything that is wrong; nothing where both hold.
"""

import sys
from pathlib import Path

import feedparser
from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory

folder = Path(sys.argv[1])
try:
    for error in OPDS2FeedParserFactory().create().parse_file(folder / "opds.json").errors:
        print(f"opds.json: {error}")
except Exception as error:
    print(f"opds.json: {error}")
feed = feedparser.parse((folder / "opds.xml").read_bytes())
if feed.bozo:
    print(f"opds.xml: {feed.bozo_exception}")
if feed.version != "atom10":
    print(f"opds.xml: {feed.version or 'no feed'}")
for entry in [feed.feed, *feed.entries]:
    for key in ("id", "title", "updated_parsed"):
        if not entry.get(key):
            print(f"opds.xml: no {key} in {entry.get('title', 'the feed')}")
