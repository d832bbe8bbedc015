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

// In the page, from the first seek of a kind on, what was shown before it stays for so long.
const LATE = (where: string, late_ms: string): string =>
  `{ const Real = VideoFrame, { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "currentTime");
     let kept = null, until = 0;
     HTMLVideoElement.prototype.requestVideoFrameCallback = () => 0;
     Object.defineProperty(HTMLMediaElement.prototype, "currentTime", { get, set(time) {
       if (kept === null && (${where})) { kept = new Real(this); until = performance.now() + ${late_ms}; }
       set.call(this, time);
     } });
     const source = (what) => (performance.now() < until && what instanceof HTMLVideoElement ? kept : what);
     globalThis.VideoFrame = class extends Real { constructor(what, ...how) { super(source(what), ...how); } };
     const make = createImageBitmap;
     globalThis.createImageBitmap = (what) => make(source(what)); }\n`;

for (const [name, where] of [
  ["last", "time > 3"],
  ["first", "time < 0.01"],
] as const) {
  test(`a ${name} frame that comes late is waited for`, { skip }, async () => {
    const late = await TestPage.open({ "video.js": LATE(where, "700") }, files);
    try {
      const [expected, outcome] = [await hashVideoIn(page, "clip"), await hashVideoIn(late, "clip")];
      assert.ok("video" in outcome && "video" in expected, JSON.stringify(outcome));
      assert.deepEqual(outcome.video, expected.video);
    } finally {
      await late.close();
    }
  });
}

test("where the last frame never comes there is a sentence, never what was shown before", { skip }, async () => {
  const late = await TestPage.open({ "video.js": LATE("time > 3", "1e9") }, files);
  try {
    const outcome = await hashVideoIn(late, "clip");
    assert.ok("trouble" in outcome, JSON.stringify(outcome));
    assert.equal(outcome.trouble, "stalled");
  } finally {
    await late.close();
  }
});

test("where the browser does not say what it paints, the frames are the same", { skip }, async () => {
  const silent = await TestPage.open({ "video.js": "delete HTMLVideoElement.prototype.requestVideoFrameCallback;\n" }, files);
  try {
    const [expected, outcome] = [await hashVideoIn(page, "clip"), await hashVideoIn(silent, "clip")];
    assert.ok("video" in outcome && "video" in expected, JSON.stringify(outcome));
    assert.deepEqual(outcome.video, expected.video);
  } finally {
    await silent.close();
  }
});

// What the page said to create and to let go, and to the worker.
const WATCHED = `{ const { createObjectURL, revokeObjectURL } = URL; globalThis.open_addresses = new Set();
  URL.createObjectURL = (what) => { const address = createObjectURL(what); open_addresses.add(address); return address; };
  URL.revokeObjectURL = (address) => { open_addresses.delete(address); revokeObjectURL(address); };
  globalThis.videos = []; const create = document.createElement;
  document.createElement = (name) => { const made = create.call(document, name); videos.push(made); return made; };
  globalThis.answers = []; globalThis.Worker = class extends Worker { constructor(...how) {
    super(...how); globalThis.made_worker = this; this.addEventListener("message", ({ data }) => answers.push(data)); } }; }\n`;

interface Watched {
  readonly open_addresses: Set<string>;
  readonly videos: HTMLVideoElement[];
  readonly answers: { id: number; kind: string; share?: number }[];
  readonly made_worker: Worker;
}

test("a video that is stopped lets go of its file; other videos and pictures go on", { skip }, async () => {
  const watched = await TestPage.open({ "client.js": WATCHED }, files);
  try {
    const { stopped, others, addresses, sources, again } = await watched.page.evaluate(async () => {
      const address = "/client.js";
      const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
      const { open_addresses, videos } = globalThis as unknown as Watched;
      const worker = new HasherWorker();
      const clip = await (await fetch("/clip")).blob();
      const canvas = new OffscreenCanvas(64, 64);
      canvas.getContext("2d");
      const picture = await canvas.convertToBlob();
      const stop = new AbortController();
      const gone = worker.hashVideo(clip, { signal: stop.signal, progress: (share) => share > 0.2 && stop.abort() });
      const goesOn = [worker.hashVideo(clip, { signal: new AbortController().signal }), worker.hashVideo(clip), worker.hashFile(picture)];
      const stopped = await gone.then(() => "hashed", (error: Error) => `${error instanceof DOMException} ${error.name}`);
      const others = (await Promise.all(goesOn)).map((each) => ("frames" in each ? each.frames.length : each.parts.length));
      const again = await worker.hashVideo(clip, { signal: stop.signal }).catch((error: Error) => error.name);
      worker.end();
      return { stopped, others, addresses: open_addresses.size, sources: videos.filter((each) => each.hasAttribute("src")).length, again };
    });
    assert.equal(stopped, "true AbortError");
    assert.deepEqual(others, [4, 4, 1]);
    assert.deepEqual([addresses, sources], [0, 0]);
    assert.equal(again, "AbortError");
  } finally {
    await watched.close();
  }
});

test("a long file that is stopped is not read to its end before the next", { skip }, async () => {
  const watched = await TestPage.open({ "client.js": WATCHED }, files);
  try {
    const { name, next, read } = await watched.page.evaluate(async () => {
      const address = "/client.js";
      const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
      const { answers } = globalThis as unknown as Watched;
      const worker = new HasherWorker();
      const long = new Blob([await (await fetch("/clip")).blob(), ...Array<Uint8Array<ArrayBuffer>>(100).fill(new Uint8Array(1 << 21))]);
      const stop = new AbortController();
      const gone = worker.hashVideo(long, { signal: stop.signal, progress: () => stop.abort() });
      const next = worker.hashVideo(await (await fetch("/clip")).blob());
      const name = await gone.catch((error: Error) => error.name);
      const { frames } = await next;
      worker.end();
      return { name, next: frames.length, read: Math.max(...answers.filter(({ id }) => id === 0).map(({ share }) => share ?? 1)) };
    });
    assert.deepEqual([name, next], ["AbortError", 4]);
    assert.ok(read < 0.5, `${read} of it was read`);
  } finally {
    await watched.close();
  }
});

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

for (const [name, dies, before] of [
  ["does not load", null, { "worker.js": "throw new Error('not in this browser');\n" }],
  ["is not there", null, { "worker.js": "import './nothing.js';\n" }],
  ["dies at work", "error", {}],
  ["says what cannot be read", "messageerror", {}],
] as const) {
  test(`a worker that ${name}: all that waits and all that comes ends in a sentence at once, and a new one works`, { skip }, async () => {
    const served: Record<string, string> = { ...before, "client.js": WATCHED };
    const broken = await TestPage.open(served, files);
    try {
      const hashed = await broken.page.evaluate(async (dies) => {
        const address = "/client.js";
        const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
        const worker = new HasherWorker();
        const clip = await (await fetch("/clip")).blob();
        const ended = (work: Promise<unknown>): Promise<unknown> =>
          Promise.race([
            work.then(() => "done", (error: Error & { trouble: string }) => `${error.trouble}: ${error.message}`),
            new Promise((late) => setTimeout(late, 4000, "nothing")),
          ]);
        const { made_worker } = globalThis as unknown as Watched;
        const reading = new Promise<void>((read) => {
          if (dies === null) read();
          else made_worker.addEventListener("message", ({ data }: MessageEvent<{ kind: string }>) => data.kind === "frame" && read());
        });
        const before = [worker.hashVideo(clip)];
        await reading;
        before.push(worker.hashVideo(clip));
        if (dies === "messageerror") made_worker.dispatchEvent(new MessageEvent("messageerror"));
        if (dies === "error") made_worker.dispatchEvent(new ErrorEvent("error", { message: "It died.", cancelable: true }));
        const sentences = await Promise.all(before.map(ended));
        return { sentences, later: await ended(worker.hashFile(clip)), isEnded: worker.isEnded };
      }, dies);
      for (const sentence of [...hashed.sentences, hashed.later]) assert.match(String(sentence), /^fault: .+\.?$/);
      assert.equal(new Set([...hashed.sentences, hashed.later]).size, 1);
      assert.ok(hashed.isEnded);
      delete served["worker.js"];
      const outcome = await hashVideoIn(broken, "clip");
      assert.ok("video" in outcome, JSON.stringify(outcome));
    } finally {
      await broken.close();
    }
  });
}
