// The shipped tracers under node. That they give the server's bytes is held in tests/vectors/test_traces.py.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { PictureShapeError, type Pixels } from "../src/picture.js";
import { TooLittleDetailError, Tracer } from "../src/tracer.js";
import { withAlpha } from "./golden.js";
import { SHIPPED } from "./places.js";
import { shapes } from "./shapes.js";

const HEAD_BYTES = 48;
const POINT_BYTES = 19;

for (const [name, isa] of [["tracer.wasm", "simd128"], ["tracer.nosimd.wasm", "scalar"]] as const) {
  const bytes = await readFile(new URL(name, SHIPPED));
  const tracer = await Tracer.from(bytes);
  const photo = shapes(640, 480);

  test(`${name} says which it is, is small, and asks its page for nothing`, async () => {
    assert.equal(tracer.isaName, isa);
    assert.ok(bytes.length <= 250_000, `${bytes.length} bytes`);
    assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(bytes)), []);
  });

  test(`${name} gives the stored form`, () => {
    const trace = tracer.tracePixels(photo);
    const view = new DataView(trace.bytes.buffer);
    assert.equal(Buffer.from(trace.bytes.subarray(0, 4)).toString(), "HWTR");
    assert.deepEqual([view.getUint8(5), view.getUint16(8, true), view.getUint16(10, true)], [0, 512, 384]);
    assert.equal(trace.bytes.length, HEAD_BYTES + view.getUint16(12, true) * POINT_BYTES);
    assert.equal(trace.framed, null);
    assert.equal(tracer.tracePixels(photo, { kind: "fake" }).bytes[5], 1);
  });

  test(`${name} gives the same in strips, and with alpha`, () => {
    const expected = tracer.tracePixels(photo);
    const rgba = withAlpha(photo);
    const held = tracer.holdRows(rgba.width, rgba.height, 4);
    for (let at = 0; at < rgba.data.length; at += 4 * rgba.width * 37) held.push(rgba.data.subarray(at, at + 4 * rgba.width * 37));
    assert.deepEqual(held.trace(), expected);
    held.drop();
    assert.throws(() => held.trace(), /dropped/);
  });

  test(`${name} leaves out what it is asked to, and says so`, () => {
    const box = { left: 0, top: 0, right: 320, bottom: 480 };
    const trace = tracer.tracePixels(photo, { leaveOut: [box] });
    assert.deepEqual(trace.leftOut[trace.leftOut.length - 1], box);
    // Half pixels of the photo at 512: none lies left of the middle.
    for (const [x] of pointsOf(trace.bytes)) assert.ok((x as number) >= 511, `a point at ${x}`);
    assert.ok(pointsOf(tracer.tracePixels(photo).bytes).some(([x]) => (x as number) < 511));
  });

  test(`${name} gives no trace of a photo that holds too little`, () => {
    const flat: Pixels = { data: new Uint8Array(400 * 400).fill(90), width: 400, height: 400, channels: 1 };
    assert.throws(() => tracer.tracePixels(flat), TooLittleDetailError);
    assert.throws(
      () => tracer.tracePixels(photo, { leaveOut: [{ left: -5, top: -5, right: 700, bottom: 700 }] }),
      /^TooLittleDetailError: The photo holds too little .* fewer than 40 places with detail are left\. Take a larger photo/,
    );
  });

  test(`${name} refuses what is no picture, and what is no box`, () => {
    const pixels = (width: number, height: number, length = width * height * 3) =>
      ({ data: new Uint8Array(length), width, height, channels: 3 }) as const;
    for (const wrong of [pixels(4, 400), pixels(400, 4), pixels(0, 0), pixels(10, 10, 299), pixels(1.5, 10, 45)]) {
      assert.throws(() => tracer.tracePixels(wrong), PictureShapeError);
    }
    const held = tracer.holdRows(10, 10, 3);
    assert.throws(() => held.trace(), PictureShapeError, "rows are missing");
    held.drop();
    const box = { left: 10, top: 10, right: 50, bottom: 50 };
    for (const [wrong, sentence] of [
      [{ ...box, right: 5 }, /number 2 holds nothing: left comes before right/],
      [{ ...box, bottom: 10 }, /number 2 holds nothing/],
      [{ ...box, top: 0.5 }, /number 2: its corners are whole numbers of pixels\.$/],
      [{ ...box, top: NaN }, /whole numbers/],
      [{ ...box, right: 2 ** 31 }, /whole numbers/],
    ] as const) {
      assert.throws(() => tracer.tracePixels(photo, { leaveOut: [box, wrong] }), sentence);
    }
  });

  test(`${name} uses its memory again`, () => {
    const sizes = Array.from({ length: 10 }, () => {
      tracer.tracePixels(photo);
      return tracer.memoryBytes;
    });
    assert.equal(sizes[9], sizes[1]);
  });

  test(`${name} forgets the photo and every small copy of it`, async () => {
    const [one, other] = await Promise.all([Tracer.from(bytes), Tracer.from(bytes)]);
    const begun = one.memoryBytes;
    one.tracePixels(photo);
    other.tracePixels(shapes(640, 480, 8));
    assert.ok(one.memoryBytes > begun + 4_000_000, "what it took in between");
    const left = one.memory.subarray(begun).reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0);
    assert.ok(left < 1000, `${left} bytes that are not 0; heads of blocks are a dozen each`);
    const [a, b] = [one.memory, other.memory];
    const differing = a.reduce((count, byte, i) => count + (byte === b[i] ? 0 : 1), 0);
    assert.ok(differing < 1000, `${differing} bytes that differ after another photo`);
  });
}

/** Where the points of a trace lie: x and y, in half pixels. */
function pointsOf(bytes: Uint8Array): number[][] {
  const count = (bytes.length - HEAD_BYTES) / POINT_BYTES;
  return Array.from({ length: count }, (_, i) => {
    const [a = 0, b = 0, c = 0] = bytes.subarray(HEAD_BYTES + i * POINT_BYTES);
    const place = a | (b << 8) | (c << 16);
    return [place & 1023, (place >> 10) & 1023];
  });
}
