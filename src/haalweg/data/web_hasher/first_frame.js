// Which frame is the first from a time on, found by seeking. A seek mostly shows the last frame that begins by then. But where a
// browser believes what a file says of how long its frames last, it can be the one before or after: only the order is sure.
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
var _FrameFinder_instances, _FrameFinder_last_s, _FrameFinder_end_s, _FrameFinder_show, _FrameFinder_since_s, _FrameFinder_gap_s, _FrameFinder_guess, _FrameFinder_learn;
/** Frames closer together than this count as one. */
export const CLOSE_S = 0.003;
/** So far off times can be that were counted in whole microseconds. */
export const ROUNDED_S = 0.00001;
const GUESSES = 4;
/** Finds frames by seeking, and learns from them where the next ones will be. */
export class FrameFinder {
    /**
     * When the first frame begins, when the last does, and a time at which that one is on.
     * `show` shows what is on at a time, and says when that frame begins.
     */
    constructor(first_s, last_s, end_s, show) {
        _FrameFinder_instances.add(this);
        _FrameFinder_last_s.set(this, void 0);
        _FrameFinder_end_s.set(this, void 0);
        _FrameFinder_show.set(this, void 0);
        // Frames are expected at #since_s, and at every #gap_s from there.
        _FrameFinder_since_s.set(this, void 0);
        _FrameFinder_gap_s.set(this, 1 / 30);
        __classPrivateFieldSet(this, _FrameFinder_since_s, first_s, "f");
        __classPrivateFieldSet(this, _FrameFinder_last_s, last_s, "f");
        __classPrivateFieldSet(this, _FrameFinder_end_s, end_s, "f");
        __classPrivateFieldSet(this, _FrameFinder_show, show, "f");
    }
    /** Shows the first frame that begins at `due_s` or later, and says when; `before_s` is one that begins before, and the last does not. */
    async firstFrom(due_s, before_s) {
        let [from, before] = [due_s, before_s]; // a time at which it is not on yet, and the frame that is
        let [to, found] = [__classPrivateFieldGet(this, _FrameFinder_end_s, "f"), __classPrivateFieldGet(this, _FrameFinder_last_s, "f")]; // a time at which it is on, or a later one is: that one
        let shown = before_s;
        for (let tries = 0; to - from > CLOSE_S; tries++) {
            const time = __classPrivateFieldGet(this, _FrameFinder_instances, "m", _FrameFinder_guess).call(this, from, to, found, tries);
            shown = await __classPrivateFieldGet(this, _FrameFinder_show, "f").call(this, time);
            if (shown < due_s - ROUNDED_S)
                [from, before] = [time, shown];
            else
                [to, found] = [time, shown];
        }
        if (shown !== found)
            found = await __classPrivateFieldGet(this, _FrameFinder_show, "f").call(this, to);
        const gap = found - before;
        __classPrivateFieldGet(this, _FrameFinder_instances, "m", _FrameFinder_learn).call(this, before_s, found, from === due_s || gap < CLOSE_S ? null : gap);
        return found;
    }
}
_FrameFinder_last_s = new WeakMap(), _FrameFinder_end_s = new WeakMap(), _FrameFinder_show = new WeakMap(), _FrameFinder_since_s = new WeakMap(), _FrameFinder_gap_s = new WeakMap(), _FrameFinder_instances = new WeakSet(), _FrameFinder_guess = function _FrameFinder_guess(from, to, found, tries) {
    const slack = CLOSE_S / 2 - ROUNDED_S;
    const isBetween = (time) => time > from + ROUNDED_S && time < to - ROUNDED_S;
    if (tries < GUESSES) {
        const expected = __classPrivateFieldGet(this, _FrameFinder_since_s, "f") + Math.ceil((from - slack + 2 * ROUNDED_S - __classPrivateFieldGet(this, _FrameFinder_since_s, "f")) / __classPrivateFieldGet(this, _FrameFinder_gap_s, "f")) * __classPrivateFieldGet(this, _FrameFinder_gap_s, "f");
        const time = [expected - slack, expected + slack].find(isBetween);
        if (time !== undefined)
            return time;
    }
    const near = found < __classPrivateFieldGet(this, _FrameFinder_last_s, "f") && tries % 2 === 1 ? [found + slack, found - slack].find(isBetween) : undefined;
    return near ?? Math.min((from + to) / 2, from + __classPrivateFieldGet(this, _FrameFinder_gap_s, "f") * 2 ** tries);
}, _FrameFinder_learn = function _FrameFinder_learn(given, found, gap) {
    const count = Math.round((found - __classPrivateFieldGet(this, _FrameFinder_since_s, "f")) / __classPrivateFieldGet(this, _FrameFinder_gap_s, "f"));
    const isExpected = Math.abs(__classPrivateFieldGet(this, _FrameFinder_since_s, "f") + count * __classPrivateFieldGet(this, _FrameFinder_gap_s, "f") - found) <= CLOSE_S;
    const parts = gap === null ? 1 : Math.round(__classPrivateFieldGet(this, _FrameFinder_gap_s, "f") / gap);
    if (gap !== null && (gap > 1.5 * __classPrivateFieldGet(this, _FrameFinder_gap_s, "f") || (!isExpected && parts <= 1))) {
        __classPrivateFieldSet(this, _FrameFinder_since_s, given, "f");
        __classPrivateFieldSet(this, _FrameFinder_gap_s, (found - given) / Math.max(1, Math.round((found - given) / gap)), "f");
    }
    else if (isExpected) {
        // Times in whole milliseconds say little of one gap, and much of many.
        if (count > 0)
            __classPrivateFieldSet(this, _FrameFinder_gap_s, (found - __classPrivateFieldGet(this, _FrameFinder_since_s, "f")) / count, "f");
    }
    else {
        __classPrivateFieldSet(this, _FrameFinder_gap_s, __classPrivateFieldGet(this, _FrameFinder_gap_s, "f") / parts, "f");
    }
};
