// Prints what a browser shows of pages as text: `node text.mjs PAGE…`. One JSON list
// of each page's innerText.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";

const texts = [];
await withPage(async (page) => {
  for (const file of process.argv.slice(2)) {
    await page.goto(pathToFileURL(resolve(file)).href);
    texts.push(await page.evaluate(() => document.body.innerText));
  }
});
console.log(JSON.stringify(texts));
