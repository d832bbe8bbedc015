// Reads tests/vectors/golden.txt: drawn pictures and bytes, and what is to come out. Runs under node and in a page.
import { type Hasher, type HeldPicture } from "../src/hasher.js";
import { type Box } from "../src/pdq.js";
import { type Pixels } from "../src/picture.js";

export interface GoldenPicture {
  readonly name: string;
  readonly pixels: Pixels;
  /** Quality and eight hashes. */
  readonly whole: readonly string[];
  readonly inner: readonly { readonly box: readonly number[]; readonly signature: readonly string[] }[];
}

export interface GoldenFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly md5: string;
}

const WAVES = 6;

export function readGolden(text: string): { pictures: GoldenPicture[]; files: GoldenFile[] } {
  const pictures: { name: string; pixels: Pixels; whole: string[]; inner: { box: number[]; signature: string[] }[] }[] = [];
  const files: GoldenFile[] = [];
  for (const line of text.trim().split("\n")) {
    const [word = "", ...rest] = line.split(" ");
    const numbers = rest.map(Number);
    const picture = pictures[pictures.length - 1];
    if (word === "picture") {
      const [, width = 0, height = 0] = numbers;
      const pixels: Pixels = { data: new Uint8Array(width * height * 3), width, height, channels: 3 };
      pictures.push({ name: rest[0] ?? "", pixels, whole: [], inner: [] });
    } else if (word === "bytes") {
      const [count = 0, seed = 0] = numbers;
      files.push({ bytes: randomBytes(count, seed), sha256: rest[2] ?? "", md5: rest[3] ?? "" });
    } else if (picture === undefined) {
      throw new Error(`"${word}" before the first picture.`);
    } else if (word === "pdq") {
      picture.whole = rest;
    } else if (word === "inner") {
      picture.inner.push({ box: numbers.slice(0, 4), signature: rest.slice(4) });
    } else {
      draw(picture.pixels, word, numbers);
    }
  }
  return { pictures, files };
}

/** What differs between a hasher's answers and the golden ones, in words; empty where nothing does. */
export function differences(hasher: Hasher, text: string): string[] {
  const { pictures, files } = readGolden(text);
  const found: string[] = pictures.length === 0 || files.length === 0 ? ["There is nothing to compare."] : [];
  for (const picture of pictures) {
    for (const pixels of [picture.pixels, withAlpha(picture.pixels)]) {
      const held = hasher.hold(pixels);
      const what = `${picture.name}, ${pixels.channels} channels`;
      compare(`${what}: hash`, signature(held), picture.whole, found);
      const boxes = held.innerPictures();
      compare(`${what}: inner pictures`, boxes.map(corners), picture.inner.map(({ box }) => box), found);
      boxes.forEach((box, i) => compare(`${what}: hash inside`, signature(held, box), picture.inner[i]?.signature, found));
      held.drop();
    }
  }
  for (const { bytes, sha256, md5 } of files) {
    const stream = hasher.fileDigests();
    // Pieces of 1, 2, .. 1,000, 1, .. bytes, so that they end in every place of a block.
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size % 1000) + 1) stream.update(bytes.subarray(at, at + size));
    compare(`${bytes.length} bytes`, stream.finish(), { sha256, md5 }, found);
  }
  return found;
}

export function signature(held: HeldPicture, part?: Box): string[] {
  const hashed = held.hashOrientations(part);
  return [String(hashed[0]?.quality), ...hashed.map(({ hash }) => hash.hex)];
}

export function corners({ left, top, right, bottom }: Box): number[] {
  return [left, top, right, bottom];
}

export function withAlpha({ data, width, height }: Pixels): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    rgba.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
    rgba[4 * i + 3] = i % 256; // is to be ignored
  }
  return { data: rgba, width, height, channels: 4 };
}

function compare(what: string, found: unknown, expected: unknown, into: string[]): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    into.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  }
}

function draw({ data, width }: Pixels, kind: string, numbers: readonly number[]): void {
  const [left = 0, top = 0, right = 0, bottom = 0, ...rest] = numbers;
  const waves = kind === "texture" ? wavesOf(rest[0] ?? 0) : [];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = kind === "texture" ? textureAt(waves, x - left, y - top, channel) : rest[channel];
        (data as Uint8Array)[(y * width + x) * 3 + channel] = value ?? 0;
      }
    }
  }
}

function wavesOf(seed: number): (readonly [number, number, number])[] {
  return Array.from({ length: WAVES }, () => {
    seed = following(seed);
    return [((seed >>> 8) % 7) - 3, ((seed >>> 16) % 7) - 3, 20 + ((seed >>> 24) % 97)] as const;
  });
}

function textureAt(waves: readonly (readonly [number, number, number])[], x: number, y: number, channel: number): number {
  let total = 0;
  waves.forEach(([along, down, half], k) => {
    const at = along * x + down * y + 31 * channel * k + 1_000_000;
    total += Math.floor((Math.abs((at % (2 * half)) - half) * 255) / half);
  });
  return Math.min(255, Math.max(0, (Math.floor(total / WAVES) - 128) * 2 + 128));
}

function randomBytes(count: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => (seed = following(seed)) >>> 24);
}

function following(seed: number): number {
  return (Math.imul(seed, 1664525) + 1013904223) >>> 0;
}
