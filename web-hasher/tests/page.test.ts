// The shipped modules in real Chromium: worker, decoding, and what happens where a browser changes what a page reads.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";

import { type FileSignatures } from "../src/messages.js";
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
function hashIn(where: TestPage, bytes: Uint8Array): Promise<Outcome> {
  return where.page.evaluate(async (numbers) => {
    const address = "/client.js";
    const { HasherWorker } = (await import(address)) as typeof import("../src/client.js");
    const worker = new HasherWorker();
    const shares: number[] = [];
    try {
      return { signatures: await worker.hashFile(new Blob([Uint8Array.from(numbers)]), (share) => shares.push(share)), shares };
    } catch (error) {
      const { trouble, message } = error as InstanceType<typeof import("../src/client.js").HashingError>;
      return { trouble, sentence: message };
    } finally {
      worker.end();
    }
  }, Array.from(bytes));
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
  for (const request of page.requests) assert.match(request, /^GET \/((src|tests)\/)?([a-z]+(\.nosimd)?\.(js|wasm|txt))?$/);
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

// What fingerprinting protection does to the pixels that a page reads.
const REPLACED = (change: string): string =>
  `{ const prototype = OffscreenCanvasRenderingContext2D.prototype, read = prototype.getImageData;
     prototype.getImageData = function (...at) { const image = read.apply(this, at), data = image.data; ${change} return image; }; }\n`;

for (const [name, change, trouble] of [
  ["small noise", "for (let i = 0; i < data.length; i++) data[i] += (i * 7919 % 3) - 1;", null],
  ["white", "data.fill(255);", "altered_pixels"],
  ["random data", "for (let i = 0; i < data.length; i++) data[i] = Math.random() * 256;", "altered_pixels"],
  ["half of the rows", "data.fill(0, data.length / 2);", "altered_pixels"],
] as const) {
  test(`${name} instead of the pixels: ${trouble === null ? "a right hash" : "a sentence, never a hash"}`, { skip }, async () => {
    const altered = await TestPage.open({ "decode.js": REPLACED(change) });
    try {
      const { pixels, whole } = pictures[4] as (typeof pictures)[0];
      const outcome = await hashIn(altered, png(pixels));
      if (trouble !== null) {
        assert.ok("trouble" in outcome, "a hash of something else");
        assert.equal(outcome.trouble, trouble);
        const traced = await traceIn(altered, png(pixels));
        assert.ok("trouble" in traced, "a trace of something else");
        assert.equal(traced.trouble, trouble);
      } else {
        assert.ok("signatures" in outcome, JSON.stringify(outcome));
        assert.ok(bitsBetween(outcome.signatures.parts[0]?.hashes[0] ?? "", whole[1] ?? "") <= 4);
      }
    } finally {
      await altered.close();
    }
  });
}

test("without WebAssembly there is a sentence", { skip }, async () => {
  const without = await TestPage.open({ "worker.js": "delete globalThis.WebAssembly;\n" });
  try {
    const { pixels } = pictures[4] as (typeof pictures)[0];
    const outcome = await hashIn(without, png(pixels));
    assert.ok("trouble" in outcome);
    assert.equal(outcome.trouble, "no_webassembly");
  } finally {
    await without.close();
  }
});

function bitsBetween(one: string, other: string): number {
  const difference = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  return difference.toString(2).replace(/0/g, "").length;
}
