// For the page: a worker that hashes files, one after the other. Nothing of a file leaves the page but what the page then sends.
import { type Answer, type FileSignatures, type FileTrace, type Question, type Task, type Trouble } from "./messages.js";
import { type TraceOptions } from "./tracer.js";

export { type FileSignatures, type FileTrace, type HashedPart, type Trouble } from "./messages.js";
export { MATCH_QUALITY, MATCH_THRESHOLD_BITS, ORIENTATIONS, type Orientation, PdqHash } from "./pdq.js";
export { type TraceKind, type TraceOptions } from "./tracer.js";

/** A file that gave no signatures, or no trace; `trouble` says why, for the page's own words in its reader's language. */
export class HashingError extends Error {
  override name = "HashingError";
  readonly trouble: Trouble;

  constructor(trouble: Trouble, sentence: string) {
    super(sentence);
    this.trouble = trouble;
  }
}

type Outcome = Exclude<Answer, { kind: "progress" | "trouble" }>;

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
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
  async hashFile(file: Blob, progress?: (share: number) => void): Promise<FileSignatures> {
    const { signatures } = await this.#ask<"signatures">({ task: "hash", file }, progress);
    return signatures;
  }

  /** The trace of a photo file, or a HashingError. The first one loads tracer.wasm, which hashing does not need. */
  async traceFile(file: Blob, options: TraceOptions = {}): Promise<FileTrace> {
    const { trace } = await this.#ask<"trace">({ task: "trace", file, options });
    return trace;
  }

  /** Ends the worker and what it was doing. */
  end(): void {
    this.#worker.terminate();
    this.#rejectAll(new HashingError("fault", "The worker that hashes was ended."));
  }

  #ask<Kind extends Outcome["kind"]>(task: Task, progress?: (share: number) => void): Promise<Extract<Outcome, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      // Every task has one kind of answer.
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, progress });
      const question: Question = { id, ...task };
      this.#worker.postMessage(question);
    });
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.kind === "progress") {
      waiting.progress?.(answer.share);
      return;
    }
    this.#waiting.delete(answer.id);
    if (answer.kind === "trouble") {
      waiting.reject(new HashingError(answer.trouble, answer.sentence));
    } else {
      waiting.resolve(answer);
    }
  }

  #rejectAll(error: HashingError): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
