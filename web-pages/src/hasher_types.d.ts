// What the page knows of web_hasher/client.js, which is loaded with the first file and is built by itself.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface FileSignatures {
  readonly digests: { readonly sha256: string; readonly md5: string };
  readonly parts: readonly { readonly inner: Box | null; readonly quality: number; readonly hashes: readonly string[] }[];
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

export interface HasherWorker {
  hashFile(file: Blob, progress?: (share: number) => void): Promise<FileSignatures>;
  traceFile(file: Blob, options?: { leaveOut?: readonly Box[] }): Promise<FileTrace>;
  end(): void;
}
