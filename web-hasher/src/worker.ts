// The worker: a file in, its signatures or its trace out. Pixels live in this worker's memory only, and are overwritten.
import { AlteredPixelsError, DecodedPicture, NotAPictureError, PathCheck } from "./decode.js";
import { type Hasher, loadHasher } from "./hasher.js";
import { type Answer, type FileSignatures, type FileTrace, type HashedPart, type Question, type Trouble } from "./messages.js";
import { NoMemoryError } from "./module.js";
import { type Box, type FileDigests, type Hashed } from "./pdq.js";
import { PictureShapeError, noMemory } from "./picture.js";
import { TooLittleDetailError, type TraceOptions, type Tracer, loadTracer } from "./tracer.js";

class UnreadableFileError extends Error {
  override name = "UnreadableFileError";
}

class NoWebAssemblyError extends Error {
  override name = "NoWebAssemblyError";
}

let ready: Promise<readonly [Hasher, PathCheck]> | null = null;
let tracerReady: Promise<Tracer> | null = null;
let last: Promise<void> = Promise.resolve();

addEventListener("message", (event: MessageEvent<Question>) => {
  // One file at a time: two large pictures at once would not fit into a phone.
  last = last.then(() => answer(event.data));
});

async function answer(question: Question): Promise<void> {
  const { id, file } = question;
  try {
    const [hasher, check] = await (ready ??= start());
    if (question.task === "trace") {
      const tracer = await (tracerReady ??= startTracer());
      say({ id, kind: "trace", trace: await traceOf(tracer, check, file, question.options) });
      return;
    }
    const digests = await digestsOf(hasher, file, (share) => say({ id, kind: "progress", share }));
    say({ id, kind: "signatures", signatures: await signaturesOf(hasher, check, file, digests) });
  } catch (error) {
    say({ id, kind: "trouble", trouble: troubleOf(error), sentence: error instanceof Error ? error.message : String(error) });
  }
}

async function start(): Promise<readonly [Hasher, PathCheck]> {
  if (typeof WebAssembly === "undefined") throw new NoWebAssemblyError("This browser has switched off WebAssembly.");
  try {
    const hasher = await loadHasher();
    return [hasher, new PathCheck(hasher)];
  } catch (error) {
    ready = null; // a line that was down may be up for the next file
    throw error;
  }
}

// Only for the first source photo: who only hashes never loads it.
async function startTracer(): Promise<Tracer> {
  try {
    return await loadTracer();
  } catch (error) {
    tracerReady = null;
    throw error;
  }
}

async function digestsOf(hasher: Hasher, file: Blob, progress: (share: number) => void): Promise<FileDigests> {
  const stream = hasher.fileDigests();
  try {
    const reader = file.stream().getReader();
    for (let done = 0; ; ) {
      const piece = await reader.read().catch(throwUnreadable);
      if (piece.done) break;
      stream.update(piece.value);
      done += piece.value.length;
      progress(done / file.size);
    }
    return stream.finish();
  } finally {
    stream.drop();
  }
}

async function signaturesOf(hasher: Hasher, check: PathCheck, file: Blob, digests: FileDigests): Promise<FileSignatures> {
  const decoded = await DecodedPicture.from(file);
  try {
    const { width, height } = decoded;
    await check.pass(width * height);
    return { width, height, digests, parts: await partsOf(hasher, decoded) };
  } finally {
    decoded.close();
  }
}

async function traceOf(tracer: Tracer, check: PathCheck, file: Blob, options: TraceOptions): Promise<FileTrace> {
  await file.slice(0, 1).arrayBuffer().catch(throwUnreadable); // a file that went away is not one that cannot be decoded
  const decoded = await DecodedPicture.from(file);
  try {
    const { width, height } = decoded;
    if (!decoded.canBeHeld) throw noMemory(width, height);
    await check.pass(width * height);
    const photo = decoded.holdIn(tracer);
    try {
      return { width, height, ...photo.trace(options) };
    } finally {
      photo.drop();
    }
  } finally {
    decoded.close();
  }
}

function throwUnreadable(error: unknown): never {
  throw new UnreadableFileError("This file could not be read to its end.", { cause: error });
}

async function partsOf(hasher: Hasher, decoded: DecodedPicture): Promise<HashedPart[]> {
  if (!decoded.canBeHeld) {
    const strips = async function* () {
      yield* decoded.strips();
    };
    return [part(null, await hasher.hashStrips(decoded.width, decoded.height, 4, strips))];
  }
  const held = decoded.holdIn(hasher);
  try {
    return [part(null, held.hashOrientations()), ...held.innerPictures().map((box) => part(box, held.hashOrientations(box)))];
  } finally {
    held.drop();
  }
}

function part(inner: Box | null, hashed: Hashed[]): HashedPart {
  return { inner, quality: hashed[0]?.quality ?? 0, hashes: hashed.map(({ hash }) => hash.hex) };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof NotAPictureError) return "not_a_picture";
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
