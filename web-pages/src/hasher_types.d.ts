// What the page knows of web_hasher/client.js, which is loaded with the first file and is built by itself.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Digests {
  readonly sha256: string;
  readonly md5: string;
}

export interface FileSignatures {
  readonly digests: Digests;
  readonly parts: readonly { readonly inner: Box | null; readonly quality: number; readonly hashes: readonly string[] }[];
}

export interface FileVideo {
  readonly digests: Digests;
  /** Whether it goes on after what was looked at. */
  readonly cut_short: boolean;
  readonly frames: readonly { readonly at_s: number; readonly quality: number; readonly pdq: string }[];
}

export interface FileTrace {
  readonly bytes: Uint8Array;
  readonly leftOut: readonly Box[];
  readonly width: number;
  readonly height: number;
}

export interface HashingError extends Error {
  readonly trouble: string;
}

type Progress = (share: number) => void;

export interface HasherWorker {
  hashFile(file: Blob, progress?: Progress): Promise<FileSignatures>;
  /** Whether it hashes no more, as it was ended or its worker died. */
  readonly isEnded: boolean;
  hashVideo(file: Blob, options?: { signal?: AbortSignal; progress?: Progress }): Promise<FileVideo>;
  traceFile(file: Blob, options?: { kind?: "source" | "fake"; leaveOut?: readonly Box[] }): Promise<FileTrace>;
  end(): void;
}
