import { type FileSignatures, type FileTrace, type FileVideo } from "./messages.js";
import { type Box } from "./pdq.js";
import { type TraceOptions } from "./tracer.js";
export { HashingError } from "./errors.js";
export { type FileSignatures, type FileTrace, type FileVideo, type HashedFrame, type HashedPart, type Trouble } from "./messages.js";
export { type Box, MATCH_QUALITY, MATCH_THRESHOLD_BITS, ORIENTATIONS, type Orientation, PdqHash } from "./pdq.js";
export { type TraceKind, type TraceOptions } from "./tracer.js";
/** Hears the share of the work that is done, 0 to 1. */
export type Progress = (share: number) => void;
export interface HashOptions {
    /** The part to hash, in whole pixels of the picture as it is shown; all of it, and the pictures inside it, where nothing is said. */
    readonly crop?: Box;
    readonly progress?: Progress;
}
export interface VideoOptions {
    /** Ends this video, and only this, with an AbortError. */
    readonly signal?: AbortSignal;
    readonly progress?: Progress;
}
/** Hashes files off the page's own thread, so that the page stays quick. */
export declare class HasherWorker {
    #private;
    /** `address` is that of worker.js; the modules and what they load lie beside it. */
    constructor(address?: string | URL);
    /** Whether it hashes no more, as it was ended or its worker died: every further call is refused, and a new one may do better. */
    get isEnded(): boolean;
    /** The signatures of a picture file, or of the part of it that was marked; or a HashingError. Progress is that of reading the file. */
    hashFile(file: Blob, asked?: HashOptions | Progress): Promise<FileSignatures>;
    /**
     * The signatures of a video file, its first frame and the first of every second, at most 3,600 of them; or a HashingError.
     * It is decoded by a video element that is never shown and makes no sound: the page's policy needs `media-src blob:`.
     */
    hashVideo(file: Blob, asked?: VideoOptions | Progress): Promise<FileVideo>;
    /** The trace of a photo file, or a HashingError. The first one loads tracer.wasm, which hashing does not need. */
    traceFile(file: Blob, options?: TraceOptions): Promise<FileTrace>;
    /** Ends the worker and what it was doing. */
    end(): void;
}
