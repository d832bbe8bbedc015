// The files that were chosen: a row of words each. They are hashed here and never sent.
import { form, type Have, have, ticked } from "./answers.js";
import type { Box, FileSignatures, FileTrace, FileVideo, HashedPart, HasherWorker, HashingError } from "../../web-hasher/src/client.js";
import { look, lookAway, press, type Seen } from "./look.js";
import { AT_FIRST, boxOf, cornerAt, type Edge, type Edges, Mark, moved } from "./mark.js";
import { boxesOf, Outline } from "./outline.js";
import { all, element, fill, icon, keepFocus, language, linkish, make, say, sayCount } from "./page.js";

export interface Row {
  readonly id: string;
  number: number;
  readonly as: Exclude<Have, "only_link">;
  /** As the browser says at first; what is in the file has the last word. */
  isVideo: boolean;
  readonly file: File;
  /** Squares that the person leaves out of a trace, by their number from 0. */
  readonly cells: Set<number>;
  state: "waits" | "works" | "ready" | "failed" | "gone";
  /** What is said of it: a sentence by name, so that it can be said in the other language too. */
  said: string;
  more: string;
  share: number;
  /** Counts what was asked of the hasher, so that an answer that came too late is let go. */
  turn: number;
  /** Ends the reading of a video, which takes long. */
  stop?: AbortController;
  element: HTMLLIElement;
  outline?: Outline;
  signatures?: FileSignatures;
  /** The part that the person marks; null: they mark none. */
  edges: Edges | null;
  /** What is shown of that; drawn anew with the row. */
  mark?: Mark;
  /** The signature of the part, once it is used. */
  marked: HashedPart | null;
  /** Counts what was asked of the part. */
  markTurn: number;
  isMarking: boolean;
  markSaid: string;
  video?: FileVideo;
  trace?: FileTrace;
  /** Those that the trace leaves out by itself. */
  faces: readonly Box[];
  /** Of a fake, where the person wants that. */
  traceOfFake?: FileTrace | null;
}

export const MOST_FILES = 20;
const MATCH_QUALITY = 50;

let rows: Row[] = [];
let made = 0;
let loads = 0;
let hasher: Promise<HasherWorker> | undefined;
// One file at a time, in the order in which they were chosen.
let last: Promise<void> = Promise.resolve();

export function rowsNow(): readonly Row[] {
  const as = have();
  return rows.filter((row) => row.as === as);
}

export function readyRows(): readonly Row[] {
  return rowsNow().filter((row) => row.state === "ready");
}

export function workingCount(): number {
  return rowsNow().filter((row) => row.state === "works" || row.state === "waits" || row.isMarking).length;
}

export function nameOf(row: Row): string {
  return say(row.isVideo ? "video" : "photo", { number: row.number });
}

/** Takes files in and begins with them. False where they are more than can be sent. */
export function addFiles(files: FileList): boolean {
  const as = have();
  if (as === "only_link") return true;
  const room = MOST_FILES - rowsNow().length;
  for (const file of [...files].slice(0, room)) {
    const isVideo = file.type.startsWith("video/");
    const row: Row = {
      id: `row-${++made}`,
      number: nextNumber(isVideo),
      as,
      isVideo,
      file,
      cells: new Set(),
      state: "waits",
      said: "waits",
      more: "",
      share: 0,
      turn: 0,
      faces: [],
      edges: null,
      marked: null,
      markTurn: 0,
      isMarking: false,
      markSaid: "",
      element: document.createElement("li"),
    };
    rows.push(row);
    draw(row);
    element("files").append(row.element);
    queue(row);
  }
  return files.length <= room;
}

function nextNumber(isVideo: boolean): number {
  const before = Number(form().dataset[isVideo ? "videos" : "photos"] ?? 0); // of what was sent earlier
  return Math.max(before, ...rowsNow().filter((row) => row.isVideo === isVideo).map((row) => row.number)) + 1;
}

/** All rows of what was chosen, drawn anew. */
export function showFiles(): void {
  lookAway();
  for (const row of rowsNow()) draw(row);
  fill(element("files"), ...rowsNow().map((row) => row.element));
  element("chosen-label").lastChild?.replaceWith(say(rowsNow().length > 0 ? "chooseMore" : "chooseFirst"));
  element("files-said").textContent = "";
  element("files-rest").textContent = rest();
}

export function forgetFiles(): void {
  lookAway();
  for (const row of rows) {
    end(row);
    row.element.remove();
  }
  rows = [];
  hasher?.then((worker) => worker.end()).catch(() => undefined); // one that never came needs no end
  hasher = undefined;
}

/** Nothing of it is wanted any more: what is still being made of it is let go. */
function end(row: Row): void {
  row.state = "gone";
  row.stop?.abort();
}

/** Traces of the fakes that have none yet, for who gave a tick for them. */
export async function traceFakes(): Promise<void> {
  for (const row of readyRows()) await traceFake(row);
}

/** One that holds too little for a trace goes without; where the hasher itself failed it is tried again the next time. */
async function traceFake(row: Row): Promise<void> {
  if (row.as !== "picture" || row.isVideo || row.traceOfFake !== undefined) return;
  try {
    const worker = await theHasher();
    row.traceOfFake = await worker.traceFile(row.file, { kind: "fake" });
  } catch (error) {
    if (!isOurs(error)) row.traceOfFake = null;
  }
}

function mayTraceFakes(): boolean {
  return ticked("consent").some((input) => input.value === "trace_of_fake");
}

/** Loaded with the first file; anew for the next one where it did not come, or has died. */
async function theHasher(): Promise<HasherWorker> {
  const loading = (hasher ??= load());
  try {
    const worker = await loading;
    if (!worker.isEnded) return worker;
  } catch (error) {
    if (hasher === loading) hasher = undefined;
    throw error;
  }
  if (hasher === loading) hasher = undefined;
  return theHasher();
}

async function load(): Promise<HasherWorker> {
  const address = form().dataset["hasher"] ?? "";
  // A browser may remember of an address that nothing came from it.
  const module = (await import(loads++ === 0 ? address : `${address}?again=${loads}`)) as { HasherWorker: new () => HasherWorker };
  return new module.HasherWorker();
}

function queue(row: Row): void {
  const turn = ++row.turn;
  tell(row, "waits", "waits");
  const next = (): Promise<void> => work(row, turn);
  last = last.then(next, next);
}

async function work(row: Row, turn: number): Promise<void> {
  const isOld = (): boolean => row.state === "gone" || row.turn !== turn;
  if (isOld()) return;
  row.share = 0;
  tell(row, "works", row.as === "source_photo" ? "tracing" : "works");
  try {
    if (row.as === "source_photo") await trace(row, isOld);
    else if (row.isVideo) await hashVideo(row, isOld);
    else await hashPhoto(row, isOld);
  } catch (error) {
    if (isOld()) return;
    const { trouble } = error as Partial<HashingError>;
    if (row.as === "picture" && trouble === (row.isVideo ? "is_picture" : "is_video")) {
      row.number = nextNumber(!row.isVideo);
      row.isVideo = !row.isVideo;
      draw(row);
      await work(row, turn);
    } else {
      tell(row, "failed", isOurs(error) ? "again" : wordsFor(row, trouble));
    }
  }
}

async function trace(row: Row, isOld: () => boolean): Promise<void> {
  const leaveOut = boxesOf(row.cells, row.trace);
  const worker = await theHasher();
  if (isOld()) return;
  const found = await worker.traceFile(row.file, { kind: "source", leaveOut });
  if (isOld()) return;
  row.trace = found;
  row.faces = found.leftOut.slice(0, found.leftOut.length - leaveOut.length);
  tell(row, "ready", "traceReady");
}

async function hashVideo(row: Row, isOld: () => boolean): Promise<void> {
  const worker = await theHasher();
  if (isOld()) return;
  row.stop = new AbortController();
  const video = await worker.hashVideo(row.file, { signal: row.stop.signal, progress: progressOf(row, isOld) });
  if (isOld()) return;
  row.video = video;
  if (isTooLittle(video.frames)) tell(row, "failed", "tooLittle", "tooLittleMore");
  else tell(row, "ready", "fingerprintReady", video.cut_short ? "cutShort" : "");
}

async function hashPhoto(row: Row, isOld: () => boolean): Promise<void> {
  const worker = await theHasher();
  if (isOld()) return;
  row.signatures = await worker.hashFile(row.file, progressOf(row, isOld));
  if (isOld()) return;
  if (isTooLittle(row.signatures.parts)) {
    tell(row, "failed", "tooLittle", "tooLittleMore");
    return;
  }
  if (mayTraceFakes()) {
    tell(row, "works", "tracing"); // the tick was given before this file was there
    await traceFake(row);
    if (isOld()) return;
  }
  tell(row, "ready", "fingerprintReady");
}

/** All parts of a picture: the whole, those found inside it, and the one that was marked. */
export function partsOf(row: Row): readonly HashedPart[] {
  return [...(row.signatures?.parts ?? []), ...(row.marked === null ? [] : [row.marked])];
}

// The part that is marked

function openMark(row: Row): void {
  row.edges = row.edges === null ? AT_FIRST : null;
  setMark(row, null, "");
  draw(row);
  all<HTMLElement>(row.edges === null ? '[data-act="mark"]' : "input[data-edge]", row.element)[0]?.focus();
}

/** Another part is another picture: what was made of the one before is let go. */
function changeMark(row: Row, edges: Edges): void {
  row.edges = edges;
  setMark(row, null, "");
  update(row);
}

function setMark(row: Row, marked: HashedPart | null, said: string): void {
  row.markTurn++;
  Object.assign(row, { marked, markSaid: said, isMarking: false });
  if (row.state !== "ready" && row.state !== "failed") return;
  const isPoor = isTooLittle(partsOf(row));
  Object.assign(row, { state: isPoor ? "failed" : "ready", said: isPoor ? "tooLittle" : "fingerprintReady", more: isPoor ? "tooLittleMore" : "" });
}

function useMark(row: Row): void {
  const { edges, signatures } = row;
  if (edges === null || signatures === undefined) return;
  setMark(row, null, "markWorks");
  const turn = row.markTurn;
  row.isMarking = true;
  update(row);
  const isOld = (): boolean => row.state === "gone" || row.markTurn !== turn;
  const next = async (): Promise<void> => {
    if (isOld()) return;
    let [part, said]: [HashedPart | null, string] = [null, "markTooLittle"];
    try {
      const worker = await theHasher();
      part = (await worker.hashFile(row.file, { crop: boxOf(edges, signatures) })).parts[0] ?? null;
      if (part !== null && isTooLittle([part])) part = null;
      if (part !== null) said = "markReady";
    } catch (error) {
      if (isOurs(error)) said = "again";
    }
    if (isOld()) return;
    setMark(row, part, said);
    update(row);
    element("files-said").textContent = `${nameOf(row)}: ${say(said)}`;
    document.dispatchEvent(new CustomEvent("haalweg:file"));
  };
  last = last.then(next, next);
}

function progressOf(row: Row, isOld: () => boolean): (share: number) => void {
  return (share) => {
    if (isOld()) return;
    row.share = share;
    update(row);
  };
}

function isTooLittle(found: readonly { readonly quality: number }[]): boolean {
  return Math.max(...found.map((each) => each.quality)) < MATCH_QUALITY;
}

/** Whether nothing is wrong with the file: the hasher did not come, or died. */
function isOurs(error: unknown): boolean {
  const { trouble } = error as Partial<HashingError>;
  return trouble === undefined || trouble === "fault";
}

function wordsFor(row: Row, trouble: string | undefined): string {
  switch (trouble) {
    case "too_little_detail":
      return row.trace === undefined ? "tooLittleTrace" : "tooSmallTrace";
    case "wrong_size":
      return "tooLittle";
    case "no_memory":
    case "stalled":
      return "tooBig";
    case "altered_pixels":
      return "altered";
    case "heic":
      return "heic";
    case "is_video":
      return "noVideoHere";
    case "no_webassembly":
      return "noScript";
    default:
      return row.isVideo ? "unreadableVideo" : "unreadable";
  }
}

/** Says how it is with a row: in the row, and once to who only hears the page. */
function tell(row: Row, state: Row["state"], said: string, more = ""): void {
  const wasShaped = row.outline !== undefined;
  Object.assign(row, { state, said, more });
  if (row.trace !== undefined && !wasShaped) draw(row);
  else update(row);
  if (state === "ready" || state === "failed") {
    element("files-said").textContent = [`${nameOf(row)}: ${sentenceOf(row)}`, moreOf(row), rest()].filter((part) => part !== "").join(" ");
    document.dispatchEvent(new CustomEvent("haalweg:file"));
  }
}

function rest(): string {
  const working = workingCount();
  return working > 0 && rowsNow().length > 1 ? say("filesWorking", { count: working, ready: readyRows().length }) : "";
}

function sentenceOf(row: Row): string {
  if (row.said === "traceReady") return sayCount("traceReady", row.faces.length);
  return say(row.said, { percent: Math.floor(100 * row.share) });
}

function moreOf(row: Row): string {
  return row.more === "" ? "" : say(row.more);
}

// What is seen of it

function draw(row: Row): void {
  const name = nameOf(row);
  const old = row.element;
  const item = make("li", "file");
  item.id = row.id;
  const shape = make("span", "file-icon", icon(row.isVideo ? "video" : "photo"));
  const text = make("div", "file-text", make("b", "", name), make("span", "", `${row.file.name} · ${sizeOf(row.file.size)}`));
  const state = make("p", "file-state");
  state.id = `${row.id}-state`;
  const meter = make("progress", "meter");
  meter.max = 1;
  meter.setAttribute("aria-labelledby", state.id);
  const acts = make("div", "file-acts", linkish(say("hold"), name, "look"), linkish(say("leaveOut"), name, "drop"));
  acts.firstElementChild?.classList.add("look");
  acts.lastElementChild?.before(linkish(say("mark"), name, "mark"));
  item.append(make("div", "file-top", shape, text), state, meter, make("p", "small soft end more"), acts);
  if (row.trace !== undefined) {
    row.outline = new Outline(row.id, row.trace, row.faces, row.cells);
    acts.before(row.outline.element);
  }
  delete row.mark;
  if (row.edges !== null && row.signatures !== undefined) {
    row.mark = new Mark(row.id, name, row.signatures);
    acts.after(row.mark.element);
  }
  row.element = item;
  keepFocus(old, () => {
    old.replaceWith(item);
    update(row);
    return item;
  });
}

function update(row: Row): void {
  const isBusy = row.state === "works" || row.state === "waits";
  const state = all("p.file-state", row.element)[0];
  const meter = all<HTMLProgressElement>("progress", row.element)[0];
  const more = all(".more", row.element)[0];
  if (state === undefined || meter === undefined || more === undefined) return;
  state.className = `file-state ${row.state === "ready" ? "ok" : row.state === "failed" ? "bad" : "wait"}`;
  const sign = row.state === "ready" ? [icon("tick")] : row.state === "failed" ? [icon("care")] : [];
  fill(state, ...sign, make("span", "", sentenceOf(row)));
  meter.hidden = row.state !== "works";
  if (row.as === "source_photo" || row.share === 0) meter.removeAttribute("value");
  else meter.value = row.share;
  more.hidden = row.more === "";
  more.textContent = moreOf(row);
  const drop = all('[data-act="drop"]', row.element)[0];
  drop?.firstChild?.replaceWith(say(isBusy && row.trace === undefined ? "stop" : "leaveOut"));
  row.outline?.show(row.cells);
  if (row.edges !== null) row.mark?.show(row.edges, row.markSaid === "" ? "" : say(row.markSaid), row.marked !== null);
  const mark = all('[data-act="mark"]', row.element)[0];
  if (mark !== undefined) {
    mark.hidden = row.signatures === undefined || isBusy;
    mark.setAttribute("aria-expanded", String(row.edges !== null));
  }
  const hold = all('[data-act="look"]', row.element)[0];
  if (hold !== undefined) hold.hidden = row.state === "failed" && row.trace === undefined && row.said !== "tooLittle"; // nothing to see
  element("files-rest").textContent = rest();
}

function sizeOf(bytes: number): string {
  const [unit, size] = bytes >= 1e6 ? ["MB", bytes / 1e6] : ["kB", bytes / 1e3];
  return `${size.toLocaleString(language(), { maximumFractionDigits: unit === "MB" ? 1 : 0 })} ${unit}`;
}

// What is done to it

function rowAt(target: EventTarget | null): Row | undefined {
  const item = (target as Element | null)?.closest?.("li.file");
  return rows.find((row) => row.element === item);
}

/** Who marks a part sees the picture behind it, as grey and as blurred. */
function seenOf(row: Row): Seen {
  return { file: row.file, isVideo: row.isVideo, element: row.mark?.frame ?? row.element };
}

function isLook(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest?.('[data-act="look"]') !== null;
}

document.addEventListener("pointerdown", (event) => {
  const row = rowAt(event.target);
  if (row !== undefined && isLook(event.target)) look(seenOf(row));
});
for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, lookAway);
document.addEventListener("pointerout", (event) => {
  if (rowAt(event.target) !== undefined && isLook(event.target)) lookAway();
});
document.addEventListener("contextmenu", (event) => {
  if (rowAt(event.target) !== undefined && isLook(event.target)) event.preventDefault(); // a long press is how to look
});
document.addEventListener("click", (event) => {
  const row = rowAt(event.target);
  if (row === undefined) return;
  if (isLook(event.target)) press(seenOf(row));
  if (row.mark !== undefined && row.edges !== null && row.mark.frame.contains(event.target as Node)) {
    const at = row.mark.pointOf(event);
    if (at !== null) changeMark(row, cornerAt(row.edges, at.x, at.y));
  }
  const act = (event.target as Element).closest<HTMLElement>("[data-act]")?.dataset["act"];
  if (act === "mark") openMark(row);
  else if (act === "mark-use") useMark(row);
  else if (act === "mark-drop") {
    setMark(row, null, "");
    update(row);
    all('[data-act="mark-use"]', row.element)[0]?.focus();
  }
  if (act !== "drop") return;
  lookAway();
  end(row);
  rows = rows.filter((each) => each !== row);
  showFiles();
  element("files-said").textContent = say("dropped", { name: nameOf(row) });
  element("chosen").focus();
});
document.addEventListener("input", (event) => {
  const row = rowAt(event.target);
  const { value, dataset } = event.target as HTMLInputElement;
  const edge = dataset["edge"] as Edge | undefined;
  if (row === undefined || row.edges === null || edge === undefined) return;
  changeMark(row, moved(row.edges, edge, Number(value)));
});
document.addEventListener("change", (event) => {
  const row = rowAt(event.target);
  const cell = (event.target as HTMLInputElement).dataset["cell"];
  if (row === undefined || cell === undefined) return;
  if ((event.target as HTMLInputElement).checked) row.cells.add(Number(cell));
  else row.cells.delete(Number(cell));
  queue(row);
});
