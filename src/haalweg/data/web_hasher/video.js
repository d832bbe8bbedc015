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
var _VideoReader_instances, _VideoReader_video, _VideoReader_address, _VideoReader_stop, _VideoReader_ends, _VideoReader_known, _VideoReader_says, _VideoReader_paintings, _VideoReader_paintedAt, _VideoReader_isInStep, _VideoReader_isSure, _VideoReader_begin, _VideoReader_showLast, _VideoReader_show, _VideoReader_brings, _VideoReader_comes, _VideoReader_getInStep, _VideoReader_hearPaintings, _VideoReader_seek, _VideoReader_until, _VideoReader_sleep, _VideoReader_shownAt, _VideoReader_picture, _VideoReader_heard;
// For the page: the frames of a video file, one a second. A worker has no video element, so this part is the page's.
import { HashingError } from "./errors.js";
import { CLOSE_S, FrameFinder, ROUNDED_S } from "./first_frame.js";
const MOST_FRAMES = 3600;
const STALL_MS = 15000;
const WHOLE_MS = 30 * 60000;
const BEGIN_MS = 2000;
const SETTLE_MS = 100; // mostly it takes two
const IN_STEP_MS = 100;
const POLL_MS = 5;
const SEEKS = 4; // for one frame, before it is given up: over eight seconds, which a slow telephone may need
const FAR_S = 1e7; // beyond every end, for a file that does not say how long it is
const HELD_PIXELS = 1 << 26;
/** A video that was opened. Close it when done. */
export class VideoReader {
    constructor(file, stop) {
        _VideoReader_instances.add(this);
        _VideoReader_video.set(this, void 0);
        _VideoReader_address.set(this, void 0);
        _VideoReader_stop.set(this, void 0);
        _VideoReader_ends.set(this, performance.now() + WHOLE_MS);
        _VideoReader_known.set(this, []); // when the first frame begins, and the last
        _VideoReader_says.set(this, false); // whether the browser says which frame it shows
        _VideoReader_paintings.set(this, 0); // how often the browser said that it painted a frame
        _VideoReader_paintedAt.set(this, NaN); // when the one begins that it said so of last
        _VideoReader_isInStep.set(this, false); // whether it said so of the frame that is shown: what it says next is of the next
        _VideoReader_isSure.set(this, false); // whether what is shown is what was asked for last
        /** Whether the video goes on after the last frame that was given. */
        this.cut_short = false;
        __classPrivateFieldSet(this, _VideoReader_stop, stop, "f");
        __classPrivateFieldSet(this, _VideoReader_video, document.createElement("video"), "f");
        __classPrivateFieldGet(this, _VideoReader_video, "f").muted = true;
        __classPrivateFieldGet(this, _VideoReader_video, "f").playsInline = true;
        __classPrivateFieldGet(this, _VideoReader_video, "f").preload = "auto";
        __classPrivateFieldSet(this, _VideoReader_address, URL.createObjectURL(file), "f");
    }
    /** Reads its header and decodes its first frame, or throws a HashingError; once stopped, an AbortError, as all that follows does. */
    static async open(file, stop) {
        const reader = new VideoReader(file, stop);
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
        const first = __classPrivateFieldGet(this, _VideoReader_known, "f")[0] ?? 0;
        // The end first: some files do not say where it is, some say what is not so.
        const last = await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_showLast).call(this, first);
        __classPrivateFieldSet(this, _VideoReader_known, [first, last], "f");
        const finder = new FrameFinder(first, last, __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime, (time) => __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_show).call(this, time));
        const whole = Math.max(last - first, ROUNDED_S);
        let at = last > first ? await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_show).call(this, first) : first;
        for (let due = 0, given = 0;; given++) {
            if (given === MOST_FRAMES || performance.now() > __classPrivateFieldGet(this, _VideoReader_ends, "f")) {
                this.cut_short = true;
                return;
            }
            if (due > 0)
                at = __classPrivateFieldGet(this, _VideoReader_says, "f") ? await finder.firstFrom(first + due, at) : await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_show).call(this, first + due + CLOSE_S);
            const at_s = Math.max(0, at - first);
            yield { at_s, share: Math.min(1, at_s / whole), picture: await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_picture).call(this) };
            due = Math.max(due, Math.floor(at_s + ROUNDED_S)) + 1;
            if (due > last - first + ROUNDED_S)
                return;
        }
    }
    /** The frame that was given last, once more, after the browser had time to bring it. */
    async again() {
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_sleep).call(this, 100);
        return __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_picture).call(this);
    }
    close() {
        __classPrivateFieldGet(this, _VideoReader_video, "f").removeAttribute("src");
        __classPrivateFieldGet(this, _VideoReader_video, "f").load();
        URL.revokeObjectURL(__classPrivateFieldGet(this, _VideoReader_address, "f"));
    }
}
_VideoReader_video = new WeakMap(), _VideoReader_address = new WeakMap(), _VideoReader_stop = new WeakMap(), _VideoReader_ends = new WeakMap(), _VideoReader_known = new WeakMap(), _VideoReader_says = new WeakMap(), _VideoReader_paintings = new WeakMap(), _VideoReader_paintedAt = new WeakMap(), _VideoReader_isInStep = new WeakMap(), _VideoReader_isSure = new WeakMap(), _VideoReader_instances = new WeakSet(), _VideoReader_begin = async function _VideoReader_begin() {
    const video = __classPrivateFieldGet(this, _VideoReader_video, "f");
    const metadata = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_heard).call(this, "loadedmetadata");
    const begun = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_heard).call(this, "loadeddata");
    begun.catch(() => { }); // whoever waits for the first hears of it
    const hears = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_hearPaintings).call(this);
    video.src = __classPrivateFieldGet(this, _VideoReader_address, "f");
    await metadata;
    if (video.videoWidth === 0 || video.videoHeight === 0) {
        throw new HashingError("no_video_track", "This file has no pictures in it that this browser can show.");
    }
    if (video.videoWidth * video.videoHeight > HELD_PIXELS) {
        throw new HashingError("no_memory", `There is no memory for frames of ${video.videoWidth} x ${video.videoHeight} pixels.`);
    }
    await begun;
    __classPrivateFieldSet(this, _VideoReader_says, typeof VideoFrame !== "undefined", "f");
    __classPrivateFieldSet(this, _VideoReader_says, __classPrivateFieldGet(this, _VideoReader_says, "f") && await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_until).call(this, () => __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) !== null, BEGIN_MS), "f");
    if (hears && isVisible())
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_until).call(this, () => __classPrivateFieldGet(this, _VideoReader_paintings, "f") > 0, SETTLE_MS);
    __classPrivateFieldSet(this, _VideoReader_isSure, true, "f");
    await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_getInStep).call(this, 0);
    __classPrivateFieldSet(this, _VideoReader_known, [__classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) ?? 0], "f");
}, _VideoReader_showLast = 
/** Shows the last frame, and says when it begins. */
async function _VideoReader_showLast(first) {
    if (await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_brings).call(this, Math.min(this.duration_s || FAR_S, FAR_S)))
        return Math.max(first, __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) ?? first);
    if (this.duration_s - first >= 1)
        throw stalled();
    return first; // nothing more is wanted of it
}, _VideoReader_show = 
/** Shows what is on at that time, and says when that frame begins. */
async function _VideoReader_show(time) {
    if (!(await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_brings).call(this, time)))
        throw stalled();
    return __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) ?? time;
}, _VideoReader_brings = 
/**
 * Whether the frame came that is on at that time. If the one shown stays the same, that can be it, or it can be late.
 * Then another frame is shown first, after which this one is a change.
 */
async function _VideoReader_brings(time) {
    for (let seeks = 0; seeks < SEEKS; seeks++) {
        if (await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_comes).call(this, time, SETTLE_MS * 4 ** seeks))
            return true;
        const shown = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) ?? NaN;
        const others = __classPrivateFieldGet(this, _VideoReader_known, "f").filter((known) => Math.abs(known - shown) > CLOSE_S);
        const other = others[seeks % others.length];
        if (other === undefined) {
            await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_seek).call(this, time - CLOSE_S); // a browser need not do anything for the same time again
        }
        else if (!(await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_comes).call(this, other, STALL_MS, () => Math.abs((__classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) ?? NaN) - other) <= CLOSE_S))) {
            return false;
        }
    }
    return false;
}, _VideoReader_comes = 
/** Seeks, and says whether a frame surely came: the one that is known to be on then, or else any that was not shown before. */
async function _VideoReader_comes(time, most_ms, isKnown) {
    const [before, was, paintings] = [__classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this), __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime, __classPrivateFieldGet(this, _VideoReader_paintings, "f")];
    const [wasInStep, wasSure] = [__classPrivateFieldGet(this, _VideoReader_isInStep, "f"), __classPrivateFieldGet(this, _VideoReader_isSure, "f")];
    const isPainted = () => __classPrivateFieldGet(this, _VideoReader_paintings, "f") > paintings;
    await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_seek).call(this, time);
    if (!__classPrivateFieldGet(this, _VideoReader_says, "f")) {
        if (paintings > 0)
            await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_until).call(this, isPainted, IN_STEP_MS);
        return true;
    }
    if (wasSure && __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime === was)
        return true; // it was there already
    const isChanged = () => __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) !== null && __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) !== before;
    __classPrivateFieldSet(this, _VideoReader_isSure, await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_until).call(this, isKnown ?? (() => isChanged() || (wasInStep && isPainted())), most_ms), "f");
    await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_getInStep).call(this, paintings);
    return __classPrivateFieldGet(this, _VideoReader_isSure, "f");
}, _VideoReader_getInStep = 
// Without this a painting of this frame could be taken for one of the next.
async function _VideoReader_getInStep(paintings) {
    const isPainted = () => __classPrivateFieldGet(this, _VideoReader_paintings, "f") > paintings && Math.abs(__classPrivateFieldGet(this, _VideoReader_paintedAt, "f") - (__classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_shownAt).call(this) ?? NaN)) < ROUNDED_S;
    __classPrivateFieldSet(this, _VideoReader_isInStep, __classPrivateFieldGet(this, _VideoReader_isSure, "f") && __classPrivateFieldGet(this, _VideoReader_paintings, "f") > 0 && isVisible() && (await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_until).call(this, isPainted, IN_STEP_MS)), "f");
}, _VideoReader_hearPaintings = function _VideoReader_hearPaintings() {
    const video = __classPrivateFieldGet(this, _VideoReader_video, "f");
    if (typeof video.requestVideoFrameCallback !== "function")
        return false;
    const painted = (_now, { mediaTime }) => {
        var _a;
        __classPrivateFieldSet(this, _VideoReader_paintings, (_a = __classPrivateFieldGet(this, _VideoReader_paintings, "f"), _a++, _a), "f");
        __classPrivateFieldSet(this, _VideoReader_paintedAt, mediaTime, "f");
        video.requestVideoFrameCallback(painted);
    };
    video.requestVideoFrameCallback(painted);
    return true;
}, _VideoReader_seek = async function _VideoReader_seek(time) {
    const seeked = __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_heard).call(this, "seeked");
    __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime = time;
    await seeked;
}, _VideoReader_until = async function _VideoReader_until(isThere, most_ms) {
    const ends = performance.now() + most_ms;
    while (!isThere()) {
        if (performance.now() > ends)
            return false;
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_sleep).call(this, POLL_MS);
    }
    return true;
}, _VideoReader_sleep = async function _VideoReader_sleep(time_ms) {
    await new Promise((woken) => setTimeout(woken, time_ms));
    if (__classPrivateFieldGet(this, _VideoReader_stop, "f").aborted)
        throw stopped();
}, _VideoReader_shownAt = function _VideoReader_shownAt() {
    if (!__classPrivateFieldGet(this, _VideoReader_says, "f"))
        return __classPrivateFieldGet(this, _VideoReader_video, "f").currentTime;
    try {
        const frame = new VideoFrame(__classPrivateFieldGet(this, _VideoReader_video, "f"));
        const { timestamp } = frame;
        frame.close();
        return timestamp / 1e6;
    }
    catch {
        return null;
    }
}, _VideoReader_picture = 
// What is copied keeps the pixels that were coded; a frame that is turned to be shown only the browser can turn.
async function _VideoReader_picture() {
    for (const ends = performance.now() + SETTLE_MS;;) {
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
            if (performance.now() > ends) {
                throw new HashingError("not_a_video", "This browser shows the video, but does not give its frames to the page.");
            }
        }
        await __classPrivateFieldGet(this, _VideoReader_instances, "m", _VideoReader_sleep).call(this, POLL_MS); // there is none to be had just now
    }
}, _VideoReader_heard = function _VideoReader_heard(event) {
    const [video, stop] = [__classPrivateFieldGet(this, _VideoReader_video, "f"), __classPrivateFieldGet(this, _VideoReader_stop, "f")];
    return new Promise((resolve, reject) => {
        const done = (finish) => {
            clearTimeout(clock);
            video.removeEventListener(event, heard);
            video.removeEventListener("error", failed);
            stop.removeEventListener("abort", aborted);
            finish();
        };
        const heard = () => done(resolve);
        const failed = () => done(() => reject(new HashingError("not_a_video", "This file is not a video that this browser can read.")));
        const aborted = () => done(() => reject(stopped()));
        const clock = setTimeout(() => done(() => reject(stalled())), STALL_MS);
        video.addEventListener(event, heard);
        video.addEventListener("error", failed);
        stop.addEventListener("abort", aborted);
        if (stop.aborted)
            aborted();
    });
};
function isVisible() {
    return document.visibilityState === "visible"; // where a page is not, nothing is painted
}
function stalled() {
    return new HashingError("stalled", "This video brought nothing for too long.");
}
/** What whoever stopped a video is told. */
export function stopped() {
    return new DOMException("Hashing this video was stopped.", "AbortError");
}
