// tracer.wasm: the traces of source photos, the same C++ as in Python, with its shapes checked and its memory looked after.
import { type Address, Loaded, type Module, allocate, exportsOf, fetchModule } from "./module.js";
import { type Box } from "./pdq.js";
import { PictureInMemory, type Pixels, filled, noMemory, readBoxes } from "./picture.js";

/** What a trace is made of: an innocent photo, from which fakes were made, or a picture that must go. */
export type TraceKind = "source" | "fake";

export interface TraceOptions {
  /** "source" where nothing is said. */
  readonly kind?: TraceKind;
  /** Whether the trace keeps no point inside a face that is found; yes where nothing is said. */
  readonly leaveFacesOut?: boolean;
  /** Where it keeps none either, in whole pixels of the picture. */
  readonly leaveOut?: readonly Box[];
}

export interface Trace {
  /** The stored form, as Python reads it with `Trace.from_bytes`. */
  readonly bytes: Uint8Array;
  /** The faces that were found, then the boxes that were asked for; in pixels of the picture. Not part of the bytes. */
  readonly leftOut: readonly Box[];
  /** The photo inside a frame, a screenshot's say; null where all of the picture is the photo. Likewise. */
  readonly framed: Box | null;
}

/** A photo that holds too little to be recognised by. */
export class TooLittleDetailError extends Error {
  override name = "TooLittleDetailError";

  constructor() {
    super(
      "The photo holds too little to recognise a picture by that was made from it: fewer than 40 places with detail are left. " +
        "Take a larger photo, or one with more around the person.",
    );
  }
}

interface Core extends Module {
  trace_most_bytes(): number;
  trace_made_bytes(): number;
  trace(
    data: Address,
    width: number,
    height: number,
    channels: number,
    stride: number,
    fake: boolean,
    leaveFacesOut: boolean,
    leaveOut: Address,
    leaveOutCount: number,
    out: Address,
    made: Address,
  ): number;
}

const BOX_BYTES = 16;

/** Fetches the module that fits this browser from the folder at that address, by default the one this script is in. */
export async function loadTracer(folder: string | URL = new URL(".", import.meta.url)): Promise<Tracer> {
  return Tracer.from(await fetchModule("tracer", folder));
}

/** Traces from pixels. One for each thread: it is not to be used from two at once. */
export class Tracer extends Loaded<Core> {
  /** From the bytes of tracer.wasm or tracer.nosimd.wasm. */
  static async from(bytes: BufferSource): Promise<Tracer> {
    return new Tracer(await exportsOf<Core>(bytes));
  }

  /** The trace of a decoded photo, or a TooLittleDetailError. */
  tracePixels(pixels: Pixels, options: TraceOptions = {}): Trace {
    const photo = filled(pixels, (...size) => this.holdRows(...size));
    try {
      return photo.trace(options);
    } finally {
      photo.drop();
    }
  }

  /** Room for a photo that comes in strips: `push` them from the top, then `trace`. `drop` it afterwards. */
  holdRows(width: number, height: number, channels: 1 | 3 | 4): HeldPhoto {
    return new HeldPhoto(this.core, width, height, channels);
  }
}

/** A photo in the tracer's memory. Made by `Tracer.holdRows`. */
export class HeldPhoto extends PictureInMemory<Core> {
  trace({ kind = "source", leaveFacesOut = true, leaveOut = [] }: TraceOptions = {}): Trace {
    const { core, width, height, channels } = this;
    const start = this.complete();
    if (kind !== "source" && kind !== "fake") throw new RangeError("A trace is of a source or of a fake.");
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
      if (size < 0) throw noMemory(width, height);
      if (size === 0) throw new TooLittleDetailError();
      const [photo] = readBoxes(core, madeAt, 1) as [Box];
      const faceCount = new Int32Array(core.memory.buffer, madeAt + BOX_BYTES, 1)[0] as number;
      const faces = readBoxes(core, madeAt + BOX_BYTES + 4, faceCount);
      const isWhole = photo.left === 0 && photo.top === 0 && photo.right === width && photo.bottom === height;
      return {
        bytes: new Uint8Array(core.memory.buffer, bytesAt, size).slice(),
        leftOut: [...faces, ...leaveOut.map(({ left, top, right, bottom }) => ({ left, top, right, bottom }))],
        framed: isWhole ? null : photo,
      };
    } finally {
      core.release(room);
    }
  }
}

// A box that covers nothing would keep what someone asked to leave out.
function checkBox({ left, top, right, bottom }: Box, at: number): void {
  const which = `The box to leave out number ${at + 1}`;
  if (![left, top, right, bottom].every((corner) => Number.isInteger(corner) && Math.abs(corner) < 2 ** 24)) {
    throw new RangeError(`${which}: its corners are whole numbers of pixels.`);
  }
  if (left >= right || top >= bottom) throw new RangeError(`${which} holds nothing: left comes before right, and top before bottom.`);
}
