/** So many of the first bytes tell all we know. */
export declare const HEAD_BYTES = 512;
/** "heic" is a picture that many browsers cannot decode. */
export type FileKind = "picture" | "heic" | "video";
/** Tells by the first bytes, HEAD_BYTES of them if there are so many; null: nothing that we know. */
export declare function kindOf(head: Uint8Array): FileKind | null;
