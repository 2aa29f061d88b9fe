// Reads the QR codes of a page as a phone does: `node codes.mjs FILE`. Prints what each
// says, a line a code; an empty one where it cannot be read.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "./browser.mjs";

const require = createRequire(join(process.env.KANYIN_JUDGES, "package.json"));
const jsQR = require("jsqr");
const SIDE = 480;

await withPage(async (page) => {
  await page.goto(pathToFileURL(process.argv[2]).href);
  const pictures = await page.evaluate(async (side) => {
    const pixels = async (svg) => {
      const image = new Image(side, side);
      const text = new XMLSerializer().serializeToString(svg);
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
      await image.decode();
      const canvas = new OffscreenCanvas(side, side).getContext("2d");
      canvas.drawImage(image, 0, 0, side, side);
      return Array.from(canvas.getImageData(0, 0, side, side).data);
    };
    return Promise.all(Array.from(document.querySelectorAll("svg.code"), pixels));
  }, SIDE);
  for (const data of pictures) {
    console.log(jsQR(Uint8ClampedArray.from(data), SIDE, SIDE)?.data ?? "");
  }
});
