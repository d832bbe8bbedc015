/** What may be sent to the worker; whoever gets it closes it. */
export interface Frame {
    /** Seconds from the first frame. */
    readonly at_s: number;
    /** How far that is through the video, 0 to 1. */
    readonly share: number;
    readonly picture: ImageBitmap | VideoFrame;
}
/** A video that was opened. Close it when done. */
export declare class VideoReader {
    #private;
    /** Whether the video goes on after the last frame that was given. */
    cut_short: boolean;
    private constructor();
    /** Reads its header and decodes its first frame, or throws a HashingError; once stopped, an AbortError, as all that follows does. */
    static open(file: Blob, stop: AbortSignal): Promise<VideoReader>;
    get width(): number;
    get height(): number;
    /** As the file says; where it does not, as far as the browser could go. */
    get duration_s(): number;
    /** The first frame, then the first of every second, as `haalweg.adapters.media` chooses them; or throws a HashingError. */
    frames(): AsyncGenerator<Frame>;
    /** The frame that was given last, once more, after the browser had time to bring it. */
    again(): Promise<ImageBitmap | VideoFrame>;
    close(): void;
}
/** What whoever stopped a video is told. */
export declare function stopped(): DOMException;
