// Signatures of pixels from standard input, by both shipped modules, for tests/vectors/test_photos.py.
// In: width and height (32 bits each, little-endian), then RGB rows; again and again. Out: a line of JSON for each picture.
import { readFile } from "node:fs/promises";

import { Hasher } from "../src/hasher.js";
import { corners, signature } from "./golden.js";
import { SHIPPED } from "./places.js";

const hashers = await Promise.all(
  ["hasher.wasm", "hasher.nosimd.wasm"].map(async (name) => Hasher.from(await readFile(new URL(name, SHIPPED)))),
);
let waiting: Buffer<ArrayBufferLike> = Buffer.alloc(0);

for await (const piece of process.stdin) {
  waiting = Buffer.concat([waiting, piece as Buffer]);
  while (waiting.length >= 8) {
    const [width, height] = [waiting.readUInt32LE(0), waiting.readUInt32LE(4)];
    const end = 8 + width * height * 3;
    if (waiting.length < end) break;
    const data = waiting.subarray(8, end);
    const answers = hashers.map((hasher) => {
      const held = hasher.hold({ data, width, height, channels: 3 });
      try {
        const boxes = held.innerPictures();
        return { whole: signature(held), inner: boxes.map((box) => [corners(box), signature(held, box)]) };
      } finally {
        held.drop();
      }
    });
    process.stdout.write(`${JSON.stringify(answers)}\n`);
    waiting = waiting.subarray(end);
  }
}
