// The one thing that leaves this page, and what comes back for it.
import { form, isAdding } from "./answers.js";
// Made once: what is sent again because an answer was lost is kept once.
const key = newKey();
export async function send(text, signal) {
    var _a, _b, _c;
    try {
        const answer = await fetch((_a = form().dataset["send"]) !== null && _a !== void 0 ? _a : "", {
            method: "POST",
            headers: { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRFToken": csrf(), "X-Page": (_b = form().dataset["addsTo"]) !== null && _b !== void 0 ? _b : "" },
            body: text,
            credentials: "same-origin",
            cache: "no-store",
            redirect: "error",
            signal,
        });
        if (answer.status === 201) {
            const { code, as_sent } = (await answer.json());
            return { kind: "kept", code: code !== null && code !== void 0 ? code : [], isAsSent: as_sent !== false };
        }
        if (answer.status === 403)
            return { kind: isAdding() ? "closed" : "not_sent" };
        if (answer.status === 409)
            return { kind: "ended" };
        if (answer.status === 429)
            return { kind: "too_many" };
        if (answer.status !== 422)
            return { kind: "not_sent" };
        const said = (await answer.json());
        return said.not_kept === true ? { kind: "not_kept" } : { kind: "problems", problems: (_c = said.problems) !== null && _c !== void 0 ? _c : [] };
    }
    catch (_d) {
        return { kind: "not_sent" };
    }
}
function csrf() {
    var _a;
    var _b;
    return (_b = (_a = form().querySelector('input[name="csrfmiddlewaretoken"]')) === null || _a === void 0 ? void 0 : _a.value) !== null && _b !== void 0 ? _b : "";
}
/** A random UUID; `crypto.randomUUID` is younger than the phones that this is for. */
function newKey() {
    var _a, _b;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (((_a = bytes[6]) !== null && _a !== void 0 ? _a : 0) & 0x0f) | 0x40;
    bytes[8] = (((_b = bytes[8]) !== null && _b !== void 0 ? _b : 0) & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
