// Opens every page of an unpacked e-book as reading systems do, and prints what a
// reader would stumble over: `node readable.mjs FOLDER`. One JSON list of sentences.
//
// - Nothing is wider than a screen of 320 px, at letters of 100 % and of 200 %.
//   What can be pushed aside within its own box is not.
// - By day (#000 on #fff) and by night (#ddd on #121212), colours that the reading
//   system sets on the page, every text keeps a contrast of 4.5 (WCAG 2.2, 1.4.3).
// - Broken into screens by columns, a head stands with what it is the head of, and
//   a caption with its picture.

import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";

const folder = process.argv[2];
const NARROW = 320;
const SCREENS = [[360, 480], [360, 560], [390, 640], [390, 720]];
const MARGIN = 20;
const LETTERS = [100, 200];
const LIGHTS = { day: ["#ffffff", "#000000"], night: ["#121212", "#dddddd"] };

const files = readdirSync(folder, { recursive: true })
  .map((name) => join(folder, name))
  .filter((name) => name.endsWith(".xhtml"))
  .sort();
const found = [];

await withPage(async (page) => {
  for (const file of files) {
    const name = relative(folder, file);
    const say = (what) => found.push(`${name}: ${what}`);
    await page.setViewportSize({ width: NARROW, height: 568 });
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(() => document.fonts.ready);
    for (const percent of LETTERS) {
      const wide = await page.evaluate(overflow, percent);
      if (wide) say(`at ${percent} % it is ${wide.by} px wider than the screen: ${wide.what}`);
    }
    for (const [light, [ground, ink]] of Object.entries(LIGHTS)) {
      for (const dim of await page.evaluate(faint, { ground, ink })) say(`by ${light}, ${dim}`);
    }
    for (const [width, height] of SCREENS) {
      await page.setViewportSize({ width, height });
      for (const parted of await page.evaluate(partings, { width, height, margin: MARGIN })) {
        say(`on ${width} × ${height} px, ${parted}`);
      }
    }
  }
});
process.stdout.write(JSON.stringify(found));

/** How far, and by what, the page is wider than the screen. */
function overflow(percent) {
  const root = document.documentElement;
  root.style.fontSize = `${percent}%`;
  const by = root.scrollWidth - root.clientWidth;
  if (by <= 0) return null;
  const out = [...document.body.querySelectorAll("*")]
    .find((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5);
  return { by, what: out ? `<${out.localName} class="${out.className}">` : "" };
}

/** The texts that are too faint on this ground. */
function faint({ ground, ink }) {
  const root = document.documentElement;
  root.style.fontSize = "";
  root.style.setProperty("background", ground, "important");
  root.style.setProperty("color", ink, "important");
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => {
    const mix = (key) => top[key] * top.a + below[key] * (1 - top.a);
    return { r: mix("r"), g: mix("g"), b: mix("b"), a: 1 };
  };
  const luminance = ({ r, g, b }) => {
    const linear = (value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const contrast = (one, other) => {
    const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const faults = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim();
    const element = texts.currentNode.parentElement;
    if (!text || !element.checkVisibility()) continue;
    const line = [];
    for (let at = element; at; at = at.parentElement) line.unshift(at);
    let below = { r: 255, g: 255, b: 255, a: 1 };
    let opacity = 1;
    for (const at of line) {
      const style = getComputedStyle(at);
      below = over(parse(style.backgroundColor), below);
      opacity *= Number(style.opacity);
    }
    const colour = parse(getComputedStyle(element).color);
    const ratio = contrast(over({ ...colour, a: colour.a * opacity }, below), below);
    if (ratio < 4.5) {
      faults.add(`the contrast is ${ratio.toFixed(2)}: <${element.localName} class="${element.className}">`);
    }
  }
  return [...faults];
}

/** What is parted from its own, once the page is broken into screens. */
function partings({ width, height, margin }) {
  const root = document.documentElement;
  root.style.cssText = `height: ${height - 2 * margin}px; width: ${width - 2 * margin}px;
    margin: 0; padding: ${margin}px; column-width: ${width - 2 * margin}px;
    column-gap: ${2 * margin}px; column-fill: auto;`;
  const rects = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const all = [...range.getClientRects(), ...element.getClientRects()];
    const columns = all.filter((r) => r.width > 0 && r.height > 0)
      .map((r) => Math.floor((r.left + root.scrollLeft + 1) / width));
    return { first: Math.min(...columns), last: Math.max(...columns), any: columns.length > 0 };
  };
  const faults = [];
  for (const head of document.querySelectorAll("h2, h3, h4, h5, h6, .label")) {
    const next = head.nextElementSibling;
    if (!next) continue;
    const [above, below] = [rects(head), rects(next)];
    if (above.any && below.any && above.last !== below.first) {
      faults.push(`this head is parted from its text: ${head.textContent}`);
    }
  }
  for (const caption of document.querySelectorAll("figcaption")) {
    const pictures = caption.parentElement.querySelectorAll(".picture");
    const last = pictures[pictures.length - 1];
    if (last && rects(last).last !== rects(caption).first) {
      faults.push(`this caption is parted from its picture: ${caption.textContent}`);
    }
  }
  return faults;
}
