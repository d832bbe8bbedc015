// What a page catches.
import { type Trouble } from "./messages.js";

/** A file that gave no signatures, or no trace; `trouble` says why, for the page's own words in its reader's language. */
export class HashingError extends Error {
  override name = "HashingError";
  readonly trouble: Trouble;

  constructor(trouble: Trouble, sentence: string) {
    super(sentence);
    this.trouble = trouble;
  }
}
