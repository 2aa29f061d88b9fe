// Whether a fragment looks the same with less mark-up, in two steps.
// `node prune.mjs full FRAGMENT` prints the fragment with all that its elements
// inherit said on each of them. `node prune.mjs same A B` prints, for each text and
// picture of the two, what differs in its style and place: an empty list where none.

import { readFileSync } from "node:fs";
import { withPage } from "./browser.mjs";

const [step, ...files] = process.argv.slice(2);

const INHERITED = [
  "color", "font-size", "font-style", "font-weight", "letter-spacing", "line-height", "overflow-wrap",
  "text-align", "text-indent", "white-space", "word-break", "word-spacing",
];

function full(inherited) {
  const elements = [...document.querySelectorAll("#post *")];
  // All are read before any is written: what is said on one is inherited by others.
  const said = elements.map((element) => {
    const computed = getComputedStyle(element);
    return inherited.map((name) => [name, computed.getPropertyValue(name)]);
  });
  elements.forEach((element, n) => said[n].forEach(([name, value]) => element.style.setProperty(name, value)));
  return document.getElementById("post").innerHTML;
}

// Text and pictures, each with its style and where it stands.
function seen() {
  const names = [...getComputedStyle(document.body)].filter((name) => !/^(-|perspective-origin|transform-origin)/.test(name));
  const range = document.createRange();
  const all = [];
  const walker = document.createTreeWalker(document.getElementById("post"));
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.nodeType === Node.TEXT_NODE;
    if (!text && node.localName !== "img") continue;
    if (text) range.selectNodeContents(node);
    const boxes = text ? [...range.getClientRects()] : [node.getBoundingClientRect()];
    const computed = getComputedStyle(text ? node.parentElement : node);
    all.push({
      what: text ? node.data : node.getAttribute("src"),
      boxes: boxes.map(({ x, y, width, height }) => [x, y, width, height]),
      // A span that is gone leaves its text to the element around it.
      style: text && node.parentElement.localName !== "img"
        ? Object.fromEntries(["color", "font-size", "font-style", "font-weight", "letter-spacing", "line-height", "text-align", "text-indent", "white-space", "word-break", "overflow-wrap"].map((n) => [n, computed.getPropertyValue(n)]))
        : Object.fromEntries(names.map((n) => [n, computed.getPropertyValue(n)])),
    });
  }
  return all;
}

await withPage(async (page) => {
  const show = async (file) => {
    await page.setContent(`<!DOCTYPE html><body style="margin:0;width:375px"><div id="post">${readFileSync(file, "utf8")}</div>`);
  };
  await show(files[0]);
  if (step === "full") {
    process.stdout.write(await page.evaluate(full, INHERITED));
    return;
  }
  const a = await page.evaluate(seen);
  await show(files[1]);
  const b = await page.evaluate(seen);
  const differ = a.length === b.length ? [] : [`${a.length} ≠ ${b.length}`];
  a.forEach((one, n) => {
    if (JSON.stringify(one) !== JSON.stringify(b[n])) differ.push([one, b[n]]);
  });
  process.stdout.write(JSON.stringify({ texts: a.length, differ: differ.slice(0, 3) }));
});
