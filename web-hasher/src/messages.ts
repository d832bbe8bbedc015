// What the page and its worker say to each other. Files go in, values come out: never pixels.
import { type Box, type FileDigests } from "./pdq.js";
import { type Trace, type TraceOptions } from "./tracer.js";

/** The signatures of one file. */
export interface FileSignatures {
  readonly width: number;
  readonly height: number;
  readonly digests: FileDigests;
  /** The whole picture first, then the pictures framed inside it. */
  readonly parts: readonly HashedPart[];
}

/** A picture, or a picture inside it. */
export interface HashedPart {
  /** Where in the picture; null for the whole. */
  readonly inner: Box | null;
  /** 0 to 100; below 50 it matches nothing. */
  readonly quality: number;
  /** 64 hexadecimal characters each, in the order of ORIENTATIONS. */
  readonly hashes: readonly string[];
}

/** The trace of one photo file. Its boxes are in pixels of the picture, of which this is the size. */
export interface FileTrace extends Trace {
  readonly width: number;
  readonly height: number;
}

/** Why a file gave no signatures, or no trace. The page has the words for each. */
export type Trouble =
  | "not_a_picture" // or a kind that this browser cannot read
  | "wrong_size" // too small or too long for PDQ
  | "too_little_detail" // for a trace
  | "no_memory"
  | "altered_pixels" // this browser changes what a page reads
  | "unreadable" // the file went away, or reading it failed
  | "no_webassembly" // switched off, as in Lockdown Mode
  | "fault"; // ours

export type Task =
  | { readonly task: "hash"; readonly file: Blob }
  | { readonly task: "trace"; readonly file: Blob; readonly options: TraceOptions };

export type Question = Task & { readonly id: number };

export type Answer =
  | { readonly id: number; readonly kind: "progress"; readonly share: number }
  | { readonly id: number; readonly kind: "signatures"; readonly signatures: FileSignatures }
  | { readonly id: number; readonly kind: "trace"; readonly trace: FileTrace }
  | { readonly id: number; readonly kind: "trouble"; readonly trouble: Trouble; readonly sentence: string };
