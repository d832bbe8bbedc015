import { type Address, Loaded, type Module } from "./module.js";
import { type Box } from "./pdq.js";
import { PictureInMemory, type Pixels } from "./picture.js";
/** What a trace is made of: an innocent photo, from which fakes were made, or a picture that must go. */
export type TraceKind = "source" | "fake";
export interface TraceOptions {
    /** "source" where nothing is said. */
    readonly kind?: TraceKind;
    /** Whether the trace keeps no point inside a face that is found; yes where nothing is said. */
    readonly leaveFacesOut?: boolean;
    /** Where it keeps none either, in whole pixels of the picture. */
    readonly leaveOut?: readonly Box[];
}
export interface Trace {
    /** The stored form, as Python reads it with `Trace.from_bytes`. */
    readonly bytes: Uint8Array;
    /** The faces that were found, then the boxes that were asked for; in pixels of the picture. Not part of the bytes. */
    readonly leftOut: readonly Box[];
    /** The photo inside a frame, a screenshot's say; null where all of the picture is the photo. Likewise. */
    readonly framed: Box | null;
}
/** A photo that holds too little to be recognised by. */
export declare class TooLittleDetailError extends Error {
    name: string;
    constructor();
}
interface Core extends Module {
    trace_most_bytes(): number;
    trace_made_bytes(): number;
    trace(data: Address, width: number, height: number, channels: number, stride: number, fake: boolean, leaveFacesOut: boolean, leaveOut: Address, leaveOutCount: number, out: Address, made: Address): number;
}
/** Fetches the module that fits this browser from the folder at that address, by default the one this script is in. */
export declare function loadTracer(folder?: string | URL): Promise<Tracer>;
/** Traces from pixels. One for each thread: it is not to be used from two at once. */
export declare class Tracer extends Loaded<Core> {
    /** From the bytes of tracer.wasm or tracer.nosimd.wasm. */
    static from(bytes: BufferSource): Promise<Tracer>;
    /** The trace of a decoded photo, or a TooLittleDetailError. */
    tracePixels(pixels: Pixels, options?: TraceOptions): Trace;
    /** Room for a photo that comes in strips: `push` them from the top, then `trace`. `drop` it afterwards. */
    holdRows(width: number, height: number, channels: 1 | 3 | 4): HeldPhoto;
}
/** A photo in the tracer's memory. Made by `Tracer.holdRows`. */
export declare class HeldPhoto extends PictureInMemory<Core> {
    trace({ kind, leaveFacesOut, leaveOut }?: TraceOptions): Trace;
}
export {};
