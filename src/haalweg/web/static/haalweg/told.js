// The report, exactly as it is sent: docs/reference/report.md describes each field.
import { asked, chosen, have, ticked, typed } from "./answers.js";
import { readyRows, nameOf, partsOf } from "./files.js";
import { language } from "./page.js";
import { places } from "./places.js";
export function told() {
    const consents = ticked("consent").map((input) => input.value);
    return {
        version: 1,
        language: language(),
        age: { in_picture: chosen("age"), in_source_photo: chosen("source"), others: chosen("others") },
        for: asked.isForOther ? "someone_else" : "self",
        authority: asked.isForOther ? chosen("authority") : null,
        have: have(),
        items: readyRows().map((row) => itemOf(row, consents.includes("trace_of_fake"))),
        places: places(),
        story: typed("story"),
        consents,
        contact: chosen("reach") === "mail" ? { email: typed("mail"), for: ticked("purpose").map((input) => input.value) } : null,
        pin: null,
    };
}
function itemOf(row, mayTraceFakes) {
    var _a, _b;
    var _c, _d, _e, _f;
    const { signatures, video } = row;
    const trace = (_c = row.trace) !== null && _c !== void 0 ? _c : (mayTraceFakes ? row.traceOfFake : null);
    return {
        kind: row.as === "source_photo" ? "source_photo" : row.isVideo ? "video" : "picture",
        name: nameOf(row),
        parts: partsOf(row).slice(0, MOST_PARTS).map((part) => ({
            inner: part.inner === null ? null : [part.inner.left, part.inner.top, part.inner.right, part.inner.bottom],
            quality: part.quality,
            pdq: part.hashes[0],
        })),
        sha256: (_d = (_a = (signatures !== null && signatures !== void 0 ? signatures : video)) === null || _a === void 0 ? void 0 : _a.digests.sha256) !== null && _d !== void 0 ? _d : null,
        md5: (_e = (_b = (signatures !== null && signatures !== void 0 ? signatures : video)) === null || _b === void 0 ? void 0 : _b.digests.md5) !== null && _e !== void 0 ? _e : null,
        frames: ((_f = video === null || video === void 0 ? void 0 : video.frames) !== null && _f !== void 0 ? _f : []).slice(0, MOST_FRAMES).map(({ at_s, quality, pdq }) => ({ at_s, quality, pdq })),
        trace: trace == null ? null : base64(trace.bytes),
    };
}
const MOST_PARTS = 8;
const MOST_FRAMES = 3600;
function base64(bytes) {
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
