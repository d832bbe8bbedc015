// Videos in real Chromium that it drew itself, and what is no video, or never ends. Against the server: tests/vectors/test_videos.py.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { CHROMIUM, TestPage } from "./page.js";
import { hashVideoIn, recorded } from "./videos.js";

const skip = CHROMIUM === undefined ? "needs Chromium (Debian package chromium)" : false;
const files = new Map<string, string>();
let folder = "";
let clip: Buffer;
let page: TestPage;

before(async () => {
  if (skip) return;
  folder = await mkdtemp(join(tmpdir(), "drawn-"));
  page = await TestPage.open({}, files);
  clip = await recorded(page, 3.4);
  await serve("clip", clip);
  await serve("cut", clip.subarray(0, 40));
  await serve("words", Buffer.from("no video"));
  await serve("empty", Buffer.alloc(0));
  await serve("picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0]));
  await serve("heic", Buffer.from("\0\0\0\x14ftypheic\0\0\0\0mif1", "latin1"));
});
after(async () => {
  if (skip) return;
  await page.close();
  await rm(folder, { recursive: true });
});

async function serve(name: string, bytes: Buffer): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  files.set(name, path);
}

test("a recording that does not say how long it is gives a frame a second, digests and progress", { skip }, async () => {
  const outcome = await hashVideoIn(page, "clip");
  assert.ok("video" in outcome, JSON.stringify(outcome));
  const { video, shares } = outcome;
  assert.deepEqual(video.frames.map(({ at_s }) => Math.floor(at_s)), [0, 1, 2, 3]);
  assert.deepEqual([video.width, video.height, video.cut_short, video.blank], [320, 240, false, 0]);
  assert.ok(video.duration_s > 3 && video.duration_s < 4.5, String(video.duration_s));
  for (const { quality, pdq } of video.frames) assert.ok(quality >= 50 && /^[0-9a-f]{64}$/.test(pdq));
  assert.equal(new Set(video.frames.map(({ pdq }) => pdq)).size, 4, "the picture moves");
  assert.equal(video.digests.sha256, createHash("sha256").update(clip).digest("hex"));
  assert.equal(video.digests.md5, createHash("md5").update(clip).digest("hex"));
  assert.ok(shares.every((share, i) => share <= 1 && share >= (shares[i - 1] ?? 0)), String(shares));
});

for (const [name, trouble] of [
  ["cut", "not_a_video"],
  ["words", "not_a_video"],
  ["empty", "not_a_video"],
  ["picture", "is_picture"],
  ["heic", "is_picture"],
] as const) {
  test(`a file "${name}" ends in a sentence`, { skip }, async () => {
    const outcome = await hashVideoIn(page, name);
    assert.ok("trouble" in outcome, JSON.stringify(outcome));
    assert.equal(outcome.trouble, trouble);
    assert.match(outcome.sentence, /\.$/);
  });
}

const RANDOM = "for (let i = 0; i < data.length; i++) data[i] = Math.random() * 256;";
const ALTERED = `{ const canvas = OffscreenCanvasRenderingContext2D.prototype, read = canvas.getImageData;
  canvas.getImageData = function (...at) { const image = read.apply(this, at), data = image.data; ${RANDOM} return image; };
  VideoFrame.prototype.copyTo = async (data) => { ${RANDOM} return [{ offset: 0, stride: 0 }]; }; }\n`;
// In the page, frames come blank, the first two or all of them; or seeking never ends.
const BLANK = (most: number): string =>
  `{ let given = 0; const blank = new OffscreenCanvas(320, 240); blank.getContext("2d");
     globalThis.VideoFrame = undefined; const make = createImageBitmap;
     globalThis.createImageBitmap = (what) => make(given++ < ${most} ? blank : what); }\n`;
const STALLED = `Object.defineProperty(HTMLMediaElement.prototype, "currentTime", { get: () => 0, set: () => {} });\n`;

for (const [name, before, trouble] of [
  ["random pixels by every way", { "decode.js": ALTERED }, "altered_pixels"],
  ["nothing but blank frames", { "video.js": BLANK(1e9) }, "altered_pixels"],
  ["seeking that never ends", { "video.js": STALLED }, "stalled"],
] as const) {
  test(`${name}: a sentence, never a hash`, { skip }, async () => {
    const altered = await TestPage.open(before, files);
    try {
      const outcome = await hashVideoIn(altered, "clip");
      assert.ok("trouble" in outcome, JSON.stringify(outcome));
      assert.equal(outcome.trouble, trouble, outcome.sentence);
    } finally {
      await altered.close();
    }
  });
}

for (const [blank, left] of [
  [1, 0],
  [2, 1],
] as const) {
  test(`a frame that comes blank ${blank} time(s) is ${left === 0 ? "looked at again" : "left out"}`, { skip }, async () => {
    const slow = await TestPage.open({ "video.js": BLANK(blank) }, files);
    try {
      const outcome = await hashVideoIn(slow, "clip");
      assert.ok("video" in outcome, JSON.stringify(outcome));
      assert.deepEqual([outcome.video.blank, outcome.video.frames.length], [left, 4 - left]);
    } finally {
      await slow.close();
    }
  });
}

test("who ends the worker ends the video too", { skip }, async () => {
  const sentence = await page.page.evaluate(async () => {
    const address = "/client.js";
    const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
    const worker = new HasherWorker();
    const hashing = worker.hashVideo(await (await fetch("/clip")).blob(), (share) => share > 0.1 && worker.end());
    return hashing.then(() => "hashed", (error: Error) => error.message);
  });
  assert.equal(sentence, "The worker that hashes was ended.");
});
