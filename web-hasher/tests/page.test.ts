// The shipped modules in real Chromium: worker, decoding, and what happens where a browser changes what a page reads.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";

import { Hasher } from "../src/hasher.js";
import { type FileSignatures } from "../src/messages.js";
import { type Box } from "../src/pdq.js";
import { type Pixels } from "../src/picture.js";
import { type TraceOptions, Tracer } from "../src/tracer.js";
import { corners, readGolden } from "./golden.js";
import { CHROMIUM, TestPage } from "./page.js";
import { GOLDEN, SHIPPED } from "./places.js";
import { shapes } from "./shapes.js";

const skip = CHROMIUM === undefined ? "needs Chromium (Debian package chromium)" : false;
const { pictures } = readGolden(await readFile(GOLDEN, "utf8"));
let page: TestPage;

before(async () => {
  if (!skip) page = await TestPage.open();
});
after(async () => {
  if (!skip) await page.close();
});

type Outcome = { signatures: FileSignatures; shares: number[] } | { trouble: string; sentence: string };

/** Hashes bytes as a file that someone chose in the page. */
function hashIn(where: TestPage, bytes: Uint8Array, crop?: Box): Promise<Outcome> {
  return where.page.evaluate(async ({ text, crop }) => {
    const address = "/client.js";
    const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
    const worker = new HasherWorker();
    const shares: number[] = [];
    try {
      const file = new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]);
      const progress = (share: number) => void shares.push(share);
      return { signatures: await worker.hashFile(file, crop === null ? progress : { crop, progress }), shares };
    } catch (error) {
      const { trouble, message } = error as InstanceType<typeof import("../src/client.js").HashingError>;
      return { trouble, sentence: message };
    } finally {
      worker.end();
    }
  }, { text: Buffer.from(bytes).toString("base64"), crop: crop ?? null });
}

type Traced = { bytes: number[]; leftOut: number[][]; framed: number[] | null; size: [number, number] } | { trouble: string; sentence: string };

/** Traces bytes as a file that someone chose in the page. */
function traceIn(where: TestPage, bytes: Uint8Array, options: TraceOptions = {}): Promise<Traced> {
  return where.page.evaluate(
    async ({ numbers, options }) => {
      const address = "/client.js";
      const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
      const worker = new HasherWorker();
      const corners = ({ left, top, right, bottom }: Record<"left" | "top" | "right" | "bottom", number>) => [left, top, right, bottom];
      try {
        const { bytes, leftOut, framed, width, height } = await worker.traceFile(new Blob([Uint8Array.from(numbers)]), options);
        return { bytes: Array.from(bytes), leftOut: leftOut.map(corners), framed: framed && corners(framed), size: [width, height] as [number, number] };
      } catch (error) {
        const { trouble, message } = error as InstanceType<typeof import("../src/client.js").HashingError>;
        return { trouble, sentence: message };
      } finally {
        worker.end();
      }
    },
    { numbers: Array.from(bytes), options },
  );
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A PNG file without loss. */
function png({ data, width, height }: Pixels): Buffer {
  const rows = Buffer.alloc((3 * width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(data.subarray(3 * width * y, 3 * width * (y + 1)), (3 * width + 1) * y + 1);
  return pngOf(width, height, [8, 2], rows);
}

/** From rows with a byte before each, in the format that depth and colour type say. */
function pngOf(width: number, height: number, format: readonly [number, number], rows: Buffer): Buffer {
  const chunk = (kind: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(kind), body]);
    const out = Buffer.alloc(named.length + 8);
    out.writeUInt32BE(body.length, 0);
    named.copy(out, 4);
    out.writeUInt32BE(crc32(named), named.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([...format, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

for (const name of ["hasher.wasm", "hasher.nosimd.wasm"]) {
  test(`${name} gives the golden signatures in the page`, { skip }, async () => {
    const found = await page.page.evaluate(async (file) => {
      const [hasherAt, goldenAt] = ["/src/hasher.js", "/tests/golden.js"];
      const { Hasher } = (await import(hasherAt)) as typeof import("../src/hasher.js");
      const { differences } = (await import(goldenAt)) as typeof import("./golden.js");
      const [bytes, text] = await Promise.all([fetch(`/${file}`), fetch("/golden.txt")]);
      return differences(await Hasher.from(await bytes.arrayBuffer()), await text.text());
    }, name);
    assert.deepEqual(found, []);
  });
}

test("a file without loss gives the golden signatures, its digests, and progress", { skip }, async () => {
  for (const { name, pixels, whole, inner } of pictures) {
    const bytes = png(pixels);
    const outcome = await hashIn(page, bytes);
    assert.ok("signatures" in outcome, `${name}: ${JSON.stringify(outcome)}`);
    const { signatures, shares } = outcome;
    const parts = signatures.parts.map(({ quality, hashes }) => [String(quality), ...hashes]);
    assert.deepEqual(parts, [whole, ...inner.map((one) => one.signature)], name);
    assert.deepEqual([signatures.width, signatures.height], [pixels.width, pixels.height]);
    assert.equal(signatures.digests.sha256, createHash("sha256").update(bytes).digest("hex"));
    assert.equal(signatures.digests.md5, createHash("md5").update(bytes).digest("hex"));
    assert.equal(shares[shares.length - 1], 1);
  }
});

for (const name of ["tracer.wasm", "tracer.nosimd.wasm"]) {
  test(`${name} gives the same trace in the page as under node`, { skip }, async () => {
    const found = await page.page.evaluate(async (file) => {
      const [tracerAt, shapesAt] = ["/src/tracer.js", "/tests/shapes.js"];
      const { Tracer } = (await import(tracerAt)) as typeof import("../src/tracer.js");
      const { shapes } = (await import(shapesAt)) as typeof import("./shapes.js");
      const tracer = await Tracer.from(await (await fetch(`/${file}`)).arrayBuffer());
      return Array.from(tracer.tracePixels(shapes(701, 523)).bytes);
    }, name);
    const tracer = await Tracer.from(await readFile(new URL(name, SHIPPED)));
    assert.deepEqual(found, Array.from(tracer.tracePixels(shapes(701, 523)).bytes));
  });
}

test("a file without loss gives the trace of its pixels, and where nothing was kept", { skip }, async () => {
  const tracer = await Tracer.from(await readFile(new URL("tracer.wasm", SHIPPED)));
  const photo = shapes(320, 240);
  const options = { kind: "fake", leaveFacesOut: false, leaveOut: [{ left: 10, top: 20, right: 100, bottom: 150 }] } as const;
  for (const asked of [{}, options]) {
    const outcome = await traceIn(page, png(photo), asked);
    const { bytes, leftOut, framed } = tracer.tracePixels(photo, asked);
    const expected = { bytes: Array.from(bytes), leftOut: leftOut.map(corners), framed: framed && corners(framed), size: [320, 240] };
    assert.deepEqual(outcome, expected);
  }
});

test("what gives no trace ends in a sentence", { skip }, async () => {
  const flat: Pixels = { data: new Uint8Array(300 * 300 * 3).fill(99), width: 300, height: 300, channels: 3 };
  const tiny: Pixels = { data: new Uint8Array(27), width: 3, height: 3, channels: 3 };
  const side = 8200; // more pixels than are held
  const large = pngOf(side, side, [1, 0], Buffer.alloc((side / 8 + 1) * side));
  for (const [bytes, trouble, sentence] of [
    [png(flat), "too_little_detail", /fewer than 40 places with detail are left/],
    [png(tiny), "wrong_size", /^A picture of 3 x 3 pixels: PDQ needs at least 5 a side\.$/],
    [large, "no_memory", /^There is no memory for a picture of 8200 x 8200 pixels\.$/],
    [Buffer.from("no picture"), "not_a_picture", /not a picture/],
  ] as const) {
    const outcome = await traceIn(page, bytes);
    assert.ok("trouble" in outcome, trouble);
    assert.equal(outcome.trouble, trouble, outcome.sentence);
    assert.match(outcome.sentence, sentence);
  }
});

test("the tracer comes with the first photo that is traced, not before, and once", { skip }, async () => {
  const fresh = await TestPage.open();
  try {
    const asked = await fresh.page.evaluate(async (numbers) => {
      const address = "/client.js";
      const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
      const worker = new HasherWorker();
      const file = new Blob([Uint8Array.from(numbers)]);
      const { parts } = await worker.hashFile(file);
      const [first, second] = await Promise.all([worker.traceFile(file), worker.traceFile(file)]);
      worker.end();
      return [parts.length, first.bytes.length, second.bytes.length];
    }, Array.from(png(shapes(320, 240))));
    assert.equal(asked[1], asked[2]);
    const modules = fresh.requests.filter((request) => request.endsWith(".wasm"));
    assert.deepEqual(modules, ["GET /hasher.wasm", "GET /tracer.wasm"]);
    await hashIn(fresh, png(shapes(320, 240)));
    assert.equal(fresh.requests.filter((request) => request.endsWith("tracer.wasm")).length, 1);
  } finally {
    await fresh.close();
  }
});

test("nothing leaves the page: it asks for its own files, and for nothing else", { skip }, () => {
  assert.ok(page.requests.includes("GET /hasher.wasm"));
  for (const request of page.requests) assert.match(request, /^GET \/((src|tests)\/)?([a-z_]+(\.nosimd)?\.(js|wasm|txt))?$/);
});

test("what is no picture, too small or empty ends in a sentence", { skip }, async () => {
  const tiny: Pixels = { data: new Uint8Array(27), width: 3, height: 3, channels: 3 };
  const cut = png((pictures[4] as (typeof pictures)[0]).pixels).subarray(0, 60);
  for (const [bytes, trouble] of [
    [Buffer.from("no picture"), "not_a_picture"],
    [Buffer.alloc(0), "not_a_picture"],
    [cut, "not_a_picture"],
    [png(tiny), "wrong_size"],
  ] as const) {
    const outcome = await hashIn(page, bytes);
    assert.ok("trouble" in outcome);
    assert.equal(outcome.trouble, trouble);
    assert.match(outcome.sentence, /\.$/);
  }
});

// What fingerprinting protection does to the pixels that a page reads from a canvas, or copies out of a frame.
const CANVAS = (change: string): string =>
  `{ const prototype = OffscreenCanvasRenderingContext2D.prototype, read = prototype.getImageData;
     prototype.getImageData = function (...at) { const image = read.apply(this, at), data = image.data; ${change} return image; }; }\n`;
const COPY = (change: string): string =>
  `{ const prototype = VideoFrame.prototype, copy = prototype.copyTo;
     prototype.copyTo = async function (data, ...how) { const layout = await copy.call(this, data, ...how); ${change} return layout; }; }\n`;
const NO_COPY = "delete globalThis.VideoFrame;\n";
const REFUSED_COPY = "VideoFrame.prototype.copyTo = async () => { throw new DOMException('as other browsers', 'NotSupportedError'); };\n";
// More than 16.7 million pixels at once are blank: of a canvas, and of what is drawn on one.
const CAPPED_CANVAS =
  `{ const prototype = OffscreenCanvasRenderingContext2D.prototype, read = prototype.getImageData;
     prototype.getImageData = function (...at) {
       const image = read.apply(this, at);
       if (this.canvas.width * this.canvas.height > 4096 * 4096) image.data.fill(0);
       return image; }; }\n`;
const CAPPED_DRAWING =
  `{ const prototype = OffscreenCanvasRenderingContext2D.prototype, draw = prototype.drawImage;
     prototype.drawImage = function (picture, ...at) {
       if (picture.width * picture.height > 4096 * 4096) return this.clearRect(0, 0, 1e5, 1e5);
       return draw.call(this, picture, ...at); }; }\n`;
const CAPPED_COPY = COPY("if (this.codedWidth * this.codedHeight > 4096 * 4096) data.fill(0);");

const NOISE = "for (let i = 0; i < data.length; i++) data[i] = Math.max(0, Math.min(255, data[i] + (i * 7919 % 3) - 1));";
const WHITE = "data.fill(255);";
const RANDOM = "for (let i = 0; i < data.length; i++) data[i] = Math.random() * 256;";
const HALF = "data.fill(0, data.length / 2);";
const middle = pictures[4] as (typeof pictures)[0];

for (const [name, before, right] of [
  ["noise on every way", CANVAS(NOISE) + COPY(NOISE), true],
  ["noise on a canvas where nothing can be copied", CANVAS(NOISE) + NO_COPY, true],
  ["white on every way", CANVAS(WHITE) + COPY(WHITE), false],
  ["white on a canvas where nothing can be copied", CANVAS(WHITE) + NO_COPY, false],
  ["white on a canvas only", CANVAS(WHITE), true],
  ["white copies only", COPY(WHITE), true],
  ["random data on every way", CANVAS(RANDOM) + COPY(RANDOM), false],
  ["random data on a canvas where nothing can be copied", CANVAS(RANDOM) + NO_COPY, false],
  ["random data on a canvas where copying is refused", CANVAS(RANDOM) + REFUSED_COPY, false],
  ["random data on a canvas only", CANVAS(RANDOM), true],
  ["random copies only", COPY(RANDOM), true],
  ["half of the rows on every way", CANVAS(HALF) + COPY(HALF), false],
  ["copying that is refused", REFUSED_COPY, true],
  ["a browser that cannot copy", NO_COPY, true],
] as const) {
  test(`${name}: ${right ? "a right hash" : "a sentence, never a hash"}`, { skip }, async () => {
    const altered = await TestPage.open({ "decode.js": before });
    try {
      const outcome = await hashIn(altered, png(middle.pixels));
      if (right) {
        assert.ok("signatures" in outcome, JSON.stringify(outcome));
        const bits = bitsBetween(outcome.signatures.parts[0]?.hashes[0] ?? "", middle.whole[1] ?? "");
        assert.ok(bits <= (before.includes(NOISE) ? 4 : 0), `${bits} bits`);
      } else {
        assert.ok("trouble" in outcome, "a hash of something else");
        assert.equal(outcome.trouble, "altered_pixels");
        const traced = await traceIn(altered, png(middle.pixels));
        assert.ok("trouble" in traced, "a trace of something else");
        assert.equal(traced.trouble, "altered_pixels");
      }
    } finally {
      await altered.close();
    }
  });
}

for (const [name, before, right] of [
  ["a canvas of more than 16.7 million pixels is blank", CAPPED_CANVAS + NO_COPY, true],
  ["a picture of more is blank when it is copied", CAPPED_COPY, true],
  ["a picture of more is blank when it is drawn", CAPPED_DRAWING + NO_COPY, false],
  ["a picture of more is blank by every way", CAPPED_DRAWING + CAPPED_COPY, false],
] as const) {
  test(`${name}: ${right ? "a right hash" : "a sentence for large pictures, a right hash for small ones"}`, { skip }, async () => {
    const capped = await TestPage.open({ "decode.js": before });
    try {
      const large = shapes(4200, 4100);
      const outcome = await hashIn(capped, png(large));
      if (right) {
        const hasher = await Hasher.from(await readFile(new URL("hasher.wasm", SHIPPED)));
        assert.ok("signatures" in outcome, JSON.stringify(outcome));
        assert.equal(outcome.signatures.parts[0]?.hashes[0], hasher.hashPixels(large).hash.hex);
      } else {
        assert.ok("trouble" in outcome, "a hash of something else");
        assert.equal(outcome.trouble, "altered_pixels");
      }
      const small = await hashIn(capped, png(middle.pixels));
      assert.ok("signatures" in small, JSON.stringify(small));
      assert.equal(small.signatures.parts[0]?.hashes[0], middle.whole[1]);
    } finally {
      await capped.close();
    }
  });
}

const NO_WEBASSEMBLY = "delete globalThis.WebAssembly;\n";
const OTHERWISE_BLIND = { "hasher.wasm.js": "throw new Error('not in this browser');\n" };

test("without WebAssembly the same bits come from JavaScript, and no trace", { skip }, async () => {
  const without = await TestPage.open({ "worker.js": NO_WEBASSEMBLY });
  try {
    for (const { name, pixels, whole, inner } of pictures) {
      const outcome = await hashIn(without, png(pixels));
      assert.ok("signatures" in outcome, `${name}: ${JSON.stringify(outcome)}`);
      const parts = outcome.signatures.parts.map(({ quality, hashes }) => [String(quality), ...hashes]);
      assert.deepEqual(parts, [whole, ...inner.map((one) => one.signature)], name);
    }
    assert.ok(without.requests.includes("GET /hasher.wasm.js"));
    assert.deepEqual(without.requests.filter((request) => request.endsWith(".wasm")), []);
    const traced = await traceIn(without, png(middle.pixels));
    assert.ok("trouble" in traced);
    assert.equal(traced.trouble, "no_webassembly");
  } finally {
    await without.close();
  }
});

test("without WebAssembly the path is checked too", { skip }, async () => {
  const without = await TestPage.open({ "worker.js": NO_WEBASSEMBLY, "decode.js": CANVAS(RANDOM) + COPY(RANDOM) });
  try {
    const outcome = await hashIn(without, png(middle.pixels));
    assert.ok("trouble" in outcome, "a hash of something else");
    assert.equal(outcome.trouble, "altered_pixels");
  } finally {
    await without.close();
  }
});

test("where neither WebAssembly nor what stands in for it works there is a sentence", { skip }, async () => {
  const without = await TestPage.open({ "worker.js": NO_WEBASSEMBLY, ...OTHERWISE_BLIND });
  try {
    const outcome = await hashIn(without, png(middle.pixels));
    assert.ok("trouble" in outcome);
    assert.equal(outcome.trouble, "no_webassembly");
  } finally {
    await without.close();
  }
});

test("a browser with WebAssembly does not load what stands in for it", { skip }, () => {
  assert.ok(!page.requests.includes("GET /hasher.wasm.js"));
});

test("a crop gives the hash of those pixels, and of nothing else", { skip }, async () => {
  const hasher = await Hasher.from(await readFile(new URL("hasher.wasm", SHIPPED)));
  const { pixels } = middle;
  for (const crop of [
    { left: 0, top: 0, right: pixels.width, bottom: pixels.height },
    { left: 7, top: 11, right: pixels.width - 3, bottom: pixels.height - 5 },
    { left: 1, top: 2, right: 6, bottom: 7 },
  ]) {
    const outcome = await hashIn(page, png(pixels), crop);
    assert.ok("signatures" in outcome, JSON.stringify(outcome));
    const hashed = hasher.hashOrientations(cut(pixels, crop));
    const { parts, width, height } = outcome.signatures;
    assert.deepEqual(parts, [{ inner: crop, quality: hashed[0]?.quality, hashes: hashed.map(({ hash }) => hash.hex) }]);
    assert.deepEqual([width, height], [pixels.width, pixels.height]);
  }
});

test("a crop that is not inside the picture ends in a sentence", { skip }, async () => {
  const { width, height } = middle.pixels;
  for (const [crop, trouble] of [
    [{ left: 0, top: 0, right: width + 1, bottom: height }, "wrong_crop"],
    [{ left: -1, top: 0, right: 50, bottom: 50 }, "wrong_crop"],
    [{ left: 50, top: 0, right: 50, bottom: 50 }, "wrong_crop"],
    [{ left: 0.5, top: 0, right: 50, bottom: 50 }, "wrong_crop"],
    [{ left: 0, top: 0, right: 4, bottom: 50 }, "wrong_size"],
  ] as const) {
    const outcome = await hashIn(page, png(middle.pixels), crop);
    assert.ok("trouble" in outcome, JSON.stringify(crop));
    assert.equal(outcome.trouble, trouble);
    assert.match(outcome.sentence, /\.$/);
  }
});

test("a HEIC picture that this browser cannot read, and a video, are told apart from what is no picture", { skip }, async () => {
  const box = (...brands: string[]) => Buffer.concat([Buffer.from([0, 0, 0, 4 * brands.length + 12]), Buffer.from(`ftyp${brands[0]}\0\0\0\0${brands.slice(1).join("")}`)]);
  for (const [bytes, trouble] of [
    [box("heic", "mif1", "heic"), "heic"],
    [box("mif1", "mif1", "heic"), "heic"],
    [box("mif1", "mif1", "avif"), "not_a_picture"],
    [box("isom", "isom", "avc1"), "is_video"],
    [Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0, 0, 0, 0]), "is_video"],
    [box("M4A ", "M4A "), "not_a_picture"],
  ] as const) {
    for (const outcome of [await hashIn(page, bytes), await traceIn(page, bytes)]) {
      assert.ok("trouble" in outcome);
      assert.equal(outcome.trouble, trouble, bytes.toString("latin1"));
      assert.match(outcome.sentence, /\.$/);
    }
  }
});

function cut({ data, width }: Pixels, { left, top, right, bottom }: Box): Pixels {
  const rows = Array.from({ length: bottom - top }, (_, row) => {
    const start = 3 * ((top + row) * width);
    return Array.from(data.subarray(start + 3 * left, start + 3 * right));
  });
  return { data: Uint8Array.from(rows.flat()), width: right - left, height: bottom - top, channels: 3 };
}

function bitsBetween(one: string, other: string): number {
  const difference = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  return difference.toString(2).replace(/0/g, "").length;
}
