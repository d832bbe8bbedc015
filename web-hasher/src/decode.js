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
var _DecodedPicture_source, _PathCheck_instances, _PathCheck_outcomes, _PathCheck_hasher, _PathCheck_pass, _PathCheck_check, _PathCheck_hash;
// From a picture file to the pixels the page may read, and the doubt whether they are the picture's.
import {} from "./hasher.js";
import { MATCH_QUALITY } from "./pdq.js";
import {} from "./picture.js";
/** The browser cannot decode this file. */
export class NotAPictureError extends Error {
    constructor() {
        super(...arguments);
        this.name = "NotAPictureError";
    }
}
/** The browser gives other pixels than the picture's: fingerprinting protection, or a canvas that is too small. */
export class AlteredPixelsError extends Error {
    constructor() {
        super(...arguments);
        this.name = "AlteredPixelsError";
    }
}
// Canvases stay below what every browser gives; some give blank pixels above 16.7 million without a word.
const STRIP_PIXELS = 1 << 22;
// A picture of up to so many pixels is held whole, for the pictures inside it; of a larger one only the whole is hashed.
const HELD_PIXELS = 1 << 26;
// A drawn picture of each of these sizes stands for all that have no more pixels; the last stands for all that have more.
const SMALLEST_CHECKED = [512, 384];
const LARGEST_CHECKED = [4352, 4000];
const CHECKED_SIZES = [SMALLEST_CHECKED, [2048, 2048], LARGEST_CHECKED];
const MOST_BITS_OFF = 4;
/** A decoded picture whose rows are read in strips. Close it when done. */
export class DecodedPicture {
    /** Takes a picture over that the browser decoded; a video frame is one that is not turned to be shown. */
    constructor(source) {
        _DecodedPicture_source.set(this, void 0);
        __classPrivateFieldSet(this, _DecodedPicture_source, source, "f");
        const { width, height } = "codedWidth" in source ? (source.visibleRect ?? { width: 0, height: 0 }) : source;
        this.width = width;
        this.height = height;
    }
    /** Decodes it in sRGB, turned the way it is shown; of an animation the first frame. */
    static async from(file) {
        try {
            return new DecodedPicture(await createImageBitmap(file, { imageOrientation: "from-image", premultiplyAlpha: "none" }));
        }
        catch (error) {
            throw new NotAPictureError("This file is not a picture that this browser can read.", { cause: error });
        }
    }
    get pixelCount() {
        return this.width * this.height;
    }
    get whole() {
        return { left: 0, top: 0, right: this.width, bottom: this.height };
    }
    /** RGBA rows of a part from the top, some at a time. */
    async *strips(way, part = this.whole) {
        const width = part.right - part.left;
        const most = Math.max(1, Math.min(part.bottom - part.top, Math.floor(STRIP_PIXELS / width)));
        const read = way === "copy" ? copying(__classPrivateFieldGet(this, _DecodedPicture_source, "f")) : drawing(__classPrivateFieldGet(this, _DecodedPicture_source, "f"), this, width, most);
        try {
            for (let top = part.top; top < part.bottom; top += most) {
                yield await read.rows({ x: part.left, y: top, width, height: Math.min(most, part.bottom - top) });
            }
        }
        finally {
            read.close();
        }
    }
    /** A part of it in the holder's memory; drop it when done. */
    async holdIn(holder, way, part = this.whole) {
        const held = holder.holdRows(part.right - part.left, part.bottom - part.top, 4);
        try {
            for await (const strip of this.strips(way, part))
                held.push(strip);
            return held;
        }
        catch (error) {
            held.drop();
            throw error;
        }
    }
    close() {
        __classPrivateFieldGet(this, _DecodedPicture_source, "f").close();
    }
}
_DecodedPicture_source = new WeakMap();
/** Whether there is room to hold a part of a picture. */
export function canBeHeld({ left, top, right, bottom }) {
    return (right - left) * (bottom - top) <= HELD_PIXELS;
}
function copying(source) {
    const frame = new VideoFrame(source, { timestamp: 0 });
    return {
        async rows(where) {
            const { x, y } = frame.visibleRect ?? { x: 0, y: 0 };
            const rect = { ...where, x: x + where.x, y: y + where.y };
            const rows = new Uint8Array(4 * where.width * where.height);
            // Browsers that copy only what they decoded, not as RGBA, refuse here.
            const layout = await frame.copyTo(rows, { rect, format: "RGBA" }).catch(throwClosed);
            if (layout.length !== 1 || layout[0]?.stride !== 4 * where.width)
                throwClosed(new Error("Not as RGBA."));
            return rows;
        },
        close: () => frame.close(),
    };
}
function drawing(source, { width, height }, most, rows) {
    const canvas = new OffscreenCanvas(most, rows);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null)
        throw new AlteredPixelsError("This browser gives no canvas to read pixels from.");
    context.globalCompositeOperation = "copy";
    return {
        async rows(where) {
            context.drawImage(source, -where.x, -where.y, width, height);
            return context.getImageData(0, 0, where.width, where.height).data;
        },
        close: () => context.clearRect(0, 0, most, rows),
    };
}
function throwClosed(error) {
    throw new AlteredPixelsError("This browser does not give the pixels of what it decoded.", { cause: error });
}
/**
 * Checks each way from file to pixels with drawn pictures before a real one takes it: a browser that blanks, scrambles or cuts what a
 * page reads would otherwise give a hash of nothing, and nobody would notice. Small noise passes; it moves a hash by a bit or two.
 */
export class PathCheck {
    constructor(hasher) {
        _PathCheck_instances.add(this);
        _PathCheck_outcomes.set(this, new Map());
        _PathCheck_hasher.set(this, void 0);
        __classPrivateFieldSet(this, _PathCheck_hasher, hasher, "f");
    }
    /** Reads a picture of so many pixels by the first way that passes, or throws AlteredPixelsError where none does. */
    async read(pixels, by) {
        let doubt;
        for (const way of waysHere()) {
            try {
                await __classPrivateFieldGet(this, _PathCheck_instances, "m", _PathCheck_pass).call(this, way, pixels);
                return await by(way);
            }
            catch (error) {
                if (!(error instanceof AlteredPixelsError))
                    throw error;
                doubt = error;
            }
        }
        throw doubt;
    }
}
_PathCheck_outcomes = new WeakMap(), _PathCheck_hasher = new WeakMap(), _PathCheck_instances = new WeakSet(), _PathCheck_pass = async function _PathCheck_pass(way, pixels) {
    const enough = CHECKED_SIZES.find(([width, height]) => pixels <= width * height) ?? LARGEST_CHECKED;
    for (const size of new Set([SMALLEST_CHECKED, enough])) {
        const which = `${way} ${size[0]}`;
        if (!__classPrivateFieldGet(this, _PathCheck_outcomes, "f").has(which))
            __classPrivateFieldGet(this, _PathCheck_outcomes, "f").set(which, await __classPrivateFieldGet(this, _PathCheck_instances, "m", _PathCheck_check).call(this, way, ...size));
        const outcome = __classPrivateFieldGet(this, _PathCheck_outcomes, "f").get(which);
        if (outcome)
            throw outcome;
    }
}, _PathCheck_check = async function _PathCheck_check(way, width, height) {
    const drawn = drawnPicture(width, height);
    const expected = __classPrivateFieldGet(this, _PathCheck_hasher, "f").hashPixels(drawn);
    const decoded = await DecodedPicture.from(bitmapFile(drawn));
    try {
        if (decoded.width === width && decoded.height === height && near(expected, await __classPrivateFieldGet(this, _PathCheck_instances, "m", _PathCheck_hash).call(this, way, decoded)))
            return null;
        return new AlteredPixelsError(`This browser changes the pixels that a page reads: a drawn picture of ${width} x ${height} came back as another one.`);
    }
    catch (error) {
        if (error instanceof AlteredPixelsError)
            return error;
        throw error;
    }
    finally {
        decoded.close();
    }
}, _PathCheck_hash = async function _PathCheck_hash(way, decoded) {
    const held = await decoded.holdIn(__classPrivateFieldGet(this, _PathCheck_hasher, "f"), way);
    try {
        return held.hashPixels();
    }
    finally {
        held.drop();
    }
};
function waysHere() {
    return typeof VideoFrame === "undefined" ? ["canvas"] : ["copy", "canvas"];
}
function near(expected, found) {
    return found.quality >= MATCH_QUALITY && expected.hash.distance(found.hash) <= MOST_BITS_OFF;
}
/** Waves of several lengths in every direction: much for PDQ to see, and different in each channel. */
function drawnPicture(width, height) {
    const data = new Uint8Array(width * height * 3);
    const wave = (at, half) => Math.abs((at % (2 * half)) - half) / half;
    let at = 0;
    for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
            const u = (1000 * x) / width;
            const v = (1000 * y) / height;
            for (let channel = 0; channel < 3; channel++) {
                const shift = 90 * channel;
                const sum = wave(u + 2 * v + shift, 210) + wave(3 * u + v, 170 + shift) + wave(4000 + 2 * u - 3 * v, 330) + wave(v, 120);
                data[at++] = 63 * sum;
            }
        }
    }
    return { data, width, height, channels: 3 };
}
/** As a BMP file without compression: every browser reads it, and nothing is lost. */
function bitmapFile({ data, width, height }) {
    const rowBytes = Math.ceil((3 * width) / 4) * 4;
    const header = new DataView(new ArrayBuffer(54));
    header.setUint16(0, 0x424d);
    header.setUint32(2, 54 + rowBytes * height, true);
    header.setUint32(10, 54, true); // where the pixels begin
    header.setUint32(14, 40, true); // the size of the second header
    header.setInt32(18, width, true);
    header.setInt32(22, height, true); // positive: the bottom row comes first
    header.setUint16(26, 1, true);
    header.setUint16(28, 24, true);
    header.setUint32(34, rowBytes * height, true);
    const rows = new Uint8Array(rowBytes * height);
    for (let y = 0; y < height; y++) {
        let from = 3 * width * y;
        let to = rowBytes * (height - 1 - y);
        for (let x = 0; x < width; x++, from += 3) {
            rows[to++] = data[from + 2];
            rows[to++] = data[from + 1];
            rows[to++] = data[from];
        }
    }
    return new Blob([header, rows], { type: "image/bmp" });
}
