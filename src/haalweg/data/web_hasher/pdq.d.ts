/** Two pictures within so many differing bits are near copies (the field's ceiling). */
export declare const MATCH_THRESHOLD_BITS = 31;
/** Below this a picture holds too little detail for its hash to mean anything. */
export declare const MATCH_QUALITY = 50;
/** How a picture was turned or mirrored, in the order of `hashOrientations`. */
export declare const ORIENTATIONS: readonly ["identity", "rotate90", "rotate180", "rotate270", "flip_x", "flip_y", "transpose", "antitranspose"];
export type Orientation = (typeof ORIENTATIONS)[number];
/** 256 bits; near copies of a picture differ in few of them. */
export declare class PdqHash {
    #private;
    /** Takes the 32 bytes of a hash, bit 255 first. */
    constructor(bytes: Uint8Array);
    /** Reads the field's notation, 64 hexadecimal characters. */
    static fromHex(text: string): PdqHash;
    /** 64 lower-case hexadecimal characters, as the field writes it. */
    get hex(): string;
    /** Counts the differing bits, 0 to 256. */
    distance(other: PdqHash): number;
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
export declare function hexOf(bytes: Uint8Array): string;
