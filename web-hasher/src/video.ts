// For the page: the frames of a video file, one a second. A worker has no video element, so this part is the page's.
import { HashingError } from "./errors.js";
import { CLOSE_S, FrameFinder, ROUNDED_S } from "./first_frame.js";

const MOST_FRAMES = 3600;
const STALL_MS = 15_000;
const WHOLE_MS = 30 * 60_000;
const BEGIN_MS = 2000;
const SETTLE_MS = 100; // mostly it takes two
const IN_STEP_MS = 100;
const POLL_MS = 5;
const SEEKS = 4; // for one frame, before it is given up: over eight seconds, which a slow telephone may need
const FAR_S = 1e7; // beyond every end, for a file that does not say how long it is
const HELD_PIXELS = 1 << 26;

/** What may be sent to the worker; whoever gets it closes it. */
export interface Frame {
  /** Seconds from the first frame. */
  readonly at_s: number;
  /** How far that is through the video, 0 to 1. */
  readonly share: number;
  readonly picture: ImageBitmap | VideoFrame;
}

/** A video that was opened. Close it when done. */
export class VideoReader {
  readonly #video: HTMLVideoElement;
  readonly #address: string;
  readonly #stop: AbortSignal;
  readonly #ends = performance.now() + WHOLE_MS;
  #known: readonly number[] = []; // when the first frame begins, and the last
  #says = false; // whether the browser says which frame it shows
  #paintings = 0; // how often the browser said that it painted a frame
  #paintedAt = NaN; // when the one begins that it said so of last
  #isInStep = false; // whether it said so of the frame that is shown: what it says next is of the next
  #isSure = false; // whether what is shown is what was asked for last

  /** Whether the video goes on after the last frame that was given. */
  cut_short = false;

  private constructor(file: Blob, stop: AbortSignal) {
    this.#stop = stop;
    this.#video = document.createElement("video");
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.preload = "auto";
    this.#address = URL.createObjectURL(file);
  }

  /** Reads its header and decodes its first frame, or throws a HashingError; once stopped, an AbortError, as all that follows does. */
  static async open(file: Blob, stop: AbortSignal): Promise<VideoReader> {
    const reader = new VideoReader(file, stop);
    try {
      await reader.#begin();
      return reader;
    } catch (error) {
      reader.close();
      throw error;
    }
  }

  get width(): number {
    return this.#video.videoWidth;
  }

  get height(): number {
    return this.#video.videoHeight;
  }

  /** As the file says; where it does not, as far as the browser could go. */
  get duration_s(): number {
    const { duration, currentTime } = this.#video;
    return Number.isFinite(duration) ? duration : currentTime;
  }

  /** The first frame, then the first of every second, as `haalweg.adapters.media` chooses them; or throws a HashingError. */
  async *frames(): AsyncGenerator<Frame> {
    const first = this.#known[0] ?? 0;
    // The end first: some files do not say where it is, some say what is not so.
    const last = await this.#showLast(first);
    this.#known = [first, last];
    const finder = new FrameFinder(first, last, this.#video.currentTime, (time) => this.#show(time));
    const whole = Math.max(last - first, ROUNDED_S);
    let at = last > first ? await this.#show(first) : first;
    for (let due = 0, given = 0; ; given++) {
      if (given === MOST_FRAMES || performance.now() > this.#ends) {
        this.cut_short = true;
        return;
      }
      if (due > 0) at = this.#says ? await finder.firstFrom(first + due, at) : await this.#show(first + due + CLOSE_S);
      const at_s = Math.max(0, at - first);
      yield { at_s, share: Math.min(1, at_s / whole), picture: await this.#picture() };
      due = Math.max(due, Math.floor(at_s + ROUNDED_S)) + 1;
      if (due > last - first + ROUNDED_S) return;
    }
  }

  /** The frame that was given last, once more, after the browser had time to bring it. */
  async again(): Promise<ImageBitmap | VideoFrame> {
    await this.#sleep(100);
    return this.#picture();
  }

  close(): void {
    this.#video.removeAttribute("src");
    this.#video.load();
    URL.revokeObjectURL(this.#address);
  }

  async #begin(): Promise<void> {
    const video = this.#video;
    const metadata = this.#heard("loadedmetadata");
    const begun = this.#heard("loadeddata");
    begun.catch(() => {}); // whoever waits for the first hears of it
    const hears = this.#hearPaintings();
    video.src = this.#address;
    await metadata;
    if (video.videoWidth === 0 || video.videoHeight === 0) {
      throw new HashingError("no_video_track", "This file has no pictures in it that this browser can show.");
    }
    if (video.videoWidth * video.videoHeight > HELD_PIXELS) {
      throw new HashingError("no_memory", `There is no memory for frames of ${video.videoWidth} x ${video.videoHeight} pixels.`);
    }
    await begun;
    this.#says = typeof VideoFrame !== "undefined";
    this.#says &&= await this.#until(() => this.#shownAt() !== null, BEGIN_MS);
    if (hears && isVisible()) await this.#until(() => this.#paintings > 0, SETTLE_MS);
    this.#isSure = true;
    await this.#getInStep(0);
    this.#known = [this.#shownAt() ?? 0];
  }

  /** Shows the last frame, and says when it begins. */
  async #showLast(first: number): Promise<number> {
    if (await this.#brings(Math.min(this.duration_s || FAR_S, FAR_S))) return Math.max(first, this.#shownAt() ?? first);
    if (this.duration_s - first >= 1) throw stalled();
    return first; // nothing more is wanted of it
  }

  /** Shows what is on at that time, and says when that frame begins. */
  async #show(time: number): Promise<number> {
    if (!(await this.#brings(time))) throw stalled();
    return this.#shownAt() ?? time;
  }

  /**
   * Whether the frame came that is on at that time. If the one shown stays the same, that can be it, or it can be late.
   * Then another frame is shown first, after which this one is a change.
   */
  async #brings(time: number): Promise<boolean> {
    for (let seeks = 0; seeks < SEEKS; seeks++) {
      if (await this.#comes(time, SETTLE_MS * 4 ** seeks)) return true;
      const shown = this.#shownAt() ?? NaN;
      const others = this.#known.filter((known) => Math.abs(known - shown) > CLOSE_S);
      const other = others[seeks % others.length];
      if (other === undefined) {
        await this.#seek(time - CLOSE_S); // a browser need not do anything for the same time again
      } else if (!(await this.#comes(other, STALL_MS, () => Math.abs((this.#shownAt() ?? NaN) - other) <= CLOSE_S))) {
        return false;
      }
    }
    return false;
  }

  /** Seeks, and says whether a frame surely came: the one that is known to be on then, or else any that was not shown before. */
  async #comes(time: number, most_ms: number, isKnown?: () => boolean): Promise<boolean> {
    const [before, was, paintings] = [this.#shownAt(), this.#video.currentTime, this.#paintings];
    const [wasInStep, wasSure] = [this.#isInStep, this.#isSure];
    const isPainted = (): boolean => this.#paintings > paintings;
    await this.#seek(time);
    if (!this.#says) {
      if (paintings > 0) await this.#until(isPainted, IN_STEP_MS);
      return true;
    }
    if (wasSure && this.#video.currentTime === was) return true; // it was there already
    const isChanged = (): boolean => this.#shownAt() !== null && this.#shownAt() !== before;
    this.#isSure = await this.#until(isKnown ?? (() => isChanged() || (wasInStep && isPainted())), most_ms);
    await this.#getInStep(paintings);
    return this.#isSure;
  }

  // Without this a painting of this frame could be taken for one of the next.
  async #getInStep(paintings: number): Promise<void> {
    const isPainted = (): boolean => this.#paintings > paintings && Math.abs(this.#paintedAt - (this.#shownAt() ?? NaN)) < ROUNDED_S;
    this.#isInStep = this.#isSure && this.#paintings > 0 && isVisible() && (await this.#until(isPainted, IN_STEP_MS));
  }

  /** Whether this browser can say it. */
  #hearPaintings(): boolean {
    const video = this.#video;
    if (typeof video.requestVideoFrameCallback !== "function") return false;
    const painted = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      this.#paintings++;
      this.#paintedAt = mediaTime;
      video.requestVideoFrameCallback(painted);
    };
    video.requestVideoFrameCallback(painted);
    return true;
  }

  async #seek(time: number): Promise<void> {
    const seeked = this.#heard("seeked");
    this.#video.currentTime = time;
    await seeked;
  }

  async #until(isThere: () => boolean, most_ms: number): Promise<boolean> {
    const ends = performance.now() + most_ms;
    while (!isThere()) {
      if (performance.now() > ends) return false;
      await this.#sleep(POLL_MS);
    }
    return true;
  }

  async #sleep(time_ms: number): Promise<void> {
    await new Promise((woken) => setTimeout(woken, time_ms));
    if (this.#stop.aborted) throw stopped();
  }

  /** When the frame begins that is shown now, null while there is none. In browsers that do not say, the time that was asked for. */
  #shownAt(): number | null {
    if (!this.#says) return this.#video.currentTime;
    try {
      const frame = new VideoFrame(this.#video);
      const { timestamp } = frame;
      frame.close();
      return timestamp / 1e6;
    } catch {
      return null;
    }
  }

  // What is copied keeps the pixels that were coded; a frame that is turned to be shown only the browser can turn.
  async #picture(): Promise<ImageBitmap | VideoFrame> {
    for (const ends = performance.now() + SETTLE_MS; ; ) {
      try {
        if (typeof VideoFrame !== "undefined" && "rotation" in VideoFrame.prototype) {
          const frame = new VideoFrame(this.#video) as VideoFrame & { rotation: number; flip: boolean };
          if (frame.rotation === 0 && !frame.flip) return frame;
          frame.close();
        }
        return await createImageBitmap(this.#video);
      } catch {
        if (performance.now() > ends) {
          throw new HashingError("not_a_video", "This browser shows the video, but does not give its frames to the page.");
        }
      }
      await this.#sleep(POLL_MS); // there is none to be had just now
    }
  }

  /** Waits for the element to say so; an error of its own, or nothing for too long, is a HashingError. */
  #heard(event: "loadedmetadata" | "loadeddata" | "seeked"): Promise<void> {
    const [video, stop] = [this.#video, this.#stop];
    return new Promise((resolve, reject) => {
      const done = (finish: () => void): void => {
        clearTimeout(clock);
        video.removeEventListener(event, heard);
        video.removeEventListener("error", failed);
        stop.removeEventListener("abort", aborted);
        finish();
      };
      const heard = (): void => done(resolve);
      const failed = (): void =>
        done(() => reject(new HashingError("not_a_video", "This file is not a video that this browser can read.")));
      const aborted = (): void => done(() => reject(stopped()));
      const clock = setTimeout(() => done(() => reject(stalled())), STALL_MS);
      video.addEventListener(event, heard);
      video.addEventListener("error", failed);
      stop.addEventListener("abort", aborted);
      if (stop.aborted) aborted();
    });
  }
}

function isVisible(): boolean {
  return document.visibilityState === "visible"; // where a page is not, nothing is painted
}

function stalled(): HashingError {
  return new HashingError("stalled", "This video brought nothing for too long.");
}

/** What whoever stopped a video is told. */
export function stopped(): DOMException {
  return new DOMException("Hashing this video was stopped.", "AbortError");
}
