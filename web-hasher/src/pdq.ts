// The values, named as in Python: haalweg.signals.

/** Two pictures within so many differing bits are near copies (the field's ceiling). */
export const MATCH_THRESHOLD_BITS = 31;
/** Below this a picture holds too little detail for its hash to mean anything. */
export const MATCH_QUALITY = 50;

/** How a picture was turned or mirrored, in the order of `hashOrientations`. */
export const ORIENTATIONS = [
  "identity",
  "rotate90",
  "rotate180",
  "rotate270",
  "flip_x",
  "flip_y",
  "transpose",
  "antitranspose",
] as const;
export type Orientation = (typeof ORIENTATIONS)[number];

/** 256 bits; near copies of a picture differ in few of them. */
export class PdqHash {
  readonly #bytes: Uint8Array;

  /** Takes the 32 bytes of a hash, bit 255 first. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== 32) throw new RangeError(`${bytes.length} bytes where PDQ has 32.`);
    this.#bytes = bytes.slice();
  }

  /** Reads the field's notation, 64 hexadecimal characters. */
  static fromHex(text: string): PdqHash {
    if (text.length !== 64) throw new RangeError(`${text.length} characters where PDQ has 64 hexadecimal ones.`);
    if (!/^[0-9a-f]+$/i.test(text)) {
      throw new RangeError("Characters that are not hexadecimal where a PDQ hash was expected.");
    }
    return new PdqHash(Uint8Array.from({ length: 32 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16)));
  }

  /** 64 lower-case hexadecimal characters, as the field writes it. */
  get hex(): string {
    return hexOf(this.#bytes);
  }

  /** Counts the differing bits, 0 to 256. */
  distance(other: PdqHash): number {
    let bits = 0;
    this.#bytes.forEach((byte, i) => {
      for (let rest = byte ^ (other.#bytes[i] ?? 0); rest !== 0; rest &= rest - 1) bits++;
    });
    return bits;
  }
}

/** A picture's PDQ hash and how far to trust it. */
export interface Hashed {
  readonly hash: PdqHash;
  /** 0 to 100. */
  readonly quality: number;
}

/** A rectangle inside a picture, in pixels from its top left corner; right and bottom are not part of it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The two digests that hash lists hold of a file, in lower-case hexadecimal. */
export interface FileDigests {
  readonly sha256: string;
  readonly md5: string;
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
