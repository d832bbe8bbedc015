// Signatures of picture files in real Chromium, for benchmarks/browser_table.py: FILE... in, a line of JSON for each out.
import { TestPage } from "./page.js";

const paths = process.argv.slice(2);
const files = new Map(paths.map((path, i) => [`file-${i}`, path]));
const { page, ...opened } = await TestPage.open({}, files);

for (const [name, path] of files) {
  const outcome = await page.evaluate(async (address) => {
    const [decodeAt, hasherAt] = ["/decode.js", "/hasher.js"];
    const { DecodedPicture } = (await import(decodeAt)) as typeof import("../src/decode.js");
    const { loadHasher } = (await import(hasherAt)) as typeof import("../src/hasher.js");
    const hasher = await loadHasher();
    const decoded = await DecodedPicture.from(await (await fetch(address)).blob());
    const begun = performance.now();
    const held = await decoded.holdIn(hasher, "copy");
    const read = performance.now();
    const hashes = held.hashOrientations();
    const hashed = performance.now();
    const boxes = held.innerPictures();
    const searched = performance.now();
    held.drop();
    return {
      width: decoded.width,
      height: decoded.height,
      pdq: hashes[0]?.hash.hex,
      quality: hashes[0]?.quality,
      inner: boxes.map(({ left, top, right, bottom }) => [left, top, right, bottom]),
      ms: { read: read - begun, hash: hashed - read, inner: searched - hashed },
    };
  }, `/${name}`);
  process.stdout.write(`${JSON.stringify({ path, ...outcome })}\n`);
}
await opened.browser.close();
opened.server.close();
process.exit();
