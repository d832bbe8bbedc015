// The values, named as in Python: haalweg.signals.
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
var _PdqHash_bytes;
/** Two pictures within so many differing bits are near copies (the field's ceiling). */
export const MATCH_THRESHOLD_BITS = 31;
/** Below this a picture holds too little detail for its hash to mean anything. */
export const MATCH_QUALITY = 50;
/** How a picture was turned or mirrored, in the order of `hashOrientations`. */
export const ORIENTATIONS = [
    "identity",
    "rotate90",
    "rotate180",
    "rotate270",
    "flip_x",
    "flip_y",
    "transpose",
    "antitranspose",
];
/** 256 bits; near copies of a picture differ in few of them. */
export class PdqHash {
    /** Takes the 32 bytes of a hash, bit 255 first. */
    constructor(bytes) {
        _PdqHash_bytes.set(this, void 0);
        if (bytes.length !== 32)
            throw new RangeError(`${bytes.length} bytes where PDQ has 32.`);
        __classPrivateFieldSet(this, _PdqHash_bytes, bytes.slice(), "f");
    }
    /** Reads the field's notation, 64 hexadecimal characters. */
    static fromHex(text) {
        if (text.length !== 64)
            throw new RangeError(`${text.length} characters where PDQ has 64 hexadecimal ones.`);
        if (!/^[0-9a-f]+$/i.test(text)) {
            throw new RangeError("Characters that are not hexadecimal where a PDQ hash was expected.");
        }
        return new PdqHash(Uint8Array.from({ length: 32 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16)));
    }
    /** 64 lower-case hexadecimal characters, as the field writes it. */
    get hex() {
        return hexOf(__classPrivateFieldGet(this, _PdqHash_bytes, "f"));
    }
    /** Counts the differing bits, 0 to 256. */
    distance(other) {
        let bits = 0;
        __classPrivateFieldGet(this, _PdqHash_bytes, "f").forEach((byte, i) => {
            for (let rest = byte ^ (__classPrivateFieldGet(other, _PdqHash_bytes, "f")[i] ?? 0); rest !== 0; rest &= rest - 1)
                bits++;
        });
        return bits;
    }
}
_PdqHash_bytes = new WeakMap();
export function hexOf(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
