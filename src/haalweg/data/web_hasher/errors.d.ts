import { type Trouble } from "./messages.js";
/** A file that gave no signatures, or no trace; `trouble` says why, for the page's own words in its reader's language. */
export declare class HashingError extends Error {
    name: string;
    readonly trouble: Trouble;
    constructor(trouble: Trouble, sentence: string);
}
