// What a page catches.
import {} from "./messages.js";
/** A file that gave no signatures, or no trace; `trouble` says why, for the page's own words in its reader's language. */
export class HashingError extends Error {
    constructor(trouble, sentence) {
        super(sentence);
        this.name = "HashingError";
        this.trouble = trouble;
    }
}
