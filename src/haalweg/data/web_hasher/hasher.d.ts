import { type Address, Loaded, type Module } from "./module.js";
import { type Box, type FileDigests, type Hashed } from "./pdq.js";
import { PictureInMemory, type Pixels } from "./picture.js";
interface Core extends Module {
    pdq(data: Address, width: number, height: number, channels: number, stride: number, allOrientations: boolean, out: Address): number;
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
/**
 * Fetches the module that fits this browser from the folder at that address, by default the one this script is in; where there is
 * no WebAssembly, the same in JavaScript: slower, with the same bits.
 */
export declare function loadHasher(folder?: string | URL): Promise<Hasher>;
/** Signatures from pixels and files. One for each thread: it is not to be used from two at once. */
export declare class Hasher extends Loaded<Core> {
    /** From the bytes of hasher.wasm or hasher.nosimd.wasm. */
    static from(bytes: BufferSource): Promise<Hasher>;
    /** From the address of hasher.wasm.js, which needs no WebAssembly. All that are made from one address share its memory. */
    static fromScript(address: URL): Promise<Hasher>;
    /** PDQ hash of a decoded picture. A flat picture is no error: its quality is low. */
    hashPixels(pixels: Pixels): Hashed;
    /** PDQ hashes of a picture turned and mirrored in all eight ways, in the order of ORIENTATIONS, from one pass. */
    hashOrientations(pixels: Pixels): Hashed[];
    /** The framed pictures inside a screenshot, letterbox, border or story frame, the clearest first, at most four. */
    innerPictures(pixels: Pixels): Box[];
    /** A picture in the hasher's memory, to be hashed more than once. */
    hold(pixels: Pixels): HeldPicture;
    /** Room for a picture that comes in strips: `push` them from the top, then ask. `drop` it afterwards. */
    holdRows(width: number, height: number, channels: 1 | 3 | 4): HeldPicture;
    /**
     * The hashes of a picture too large to hold, in the order of ORIENTATIONS. `strips` gives its rows from the top, and is asked
     * a second time for about one picture in a hundred, where two coefficients lie so close that only the exact way settles them.
     */
    hashStrips(width: number, height: number, channels: 1 | 3 | 4, strips: () => AsyncIterable<Uint8Array | Uint8ClampedArray>): Promise<Hashed[]>;
    /** SHA-256 and MD5 of bytes that come in pieces. */
    fileDigests(): DigestStream;
}
/** A picture in the hasher's memory. Made by `Hasher.hold` and `Hasher.holdRows`. */
export declare class HeldPicture extends PictureInMemory<Core> {
    #private;
    hashPixels(part?: Box): Hashed;
    hashOrientations(part?: Box): Hashed[];
    innerPictures(): Box[];
}
/** SHA-256 and MD5, fed in pieces. */
export declare class DigestStream {
    #private;
    /** Made by `Hasher.fileDigests`. */
    constructor(core: Core);
    update(bytes: Uint8Array): void;
    /** Ends the stream; it cannot be used again. */
    finish(): FileDigests;
    /** Gives up without an answer. */
    drop(): void;
}
export {};
