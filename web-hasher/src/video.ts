// For the page: the frames of a video file, one a second. A worker has no video element, so this part is the page's.
import { HashingError } from "./errors.js";

const MOST_FRAMES = 3600;
const STALL_MS = 15_000;
const WHOLE_MS = 30 * 60_000;
const SETTLE_MS = 500;
const FAR_S = 1e7; // beyond every end, for a file that does not say how long it is
const HELD_PIXELS = 1 << 26;
// A seek shows the last frame that begins by then; which is the first after a full second depends on a rate that nobody tells.
const AFTER_S = [0.001, 0.02, 0.05, 0.2];
const SAME_S = 0.0005;

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
  readonly #ends = performance.now() + WHOLE_MS;
  #first = 0; // when the first frame begins

  /** Whether the video goes on after the last frame that was given. */
  cut_short = false;

  private constructor(file: Blob) {
    this.#video = document.createElement("video");
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.preload = "auto";
    this.#address = URL.createObjectURL(file);
  }

  /** Reads its header and decodes its first frame, or throws a HashingError. */
  static async open(file: Blob): Promise<VideoReader> {
    const reader = new VideoReader(file);
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
    const first = this.#first;
    // The end first: some files do not say where it is, some say what is not so.
    await this.#seek(Math.min(this.duration_s || FAR_S, FAR_S));
    await this.#settled(() => this.#shownAt() >= this.#video.currentTime - 1);
    const last = Math.max(first, this.#shownAt());
    await this.#seek(first);
    await this.#settled(() => this.#shownAt() <= first + SAME_S);
    const whole = Math.max(last - first, SAME_S);
    let given = 0;
    for (let due = 0; due <= last - first + SAME_S; ) {
      if (given === MOST_FRAMES || performance.now() > this.#ends) {
        this.cut_short = true;
        return;
      }
      const at = due === 0 ? first : await this.#firstFrom(first + due);
      if (at === null) {
        due++;
        continue;
      }
      const at_s = Math.max(0, at - first);
      given++;
      yield { at_s, share: Math.min(1, at_s / whole), picture: await this.#picture() };
      due = Math.floor(at_s + SAME_S) + 1;
    }
  }

  /** The frame that was given last, once more, after the browser had time to bring it. */
  async again(): Promise<ImageBitmap | VideoFrame> {
    await new Promise((woken) => setTimeout(woken, 100));
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
    video.src = this.#address;
    await metadata;
    if (video.videoWidth === 0 || video.videoHeight === 0) {
      throw new HashingError("no_video_track", "This file has no pictures in it that this browser can show.");
    }
    if (video.videoWidth * video.videoHeight > HELD_PIXELS) {
      throw new HashingError("no_memory", `There is no memory for frames of ${video.videoWidth} x ${video.videoHeight} pixels.`);
    }
    await begun;
    this.#first = this.#shownAt();
  }

  /** Shows the first frame that begins at that time or later, and says when it begins; null if none comes soon. */
  async #firstFrom(time: number): Promise<number | null> {
    for (const after of AFTER_S) {
      const before = this.#shownAt();
      await this.#seek(time + after);
      await this.#settled(() => this.#shownAt() !== before);
      const at = this.#shownAt();
      if (at >= time - SAME_S) return at;
    }
    return null;
  }

  async #seek(time: number): Promise<void> {
    const seeked = this.#heard("seeked");
    this.#video.currentTime = time;
    await seeked;
  }

  // What is shown can be the frame from before the seek for a moment.
  async #settled(isThere: () => boolean): Promise<void> {
    for (let waited = 0; waited < SETTLE_MS && !isThere(); waited += 50) await new Promise((woken) => setTimeout(woken, 50));
  }

  /**
   * When the frame begins that is shown now. Browsers without VideoFrame do not say; there it is the time that was asked for.
   * (The time that requestVideoFrameCallback gives can be that of the frame before.)
   */
  #shownAt(): number {
    if (typeof VideoFrame !== "undefined") {
      try {
        const frame = new VideoFrame(this.#video);
        const { timestamp } = frame;
        frame.close();
        return timestamp / 1e6;
      } catch {
        // There is none to be had just now.
      }
    }
    return this.#video.currentTime;
  }

  // What is copied keeps the pixels that were coded; a frame that is turned to be shown only the browser can turn.
  async #picture(): Promise<ImageBitmap | VideoFrame> {
    for (let waited = 0; ; waited += 50) {
      try {
        if (typeof VideoFrame !== "undefined" && "rotation" in VideoFrame.prototype) {
          const frame = new VideoFrame(this.#video) as VideoFrame & { rotation: number; flip: boolean };
          if (frame.rotation === 0 && !frame.flip) return frame;
          frame.close();
        }
        return await createImageBitmap(this.#video);
      } catch {
        if (waited >= SETTLE_MS) {
          throw new HashingError("not_a_video", "This browser shows the video, but does not give its frames to the page.");
        }
      }
      await new Promise((woken) => setTimeout(woken, 50)); // there is none to be had just now
    }
  }

  /** Waits for the element to say so; an error of its own, or nothing for too long, is a HashingError. */
  #heard(event: "loadedmetadata" | "loadeddata" | "seeked"): Promise<void> {
    const video = this.#video;
    return new Promise((resolve, reject) => {
      const done = (finish: () => void): void => {
        clearTimeout(clock);
        video.removeEventListener(event, heard);
        video.removeEventListener("error", failed);
        finish();
      };
      const heard = (): void => done(resolve);
      const failed = (): void =>
        done(() => reject(new HashingError("not_a_video", "This file is not a video that this browser can read.")));
      const clock = setTimeout(
        () => done(() => reject(new HashingError("stalled", `This video brought nothing for ${STALL_MS / 1000} seconds.`))),
        STALL_MS,
      );
      video.addEventListener(event, heard);
      video.addEventListener("error", failed);
    });
  }
}
