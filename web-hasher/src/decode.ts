// From a picture file to the pixels the page may read, and the doubt whether they are the picture's.
import { type Hasher } from "./hasher.js";
import { type Box, MATCH_QUALITY, type Hashed } from "./pdq.js";
import { type Pixels } from "./picture.js";

/** The browser cannot decode this file. */
export class NotAPictureError extends Error {
  override name = "NotAPictureError";
}

/** The browser gives other pixels than the picture's: fingerprinting protection, or a canvas that is too small. */
export class AlteredPixelsError extends Error {
  override name = "AlteredPixelsError";
}

// Canvases stay below what every browser gives; some give blank pixels above 16.7 million without a word.
const STRIP_PIXELS = 1 << 22;
// A picture of up to so many pixels is held whole, for the pictures inside it; of a larger one only the whole is hashed.
const HELD_PIXELS = 1 << 26;

/**
 * How pixels are read: copied out of a video frame that holds the picture, or drawn on a canvas and read from that.
 * Browsers that protect against fingerprinting change what a canvas gives; few of them change a copy.
 */
export type Way = "copy" | "canvas";

type Size = readonly [number, number];
// A drawn picture of each of these sizes stands for all that have no more pixels; the last stands for all that have more.
const SMALLEST_CHECKED: Size = [512, 384];
const LARGEST_CHECKED: Size = [4352, 4000];
const CHECKED_SIZES = [SMALLEST_CHECKED, [2048, 2048], LARGEST_CHECKED] as const;
const MOST_BITS_OFF = 4;

/** What has room for pictures: the hasher, the tracer. */
export interface Holder<Held extends Rows> {
  holdRows(width: number, height: number, channels: 4): Held;
}

interface Rows {
  push(rows: Uint8Array | Uint8ClampedArray): void;
  drop(): void;
}

/** A decoded picture whose rows are read in strips. Close it when done. */
export class DecodedPicture {
  readonly #source: ImageBitmap | VideoFrame;
  readonly width: number;
  readonly height: number;

  /** Takes a picture over that the browser decoded; a video frame is one that is not turned to be shown. */
  constructor(source: ImageBitmap | VideoFrame) {
    this.#source = source;
    const { width, height } = "codedWidth" in source ? (source.visibleRect ?? { width: 0, height: 0 }) : source;
    this.width = width;
    this.height = height;
  }

  /** Decodes it in sRGB, turned the way it is shown; of an animation the first frame. */
  static async from(file: Blob): Promise<DecodedPicture> {
    try {
      return new DecodedPicture(await createImageBitmap(file, { imageOrientation: "from-image", premultiplyAlpha: "none" }));
    } catch (error) {
      throw new NotAPictureError("This file is not a picture that this browser can read.", { cause: error });
    }
  }

  get pixelCount(): number {
    return this.width * this.height;
  }

  get whole(): Box {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  /** RGBA rows of a part from the top, some at a time. */
  async *strips(way: Way, part: Box = this.whole): AsyncGenerator<Uint8Array | Uint8ClampedArray> {
    const width = part.right - part.left;
    const most = Math.max(1, Math.min(part.bottom - part.top, Math.floor(STRIP_PIXELS / width)));
    const read = way === "copy" ? copying(this.#source) : drawing(this.#source, this, width, most);
    try {
      for (let top = part.top; top < part.bottom; top += most) {
        yield await read.rows({ x: part.left, y: top, width, height: Math.min(most, part.bottom - top) });
      }
    } finally {
      read.close();
    }
  }

  /** A part of it in the holder's memory; drop it when done. */
  async holdIn<Held extends Rows>(holder: Holder<Held>, way: Way, part: Box = this.whole): Promise<Held> {
    const held = holder.holdRows(part.right - part.left, part.bottom - part.top, 4);
    try {
      for await (const strip of this.strips(way, part)) held.push(strip);
      return held;
    } catch (error) {
      held.drop();
      throw error;
    }
  }

  close(): void {
    this.#source.close();
  }
}

/** Whether there is room to hold a part of a picture. */
export function canBeHeld({ left, top, right, bottom }: Box): boolean {
  return (right - left) * (bottom - top) <= HELD_PIXELS;
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Reading {
  rows(where: Rectangle): Promise<Uint8Array | Uint8ClampedArray>;
  close(): void;
}

function copying(source: ImageBitmap | VideoFrame): Reading {
  const frame = new VideoFrame(source, { timestamp: 0 });
  return {
    async rows(where) {
      const { x, y } = frame.visibleRect ?? { x: 0, y: 0 };
      const rect = { ...where, x: x + where.x, y: y + where.y };
      const rows = new Uint8Array(4 * where.width * where.height);
      // Browsers that copy only what they decoded, not as RGBA, refuse here.
      const layout = await frame.copyTo(rows, { rect, format: "RGBA" } as VideoFrameCopyToOptions).catch(throwClosed);
      if (layout.length !== 1 || layout[0]?.stride !== 4 * where.width) throwClosed(new Error("Not as RGBA."));
      return rows;
    },
    close: () => frame.close(),
  };
}

function drawing(source: ImageBitmap | VideoFrame, { width, height }: DecodedPicture, most: number, rows: number): Reading {
  const canvas = new OffscreenCanvas(most, rows);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new AlteredPixelsError("This browser gives no canvas to read pixels from.");
  context.globalCompositeOperation = "copy";
  return {
    async rows(where) {
      context.drawImage(source, -where.x, -where.y, width, height);
      return context.getImageData(0, 0, where.width, where.height).data;
    },
    close: () => context.clearRect(0, 0, most, rows),
  };
}

function throwClosed(error: unknown): never {
  throw new AlteredPixelsError("This browser does not give the pixels of what it decoded.", { cause: error });
}

/**
 * Checks each way from file to pixels with drawn pictures before a real one takes it: a browser that blanks, scrambles or cuts what a
 * page reads would otherwise give a hash of nothing, and nobody would notice. Small noise passes; it moves a hash by a bit or two.
 */
export class PathCheck {
  readonly #outcomes = new Map<string, AlteredPixelsError | null>();
  readonly #hasher: Hasher;

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  /** Reads a picture of so many pixels by the first way that passes, or throws AlteredPixelsError where none does. */
  async read<Read>(pixels: number, by: (way: Way) => Promise<Read>): Promise<Read> {
    let doubt: unknown;
    for (const way of waysHere()) {
      try {
        await this.#pass(way, pixels);
        return await by(way);
      } catch (error) {
        if (!(error instanceof AlteredPixelsError)) throw error;
        doubt = error;
      }
    }
    throw doubt;
  }

  async #pass(way: Way, pixels: number): Promise<void> {
    const enough = CHECKED_SIZES.find(([width, height]) => pixels <= width * height) ?? LARGEST_CHECKED;
    for (const size of new Set([SMALLEST_CHECKED, enough])) {
      const which = `${way} ${size[0]}`;
      if (!this.#outcomes.has(which)) this.#outcomes.set(which, await this.#check(way, ...size));
      const outcome = this.#outcomes.get(which);
      if (outcome) throw outcome;
    }
  }

  async #check(way: Way, width: number, height: number): Promise<AlteredPixelsError | null> {
    const drawn = drawnPicture(width, height);
    const expected = this.#hasher.hashPixels(drawn);
    const decoded = await DecodedPicture.from(bitmapFile(drawn));
    try {
      if (decoded.width === width && decoded.height === height && near(expected, await this.#hash(way, decoded))) return null;
      return new AlteredPixelsError(
        `This browser changes the pixels that a page reads: a drawn picture of ${width} x ${height} came back as another one.`,
      );
    } catch (error) {
      if (error instanceof AlteredPixelsError) return error;
      throw error;
    } finally {
      decoded.close();
    }
  }

  async #hash(way: Way, decoded: DecodedPicture): Promise<Hashed> {
    const held = await decoded.holdIn(this.#hasher, way);
    try {
      return held.hashPixels();
    } finally {
      held.drop();
    }
  }
}

function waysHere(): Way[] {
  return typeof VideoFrame === "undefined" ? ["canvas"] : ["copy", "canvas"];
}

function near(expected: Hashed, found: Hashed): boolean {
  return found.quality >= MATCH_QUALITY && expected.hash.distance(found.hash) <= MOST_BITS_OFF;
}

/** Waves of several lengths in every direction: much for PDQ to see, and different in each channel. */
function drawnPicture(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  const wave = (at: number, half: number): number => Math.abs((at % (2 * half)) - half) / half;
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (1000 * x) / width;
      const v = (1000 * y) / height;
      for (let channel = 0; channel < 3; channel++) {
        const shift = 90 * channel;
        const sum = wave(u + 2 * v + shift, 210) + wave(3 * u + v, 170 + shift) + wave(4000 + 2 * u - 3 * v, 330) + wave(v, 120);
        data[at++] = 63 * sum;
      }
    }
  }
  return { data, width, height, channels: 3 };
}

/** As a BMP file without compression: every browser reads it, and nothing is lost. */
function bitmapFile({ data, width, height }: Pixels): Blob {
  const rowBytes = Math.ceil((3 * width) / 4) * 4;
  const header = new DataView(new ArrayBuffer(54));
  header.setUint16(0, 0x424d);
  header.setUint32(2, 54 + rowBytes * height, true);
  header.setUint32(10, 54, true); // where the pixels begin
  header.setUint32(14, 40, true); // the size of the second header
  header.setInt32(18, width, true);
  header.setInt32(22, height, true); // positive: the bottom row comes first
  header.setUint16(26, 1, true);
  header.setUint16(28, 24, true);
  header.setUint32(34, rowBytes * height, true);
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    let from = 3 * width * y;
    let to = rowBytes * (height - 1 - y);
    for (let x = 0; x < width; x++, from += 3) {
      rows[to++] = data[from + 2] as number;
      rows[to++] = data[from + 1] as number;
      rows[to++] = data[from] as number;
    }
  }
  return new Blob([header, rows], { type: "image/bmp" });
}
