// What the WebAssembly modules have in common: how they come, and their memory.
/** The picture is larger than the memory the page gets. */
export class NoMemoryError extends Error {
    constructor() {
        super(...arguments);
        this.name = "NoMemoryError";
    }
}
// The smallest module that holds a vector instruction.
const SIMD_PROBE = Uint8Array.of(...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
/** Whether this browser runs the modules with SIMD; otherwise it is those without, with the same bits. */
export function hasSimd() {
    return WebAssembly.validate(SIMD_PROBE);
}
/** Whether this browser has WebAssembly at all; Lockdown Mode switches it off. */
export function hasWebAssembly() {
    return typeof WebAssembly !== "undefined";
}
/** The bytes of `hasher` or `tracer`, the one of the two files that fits this browser, from the folder at that address. */
export async function fetchModule(module, folder) {
    const name = hasSimd() ? `${module}.wasm` : `${module}.nosimd.wasm`;
    const response = await fetch(new URL(name, folder));
    if (!response.ok)
        throw new Error(`${name} did not come: the server answered ${response.status}.`);
    return response.arrayBuffer();
}
/** A module that was loaded. */
export class Loaded {
    constructor(core) {
        this.core = core;
    }
    /** "simd128" or "scalar". */
    get isaName() {
        const bytes = new Uint8Array(this.core.memory.buffer, this.core.isa_name_address(), 16);
        return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
    }
    /** All of its memory, as it is now. */
    get memory() {
        return new Uint8Array(this.core.memory.buffer);
    }
    get memoryBytes() {
        return this.core.memory.buffer.byteLength;
    }
}
/** What a module of these bytes gives. */
export async function exportsOf(bytes) {
    const { instance } = await WebAssembly.instantiate(bytes);
    return instance.exports;
}
/** Room for so many bytes of picture. */
export function allocate(core, size) {
    const address = size < 2 ** 31 ? core.allocate(size) >>> 0 : 0;
    if (address === 0)
        throw new NoMemoryError(`There is no memory for ${size} bytes of picture.`);
    return address;
}
