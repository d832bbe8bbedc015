// The first frame from a time on, found by seeking, held to a walk over all frames. In a browser: tests/vectors/test_videos.py.
import assert from "node:assert/strict";
import { test } from "node:test";

import { CLOSE_S, FrameFinder } from "../src/first_frame.js";

/** What a browser shows at a time: the last frame that begins by then, or as it believes of how long frames last. */
type Showing = (times: readonly number[], time: number) => number;

const asTheyBegin: Showing = (times, time) => Math.max(0, times.filter((begins) => begins <= time + 1e-9).length - 1);
/** It skips to the next frame where one was over. */
const skipping: Showing = (times, time) => {
  const at = asTheyBegin(times, time);
  return at + 1 < times.length && time > (times[at] ?? 0) + 0.04 ? at + 1 : at;
};
/** It keeps to a frame for as long as it should last, though others have begun. */
const lasting: Showing = (times, time) => {
  const at = times.findIndex((begins) => begins + 0.04 >= time);
  return at < 0 ? times.length - 1 : at;
};

function taken(times: readonly number[]): number[] {
  let due = 0;
  return times.filter((time) => {
    if (time - (times[0] ?? 0) < due - 1e-9) return false;
    due = Math.floor(time - (times[0] ?? 0) + 1e-9) + 1;
    return true;
  });
}

async function found(times: readonly number[], showing: Showing = asTheyBegin): Promise<{ frames: number[]; seeks: number }> {
  const [first, last] = [times[0] ?? 0, times[times.length - 1] ?? 0];
  let seeks = 0;
  const finder = new FrameFinder(first, last, last + 0.04, async (time) => {
    assert.ok(++seeks < 40 * times.length, "it seeks and seeks");
    return times[showing(times, time)] ?? 0;
  });
  const frames = [first];
  for (let due = 1; due <= last - first; ) {
    const at = await finder.firstFrom(first + due, frames[frames.length - 1] ?? 0);
    frames.push(at);
    due = Math.floor(at - first + 1e-9) + 1;
  }
  return { frames, seeks: seeks / Math.max(1, frames.length - 1) };
}

function same(frames: readonly number[], expected: readonly number[]): boolean {
  return frames.length === expected.length && frames.every((at, i) => Math.abs(at - (expected[i] ?? NaN)) <= CLOSE_S);
}

/** As files have them, in whole microseconds, or in whole milliseconds. */
const atRate = (rate: number, unit: number): number[] =>
  Array.from({ length: Math.floor(60 * rate) }, (_, i) => Math.round(i / rate / unit) * unit);

for (const unit of [1e-6, 1e-3]) {
  for (const [rate, most] of [
    [25, 1],
    [30, 1],
    [60, 1],
    [1, 1],
    [30 / 1.001, 2.1],
    [60 / 1.001, 2.2],
    [24 / 1.001, 2.5],
    [0.2, 3],
    [1.5, 2],
  ] as const) {
    test(`${rate.toFixed(3)} frames a second, timed to ${unit} s: at most ${most} seeks for a frame`, async () => {
      const times = atRate(rate, unit);
      const { frames, seeks } = await found(times);
      assert.deepEqual(frames, taken(times));
      assert.ok(seeks <= most, String(seeks));
    });
  }
}

test("times without any order give the frames that the server takes", async () => {
  const random = randomFrom(5);
  for (const showing of [asTheyBegin, skipping]) {
    for (let i = 0; i < 200; i++) {
      const [times, step] = [[0.2 * random()], 10 ** (3 * random() - 2)];
      for (let n = 2 + 100 * random(); n > 0; n--) times.push((times[times.length - 1] ?? 0) + CLOSE_S + 1e-4 + step * random());
      const { frames } = await found(times, showing);
      assert.ok(same(frames, taken(times)), `${JSON.stringify(times)}: ${JSON.stringify(frames)}`);
    }
  }
});

test("frames that are believed to last longer than they do are found all the same", async () => {
  const times = [0, 0.999, 1.004, 1.996, 2, 2.004, 2.5, 4];
  assert.deepEqual((await found(times, lasting)).frames, [0, 1.004, 2, 4]);
});

test("a pause of an hour costs some seeks, not some for every second", async () => {
  const { frames, seeks } = await found([0, 0.04, 3600.5, 3600.54]);
  assert.deepEqual(frames, [0, 3600.5]);
  assert.ok(seeks < 40, String(seeks));
});

/** The same numbers every time, from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
