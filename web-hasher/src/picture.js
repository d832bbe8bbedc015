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
var _PictureInMemory_instances, _PictureInMemory_address, _PictureInMemory_filled, _PictureInMemory_size_get;
// A decoded picture, and a module's memory that holds one.
import { NoMemoryError, allocate } from "./module.js";
import {} from "./pdq.js";
/** Pixels that are not a picture we can hash. */
export class PictureShapeError extends RangeError {
    constructor() {
        super(...arguments);
        this.name = "PictureShapeError";
    }
}
export function noMemory(width, height) {
    return new NoMemoryError(`There is no memory for a picture of ${width} x ${height} pixels.`);
}
export function checkSides(core, width, height) {
    const size = `A picture of ${width} x ${height} pixels`;
    if (!Number.isInteger(width) || !Number.isInteger(height))
        throw new PictureShapeError(`${size}: sides are whole numbers.`);
    const smallest = core.pdq_smallest_side();
    const longest = core.pdq_longest_side();
    if (Math.min(width, height) < smallest)
        throw new PictureShapeError(`${size}: PDQ needs at least ${smallest} a side.`);
    if (Math.max(width, height) > longest)
        throw new PictureShapeError(`${size}: PDQ takes at most ${longest} a side.`);
}
/** Boxes as the core writes them: four whole numbers of 32 bits each. */
export function readBoxes(core, address, count) {
    const corners = new Int32Array(core.memory.buffer, address, 4 * count);
    return Array.from({ length: count }, (_, i) => {
        const [left = 0, top = 0, right = 0, bottom = 0] = corners.subarray(4 * i, 4 * i + 4);
        return { left, top, right, bottom };
    });
}
/** A picture in a module's memory, whose rows come from the top. */
export class PictureInMemory {
    constructor(core, width, height, channels) {
        _PictureInMemory_instances.add(this);
        _PictureInMemory_address.set(this, void 0);
        _PictureInMemory_filled.set(this, 0);
        checkSides(core, width, height);
        this.core = core;
        __classPrivateFieldSet(this, _PictureInMemory_address, allocate(core, width * channels * height), "f");
        this.width = width;
        this.height = height;
        this.channels = channels;
    }
    /** The next rows, from the top. */
    push(rows) {
        const size = __classPrivateFieldGet(this, _PictureInMemory_instances, "a", _PictureInMemory_size_get);
        if (__classPrivateFieldGet(this, _PictureInMemory_address, "f") === 0)
            throw new Error("This picture was dropped.");
        if (__classPrivateFieldGet(this, _PictureInMemory_filled, "f") + rows.length > size)
            throw new PictureShapeError("More rows than the picture has.");
        new Uint8Array(this.core.memory.buffer, __classPrivateFieldGet(this, _PictureInMemory_address, "f"), size).set(rows, __classPrivateFieldGet(this, _PictureInMemory_filled, "f"));
        __classPrivateFieldSet(this, _PictureInMemory_filled, __classPrivateFieldGet(this, _PictureInMemory_filled, "f") + rows.length, "f");
    }
    /** Gives the memory back, overwritten: nothing of the picture stays. */
    drop() {
        if (__classPrivateFieldGet(this, _PictureInMemory_address, "f") === 0)
            return;
        new Uint8Array(this.core.memory.buffer, __classPrivateFieldGet(this, _PictureInMemory_address, "f"), __classPrivateFieldGet(this, _PictureInMemory_instances, "a", _PictureInMemory_size_get)).fill(0);
        this.core.release(__classPrivateFieldGet(this, _PictureInMemory_address, "f"));
        __classPrivateFieldSet(this, _PictureInMemory_address, 0, "f");
    }
    /** Where its first row is, once all rows are there. */
    complete() {
        if (__classPrivateFieldGet(this, _PictureInMemory_address, "f") === 0)
            throw new Error("This picture was dropped.");
        if (__classPrivateFieldGet(this, _PictureInMemory_filled, "f") !== __classPrivateFieldGet(this, _PictureInMemory_instances, "a", _PictureInMemory_size_get))
            throw new PictureShapeError("Rows of the picture are missing.");
        return __classPrivateFieldGet(this, _PictureInMemory_address, "f");
    }
}
_PictureInMemory_address = new WeakMap(), _PictureInMemory_filled = new WeakMap(), _PictureInMemory_instances = new WeakSet(), _PictureInMemory_size_get = function _PictureInMemory_size_get() {
    return this.width * this.height * this.channels;
};
/** Puts a whole picture into room for it. */
export function filled(pixels, holdRows) {
    const { data, width, height, channels } = pixels;
    if (data.length !== width * channels * height) {
        throw new PictureShapeError(`${data.length} bytes where ${width} x ${height} pixels of ${channels} bytes were said.`);
    }
    const held = holdRows(width, height, channels);
    held.push(data);
    return held;
}
