// hasher.wasm, the same C++ as in Python, with its shapes checked and its memory looked after.
import { type Address, Loaded, type Module, NoMemoryError, allocate, exportsOf, fetchModule, hasWebAssembly } from "./module.js";
import { type Box, type FileDigests, type Hashed, PdqHash, hexOf } from "./pdq.js";
import { PictureInMemory, PictureShapeError, type Pixels, checkSides, filled, noMemory, readBoxes } from "./picture.js";

interface Core extends Module {
  pdq(
    data: Address,
    width: number,
    height: number,
    channels: number,
    stride: number,
    allOrientations: boolean,
    out: Address,
  ): number;
  inner(data: Address, width: number, height: number, channels: number, stride: number, out: Address): number;
  strips_make(): Address;
  strips_drop(strips: Address): void;
  strips_begin(strips: Address, width: number, height: number, channels: number, exact: boolean): number;
  strips_push(strips: Address, rows: Address, stride: number, count: number): void;
  strips_finish(strips: Address, allOrientations: boolean, out: Address): number;
  digests_make(): Address;
  digests_drop(digests: Address): void;
  digests_update(digests: Address, data: Address, size: number): void;
  digests_finish(digests: Address, out: Address): void;
}

const ORIENTATION_COUNT = 8;
const HASH_BYTES = 32;
const PDQ_BYTES = ORIENTATION_COUNT * HASH_BYTES + 4; // struct Pdq: the hashes, then the quality
const BOX_BYTES = 16;
const INNER_MOST = 4;
const CHUNK = 1 << 18;

/**
 * Fetches the module that fits this browser from the folder at that address, by default the one this script is in; where there is
 * no WebAssembly, the same in JavaScript: slower, with the same bits.
 */
export async function loadHasher(folder: string | URL = new URL(".", import.meta.url)): Promise<Hasher> {
  if (!hasWebAssembly()) return Hasher.fromScript(new URL("hasher.wasm.js", new URL(folder, import.meta.url)));
  return Hasher.from(await fetchModule("hasher", folder));
}

/** Signatures from pixels and files. One for each thread: it is not to be used from two at once. */
export class Hasher extends Loaded<Core> {
  /** From the bytes of hasher.wasm or hasher.nosimd.wasm. */
  static async from(bytes: BufferSource): Promise<Hasher> {
    return new Hasher(await exportsOf<Core>(bytes));
  }

  /** From the address of hasher.wasm.js, which needs no WebAssembly. All that are made from one address share its memory. */
  static async fromScript(address: URL): Promise<Hasher> {
    return new Hasher((await import(address.href)) as unknown as Core);
  }

  /** PDQ hash of a decoded picture. A flat picture is no error: its quality is low. */
  hashPixels(pixels: Pixels): Hashed {
    const picture = this.hold(pixels);
    try {
      return picture.hashPixels();
    } finally {
      picture.drop();
    }
  }

  /** PDQ hashes of a picture turned and mirrored in all eight ways, in the order of ORIENTATIONS, from one pass. */
  hashOrientations(pixels: Pixels): Hashed[] {
    const picture = this.hold(pixels);
    try {
      return picture.hashOrientations();
    } finally {
      picture.drop();
    }
  }

  /** The framed pictures inside a screenshot, letterbox, border or story frame, the clearest first, at most four. */
  innerPictures(pixels: Pixels): Box[] {
    const picture = this.hold(pixels);
    try {
      return picture.innerPictures();
    } finally {
      picture.drop();
    }
  }

  /** A picture in the hasher's memory, to be hashed more than once. */
  hold(pixels: Pixels): HeldPicture {
    return filled(pixels, (...size) => this.holdRows(...size));
  }

  /** Room for a picture that comes in strips: `push` them from the top, then ask. `drop` it afterwards. */
  holdRows(width: number, height: number, channels: 1 | 3 | 4): HeldPicture {
    return new HeldPicture(this.core, width, height, channels);
  }

  /**
   * The hashes of a picture too large to hold, in the order of ORIENTATIONS. `strips` gives its rows from the top, and is asked
   * a second time for about one picture in a hundred, where two coefficients lie so close that only the exact way settles them.
   */
  async hashStrips(
    width: number,
    height: number,
    channels: 1 | 3 | 4,
    strips: () => AsyncIterable<Uint8Array | Uint8ClampedArray>,
  ): Promise<Hashed[]> {
    const core = this.core;
    checkSides(core, width, height);
    const stride = width * channels;
    const held = core.strips_make();
    if (held === 0) throw new NoMemoryError("There is no memory left to hash a picture in.");
    try {
      for (const exact of [false, true]) {
        if (!core.strips_begin(held, width, height, channels, exact)) throw noMemory(width, height);
        let rows = 0;
        for await (const strip of strips()) {
          const count = strip.length / stride;
          if (!Number.isInteger(count) || rows + count > height) {
            throw new PictureShapeError(`A strip of ${strip.length} bytes in a picture of ${width} x ${height} pixels.`);
          }
          const at = allocate(core, strip.length);
          new Uint8Array(core.memory.buffer, at, strip.length).set(strip);
          core.strips_push(held, at, stride, count);
          core.release(at);
          rows += count;
        }
        if (rows !== height) throw new PictureShapeError(`${rows} rows where the picture has ${height}.`);
        const hashes = readHashes(core, ORIENTATION_COUNT, (out) => core.strips_finish(held, true, out) !== 0);
        if (hashes !== null) return hashes;
      }
      throw new Error("The exact way left a bit open: this is a fault in the hasher.");
    } finally {
      core.strips_drop(held);
    }
  }

  /** SHA-256 and MD5 of bytes that come in pieces. */
  fileDigests(): DigestStream {
    return new DigestStream(this.core);
  }
}

/** A picture in the hasher's memory. Made by `Hasher.hold` and `Hasher.holdRows`. */
export class HeldPicture extends PictureInMemory<Core> {
  hashPixels(part: Box = this.#whole()): Hashed {
    return this.#hash(part, false)[0] as Hashed;
  }

  hashOrientations(part: Box = this.#whole()): Hashed[] {
    return this.#hash(part, true);
  }

  innerPictures(): Box[] {
    const address = this.complete();
    const core = this.core;
    const out = core.allocate(INNER_MOST * BOX_BYTES) >>> 0;
    if (out === 0) throw noMemory(this.width, this.height);
    try {
      const found = core.inner(address, this.width, this.height, this.channels, this.width * this.channels, out);
      return readBoxes(core, out, found);
    } finally {
      core.release(out);
    }
  }

  #whole(): Box {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  #hash(part: Box, allOrientations: boolean): Hashed[] {
    const core = this.core;
    const stride = this.width * this.channels;
    const start = this.complete() + part.top * stride + part.left * this.channels;
    const width = part.right - part.left;
    const height = part.bottom - part.top;
    const hashes = readHashes(
      core,
      allOrientations ? ORIENTATION_COUNT : 1,
      (out) => core.pdq(start, width, height, this.channels, stride, allOrientations, out) !== 0,
    );
    if (hashes === null) throw noMemory(width, height);
    return hashes;
  }
}

/** SHA-256 and MD5, fed in pieces. */
export class DigestStream {
  readonly #core: Core;
  #digests: Address;
  readonly #chunk: Address;

  /** Made by `Hasher.fileDigests`. */
  constructor(core: Core) {
    this.#core = core;
    this.#digests = core.digests_make();
    this.#chunk = core.allocate(CHUNK) >>> 0;
    if (this.#digests === 0 || this.#chunk === 0) throw new NoMemoryError("There is no memory left to hash a file in.");
  }

  update(bytes: Uint8Array): void {
    this.#open();
    for (let at = 0; at < bytes.length; at += CHUNK) {
      const part = bytes.subarray(at, at + CHUNK);
      new Uint8Array(this.#core.memory.buffer, this.#chunk, part.length).set(part);
      this.#core.digests_update(this.#digests, this.#chunk, part.length);
    }
  }

  /** Ends the stream; it cannot be used again. */
  finish(): FileDigests {
    this.#open();
    this.#core.digests_finish(this.#digests, this.#chunk);
    const out = new Uint8Array(this.#core.memory.buffer, this.#chunk, 48);
    const digests = { sha256: hexOf(out.subarray(0, 32)), md5: hexOf(out.subarray(32)) };
    this.drop();
    return digests;
  }

  /** Gives up without an answer. */
  drop(): void {
    if (this.#digests === 0) return;
    new Uint8Array(this.#core.memory.buffer, this.#chunk, CHUNK).fill(0);
    this.#core.release(this.#chunk);
    this.#core.digests_drop(this.#digests);
    this.#digests = 0;
  }

  #open(): void {
    if (this.#digests === 0) throw new Error("This stream of bytes has ended.");
  }
}

/** Runs `fill` on room for the hashes and reads them; null where it says no. */
function readHashes(core: Core, count: number, fill: (out: Address) => boolean): Hashed[] | null {
  const out = core.allocate(PDQ_BYTES) >>> 0;
  if (out === 0) throw new NoMemoryError("There is no memory left to hash a picture in.");
  try {
    if (!fill(out)) return null;
    const bytes = new Uint8Array(core.memory.buffer, out, PDQ_BYTES);
    const quality = new DataView(core.memory.buffer, out).getInt32(ORIENTATION_COUNT * HASH_BYTES, true);
    return Array.from({ length: count }, (_, i) => ({
      hash: new PdqHash(bytes.slice(HASH_BYTES * i, HASH_BYTES * (i + 1))),
      quality,
    }));
  } finally {
    core.release(out);
  }
}
