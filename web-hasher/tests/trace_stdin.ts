// Traces of pixels from standard input, by both shipped modules, for tests/vectors/test_traces.py and benchmarks/bench_tracer.py.
// In: width, height, channels and the length of the options (32 bits each, little-endian), the options as JSON, then rows of
// pixels; again and again. Out: a line of JSON for each picture; its ms are processor time.
import { readFile } from "node:fs/promises";

import { type Box } from "../src/pdq.js";
import { TooLittleDetailError, type TraceOptions, Tracer } from "../src/tracer.js";
import { corners } from "./golden.js";
import { SHIPPED } from "./places.js";

const tracers = await Promise.all(
  ["tracer.wasm", "tracer.nosimd.wasm"].map(async (name) => Tracer.from(await readFile(new URL(name, SHIPPED)))),
);
let waiting: Buffer<ArrayBufferLike> = Buffer.alloc(0);
let pieces: Buffer[] = [];
let wanted = 16;

for await (const piece of process.stdin) {
  pieces.push(piece as Buffer);
  if (waiting.length + pieces.reduce((sum, { length }) => sum + length, 0) < wanted) continue;
  waiting = Buffer.concat([waiting, ...pieces]);
  pieces = [];
  for (;;) {
    wanted = 16;
    if (waiting.length < wanted) break;
    const [width, height, channels, said] = [0, 4, 8, 12].map((at) => waiting.readUInt32LE(at)) as [number, number, 1 | 3 | 4, number];
    wanted += said + width * height * channels;
    if (waiting.length < wanted) break;
    const options = JSON.parse(waiting.toString("utf8", 16, 16 + said)) as Omit<TraceOptions, "leaveOut"> & { leaveOut: number[][] };
    const leaveOut = options.leaveOut.map(([left = 0, top = 0, right = 0, bottom = 0]): Box => ({ left, top, right, bottom }));
    const pixels = { data: waiting.subarray(16 + said, wanted), width, height, channels };
    process.stdout.write(`${JSON.stringify(tracers.map((tracer) => answer(tracer, pixels, { ...options, leaveOut })))}\n`);
    waiting = waiting.subarray(wanted);
  }
}

function answer(tracer: Tracer, pixels: Parameters<Tracer["tracePixels"]>[0], options: TraceOptions): object {
  const begun = process.cpuUsage();
  const ms = (): number => Object.values(process.cpuUsage(begun)).reduce((sum, us) => sum + us / 1000, 0);
  try {
    const { bytes, leftOut, framed } = tracer.tracePixels(pixels, options);
    const trace = Buffer.from(bytes).toString("hex");
    return { trace, leftOut: leftOut.map(corners), framed: framed && corners(framed), ms: ms() };
  } catch (error) {
    if (error instanceof TooLittleDetailError) return { tooLittle: error.message, ms: ms() };
    throw error;
  }
}
