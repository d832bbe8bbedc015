// The shipped modules under node.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Hasher, loadHasher } from "../src/hasher.js";
import { hasSimd } from "../src/module.js";
import { PdqHash } from "../src/pdq.js";
import { PictureShapeError } from "../src/picture.js";
import { differences, readGolden } from "./golden.js";
import { GOLDEN, SHIPPED } from "./places.js";

const text = await readFile(GOLDEN, "utf8");

for (const [name, isa] of [["hasher.wasm", "simd128"], ["hasher.nosimd.wasm", "scalar"]] as const) {
  const bytes = await readFile(new URL(name, SHIPPED));
  const hasher = await Hasher.from(bytes);

  test(`${name} gives the golden signatures`, () => {
    assert.deepEqual(differences(hasher, text), []);
  });

  test(`${name} says which it is, is small, and asks its page for nothing`, async () => {
    assert.equal(hasher.isaName, isa);
    assert.ok(bytes.length <= 60_000, `${bytes.length} bytes`);
    assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(bytes)), []);
  });

  test(`${name} gives the same in strips`, async () => {
    for (const { name: picture, pixels, whole } of readGolden(text).pictures) {
      const rows = 37 * pixels.width * 3;
      const strips = async function* () {
        for (let at = 0; at < pixels.data.length; at += rows) yield pixels.data.subarray(at, at + rows);
      };
      const hashed = await hasher.hashStrips(pixels.width, pixels.height, 3, strips);
      assert.deepEqual([String(hashed[0]?.quality), ...hashed.map(({ hash }) => hash.hex)], whole, picture);
    }
  });

  test(`${name} uses its memory again`, () => {
    const pixels = { data: new Uint8Array(1000 * 1000 * 3).fill(9), width: 1000, height: 1000, channels: 3 } as const;
    const sizes = Array.from({ length: 20 }, () => {
      hasher.hashOrientations(pixels);
      hasher.innerPictures(pixels);
      return hasher.memoryBytes;
    });
    assert.equal(sizes[19], sizes[1]);
  });

  test(`${name} refuses what is no picture`, () => {
    const pixels = (width: number, height: number, length = width * height * 3) =>
      ({ data: new Uint8Array(length), width, height, channels: 3 }) as const;
    for (const wrong of [pixels(4, 400), pixels(400, 4), pixels(0, 0), pixels(10, 10, 299), pixels(1.5, 10, 45)]) {
      assert.throws(() => hasher.hashPixels(wrong), PictureShapeError);
    }
    const held = hasher.holdRows(10, 10, 3);
    assert.throws(() => held.hashPixels(), PictureShapeError, "rows are missing");
    held.drop();
    assert.throws(() => held.hashPixels(), /dropped/);
  });

  test(`${name} forgets a dropped picture`, () => {
    const mark = [201, 7, 99, 13, 250, 66, 31, 177, 4, 88, 190, 55];
    const data = new Uint8Array(60 * 60 * 3);
    for (let i = 0; i < data.length; i++) data[i] = mark[i % mark.length] as number;
    hasher.hashOrientations({ data, width: 60, height: 60, channels: 3 });
    assert.equal(Buffer.from(hasher.memory).indexOf(Buffer.from([...mark, ...mark])), -1);
  });
}

test("hasher.wasm.js gives the golden signatures without WebAssembly", async () => {
  const kept = globalThis.WebAssembly;
  Reflect.deleteProperty(globalThis, "WebAssembly");
  try {
    const hasher = await loadHasher(SHIPPED);
    assert.equal(hasher.isaName, "scalar");
    assert.deepEqual(differences(hasher, text), []);
  } finally {
    globalThis.WebAssembly = kept;
  }
});

test("hasher.wasm.js asks its page for nothing, and makes no code from text", async () => {
  const script = await readFile(new URL("hasher.wasm.js", SHIPPED), "utf8");
  assert.doesNotMatch(script, /\b(import|eval|Function|fetch|document|require)\b/);
  assert.ok(script.length <= 320_000, `${script.length} bytes`);
});

test("node has SIMD, so the first module is the one that a page takes", () => {
  assert.equal(hasSimd(), true);
});

test("a hash is read, written and compared as the field does", () => {
  const hash = PdqHash.fromHex("F".repeat(63) + "0");
  assert.equal(hash.hex, "f".repeat(63) + "0");
  assert.equal(hash.distance(PdqHash.fromHex("0".repeat(64))), 252);
  assert.throws(() => PdqHash.fromHex("0".repeat(63)), /63 characters/);
  assert.throws(() => PdqHash.fromHex("g".repeat(64)), /hexadecimal/);
});
