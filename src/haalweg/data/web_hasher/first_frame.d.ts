/** Frames closer together than this count as one. */
export declare const CLOSE_S = 0.003;
/** So far off times can be that were counted in whole microseconds. */
export declare const ROUNDED_S = 0.00001;
/** Finds frames by seeking, and learns from them where the next ones will be. */
export declare class FrameFinder {
    #private;
    /**
     * When the first frame begins, when the last does, and a time at which that one is on.
     * `show` shows what is on at a time, and says when that frame begins.
     */
    constructor(first_s: number, last_s: number, end_s: number, show: (time_s: number) => Promise<number>);
    /** Shows the first frame that begins at `due_s` or later, and says when; `before_s` is one that begins before, and the last does not. */
    firstFrom(due_s: number, before_s: number): Promise<number>;
}
