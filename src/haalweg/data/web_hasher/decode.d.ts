import { type Hasher } from "./hasher.js";
import { type Box } from "./pdq.js";
/** The browser cannot decode this file. */
export declare class NotAPictureError extends Error {
    name: string;
}
/** The browser gives other pixels than the picture's: fingerprinting protection, or a canvas that is too small. */
export declare class AlteredPixelsError extends Error {
    name: string;
}
/**
 * How pixels are read: copied out of a video frame that holds the picture, or drawn on a canvas and read from that.
 * Browsers that protect against fingerprinting change what a canvas gives; few of them change a copy.
 */
export type Way = "copy" | "canvas";
/** What has room for pictures: the hasher, the tracer. */
export interface Holder<Held extends Rows> {
    holdRows(width: number, height: number, channels: 4): Held;
}
interface Rows {
    push(rows: Uint8Array | Uint8ClampedArray): void;
    drop(): void;
}
/** A decoded picture whose rows are read in strips. Close it when done. */
export declare class DecodedPicture {
    #private;
    readonly width: number;
    readonly height: number;
    /** Takes a picture over that the browser decoded; a video frame is one that is not turned to be shown. */
    constructor(source: ImageBitmap | VideoFrame);
    /** Decodes it in sRGB, turned the way it is shown; of an animation the first frame. */
    static from(file: Blob): Promise<DecodedPicture>;
    get pixelCount(): number;
    get whole(): Box;
    /** RGBA rows of a part from the top, some at a time. */
    strips(way: Way, part?: Box): AsyncGenerator<Uint8Array | Uint8ClampedArray>;
    /** A part of it in the holder's memory; drop it when done. */
    holdIn<Held extends Rows>(holder: Holder<Held>, way: Way, part?: Box): Promise<Held>;
    close(): void;
}
/** Whether there is room to hold a part of a picture. */
export declare function canBeHeld({ left, top, right, bottom }: Box): boolean;
/**
 * Checks each way from file to pixels with drawn pictures before a real one takes it: a browser that blanks, scrambles or cuts what a
 * page reads would otherwise give a hash of nothing, and nobody would notice. Small noise passes; it moves a hash by a bit or two.
 */
export declare class PathCheck {
    #private;
    constructor(hasher: Hasher);
    /** Reads a picture of so many pixels by the first way that passes, or throws AlteredPixelsError where none does. */
    read<Read>(pixels: number, by: (way: Way) => Promise<Read>): Promise<Read>;
}
export {};
