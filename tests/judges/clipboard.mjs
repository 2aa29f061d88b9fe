// Presses the copy button of a preview and prints what lies in the clipboard:
// `node clipboard.mjs PREVIEW`. One JSON object: html, plain, the words that the
// page says afterwards, and what the page complained of.

import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";

await withPage(async (page) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(pathToFileURL(process.argv[2]).href);
  const numbered = page.locator("#numbered");
  if (await numbered.count()) await numbered.uncheck();
  const before = await page.locator("#said").textContent();
  await page.click("#copy");
  await page.waitForFunction((text) => document.getElementById("said").textContent !== text, before);
  const found = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read({ unsanitized: ["text/html"] });
    const read = async (type) => (await item.getType(type)).text();
    return { html: await read("text/html"), plain: await read("text/plain") };
  });
  const said = await page.locator("#said").textContent();
  process.stdout.write(JSON.stringify({ ...found, said, errors }));
});
