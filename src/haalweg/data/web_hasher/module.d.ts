/** The picture is larger than the memory the page gets. */
export declare class NoMemoryError extends Error {
    name: string;
}
/** A place in a module's memory. */
export type Address = number;
/** What every module gives. */
export interface Module {
    readonly memory: WebAssembly.Memory;
    allocate(size: number): Address;
    release(memory: Address): void;
    pdq_smallest_side(): number;
    pdq_longest_side(): number;
    isa_name_address(): Address;
}
/** Whether this browser runs the modules with SIMD; otherwise it is those without, with the same bits. */
export declare function hasSimd(): boolean;
/** Whether this browser has WebAssembly at all; Lockdown Mode switches it off. */
export declare function hasWebAssembly(): boolean;
/** The bytes of `hasher` or `tracer`, the one of the two files that fits this browser, from the folder at that address. */
export declare function fetchModule(module: "hasher" | "tracer", folder: string | URL): Promise<ArrayBuffer>;
/** A module that was loaded. */
export declare abstract class Loaded<Core extends Module> {
    protected readonly core: Core;
    protected constructor(core: Core);
    /** "simd128" or "scalar". */
    get isaName(): string;
    /** All of its memory, as it is now. */
    get memory(): Uint8Array;
    get memoryBytes(): number;
}
/** What a module of these bytes gives. */
export declare function exportsOf<Core extends Module>(bytes: BufferSource): Promise<Core>;
/** Room for so many bytes of picture. */
export declare function allocate(core: Module, size: number): Address;
