// Looks at finished posts as their editor does: `node posts.mjs WECHAT-FOLDER`.
// One JSON object: `index`, what the list of posts shows under its filters, and
// `posts`, for each post what its copy button put into the clipboard beside what lies
// in article.html, the faintest text of its dark frame, and where its jumps lead.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";

const folder = process.argv[2];
const at = (...names) => pathToFileURL(join(folder, ...names)).href;

// The faintest text within an element, from the colours that the browser computed.
function faintest(night) {
  const numbers = (css) => css.match(/[\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], ground) => [r, g, b].map((v, n) => v * a + ground[n] * (1 - a));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const body = document.querySelector("#screen article").shadowRoot.lastElementChild;
  const page = night ? [25, 25, 25] : [255, 255, 255];
  const ground = (element) => {
    const around = element === body ? page : ground(element.parentElement);
    return over(numbers(getComputedStyle(element).backgroundColor), around);
  };
  let worst = { contrast: 21, text: "", texts: 0 };
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim()) continue;
    texts += 1;
    const behind = ground(text.parentElement);
    const ink = over(numbers(getComputedStyle(text.parentElement).color), behind);
    const [a, b] = [light(ink), light(behind)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < worst.contrast) worst = { contrast, text: text.data.slice(0, 20) };
  }
  return { ...worst, texts };
}

async function copied(page, folder) {
  const before = await page.locator("#said").textContent();
  await page.keyboard.press("c");
  await page.waitForFunction((text) => document.getElementById("said").textContent !== text, before);
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read({ unsanitized: ["text/html"] });
    return (await item.getType("text/html")).text();
  });
  // Chromium makes a whole document of what it takes into the clipboard, and every
  // address of a picture one from the root.
  const inner = html.replace(/^<html><head><\/head><body>/, "").replace(/<\/body><\/html>$/, "");
  return inner.replaceAll(`src="${folder}/`, 'src="');
}

async function jumps(page) {
  const seen = [];
  for (const button of await page.locator(".jump").all()) {
    await button.click();
    await page.waitForTimeout(900);
    seen.push(await page.evaluate(() => {
      const found = document.querySelector("#screen article").shadowRoot.querySelector(".found");
      const { top, bottom } = found.getBoundingClientRect();
      return { tag: found.localName, text: found.textContent, shown: top >= 0 && bottom <= innerHeight };
    }));
  }
  return seen;
}

await withPage(async (page) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("requestfailed", (request) => {
    // A picture that is still on its way when the page is left is no fault.
    if (!request.failure().errorText.includes("ABORTED")) errors.push(request.url());
  });

  const shown = () => page.locator(".post h3").allTextContents();
  await page.goto(at("index.html"));
  const index = { all: await shown(), chips: {}, months: {}, searched: {} };
  for (const chip of await page.locator(".chip").all()) {
    const label = (await chip.evaluate((it) => it.firstChild.data)).trim();
    await chip.click();
    index.chips[label] = await shown();
    if ((await chip.getAttribute("aria-pressed")) === "true" && label !== "全部") await chip.click();
  }
  for (const month of await page.locator("#month option").evaluateAll((all) => all.map((o) => o.value))) {
    await page.selectOption("#month", month);
    index.months[month] = await shown();
  }
  await page.selectOption("#month", "");
  for (const word of ["图书馆", "没有这个词"]) {
    await page.fill("#find", word);
    index.searched[word] = await shown();
  }

  const posts = [];
  const folders = readdirSync(folder, { withFileTypes: true }).filter((f) => f.isDirectory());
  for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    await page.goto(at(name, "preview.html"));
    const article = readFileSync(join(folder, name, "article.html"), "utf8");
    const post = { name, article, day: await page.evaluate(faintest, false) };
    if (await page.locator("#numbered").count()) {
      post.numbered = await copied(page, at(name));
      await page.locator("#numbered").uncheck();
    }
    await page.evaluate(() => { document.getElementById("said").textContent = ""; });
    post.copied = await copied(page, at(name));
    await page.keyboard.press("n");
    post.night = await page.evaluate(faintest, true);
    post.jumps = await jumps(page);
    post.next = await page.locator("#next").count();
    await page.keyboard.press("j");
    const elsewhere = (url) => !decodeURI(String(url)).includes(`/${name}/`);
    if (post.next) await page.waitForURL(elsewhere, { timeout: 5000 }).catch(() => {});
    post.moved = elsewhere(page.url());
    posts.push(post);
  }
  process.stdout.write(JSON.stringify({ errors, index, posts }));
});
