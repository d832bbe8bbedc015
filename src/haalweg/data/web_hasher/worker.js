// The worker: a file in, its signatures or its trace out. Pixels live in this worker's memory only, and are overwritten.
import { AlteredPixelsError, DecodedPicture, NotAPictureError, PathCheck, canBeHeld } from "./decode.js";
import { loadHasher } from "./hasher.js";
import { HEAD_BYTES, kindOf } from "./kind.js";
import {} from "./messages.js";
import { NoMemoryError, hasWebAssembly } from "./module.js";
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
/** A file of another kind than was asked for, or one that this browser cannot read. */
class WrongKindError extends Error {
    constructor(trouble, sentence) {
        super(sentence);
        this.name = "WrongKindError";
        this.trouble = trouble;
    }
}
class WrongCropError extends RangeError {
    constructor() {
        super(...arguments);
        this.name = "WrongCropError";
    }
}
/** Nobody waits for the answer any longer. */
class UnwantedError extends Error {
    constructor() {
        super(...arguments);
        this.name = "UnwantedError";
    }
}
const HEAR_MS = 50;
let ready = null;
let tracerReady = null;
let last = Promise.resolve();
const wanted = new Set();
addEventListener("message", ({ data }) => {
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
async function answer(question) {
    const { id } = question;
    try {
        checkWanted(id);
        const [hasher, check] = await (ready ?? (ready = start()));
        const progress = (share) => {
            checkWanted(id);
            say({ id, kind: "progress", share });
        };
        if (question.task === "frame") {
            say({ id, kind: "frame", ...(await frameOf(hasher, check, question.picture)) });
        }
        else if (question.task === "trace") {
            await refuseVideo(question.file);
            const tracer = await (tracerReady ?? (tracerReady = startTracer()));
            say({ id, kind: "trace", trace: await traceOf(tracer, check, question.file, question.options) });
        }
        else if (question.task === "video") {
            await refusePicture(question.file);
            say({ id, kind: "digests", digests: await digestsOf(hasher, question.file, progress) });
        }
        else {
            await refuseVideo(question.file);
            const digests = await digestsOf(hasher, question.file, progress);
            say({ id, kind: "signatures", signatures: await signaturesOf(hasher, check, question.file, digests, question.crop) });
        }
    }
    catch (error) {
        if (question.task === "frame")
            question.picture.close();
        if (error instanceof UnwantedError)
            return;
        say({ id, kind: "trouble", trouble: troubleOf(error), sentence: error instanceof Error ? error.message : String(error) });
    }
}
function checkWanted(id) {
    if (!wanted.has(id))
        throw new UnwantedError();
}
async function start() {
    try {
        const hasher = await loadHasher().catch(sayWithoutWebAssembly);
        return [hasher, new PathCheck(hasher)];
    }
    catch (error) {
        ready = null; // a line that was down may be up for the next file
        throw error;
    }
}
function sayWithoutWebAssembly(error) {
    if (hasWebAssembly())
        throw error;
    throw new NoWebAssemblyError("This browser has switched off WebAssembly, and hashing without it did not start.", { cause: error });
}
// Only for the first source photo: who only hashes never loads it.
async function startTracer() {
    if (!hasWebAssembly())
        throw new NoWebAssemblyError("This browser has switched off WebAssembly, without which there is no trace.");
    try {
        return await loadTracer();
    }
    catch (error) {
        tracerReady = null;
        throw error;
    }
}
async function kindOfFile(file) {
    return kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer().catch(throwUnreadable)));
}
async function refuseVideo(file) {
    if ((await kindOfFile(file)) === "video")
        throw new WrongKindError("is_video", "This file is a video, not a picture.");
}
async function refusePicture(file) {
    const kind = await kindOfFile(file);
    if (kind === "picture" || kind === "heic")
        throw new WrongKindError("is_picture", "This file is a picture, not a video.");
}
/** Decodes a picture file; one that this browser cannot read is told apart where others can. */
async function decodedFrom(file) {
    try {
        return await DecodedPicture.from(file);
    }
    catch (error) {
        if ((await kindOfFile(file)) !== "heic")
            throw error;
        throw new WrongKindError("heic", "This is a HEIC picture, which this browser cannot read. As a JPEG it can.");
    }
}
async function digestsOf(hasher, file, progress) {
    const stream = hasher.fileDigests();
    const reader = file.stream().getReader();
    try {
        for (let done = 0, heard = performance.now();;) {
            const piece = await reader.read().catch(throwUnreadable);
            if (piece.done)
                break;
            stream.update(piece.value);
            done += piece.value.length;
            if (performance.now() - heard > HEAR_MS) {
                await hear();
                heard = performance.now();
            }
            progress(done / file.size);
        }
        return stream.finish();
    }
    finally {
        reader.cancel().catch(() => { }); // nothing more is read of a file that failed, or that nobody waits for
        stream.drop();
    }
}
/** Lets the page be heard, whose messages wait as long as there is something to read. */
async function hear() {
    const { port1, port2 } = new MessageChannel();
    await new Promise((heard) => {
        port1.onmessage = heard;
        port2.postMessage(null);
    });
    port1.close();
}
async function signaturesOf(hasher, check, file, digests, crop) {
    const decoded = await decodedFrom(file);
    try {
        const { width, height, pixelCount } = decoded;
        if (crop !== null)
            checkCrop(crop, decoded);
        return { width, height, digests, parts: await check.read(pixelCount, (way) => partsOf(hasher, decoded, way, crop)) };
    }
    finally {
        decoded.close();
    }
}
function checkCrop({ left, top, right, bottom }, { width, height }) {
    const isWhole = [left, top, right, bottom].every(Number.isInteger);
    if (!isWhole || left < 0 || top < 0 || left >= right || top >= bottom || right > width || bottom > height) {
        const part = `(${left}, ${top}) to (${right}, ${bottom})`;
        throw new WrongCropError(`${part} is no part of a picture of ${width} x ${height} pixels: mark one inside it.`);
    }
}
async function traceOf(tracer, check, file, options) {
    const decoded = await decodedFrom(file);
    try {
        const { width, height, pixelCount, whole } = decoded;
        if (!canBeHeld(whole))
            throw noMemory(width, height);
        const photo = await check.read(pixelCount, (way) => decoded.holdIn(tracer, way));
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
async function frameOf(hasher, check, picture) {
    const decoded = new DecodedPicture(picture);
    const held = await check.read(decoded.pixelCount, (way) => decoded.holdIn(hasher, way));
    try {
        const { quality, hash } = held.hashPixels();
        return { quality, pdq: hash.hex };
    }
    finally {
        held.drop();
        decoded.close();
    }
}
function throwUnreadable(error) {
    throw new UnreadableFileError("This file could not be read to its end.", { cause: error });
}
async function partsOf(hasher, decoded, way, crop) {
    const marked = crop ?? decoded.whole;
    if (!canBeHeld(marked)) {
        const [width, height] = [marked.right - marked.left, marked.bottom - marked.top];
        return [part(crop, await hasher.hashStrips(width, height, 4, () => decoded.strips(way, marked)))];
    }
    const held = await decoded.holdIn(hasher, way, marked);
    try {
        const inner = crop === null ? held.innerPictures() : [];
        return [part(crop, held.hashOrientations()), ...inner.map((box) => part(box, held.hashOrientations(box)))];
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
    if (error instanceof WrongKindError)
        return error.trouble;
    if (error instanceof WrongCropError)
        return "wrong_crop";
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
