import { type Address, type Module, NoMemoryError } from "./module.js";
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
export declare class PictureShapeError extends RangeError {
    name: string;
}
export declare function noMemory(width: number, height: number): NoMemoryError;
export declare function checkSides(core: Module, width: number, height: number): void;
/** Boxes as the core writes them: four whole numbers of 32 bits each. */
export declare function readBoxes(core: Module, address: Address, count: number): Box[];
/** A picture in a module's memory, whose rows come from the top. */
export declare class PictureInMemory<Core extends Module> {
    #private;
    readonly width: number;
    readonly height: number;
    readonly channels: 1 | 3 | 4;
    protected readonly core: Core;
    constructor(core: Core, width: number, height: number, channels: 1 | 3 | 4);
    /** The next rows, from the top. */
    push(rows: Uint8Array | Uint8ClampedArray): void;
    /** Gives the memory back, overwritten: nothing of the picture stays. */
    drop(): void;
    /** Where its first row is, once all rows are there. */
    protected complete(): Address;
}
/** Puts a whole picture into room for it. */
export declare function filled<Held extends {
    push(rows: Uint8Array | Uint8ClampedArray): void;
}>(pixels: Pixels, holdRows: (width: number, height: number, channels: 1 | 3 | 4) => Held): Held;
