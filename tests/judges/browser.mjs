// Lends a real browser to the scripts beside this file.
// `withPage(async (page, context) => …)` opens one page of a fresh profile that
// may use the clipboard, and closes everything afterwards, whatever happened.

import { createRequire } from "node:module";
import { join } from "node:path";

const judges = process.env.KANYIN_JUDGES;
const require = createRequire(join(judges, "package.json"));
const { chromium } = require("playwright-core");

export async function withPage(use, options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.KANYIN_CHROMIUM,
    // The tests run as root in a container, where Chromium has no sandbox.
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update"],
  });
  try {
    const context = await browser.newContext(options);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    return await use(await context.newPage(), context);
  } finally {
    await browser.close();
  }
}
