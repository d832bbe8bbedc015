// A decoded picture, and a module's memory that holds one.
import { type Address, type Module, NoMemoryError, allocate } from "./module.js";
import { type Box } from "./pdq.js";

/** A decoded picture: sRGB bytes, row after row without gaps, turned the way it is shown. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 RGB, 4 RGBA with the alpha ignored. */
  readonly channels: 1 | 3 | 4;
}

/** Pixels that are not a picture we can hash. */
export class PictureShapeError extends RangeError {
  override name = "PictureShapeError";
}

export function noMemory(width: number, height: number): NoMemoryError {
  return new NoMemoryError(`There is no memory for a picture of ${width} x ${height} pixels.`);
}

export function checkSides(core: Module, width: number, height: number): void {
  const size = `A picture of ${width} x ${height} pixels`;
  if (!Number.isInteger(width) || !Number.isInteger(height)) throw new PictureShapeError(`${size}: sides are whole numbers.`);
  const smallest = core.pdq_smallest_side();
  const longest = core.pdq_longest_side();
  if (Math.min(width, height) < smallest) throw new PictureShapeError(`${size}: PDQ needs at least ${smallest} a side.`);
  if (Math.max(width, height) > longest) throw new PictureShapeError(`${size}: PDQ takes at most ${longest} a side.`);
}

/** Boxes as the core writes them: four whole numbers of 32 bits each. */
export function readBoxes(core: Module, address: Address, count: number): Box[] {
  const corners = new Int32Array(core.memory.buffer, address, 4 * count);
  return Array.from({ length: count }, (_, i) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = corners.subarray(4 * i, 4 * i + 4);
    return { left, top, right, bottom };
  });
}

/** A picture in a module's memory, whose rows come from the top. */
export class PictureInMemory<Core extends Module> {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  protected readonly core: Core;
  #address: Address;
  #filled = 0;

  constructor(core: Core, width: number, height: number, channels: 1 | 3 | 4) {
    checkSides(core, width, height);
    this.core = core;
    this.#address = allocate(core, width * channels * height);
    this.width = width;
    this.height = height;
    this.channels = channels;
  }

  /** The next rows, from the top. */
  push(rows: Uint8Array | Uint8ClampedArray): void {
    const size = this.#size;
    if (this.#address === 0) throw new Error("This picture was dropped.");
    if (this.#filled + rows.length > size) throw new PictureShapeError("More rows than the picture has.");
    new Uint8Array(this.core.memory.buffer, this.#address, size).set(rows, this.#filled);
    this.#filled += rows.length;
  }

  /** Gives the memory back, overwritten: nothing of the picture stays. */
  drop(): void {
    if (this.#address === 0) return;
    new Uint8Array(this.core.memory.buffer, this.#address, this.#size).fill(0);
    this.core.release(this.#address);
    this.#address = 0;
  }

  /** Where its first row is, once all rows are there. */
  protected complete(): Address {
    if (this.#address === 0) throw new Error("This picture was dropped.");
    if (this.#filled !== this.#size) throw new PictureShapeError("Rows of the picture are missing.");
    return this.#address;
  }

  get #size(): number {
    return this.width * this.height * this.channels;
  }
}

/** Puts a whole picture into room for it. */
export function filled<Held extends { push(rows: Uint8Array | Uint8ClampedArray): void }>(
  pixels: Pixels,
  holdRows: (width: number, height: number, channels: 1 | 3 | 4) => Held,
): Held {
  const { data, width, height, channels } = pixels;
  if (data.length !== width * channels * height) {
    throw new PictureShapeError(`${data.length} bytes where ${width} x ${height} pixels of ${channels} bytes were said.`);
  }
  const held = holdRows(width, height, channels);
  held.push(data);
  return held;
}
