// The report, exactly as it is sent: docs/reference/report.md describes each field.
import { asked, chosen, have, ticked, typed } from "./answers.js";
import { readyRows, nameOf, partsOf, type Row } from "./files.js";
import { language } from "./page.js";
import { places } from "./places.js";

export type Told = Readonly<Record<string, unknown>> & { readonly items: readonly unknown[] };

export function told(): Told {
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

function itemOf(row: Row, mayTraceFakes: boolean): Readonly<Record<string, unknown>> {
  const { signatures, video } = row;
  const trace = row.trace ?? (mayTraceFakes ? row.traceOfFake : null);
  return {
    kind: row.as === "source_photo" ? "source_photo" : row.isVideo ? "video" : "picture",
    name: nameOf(row),
    parts: partsOf(row).slice(0, MOST_PARTS).map((part) => ({
      inner: part.inner === null ? null : [part.inner.left, part.inner.top, part.inner.right, part.inner.bottom],
      quality: part.quality,
      pdq: part.hashes[0],
    })),
    sha256: (signatures ?? video)?.digests.sha256 ?? null,
    md5: (signatures ?? video)?.digests.md5 ?? null,
    frames: (video?.frames ?? []).slice(0, MOST_FRAMES).map(({ at_s, quality, pdq }) => ({ at_s, quality, pdq })),
    trace: trace == null ? null : base64(trace.bytes),
  };
}

const MOST_PARTS = 8;
const MOST_FRAMES = 3600;

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
