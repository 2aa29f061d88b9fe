// Lays pages and screens of the sample's editions out on a desk and photographs
// it, for the READMEs. Called by scripts/pictures: work folder, target folder.

import { readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withPage } from "../tests/judges/browser.mjs";

const [work, target] = process.argv.slice(2);
// What a device shows of a page; reading systems give a page its margins.
async function screen(file, name, width, height, css = "") {
  const device = { viewport: { width, height }, deviceScaleFactor: 1.5 };
  await withPage(async (page) => {
    await page.goto(pathToFileURL(file).href);
    if (css) await page.addStyleTag({ content: css });
    await page.screenshot({ path: join(work, name) });
  }, device);
}

// Pictures side by side; `kinds` says of each what lies on the desk.
async function desk(name, height, pictures) {
  const width = 1200;
  const lying = pictures.map(({ files, kind }) => {
    const images = files.map((file) => `<img src="${pathToFileURL(join(work, file)).href}">`);
    return `<figure class="${kind}">${images.join("")}</figure>`;
  });
  const html = `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; width: ${width}px; height: ${height}px; background: #d4d7dc;
      display: flex; align-items: center; justify-content: center; gap: 40px; }
    figure { margin: 0; display: flex; overflow: hidden; box-shadow: 0 8px 28px rgba(0, 0, 0, .25); }
    img { display: block; height: ${height - 90}px; }
    .paper img + img { border-left: 1px solid #c9ccd1; }
    .phone { border: 9px solid #16181b; border-radius: 34px; }
    .phone img { height: ${height - 110}px; }
  </style><body>${lying.join("")}</body>`;
  writeFileSync(join(work, `${name}.html`), html);
  await withPage(async (page) => {
    await page.goto(pathToFileURL(join(work, `${name}.html`)).href);
    await page.screenshot({ path: join(target, `${name}.jpg`), type: "jpeg", quality: 82 });
  }, { viewport: { width, height } });
}

mkdirSync(target, { recursive: true });
const posts = join(work, "out/posts/wechat");
const post = readdirSync(posts).find((folder) => folder.includes("老楼亮起新灯"));
const opened = join(work, "post.html");
const fragment = readFileSync(join(posts, post, "article.html"), "utf8");
const base = pathToFileURL(join(posts, post) + "/").href;
writeFileSync(
  opened,
  `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><base href="${base}">` +
    `<body style="margin:16px;background:#fff">${fragment}</body></html>`,
);
await screen(join(work, "epub/EPUB/text/a0001.xhtml"), "chapter.png", 420, 672, "body { margin: 1.6em }");
await screen(opened, "post.png", 360, 700);

await desk("book", 560, [
  { files: ["cover.png"], kind: "paper" },
  { files: ["verso.png", "recto.png"], kind: "paper" },
]);
await desk("bulletin", 560, [
  { files: ["first.png"], kind: "paper" },
  { files: ["second.png"], kind: "paper" },
  { files: ["last.png"], kind: "paper" },
]);
await desk("screen", 560, [
  { files: ["epub/EPUB/cover.jpg"], kind: "paper" },
  { files: ["chapter.png"], kind: "paper" },
  { files: ["post.png"], kind: "phone" },
]);
