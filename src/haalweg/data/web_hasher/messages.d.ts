import { type Box, type FileDigests } from "./pdq.js";
import { type Trace, type TraceOptions } from "./tracer.js";
/** The signatures of one file. */
export interface FileSignatures {
    readonly width: number;
    readonly height: number;
    readonly digests: FileDigests;
    /** The whole picture first, then the pictures framed inside it; where a crop was asked for, only that. */
    readonly parts: readonly HashedPart[];
}
/** A picture, or a picture inside it. */
export interface HashedPart {
    /** Where in the picture: framed inside it, or the crop; null for the whole. */
    readonly inner: Box | null;
    /** 0 to 100; below 50 it matches nothing. */
    readonly quality: number;
    /** 64 hexadecimal characters each, in the order of ORIENTATIONS. */
    readonly hashes: readonly string[];
}
/** The signatures of one video file. */
export interface FileVideo {
    /** Of its frames, in pixels as they are shown. */
    readonly width: number;
    readonly height: number;
    readonly duration_s: number;
    readonly digests: FileDigests;
    /** The first frame and the first of every second, in the order of their times. Never empty. */
    readonly frames: readonly HashedFrame[];
    /** How many more were left out, as they held one colour. */
    readonly blank: number;
    /** Whether it goes on after what was looked at. */
    readonly cut_short: boolean;
}
/** A frame of a video. */
export interface HashedFrame {
    /** Seconds from the first frame. */
    readonly at_s: number;
    /** 1 to 100; below 50 it matches nothing. */
    readonly quality: number;
    /** 64 hexadecimal characters. */
    readonly pdq: string;
}
/** The trace of one photo file. Its boxes are in pixels of the picture, of which this is the size. */
export interface FileTrace extends Trace {
    readonly width: number;
    readonly height: number;
}
/** Why a file gave no signatures, or no trace. The page has the words for each. */
export type Trouble = "not_a_picture" | "heic" | "is_video" | "is_picture" | "not_a_video" | "no_video_track" | "stalled" | "wrong_crop" | "wrong_size" | "too_little_detail" | "no_memory" | "altered_pixels" | "unreadable" | "no_webassembly" | "fault";
export type Task = {
    readonly task: "hash";
    readonly file: Blob;
    readonly crop: Box | null;
} | {
    readonly task: "video";
    readonly file: Blob;
} | {
    readonly task: "frame";
    readonly picture: ImageBitmap | VideoFrame;
} | {
    readonly task: "trace";
    readonly file: Blob;
    readonly options: TraceOptions;
};
/** A task of that number, or that the one of that number is no longer wanted: it gets no answer. */
export type Question = (Task | {
    readonly task: "stop";
}) & {
    readonly id: number;
};
export type Answer = {
    readonly id: number;
    readonly kind: "progress";
    readonly share: number;
} | {
    readonly id: number;
    readonly kind: "signatures";
    readonly signatures: FileSignatures;
} | {
    readonly id: number;
    readonly kind: "digests";
    readonly digests: FileDigests;
} | {
    readonly id: number;
    readonly kind: "frame";
    readonly quality: number;
    readonly pdq: string;
} | {
    readonly id: number;
    readonly kind: "trace";
    readonly trace: FileTrace;
} | {
    readonly id: number;
    readonly kind: "trouble";
    readonly trouble: Trouble;
    readonly sentence: string;
};
