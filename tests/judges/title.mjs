// Prints the title of a page: `node title.mjs FILE`.

import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";

await withPage(async (page) => {
  await page.goto(pathToFileURL(process.argv[2]).href);
  process.stdout.write(await page.title());
});
