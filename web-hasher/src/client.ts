// For the page: a worker that hashes files, one after the other. Nothing of a file leaves the page but what the page then sends.
import { HashingError } from "./errors.js";
import {
  type Answer,
  type FileSignatures,
  type FileTrace,
  type FileVideo,
  type HashedFrame,
  type Question,
  type Task,
} from "./messages.js";
import { type Box } from "./pdq.js";
import { type TraceOptions } from "./tracer.js";
import { VideoReader, stopped } from "./video.js";

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

// Reading a video for its digests is quick beside seeking in it.
const DIGESTS_SHARE = 0.1;

type Outcome = Exclude<Answer, { kind: "progress" | "trouble" }>;

interface Waiting {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
  readonly progress: Progress | undefined;
}

/** Hashes files off the page's own thread, so that the page stays quick. */
export class HasherWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #videos = new Set<AbortController>();
  #next = 0;
  #ended: HashingError | null = null;

  /** `address` is that of worker.js; the modules and what they load lie beside it. */
  constructor(address: string | URL = new URL("worker.js", import.meta.url)) {
    this.#worker = new Worker(address, { type: "module" });
    this.#worker.addEventListener("message", (event: MessageEvent<Answer>) => this.#take(event.data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#end(event.message || "The worker that hashes could not be started.");
    });
    this.#worker.addEventListener("messageerror", () => this.#end("The worker that hashes said what this browser cannot read."));
  }

  /** Whether it hashes no more, as it was ended or its worker died: every further call is refused, and a new one may do better. */
  get isEnded(): boolean {
    return this.#ended !== null;
  }

  /** The signatures of a picture file, or of the part of it that was marked; or a HashingError. Progress is that of reading the file. */
  async hashFile(file: Blob, asked: HashOptions | Progress = {}): Promise<FileSignatures> {
    const { crop, progress } = typeof asked === "function" ? { crop: undefined, progress: asked } : asked;
    const { signatures } = await this.#ask<"signatures">({ task: "hash", file, crop: crop ?? null }, [], progress);
    return signatures;
  }

  /**
   * The signatures of a video file, its first frame and the first of every second, at most 3,600 of them; or a HashingError.
   * It is decoded by a video element that is never shown and makes no sound: the page's policy needs `media-src blob:`.
   */
  async hashVideo(file: Blob, asked: VideoOptions | Progress = {}): Promise<FileVideo> {
    const { signal, progress }: VideoOptions = typeof asked === "function" ? { progress: asked } : asked;
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    this.#videos.add(stop);
    try {
      return await this.#hashVideo(file, stop.signal, progress ?? (() => {}));
    } catch (error) {
      throw stop.signal.aborted ? (this.#ended ?? stopped()) : error;
    } finally {
      this.#videos.delete(stop);
      signal?.removeEventListener("abort", abort);
    }
  }

  /** The trace of a photo file, or a HashingError. The first one loads tracer.wasm, which hashing does not need. */
  async traceFile(file: Blob, options: TraceOptions = {}): Promise<FileTrace> {
    const { trace } = await this.#ask<"trace">({ task: "trace", file, options }, []);
    return trace;
  }

  /** Ends the worker and what it was doing. */
  end(): void {
    this.#end("The worker that hashes was ended.");
  }

  async #hashVideo(file: Blob, stop: AbortSignal, progress: Progress): Promise<FileVideo> {
    const { digests } = await this.#ask<"digests">({ task: "video", file }, [], (share) => progress(DIGESTS_SHARE * share), stop);
    const reader = await VideoReader.open(file, stop);
    try {
      const frames: HashedFrame[] = [];
      let blank = 0;
      for await (const { at_s, share, picture } of reader.frames()) {
        const { quality, pdq } = await this.#frame(picture, reader, stop);
        if (quality > 0) frames.push({ at_s, quality, pdq });
        else blank++;
        progress(DIGESTS_SHARE + (1 - DIGESTS_SHARE) * share);
      }
      if (frames.length === 0) {
        throw new HashingError("altered_pixels", "Every frame of this video came as one colour: there is nothing to recognise it by.");
      }
      const { width, height, duration_s, cut_short } = reader;
      return { width, height, duration_s, cut_short, digests, frames, blank };
    } finally {
      reader.close();
    }
  }

  // A frame of one colour is looked at once more, as it may not have been there yet.
  async #frame(picture: ImageBitmap | VideoFrame, reader: VideoReader, stop: AbortSignal): Promise<{ quality: number; pdq: string }> {
    const first = await this.#askOf(picture, stop);
    return first.quality > 0 ? first : this.#askOf(await reader.again(), stop);
  }

  async #askOf(picture: ImageBitmap | VideoFrame, stop: AbortSignal): Promise<{ quality: number; pdq: string }> {
    try {
      return await this.#ask<"frame">({ task: "frame", picture }, [picture], undefined, stop);
    } finally {
      picture.close(); // where it never left
    }
  }

  #ask<Kind extends Outcome["kind"]>(
    task: Task,
    given: Transferable[],
    progress?: Progress,
    stop?: AbortSignal,
  ): Promise<Extract<Outcome, { kind: Kind }>> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (stop?.aborted) return Promise.reject(stopped());
    const id = this.#next++;
    const abort = (): void => {
      this.#waiting.get(id)?.reject(stopped());
      this.#waiting.delete(id);
      this.#worker.postMessage({ id, task: "stop" } satisfies Question);
    };
    return new Promise<Extract<Outcome, { kind: Kind }>>((resolve, reject) => {
      this.#worker.postMessage({ id, ...task } satisfies Question, given);
      // Every task has one kind of answer.
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, progress });
      stop?.addEventListener("abort", abort);
    }).finally(() => stop?.removeEventListener("abort", abort));
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

  #end(sentence: string): void {
    if (this.#ended !== null) return;
    this.#worker.terminate();
    this.#ended = new HashingError("fault", sentence);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
    for (const video of this.#videos) video.abort();
  }
}
