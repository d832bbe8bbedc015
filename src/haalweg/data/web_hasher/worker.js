// The worker: a file in, its signatures or its trace out. Pixels live in this worker's memory only, and are overwritten.
import { AlteredPixelsError, DecodedPicture, NotAPictureError, PathCheck } from "./decode.js";
import { loadHasher } from "./hasher.js";
import {} from "./messages.js";
import { NoMemoryError } from "./module.js";
import {} from "./pdq.js";
import { PictureShapeError, noMemory } from "./picture.js";
import { TooLittleDetailError, loadTracer } from "./tracer.js";
class UnreadableFileError extends Error {
    constructor() {
        super(...arguments);
        this.name = "UnreadableFileError";
    }
}
class NoWebAssemblyError extends Error {
    constructor() {
        super(...arguments);
        this.name = "NoWebAssemblyError";
    }
}
let ready = null;
let tracerReady = null;
let last = Promise.resolve();
addEventListener("message", (event) => {
    // One file at a time: two large pictures at once would not fit into a phone.
    last = last.then(() => answer(event.data));
});
async function answer(question) {
    const { id, file } = question;
    try {
        const [hasher, check] = await (ready ?? (ready = start()));
        if (question.task === "trace") {
            const tracer = await (tracerReady ?? (tracerReady = startTracer()));
            say({ id, kind: "trace", trace: await traceOf(tracer, check, file, question.options) });
            return;
        }
        const digests = await digestsOf(hasher, file, (share) => say({ id, kind: "progress", share }));
        say({ id, kind: "signatures", signatures: await signaturesOf(hasher, check, file, digests) });
    }
    catch (error) {
        say({ id, kind: "trouble", trouble: troubleOf(error), sentence: error instanceof Error ? error.message : String(error) });
    }
}
async function start() {
    if (typeof WebAssembly === "undefined")
        throw new NoWebAssemblyError("This browser has switched off WebAssembly.");
    try {
        const hasher = await loadHasher();
        return [hasher, new PathCheck(hasher)];
    }
    catch (error) {
        ready = null; // a line that was down may be up for the next file
        throw error;
    }
}
// Only for the first source photo: who only hashes never loads it.
async function startTracer() {
    try {
        return await loadTracer();
    }
    catch (error) {
        tracerReady = null;
        throw error;
    }
}
async function digestsOf(hasher, file, progress) {
    const stream = hasher.fileDigests();
    try {
        const reader = file.stream().getReader();
        for (let done = 0;;) {
            const piece = await reader.read().catch(throwUnreadable);
            if (piece.done)
                break;
            stream.update(piece.value);
            done += piece.value.length;
            progress(done / file.size);
        }
        return stream.finish();
    }
    finally {
        stream.drop();
    }
}
async function signaturesOf(hasher, check, file, digests) {
    const decoded = await DecodedPicture.from(file);
    try {
        const { width, height } = decoded;
        await check.pass(width * height);
        return { width, height, digests, parts: await partsOf(hasher, decoded) };
    }
    finally {
        decoded.close();
    }
}
async function traceOf(tracer, check, file, options) {
    await file.slice(0, 1).arrayBuffer().catch(throwUnreadable); // a file that went away is not one that cannot be decoded
    const decoded = await DecodedPicture.from(file);
    try {
        const { width, height } = decoded;
        if (!decoded.canBeHeld)
            throw noMemory(width, height);
        await check.pass(width * height);
        const photo = decoded.holdIn(tracer);
        try {
            return { width, height, ...photo.trace(options) };
        }
        finally {
            photo.drop();
        }
    }
    finally {
        decoded.close();
    }
}
function throwUnreadable(error) {
    throw new UnreadableFileError("This file could not be read to its end.", { cause: error });
}
async function partsOf(hasher, decoded) {
    if (!decoded.canBeHeld) {
        const strips = async function* () {
            yield* decoded.strips();
        };
        return [part(null, await hasher.hashStrips(decoded.width, decoded.height, 4, strips))];
    }
    const held = decoded.holdIn(hasher);
    try {
        return [part(null, held.hashOrientations()), ...held.innerPictures().map((box) => part(box, held.hashOrientations(box)))];
    }
    finally {
        held.drop();
    }
}
function part(inner, hashed) {
    return { inner, quality: hashed[0]?.quality ?? 0, hashes: hashed.map(({ hash }) => hash.hex) };
}
function troubleOf(error) {
    if (error instanceof NotAPictureError)
        return "not_a_picture";
    if (error instanceof PictureShapeError)
        return "wrong_size";
    if (error instanceof TooLittleDetailError)
        return "too_little_detail";
    if (error instanceof NoMemoryError)
        return "no_memory";
    if (error instanceof AlteredPixelsError)
        return "altered_pixels";
    if (error instanceof UnreadableFileError)
        return "unreadable";
    if (error instanceof NoWebAssemblyError)
        return "no_webassembly";
    return "fault";
}
function say(answer) {
    postMessage(answer);
}
