// tracer.wasm: the traces of source photos, the same C++ as in Python, with its shapes checked and its memory looked after.
import { Loaded, allocate, exportsOf, fetchModule } from "./module.js";
import {} from "./pdq.js";
import { PictureInMemory, filled, noMemory, readBoxes } from "./picture.js";
/** A photo that holds too little to be recognised by. */
export class TooLittleDetailError extends Error {
    constructor() {
        super("The photo holds too little to recognise a picture by that was made from it: fewer than 40 places with detail are left. " +
            "Take a larger photo, or one with more around the person.");
        this.name = "TooLittleDetailError";
    }
}
const BOX_BYTES = 16;
/** Fetches the module that fits this browser from the folder at that address, by default the one this script is in. */
export async function loadTracer(folder = new URL(".", import.meta.url)) {
    return Tracer.from(await fetchModule("tracer", folder));
}
/** Traces from pixels. One for each thread: it is not to be used from two at once. */
export class Tracer extends Loaded {
    /** From the bytes of tracer.wasm or tracer.nosimd.wasm. */
    static async from(bytes) {
        return new Tracer(await exportsOf(bytes));
    }
    /** The trace of a decoded photo, or a TooLittleDetailError. */
    tracePixels(pixels, options = {}) {
        const photo = filled(pixels, (...size) => this.holdRows(...size));
        try {
            return photo.trace(options);
        }
        finally {
            photo.drop();
        }
    }
    /** Room for a photo that comes in strips: `push` them from the top, then `trace`. `drop` it afterwards. */
    holdRows(width, height, channels) {
        return new HeldPhoto(this.core, width, height, channels);
    }
}
/** A photo in the tracer's memory. Made by `Tracer.holdRows`. */
export class HeldPhoto extends PictureInMemory {
    trace({ kind = "source", leaveFacesOut = true, leaveOut = [] } = {}) {
        const { core, width, height, channels } = this;
        const start = this.complete();
        if (kind !== "source" && kind !== "fake")
            throw new RangeError("A trace is of a source or of a fake.");
        leaveOut.forEach(checkBox);
        const [most, made] = [core.trace_most_bytes(), core.trace_made_bytes()];
        const room = allocate(core, most + made + leaveOut.length * BOX_BYTES);
        // What is read as 32-bit numbers comes first.
        const [madeAt, boxesAt, bytesAt] = [room, room + made, room + made + leaveOut.length * BOX_BYTES];
        try {
            const corners = leaveOut.flatMap(({ left, top, right, bottom }) => [left, top, right, bottom]);
            new Int32Array(core.memory.buffer, boxesAt, corners.length).set(corners);
            const stride = width * channels;
            const isFake = kind === "fake";
            const size = core.trace(start, width, height, channels, stride, isFake, leaveFacesOut, boxesAt, leaveOut.length, bytesAt, madeAt);
            if (size < 0)
                throw noMemory(width, height);
            if (size === 0)
                throw new TooLittleDetailError();
            const [photo] = readBoxes(core, madeAt, 1);
            const faceCount = new Int32Array(core.memory.buffer, madeAt + BOX_BYTES, 1)[0];
            const faces = readBoxes(core, madeAt + BOX_BYTES + 4, faceCount);
            const isWhole = photo.left === 0 && photo.top === 0 && photo.right === width && photo.bottom === height;
            return {
                bytes: new Uint8Array(core.memory.buffer, bytesAt, size).slice(),
                leftOut: [...faces, ...leaveOut.map(({ left, top, right, bottom }) => ({ left, top, right, bottom }))],
                framed: isWhole ? null : photo,
            };
        }
        finally {
            core.release(room);
        }
    }
}
// A box that covers nothing would keep what someone asked to leave out.
function checkBox({ left, top, right, bottom }, at) {
    const which = `The box to leave out number ${at + 1}`;
    if (![left, top, right, bottom].every((corner) => Number.isInteger(corner) && Math.abs(corner) < 2 ** 24)) {
        throw new RangeError(`${which}: its corners are whole numbers of pixels.`);
    }
    if (left >= right || top >= bottom)
        throw new RangeError(`${which} holds nothing: left comes before right, and top before bottom.`);
}
