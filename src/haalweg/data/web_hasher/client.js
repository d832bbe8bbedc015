var __classPrivateFieldSet = (this && this.__classPrivateFieldSet) || function (receiver, state, value, kind, f) {
    if (kind === "m") throw new TypeError("Private method is not writable");
    if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
    if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
    return (kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value)), value;
};
var __classPrivateFieldGet = (this && this.__classPrivateFieldGet) || function (receiver, state, kind, f) {
    if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
    if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
    return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var _HasherWorker_instances, _HasherWorker_worker, _HasherWorker_waiting, _HasherWorker_videos, _HasherWorker_next, _HasherWorker_ended, _HasherWorker_hashVideo, _HasherWorker_frame, _HasherWorker_askOf, _HasherWorker_ask, _HasherWorker_take, _HasherWorker_end;
// For the page: a worker that hashes files, one after the other. Nothing of a file leaves the page but what the page then sends.
import { HashingError } from "./errors.js";
import {} from "./messages.js";
import {} from "./pdq.js";
import {} from "./tracer.js";
import { VideoReader, stopped } from "./video.js";
export { HashingError } from "./errors.js";
export {} from "./messages.js";
export { MATCH_QUALITY, MATCH_THRESHOLD_BITS, ORIENTATIONS, PdqHash } from "./pdq.js";
export {} from "./tracer.js";
// Reading a video for its digests is quick beside seeking in it.
const DIGESTS_SHARE = 0.1;
/** Hashes files off the page's own thread, so that the page stays quick. */
export class HasherWorker {
    /** `address` is that of worker.js; the modules and what they load lie beside it. */
    constructor(address = new URL("worker.js", import.meta.url)) {
        _HasherWorker_instances.add(this);
        _HasherWorker_worker.set(this, void 0);
        _HasherWorker_waiting.set(this, new Map());
        _HasherWorker_videos.set(this, new Set());
        _HasherWorker_next.set(this, 0);
        _HasherWorker_ended.set(this, null);
        __classPrivateFieldSet(this, _HasherWorker_worker, new Worker(address, { type: "module" }), "f");
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").addEventListener("message", (event) => __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_take).call(this, event.data));
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").addEventListener("error", (event) => {
            event.preventDefault();
            __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_end).call(this, event.message || "The worker that hashes could not be started.");
        });
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").addEventListener("messageerror", () => __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_end).call(this, "The worker that hashes said what this browser cannot read."));
    }
    /** Whether it hashes no more, as it was ended or its worker died: every further call is refused, and a new one may do better. */
    get isEnded() {
        return __classPrivateFieldGet(this, _HasherWorker_ended, "f") !== null;
    }
    /** The signatures of a picture file, or of the part of it that was marked; or a HashingError. Progress is that of reading the file. */
    async hashFile(file, asked = {}) {
        const { crop, progress } = typeof asked === "function" ? { crop: undefined, progress: asked } : asked;
        const { signatures } = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_ask).call(this, { task: "hash", file, crop: crop ?? null }, [], progress);
        return signatures;
    }
    /**
     * The signatures of a video file, its first frame and the first of every second, at most 3,600 of them; or a HashingError.
     * It is decoded by a video element that is never shown and makes no sound: the page's policy needs `media-src blob:`.
     */
    async hashVideo(file, asked = {}) {
        const { signal, progress } = typeof asked === "function" ? { progress: asked } : asked;
        const stop = new AbortController();
        const abort = () => stop.abort();
        signal?.addEventListener("abort", abort);
        if (signal?.aborted)
            abort();
        __classPrivateFieldGet(this, _HasherWorker_videos, "f").add(stop);
        try {
            return await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_hashVideo).call(this, file, stop.signal, progress ?? (() => { }));
        }
        catch (error) {
            throw stop.signal.aborted ? (__classPrivateFieldGet(this, _HasherWorker_ended, "f") ?? stopped()) : error;
        }
        finally {
            __classPrivateFieldGet(this, _HasherWorker_videos, "f").delete(stop);
            signal?.removeEventListener("abort", abort);
        }
    }
    /** The trace of a photo file, or a HashingError. The first one loads tracer.wasm, which hashing does not need. */
    async traceFile(file, options = {}) {
        const { trace } = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_ask).call(this, { task: "trace", file, options }, []);
        return trace;
    }
    /** Ends the worker and what it was doing. */
    end() {
        __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_end).call(this, "The worker that hashes was ended.");
    }
}
_HasherWorker_worker = new WeakMap(), _HasherWorker_waiting = new WeakMap(), _HasherWorker_videos = new WeakMap(), _HasherWorker_next = new WeakMap(), _HasherWorker_ended = new WeakMap(), _HasherWorker_instances = new WeakSet(), _HasherWorker_hashVideo = async function _HasherWorker_hashVideo(file, stop, progress) {
    const { digests } = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_ask).call(this, { task: "video", file }, [], (share) => progress(DIGESTS_SHARE * share), stop);
    const reader = await VideoReader.open(file, stop);
    try {
        const frames = [];
        let blank = 0;
        for await (const { at_s, share, picture } of reader.frames()) {
            const { quality, pdq } = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_frame).call(this, picture, reader, stop);
            if (quality > 0)
                frames.push({ at_s, quality, pdq });
            else
                blank++;
            progress(DIGESTS_SHARE + (1 - DIGESTS_SHARE) * share);
        }
        if (frames.length === 0) {
            throw new HashingError("altered_pixels", "Every frame of this video came as one colour: there is nothing to recognise it by.");
        }
        const { width, height, duration_s, cut_short } = reader;
        return { width, height, duration_s, cut_short, digests, frames, blank };
    }
    finally {
        reader.close();
    }
}, _HasherWorker_frame = 
// A frame of one colour is looked at once more, as it may not have been there yet.
async function _HasherWorker_frame(picture, reader, stop) {
    const first = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_askOf).call(this, picture, stop);
    return first.quality > 0 ? first : __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_askOf).call(this, await reader.again(), stop);
}, _HasherWorker_askOf = async function _HasherWorker_askOf(picture, stop) {
    try {
        return await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_ask).call(this, { task: "frame", picture }, [picture], undefined, stop);
    }
    finally {
        picture.close(); // where it never left
    }
}, _HasherWorker_ask = function _HasherWorker_ask(task, given, progress, stop) {
    var _a, _b;
    if (__classPrivateFieldGet(this, _HasherWorker_ended, "f") !== null)
        return Promise.reject(__classPrivateFieldGet(this, _HasherWorker_ended, "f"));
    if (stop?.aborted)
        return Promise.reject(stopped());
    const id = (__classPrivateFieldSet(this, _HasherWorker_next, (_b = __classPrivateFieldGet(this, _HasherWorker_next, "f"), _a = _b++, _b), "f"), _a);
    const abort = () => {
        __classPrivateFieldGet(this, _HasherWorker_waiting, "f").get(id)?.reject(stopped());
        __classPrivateFieldGet(this, _HasherWorker_waiting, "f").delete(id);
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").postMessage({ id, task: "stop" });
    };
    return new Promise((resolve, reject) => {
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").postMessage({ id, ...task }, given);
        // Every task has one kind of answer.
        __classPrivateFieldGet(this, _HasherWorker_waiting, "f").set(id, { resolve: resolve, reject, progress });
        stop?.addEventListener("abort", abort);
    }).finally(() => stop?.removeEventListener("abort", abort));
}, _HasherWorker_take = function _HasherWorker_take(answer) {
    const waiting = __classPrivateFieldGet(this, _HasherWorker_waiting, "f").get(answer.id);
    if (waiting === undefined)
        return;
    if (answer.kind === "progress") {
        waiting.progress?.(answer.share);
        return;
    }
    __classPrivateFieldGet(this, _HasherWorker_waiting, "f").delete(answer.id);
    if (answer.kind === "trouble") {
        waiting.reject(new HashingError(answer.trouble, answer.sentence));
    }
    else {
        waiting.resolve(answer);
    }
}, _HasherWorker_end = function _HasherWorker_end(sentence) {
    if (__classPrivateFieldGet(this, _HasherWorker_ended, "f") !== null)
        return;
    __classPrivateFieldGet(this, _HasherWorker_worker, "f").terminate();
    __classPrivateFieldSet(this, _HasherWorker_ended, new HashingError("fault", sentence), "f");
    for (const waiting of __classPrivateFieldGet(this, _HasherWorker_waiting, "f").values())
        waiting.reject(__classPrivateFieldGet(this, _HasherWorker_ended, "f"));
    __classPrivateFieldGet(this, _HasherWorker_waiting, "f").clear();
    for (const video of __classPrivateFieldGet(this, _HasherWorker_videos, "f"))
        video.abort();
};
