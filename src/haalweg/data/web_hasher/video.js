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
var _VideoReader_instances, _VideoReader_video, _VideoReader_address, _VideoReader_ends, _VideoReader_first, _VideoReader_begin, _VideoReader_firstFrom, _VideoReader_seek, _VideoReader_settled, _VideoReader_shownAt, _VideoReader_picture, _VideoReader_heard;
// For the page: the frames of a video file, one a second. A worker has no video element, so this part is the page's.
import { HashingError } from "./errors.js";
const MOST_FRAMES = 3600;
const STALL_MS = 15000;
const WHOLE_MS = 30 * 60000;
const SETTLE_MS = 500;
const FAR_S = 1e7; // beyond every end, for a file that does not say how long it is
const HELD_PIXELS = 1 << 26;
// A seek shows the last frame that begins by then; which is the first after a full second depends on a rate that nobody tells.
const AFTER_S = [0.001, 0.02, 0.05, 0.2];
const SAME_S = 0.0005;
/** A video that was opened. Close it when done. */
export class VideoReader {
    constructor(file) {
        _VideoReader_instances.add(this);
        _VideoReader_video.set(this, void 0);
        _VideoReader_address.set(this, void 0);
        _VideoReader_ends.set(this, performance.now() + WHOLE_MS);
        _VideoReader_first.set(this, 0); // when the first frame begins
        /** Whether the video goes on after the last frame that was given. */
        this.cut_short = false;
        __classPrivateFieldSet(this, _VideoReader_video, document.createElement("video"), "f");
        __classPrivateFieldGet(this, _VideoReader_video, "f").muted = true;
        __classPrivateFieldGet(this, _VideoReader_video, "f").playsInline = true;
        __classPrivateFieldGet(this, _VideoReader_video, "f").preload = "auto";
        __classPrivateFieldSet(this, _VideoReader_address, URL.createObjectURL(file), "f");
    }
    /** Reads its header and decodes its first frame, or throws a HashingError. */
    static async open(file) {
        const reader = new VideoReader(file);
        try {
            await __classPrivateFieldGet(reader, _VideoReader_instances, "m", _VideoReader_begin).call(reader);
            return reader;
        }
        catch (error) {
            reader.close();
            throw error;
        }
    }
    get width() {
        return __classPrivateFieldGet(this, _VideoReader_video, "f").videoWidth;
    }
    get height() {
        return __classPrivateFieldGet(this, _VideoReader_video, "f").videoHeight;
    }
    /** As the file says; where it does not, as far as the browser could go. */
    get duration_s() {
        const { duration, currentTime } = __classPrivateFieldGet(this, _VideoReader_video, "f");
        return Number.isFinite(duration) ? duration : currentTime;
    }
    /** The first frame, then the first of every second, as `haalweg.adapters.media` chooses them; or throws a HashingError. */
    async *frames() {
        const first = __classPrivateFieldGet(this, _VideoReader_first, "f");
        // The end first: some files do not say where it is, some say what is not so.
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_seek).call(this, Math.min(this.duration_s || FAR_S, FAR_S));
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_settled).call(this, () => __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) >= __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime - 1);
        const last = Math.max(first, __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this));
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_seek).call(this, first);
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_settled).call(this, () => __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) <= first + SAME_S);
        const whole = Math.max(last - first, SAME_S);
        let given = 0;
        for (let due = 0; due <= last - first + SAME_S;) {
            if (given === MOST_FRAMES || performance.now() > __classPrivateFieldGet(this, _VideoReader_ends, "f")) {
                this.cut_short = true;
                return;
            }
            const at = due === 0 ? first : await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_firstFrom).call(this, first + due);
            if (at === null) {
                due++;
                continue;
            }
            const at_s = Math.max(0, at - first);
            given++;
            yield { at_s, share: Math.min(1, at_s / whole), picture: await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_picture).call(this) };
            due = Math.floor(at_s + SAME_S) + 1;
        }
    }
    /** The frame that was given last, once more, after the browser had time to bring it. */
    async again() {
        await new Promise((woken) => setTimeout(woken, 100));
        return __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_picture).call(this);
    }
    close() {
        __classPrivateFieldGet(this, _VideoReader_video, "f").removeAttribute("src");
        __classPrivateFieldGet(this, _VideoReader_video, "f").load();
        URL.revokeObjectURL(__classPrivateFieldGet(this, _VideoReader_address, "f"));
    }
}
_VideoReader_video = new WeakMap(), _VideoReader_address = new WeakMap(), _VideoReader_ends = new WeakMap(), _VideoReader_first = new WeakMap(), _VideoReader_instances = new WeakSet(), _VideoReader_begin = async function _VideoReader_begin() {
    const video = __classPrivateFieldGet(this, _VideoReader_video, "f");
    const metadata = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_heard).call(this, "loadedmetadata");
    const begun = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_heard).call(this, "loadeddata");
    begun.catch(() => { }); // whoever waits for the first hears of it
    video.src = __classPrivateFieldGet(this, _VideoReader_address, "f");
    await metadata;
    if (video.videoWidth === 0 || video.videoHeight === 0) {
        throw new HashingError("no_video_track", "This file has no pictures in it that this browser can show.");
    }
    if (video.videoWidth * video.videoHeight > HELD_PIXELS) {
        throw new HashingError("no_memory", `There is no memory for frames of ${video.videoWidth} x ${video.videoHeight} pixels.`);
    }
    await begun;
    __classPrivateFieldSet(this, _VideoReader_first, __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this), "f");
}, _VideoReader_firstFrom = 
/** Shows the first frame that begins at that time or later, and says when it begins; null if none comes soon. */
async function _VideoReader_firstFrom(time) {
    for (const after of AFTER_S) {
        const before = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this);
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_seek).call(this, time + after);
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_settled).call(this, () => __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) !== before);
        const at = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this);
        if (at >= time - SAME_S)
            return at;
    }
    return null;
}, _VideoReader_seek = async function _VideoReader_seek(time) {
    const seeked = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_heard).call(this, "seeked");
    __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime = time;
    await seeked;
}, _VideoReader_settled = 
// What is shown can be the frame from before the seek for a moment.
async function _VideoReader_settled(isThere) {
    for (let waited = 0; waited < SETTLE_MS && !isThere(); waited += 50)
        await new Promise((woken) => setTimeout(woken, 50));
}, _VideoReader_shownAt = function _VideoReader_shownAt() {
    if (typeof VideoFrame !== "undefined") {
        try {
            const frame = new VideoFrame(__classPrivateFieldGet(this, _VideoReader_video, "f"));
            const { timestamp } = frame;
            frame.close();
            return timestamp / 1e6;
        }
        catch {
            // There is none to be had just now.
        }
    }
    return __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime;
}, _VideoReader_picture = 
// What is copied keeps the pixels that were coded; a frame that is turned to be shown only the browser can turn.
async function _VideoReader_picture() {
    for (let waited = 0;; waited += 50) {
        try {
            if (typeof VideoFrame !== "undefined" && "rotation" in VideoFrame.prototype) {
                const frame = new VideoFrame(__classPrivateFieldGet(this, _VideoReader_video, "f"));
                if (frame.rotation === 0 && !frame.flip)
                    return frame;
                frame.close();
            }
            return await createImageBitmap(__classPrivateFieldGet(this, _VideoReader_video, "f"));
        }
        catch {
            if (waited >= SETTLE_MS) {
                throw new HashingError("not_a_video", "This browser shows the video, but does not give its frames to the page.");
            }
        }
        await new Promise((woken) => setTimeout(woken, 50)); // there is none to be had just now
    }
}, _VideoReader_heard = function _VideoReader_heard(event) {
    const video = __classPrivateFieldGet(this, _VideoReader_video, "f");
    return new Promise((resolve, reject) => {
        const done = (finish) => {
            clearTimeout(clock);
            video.removeEventListener(event, heard);
            video.removeEventListener("error", failed);
            finish();
        };
        const heard = () => done(resolve);
        const failed = () => done(() => reject(new HashingError("not_a_video", "This file is not a video that this browser can read.")));
        const clock = setTimeout(() => done(() => reject(new HashingError("stalled", `This video brought nothing for ${STALL_MS / 1000} seconds.`))), STALL_MS);
        video.addEventListener(event, heard);
        video.addEventListener("error", failed);
    });
};
