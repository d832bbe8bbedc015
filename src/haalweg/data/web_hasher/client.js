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
var _HasherWorker_instances, _HasherWorker_worker, _HasherWorker_waiting, _HasherWorker_next, _HasherWorker_ask, _HasherWorker_take, _HasherWorker_rejectAll;
// For the page: a worker that hashes files, one after the other. Nothing of a file leaves the page but what the page then sends.
import {} from "./messages.js";
import {} from "./tracer.js";
export {} from "./messages.js";
export { MATCH_QUALITY, MATCH_THRESHOLD_BITS, ORIENTATIONS, PdqHash } from "./pdq.js";
export {} from "./tracer.js";
/** A file that gave no signatures, or no trace; `trouble` says why, for the page's own words in its reader's language. */
export class HashingError extends Error {
    constructor(trouble, sentence) {
        super(sentence);
        this.name = "HashingError";
        this.trouble = trouble;
    }
}
/** Hashes files off the page's own thread, so that the page stays quick. */
export class HasherWorker {
    /** `address` is that of worker.js; the modules and hasher.wasm lie beside it. */
    constructor(address = new URL("worker.js", import.meta.url)) {
        _HasherWorker_instances.add(this);
        _HasherWorker_worker.set(this, void 0);
        _HasherWorker_waiting.set(this, new Map());
        _HasherWorker_next.set(this, 0);
        __classPrivateFieldSet(this, _HasherWorker_worker, new Worker(address, { type: "module" }), "f");
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").addEventListener("message", (event) => __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_take).call(this, event.data));
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").addEventListener("error", (event) => {
            event.preventDefault();
            __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_rejectAll).call(this, new HashingError("fault", event.message || "The worker that hashes could not be started."));
        });
    }
    /** The signatures of a picture file, or a HashingError. `progress` hears the share of the file that was read, 0 to 1. */
    async hashFile(file, progress) {
        const { signatures } = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_ask).call(this, { task: "hash", file }, progress);
        return signatures;
    }
    /** The trace of a photo file, or a HashingError. The first one loads tracer.wasm, which hashing does not need. */
    async traceFile(file, options = {}) {
        const { trace } = await __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_ask).call(this, { task: "trace", file, options });
        return trace;
    }
    /** Ends the worker and what it was doing. */
    end() {
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").terminate();
        __classPrivateFieldGet(this, _HasherWorker_instances, "m", _HasherWorker_rejectAll).call(this, new HashingError("fault", "The worker that hashes was ended."));
    }
}
_HasherWorker_worker = new WeakMap(), _HasherWorker_waiting = new WeakMap(), _HasherWorker_next = new WeakMap(), _HasherWorker_instances = new WeakSet(), _HasherWorker_ask = function _HasherWorker_ask(task, progress) {
    return new Promise((resolve, reject) => {
        var _a, _b;
        const id = (__classPrivateFieldSet(this, _HasherWorker_next, (_b = __classPrivateFieldGet(this, _HasherWorker_next, "f"), _a = _b++, _b), "f"), _a);
        // Every task has one kind of answer.
        __classPrivateFieldGet(this, _HasherWorker_waiting, "f").set(id, { resolve: resolve, reject, progress });
        const question = { id, ...task };
        __classPrivateFieldGet(this, _HasherWorker_worker, "f").postMessage(question);
    });
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
}, _HasherWorker_rejectAll = function _HasherWorker_rejectAll(error) {
    for (const waiting of __classPrivateFieldGet(this, _HasherWorker_waiting, "f").values())
        waiting.reject(error);
    __classPrivateFieldGet(this, _HasherWorker_waiting, "f").clear();
};
