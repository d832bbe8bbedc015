var __classPrivateFieldGet = (this && this.__classPrivateFieldGet) || function (receiver, state, kind, f) {
    if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
    if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
    return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var __classPrivateFieldSet = (this && this.__classPrivateFieldSet) || function (receiver, state, value, kind, f) {
    if (kind === "m") throw new TypeError("Private method is not writable");
    if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a setter");
    if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot write private member to an object whose class did not declare it");
    return (kind === "a" ? f.call(receiver, value) : f ? f.value = value : state.set(receiver, value)), value;
};
var _HeldPicture_instances, _HeldPicture_whole, _HeldPicture_hash, _DigestStream_instances, _DigestStream_core, _DigestStream_digests, _DigestStream_chunk, _DigestStream_open;
// hasher.wasm, the same C++ as in Python, with its shapes checked and its memory looked after.
import { Loaded, NoMemoryError, allocate, exportsOf, fetchModule, hasWebAssembly } from "./module.js";
import { PdqHash, hexOf } from "./pdq.js";
import { PictureInMemory, PictureShapeError, checkSides, filled, noMemory, readBoxes } from "./picture.js";
const ORIENTATION_COUNT = 8;
const HASH_BYTES = 32;
const PDQ_BYTES = ORIENTATION_COUNT * HASH_BYTES + 4; // struct Pdq: the hashes, then the quality
const BOX_BYTES = 16;
const INNER_MOST = 4;
const CHUNK = 1 << 18;
/**
 * Fetches the module that fits this browser from the folder at that address, by default the one this script is in; where there is
 * no WebAssembly, the same in JavaScript: slower, with the same bits.
 */
export async function loadHasher(folder = new URL(".", import.meta.url)) {
    if (!hasWebAssembly())
        return Hasher.fromScript(new URL("hasher.wasm.js", new URL(folder, import.meta.url)));
    return Hasher.from(await fetchModule("hasher", folder));
}
/** Signatures from pixels and files. One for each thread: it is not to be used from two at once. */
export class Hasher extends Loaded {
    /** From the bytes of hasher.wasm or hasher.nosimd.wasm. */
    static async from(bytes) {
        return new Hasher(await exportsOf(bytes));
    }
    /** From the address of hasher.wasm.js, which needs no WebAssembly. All that are made from one address share its memory. */
    static async fromScript(address) {
        return new Hasher((await import(address.href)));
    }
    /** PDQ hash of a decoded picture. A flat picture is no error: its quality is low. */
    hashPixels(pixels) {
        const picture = this.hold(pixels);
        try {
            return picture.hashPixels();
        }
        finally {
            picture.drop();
        }
    }
    /** PDQ hashes of a picture turned and mirrored in all eight ways, in the order of ORIENTATIONS, from one pass. */
    hashOrientations(pixels) {
        const picture = this.hold(pixels);
        try {
            return picture.hashOrientations();
        }
        finally {
            picture.drop();
        }
    }
    /** The framed pictures inside a screenshot, letterbox, border or story frame, the clearest first, at most four. */
    innerPictures(pixels) {
        const picture = this.hold(pixels);
        try {
            return picture.innerPictures();
        }
        finally {
            picture.drop();
        }
    }
    /** A picture in the hasher's memory, to be hashed more than once. */
    hold(pixels) {
        return filled(pixels, (...size) => this.holdRows(...size));
    }
    /** Room for a picture that comes in strips: `push` them from the top, then ask. `drop` it afterwards. */
    holdRows(width, height, channels) {
        return new HeldPicture(this.core, width, height, channels);
    }
    /**
     * The hashes of a picture too large to hold, in the order of ORIENTATIONS. `strips` gives its rows from the top, and is asked
     * a second time for about one picture in a hundred, where two coefficients lie so close that only the exact way settles them.
     */
    async hashStrips(width, height, channels, strips) {
        const core = this.core;
        checkSides(core, width, height);
        const stride = width * channels;
        const held = core.strips_make();
        if (held === 0)
            throw new NoMemoryError("There is no memory left to hash a picture in.");
        try {
            for (const exact of [false, true]) {
                if (!core.strips_begin(held, width, height, channels, exact))
                    throw noMemory(width, height);
                let rows = 0;
                for await (const strip of strips()) {
                    const count = strip.length / stride;
                    if (!Number.isInteger(count) || rows + count > height) {
                        throw new PictureShapeError(`A strip of ${strip.length} bytes in a picture of ${width} x ${height} pixels.`);
                    }
                    const at = allocate(core, strip.length);
                    new Uint8Array(core.memory.buffer, at, strip.length).set(strip);
                    core.strips_push(held, at, stride, count);
                    core.release(at);
                    rows += count;
                }
                if (rows !== height)
                    throw new PictureShapeError(`${rows} rows where the picture has ${height}.`);
                const hashes = readHashes(core, ORIENTATION_COUNT, (out) => core.strips_finish(held, true, out) !== 0);
                if (hashes !== null)
                    return hashes;
            }
            throw new Error("The exact way left a bit open: this is a fault in the hasher.");
        }
        finally {
            core.strips_drop(held);
        }
    }
    /** SHA-256 and MD5 of bytes that come in pieces. */
    fileDigests() {
        return new DigestStream(this.core);
    }
}
/** A picture in the hasher's memory. Made by `Hasher.hold` and `Hasher.holdRows`. */
export class HeldPicture extends PictureInMemory {
    constructor() {
        super(...arguments);
        _HeldPicture_instances.add(this);
    }
    hashPixels(part = __classPrivateFieldGet(this, _HeldPicture_instances, "m", _HeldPicture_whole).call(this)) {
        return __classPrivateFieldGet(this, _HeldPicture_instances, "m", _HeldPicture_hash).call(this, part, false)[0];
    }
    hashOrientations(part = __classPrivateFieldGet(this, _HeldPicture_instances, "m", _HeldPicture_whole).call(this)) {
        return __classPrivateFieldGet(this, _HeldPicture_instances, "m", _HeldPicture_hash).call(this, part, true);
    }
    innerPictures() {
        const address = this.complete();
        const core = this.core;
        const out = core.allocate(INNER_MOST * BOX_BYTES) >>> 0;
        if (out === 0)
            throw noMemory(this.width, this.height);
        try {
            const found = core.inner(address, this.width, this.height, this.channels, this.width * this.channels, out);
            return readBoxes(core, out, found);
        }
        finally {
            core.release(out);
        }
    }
}
_HeldPicture_instances = new WeakSet(), _HeldPicture_whole = function _HeldPicture_whole() {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
}, _HeldPicture_hash = function _HeldPicture_hash(part, allOrientations) {
    const core = this.core;
    const stride = this.width * this.channels;
    const start = this.complete() + part.top * stride + part.left * this.channels;
    const width = part.right - part.left;
    const height = part.bottom - part.top;
    const hashes = readHashes(core, allOrientations ? ORIENTATION_COUNT : 1, (out) => core.pdq(start, width, height, this.channels, stride, allOrientations, out) !== 0);
    if (hashes === null)
        throw noMemory(width, height);
    return hashes;
};
/** SHA-256 and MD5, fed in pieces. */
export class DigestStream {
    /** Made by `Hasher.fileDigests`. */
    constructor(core) {
        _DigestStream_instances.add(this);
        _DigestStream_core.set(this, void 0);
        _DigestStream_digests.set(this, void 0);
        _DigestStream_chunk.set(this, void 0);
        __classPrivateFieldSet(this, _DigestStream_core, core, "f");
        __classPrivateFieldSet(this, _DigestStream_digests, core.digests_make(), "f");
        __classPrivateFieldSet(this, _DigestStream_chunk, core.allocate(CHUNK) >>> 0, "f");
        if (__classPrivateFieldGet(this, _DigestStream_digests, "f") === 0 || __classPrivateFieldGet(this, _DigestStream_chunk, "f") === 0)
            throw new NoMemoryError("There is no memory left to hash a file in.");
    }
    update(bytes) {
        __classPrivateFieldGet(this, _DigestStream_instances, "m", _DigestStream_open).call(this);
        for (let at = 0; at < bytes.length; at += CHUNK) {
            const part = bytes.subarray(at, at + CHUNK);
            new Uint8Array(__classPrivateFieldGet(this, _DigestStream_core, "f").memory.buffer, __classPrivateFieldGet(this, _DigestStream_chunk, "f"), part.length).set(part);
            __classPrivateFieldGet(this, _DigestStream_core, "f").digests_update(__classPrivateFieldGet(this, _DigestStream_digests, "f"), __classPrivateFieldGet(this, _DigestStream_chunk, "f"), part.length);
        }
    }
    /** Ends the stream; it cannot be used again. */
    finish() {
        __classPrivateFieldGet(this, _DigestStream_instances, "m", _DigestStream_open).call(this);
        __classPrivateFieldGet(this, _DigestStream_core, "f").digests_finish(__classPrivateFieldGet(this, _DigestStream_digests, "f"), __classPrivateFieldGet(this, _DigestStream_chunk, "f"));
        const out = new Uint8Array(__classPrivateFieldGet(this, _DigestStream_core, "f").memory.buffer, __classPrivateFieldGet(this, _DigestStream_chunk, "f"), 48);
        const digests = { sha256: hexOf(out.subarray(0, 32)), md5: hexOf(out.subarray(32)) };
        this.drop();
        return digests;
    }
    /** Gives up without an answer. */
    drop() {
        if (__classPrivateFieldGet(this, _DigestStream_digests, "f") === 0)
            return;
        new Uint8Array(__classPrivateFieldGet(this, _DigestStream_core, "f").memory.buffer, __classPrivateFieldGet(this, _DigestStream_chunk, "f"), CHUNK).fill(0);
        __classPrivateFieldGet(this, _DigestStream_core, "f").release(__classPrivateFieldGet(this, _DigestStream_chunk, "f"));
        __classPrivateFieldGet(this, _DigestStream_core, "f").digests_drop(__classPrivateFieldGet(this, _DigestStream_digests, "f"));
        __classPrivateFieldSet(this, _DigestStream_digests, 0, "f");
    }
}
_DigestStream_core = new WeakMap(), _DigestStream_digests = new WeakMap(), _DigestStream_chunk = new WeakMap(), _DigestStream_instances = new WeakSet(), _DigestStream_open = function _DigestStream_open() {
    if (__classPrivateFieldGet(this, _DigestStream_digests, "f") === 0)
        throw new Error("This stream of bytes has ended.");
};
/** Runs `fill` on room for the hashes and reads them; null where it says no. */
function readHashes(core, count, fill) {
    const out = core.allocate(PDQ_BYTES) >>> 0;
    if (out === 0)
        throw new NoMemoryError("There is no memory left to hash a picture in.");
    try {
        if (!fill(out))
            return null;
        const bytes = new Uint8Array(core.memory.buffer, out, PDQ_BYTES);
        const quality = new DataView(core.memory.buffer, out).getInt32(ORIENTATION_COUNT * HASH_BYTES, true);
        return Array.from({ length: count }, (_, i) => ({
            hash: new PdqHash(bytes.slice(HASH_BYTES * i, HASH_BYTES * (i + 1))),
            quality,
        }));
    }
    finally {
        core.release(out);
    }
}
