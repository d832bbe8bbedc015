// The worker: a file in, its signatures or its trace out. Pixels live in this worker's memory only, and are overwritten.
import { AlteredPixelsError, DecodedPicture, NotAPictureError, PathCheck, type Way, canBeHeld } from "./decode.js";
import { type Hasher, loadHasher } from "./hasher.js";
import { HEAD_BYTES, type FileKind, kindOf } from "./kind.js";
import { type Answer, type FileSignatures, type FileTrace, type HashedPart, type Question, type Task, type Trouble } from "./messages.js";
import { NoMemoryError, hasWebAssembly } from "./module.js";
import { type Box, type FileDigests, type Hashed } from "./pdq.js";
import { PictureShapeError, noMemory } from "./picture.js";
import { TooLittleDetailError, type TraceOptions, type Tracer, loadTracer } from "./tracer.js";

class UnreadableFileError extends Error {
  override name = "UnreadableFileError";
}

class NoWebAssemblyError extends Error {
  override name = "NoWebAssemblyError";
}

/** A file of another kind than was asked for, or one that this browser cannot read. */
class WrongKindError extends Error {
  override name = "WrongKindError";
  readonly trouble: "heic" | "is_video" | "is_picture";

  constructor(trouble: "heic" | "is_video" | "is_picture", sentence: string) {
    super(sentence);
    this.trouble = trouble;
  }
}

class WrongCropError extends RangeError {
  override name = "WrongCropError";
}

/** Nobody waits for the answer any longer. */
class UnwantedError extends Error {
  override name = "UnwantedError";
}

const HEAR_MS = 50;

let ready: Promise<readonly [Hasher, PathCheck]> | null = null;
let tracerReady: Promise<Tracer> | null = null;
let last: Promise<void> = Promise.resolve();
const wanted = new Set<number>();

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  if (data.task === "stop") {
    wanted.delete(data.id);
    return;
  }
  wanted.add(data.id);
  // One file at a time: two large pictures at once would not fit into a phone.
  last = last.then(() => answer(data)).finally(() => wanted.delete(data.id));
});

addEventListener("messageerror", () => {
  throw new Error("The page asked what this browser cannot read.");
});

async function answer(question: Task & { readonly id: number }): Promise<void> {
  const { id } = question;
  try {
    checkWanted(id);
    const [hasher, check] = await (ready ??= start());
    const progress = (share: number): void => {
      checkWanted(id);
      say({ id, kind: "progress", share });
    };
    if (question.task === "frame") {
      say({ id, kind: "frame", ...(await frameOf(hasher, check, question.picture)) });
    } else if (question.task === "trace") {
      await refuseVideo(question.file);
      const tracer = await (tracerReady ??= startTracer());
      say({ id, kind: "trace", trace: await traceOf(tracer, check, question.file, question.options) });
    } else if (question.task === "video") {
      await refusePicture(question.file);
      say({ id, kind: "digests", digests: await digestsOf(hasher, question.file, progress) });
    } else {
      await refuseVideo(question.file);
      const digests = await digestsOf(hasher, question.file, progress);
      say({ id, kind: "signatures", signatures: await signaturesOf(hasher, check, question.file, digests, question.crop) });
    }
  } catch (error) {
    if (question.task === "frame") question.picture.close();
    if (error instanceof UnwantedError) return;
    say({ id, kind: "trouble", trouble: troubleOf(error), sentence: error instanceof Error ? error.message : String(error) });
  }
}

function checkWanted(id: number): void {
  if (!wanted.has(id)) throw new UnwantedError();
}

async function start(): Promise<readonly [Hasher, PathCheck]> {
  try {
    const hasher = await loadHasher().catch(sayWithoutWebAssembly);
    return [hasher, new PathCheck(hasher)];
  } catch (error) {
    ready = null; // a line that was down may be up for the next file
    throw error;
  }
}

function sayWithoutWebAssembly(error: unknown): never {
  if (hasWebAssembly()) throw error;
  throw new NoWebAssemblyError("This browser has switched off WebAssembly, and hashing without it did not start.", { cause: error });
}

// Only for the first source photo: who only hashes never loads it.
async function startTracer(): Promise<Tracer> {
  if (!hasWebAssembly()) throw new NoWebAssemblyError("This browser has switched off WebAssembly, without which there is no trace.");
  try {
    return await loadTracer();
  } catch (error) {
    tracerReady = null;
    throw error;
  }
}

async function kindOfFile(file: Blob): Promise<FileKind | null> {
  return kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer().catch(throwUnreadable)));
}

async function refuseVideo(file: Blob): Promise<void> {
  if ((await kindOfFile(file)) === "video") throw new WrongKindError("is_video", "This file is a video, not a picture.");
}

async function refusePicture(file: Blob): Promise<void> {
  const kind = await kindOfFile(file);
  if (kind === "picture" || kind === "heic") throw new WrongKindError("is_picture", "This file is a picture, not a video.");
}

/** Decodes a picture file; one that this browser cannot read is told apart where others can. */
async function decodedFrom(file: Blob): Promise<DecodedPicture> {
  try {
    return await DecodedPicture.from(file);
  } catch (error) {
    if ((await kindOfFile(file)) !== "heic") throw error;
    throw new WrongKindError("heic", "This is a HEIC picture, which this browser cannot read. As a JPEG it can.");
  }
}

async function digestsOf(hasher: Hasher, file: Blob, progress: (share: number) => void): Promise<FileDigests> {
  const stream = hasher.fileDigests();
  const reader = file.stream().getReader();
  try {
    for (let done = 0, heard = performance.now(); ; ) {
      const piece = await reader.read().catch(throwUnreadable);
      if (piece.done) break;
      stream.update(piece.value);
      done += piece.value.length;
      if (performance.now() - heard > HEAR_MS) {
        await hear();
        heard = performance.now();
      }
      progress(done / file.size);
    }
    return stream.finish();
  } finally {
    reader.cancel().catch(() => {}); // nothing more is read of a file that failed, or that nobody waits for
    stream.drop();
  }
}

/** Lets the page be heard, whose messages wait as long as there is something to read. */
async function hear(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((heard) => {
    port1.onmessage = heard;
    port2.postMessage(null);
  });
  port1.close();
}

async function signaturesOf(
  hasher: Hasher,
  check: PathCheck,
  file: Blob,
  digests: FileDigests,
  crop: Box | null,
): Promise<FileSignatures> {
  const decoded = await decodedFrom(file);
  try {
    const { width, height, pixelCount } = decoded;
    if (crop !== null) checkCrop(crop, decoded);
    return { width, height, digests, parts: await check.read(pixelCount, (way) => partsOf(hasher, decoded, way, crop)) };
  } finally {
    decoded.close();
  }
}

function checkCrop({ left, top, right, bottom }: Box, { width, height }: DecodedPicture): void {
  const isWhole = [left, top, right, bottom].every(Number.isInteger);
  if (!isWhole || left < 0 || top < 0 || left >= right || top >= bottom || right > width || bottom > height) {
    const part = `(${left}, ${top}) to (${right}, ${bottom})`;
    throw new WrongCropError(`${part} is no part of a picture of ${width} x ${height} pixels: mark one inside it.`);
  }
}

async function traceOf(tracer: Tracer, check: PathCheck, file: Blob, options: TraceOptions): Promise<FileTrace> {
  const decoded = await decodedFrom(file);
  try {
    const { width, height, pixelCount, whole } = decoded;
    if (!canBeHeld(whole)) throw noMemory(width, height);
    const photo = await check.read(pixelCount, (way) => decoded.holdIn(tracer, way));
    try {
      return { width, height, ...photo.trace(options) };
    } finally {
      photo.drop();
    }
  } finally {
    decoded.close();
  }
}

async function frameOf(hasher: Hasher, check: PathCheck, picture: ImageBitmap | VideoFrame): Promise<{ quality: number; pdq: string }> {
  const decoded = new DecodedPicture(picture);
  const held = await check.read(decoded.pixelCount, (way) => decoded.holdIn(hasher, way));
  try {
    const { quality, hash } = held.hashPixels();
    return { quality, pdq: hash.hex };
  } finally {
    held.drop();
    decoded.close();
  }
}

function throwUnreadable(error: unknown): never {
  throw new UnreadableFileError("This file could not be read to its end.", { cause: error });
}

async function partsOf(hasher: Hasher, decoded: DecodedPicture, way: Way, crop: Box | null): Promise<HashedPart[]> {
  const marked = crop ?? decoded.whole;
  if (!canBeHeld(marked)) {
    const [width, height] = [marked.right - marked.left, marked.bottom - marked.top];
    return [part(crop, await hasher.hashStrips(width, height, 4, () => decoded.strips(way, marked)))];
  }
  const held = await decoded.holdIn(hasher, way, marked);
  try {
    const inner = crop === null ? held.innerPictures() : [];
    return [part(crop, held.hashOrientations()), ...inner.map((box) => part(box, held.hashOrientations(box)))];
  } finally {
    held.drop();
  }
}

function part(inner: Box | null, hashed: Hashed[]): HashedPart {
  return { inner, quality: hashed[0]?.quality ?? 0, hashes: hashed.map(({ hash }) => hash.hex) };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof NotAPictureError) return "not_a_picture";
  if (error instanceof WrongKindError) return error.trouble;
  if (error instanceof WrongCropError) return "wrong_crop";
  if (error instanceof PictureShapeError) return "wrong_size";
  if (error instanceof TooLittleDetailError) return "too_little_detail";
  if (error instanceof NoMemoryError) return "no_memory";
  if (error instanceof AlteredPixelsError) return "altered_pixels";
  if (error instanceof UnreadableFileError) return "unreadable";
  if (error instanceof NoWebAssemblyError) return "no_webassembly";
  return "fault";
}

function say(answer: Answer): void {
  postMessage(answer);
}
