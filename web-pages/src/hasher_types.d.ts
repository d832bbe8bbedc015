// What the page knows of web_hasher/client.js, which is loaded with the first file and is built by itself: types only.
import type { FileVideo, HasherWorker as Worker, Progress } from "../../web-hasher/src/client.js";

export type { Box, FileSignatures, FileTrace, FileVideo, HashingError } from "../../web-hasher/src/client.js";

export interface HasherWorker extends Pick<Worker, "hashFile" | "traceFile" | "end"> {
  /** Whether it hashes no more, as it was ended or its worker died. */
  readonly isEnded: boolean;
  hashVideo(file: Blob, options: { readonly signal: AbortSignal; readonly progress: Progress }): Promise<FileVideo>;
}
