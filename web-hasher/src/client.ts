// For the page: a worker that hashes files, one after the other. Nothing of a file leaves the page but what the page then sends.
import { type Answer, type FileSignatures, type Question, type Trouble } from "./messages.js";

export { type FileSignatures, type HashedPart, type Trouble } from "./messages.js";
export { MATCH_QUALITY, MATCH_THRESHOLD_BITS, ORIENTATIONS, type Orientation, PdqHash } from "./pdq.js";

/** A file that gave no signatures; `trouble` says why, for the page's own words in its reader's language. */
export class HashingError extends Error {
  override name = "HashingError";
  readonly trouble: Trouble;

  constructor(trouble: Trouble, sentence: string) {
    super(sentence);
    this.trouble = trouble;
  }
}

interface Waiting {
  readonly resolve: (signatures: FileSignatures) => void;
  readonly reject: (error: HashingError) => void;
  readonly progress: ((share: number) => void) | undefined;
}

/** Hashes files off the page's own thread, so that the page stays quick. */
export class HasherWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  /** `address` is that of worker.js; the modules and hasher.wasm lie beside it. */
  constructor(address: string | URL = new URL("worker.js", import.meta.url)) {
    this.#worker = new Worker(address, { type: "module" });
    this.#worker.addEventListener("message", (event: MessageEvent<Answer>) => this.#take(event.data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#rejectAll(new HashingError("fault", event.message || "The worker that hashes could not be started."));
    });
  }

  /** The signatures of a picture file, or a HashingError. `progress` hears the share of the file that was read, 0 to 1. */
  hashFile(file: Blob, progress?: (share: number) => void): Promise<FileSignatures> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject, progress });
      const question: Question = { id, file };
      this.#worker.postMessage(question);
    });
  }

  /** Ends the worker and what it was doing. */
  end(): void {
    this.#worker.terminate();
    this.#rejectAll(new HashingError("fault", "The worker that hashes was ended."));
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.kind === "progress") {
      waiting.progress?.(answer.share);
      return;
    }
    this.#waiting.delete(answer.id);
    if (answer.kind === "signatures") {
      waiting.resolve(answer.signatures);
    } else {
      waiting.reject(new HashingError(answer.trouble, answer.sentence));
    }
  }

  #rejectAll(error: HashingError): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
