// Which frame is the first from a time on, found by seeking. A seek mostly shows the last frame that begins by then. But where a
// browser believes what a file says of how long its frames last, it can be the one before or after: only the order is sure.

/** Frames closer together than this count as one. */
export const CLOSE_S = 0.003;
/** So far off times can be that were counted in whole microseconds. */
export const ROUNDED_S = 0.00001;
const GUESSES = 4;

/** Finds frames by seeking, and learns from them where the next ones will be. */
export class FrameFinder {
  readonly #last_s: number;
  readonly #end_s: number;
  readonly #show: (time_s: number) => Promise<number>;
  // Frames are expected at #since_s, and at every #gap_s from there.
  #since_s: number;
  #gap_s = 1 / 30;

  /**
   * When the first frame begins, when the last does, and a time at which that one is on.
   * `show` shows what is on at a time, and says when that frame begins.
   */
  constructor(first_s: number, last_s: number, end_s: number, show: (time_s: number) => Promise<number>) {
    this.#since_s = first_s;
    this.#last_s = last_s;
    this.#end_s = end_s;
    this.#show = show;
  }

  /** Shows the first frame that begins at `due_s` or later, and says when; `before_s` is one that begins before, and the last does not. */
  async firstFrom(due_s: number, before_s: number): Promise<number> {
    let [from, before] = [due_s, before_s]; // a time at which it is not on yet, and the frame that is
    let [to, found] = [this.#end_s, this.#last_s]; // a time at which it is on, or a later one is: that one
    let shown = before_s;
    for (let tries = 0; to - from > CLOSE_S; tries++) {
      const time = this.#guess(from, to, found, tries);
      shown = await this.#show(time);
      if (shown < due_s - ROUNDED_S) [from, before] = [time, shown];
      else [to, found] = [time, shown];
    }
    if (shown !== found) found = await this.#show(to);
    const gap = found - before;
    this.#learn(before_s, found, from === due_s || gap < CLOSE_S ? null : gap);
    return found;
  }

  /** Just before the frame that is expected, or that was found, so that nothing comes in between; then that frame. Else ever closer. */
  #guess(from: number, to: number, found: number, tries: number): number {
    const slack = CLOSE_S / 2 - ROUNDED_S;
    const isBetween = (time: number): boolean => time > from + ROUNDED_S && time < to - ROUNDED_S;
    if (tries < GUESSES) {
      const expected = this.#since_s + Math.ceil((from - slack + 2 * ROUNDED_S - this.#since_s) / this.#gap_s) * this.#gap_s;
      const time = [expected - slack, expected + slack].find(isBetween);
      if (time !== undefined) return time;
    }
    const near = found < this.#last_s && tries % 2 === 1 ? [found + slack, found - slack].find(isBetween) : undefined;
    return near ?? Math.min((from + to) / 2, from + this.#gap_s * 2 ** tries);
  }

  /** From a frame that was given, the one found after it, and how long after its neighbour that came, if it is known. */
  #learn(given: number, found: number, gap: number | null): void {
    const count = Math.round((found - this.#since_s) / this.#gap_s);
    const isExpected = Math.abs(this.#since_s + count * this.#gap_s - found) <= CLOSE_S;
    const parts = gap === null ? 1 : Math.round(this.#gap_s / gap);
    if (gap !== null && (gap > 1.5 * this.#gap_s || (!isExpected && parts <= 1))) {
      this.#since_s = given;
      this.#gap_s = (found - given) / Math.max(1, Math.round((found - given) / gap));
    } else if (isExpected) {
      // Times in whole milliseconds say little of one gap, and much of many.
      if (count > 0) this.#gap_s = (found - this.#since_s) / count;
    } else {
      this.#gap_s /= parts;
    }
  }
}
