// Reads both catalogues of a folder as the library of a reader app reads them,
// r2-opds-js of Thorium Reader: `node opds.mjs FOLDER`. Prints what the app would show
// of each, as JSON: the title, and of every book its title, its authors, and what can
// be fetched of it with its type.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.env.KANYIN_JUDGES, "package.json"));
const at = (name) => require(`${name.split("/")[0]}/dist/es8-es2017/src/${name.split("/").slice(1).join("/")}`);
const { DOMParser } = require("@xmldom/xmldom");

at("r2-opds-js/opds/init-globals").initGlobalConverters_OPDS();
at("r2-shared-js/init-globals").initGlobalConverters_GENERIC();
const { XML } = at("r2-utils-js/_utils/xml-js-mapper");
const { TaJsonDeserialize } = at("r2-lcp-js/serializable");
const { OPDS } = at("r2-opds-js/opds/opds1/opds");
const { OPDSFeed } = at("r2-opds-js/opds/opds2/opds2");
const { convertOpds1ToOpds2 } = at("r2-opds-js/opds/converter");

const file = (name) => readFileSync(join(process.argv[2], name), "utf8");
const xml = new DOMParser().parseFromString(file("opds.xml"), "application/xml");
const feeds = {
  atom: convertOpds1ToOpds2(XML.deserialize(xml, OPDS)),
  json: TaJsonDeserialize(JSON.parse(file("opds.json")), OPDSFeed),
};
const fetched = (link) => link.Rel.some((rel) => rel.startsWith("http://opds-spec.org/acquisition"));
const shown = (feed) => ({
  title: feed.Metadata.Title,
  books: (feed.Publications ?? []).map((book) => ({
    id: book.Metadata.Identifier,
    title: book.Metadata.Title,
    authors: (book.Metadata.Author ?? []).map((person) => person.Name),
    files: book.Links.filter(fetched).map((link) => [link.Href, link.TypeLink]),
    images: (book.Images ?? []).map((link) => link.Href),
  })),
});
console.log(JSON.stringify({ atom: shown(feeds.atom), json: shown(feeds.json) }));
