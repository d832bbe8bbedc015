// The files that were chosen: a row of words each. They are hashed here and never sent.
import { form, type Have, have } from "./answers.js";
import type { FileSignatures, FileTrace, FileVideo, HasherWorker, HashingError } from "./hasher_types.js";
import { look, lookAway, press } from "./look.js";
import { boxesOf, Outline } from "./outline.js";
import { all, element, fill, icon, language, linkish, make, say, sayCount } from "./page.js";

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
  element: HTMLLIElement;
  outline?: Outline;
  signatures?: FileSignatures;
  video?: FileVideo;
  trace?: FileTrace;
  /** Of a fake, where the person wants that. */
  traceOfFake?: FileTrace | null;
}

export const MOST_FILES = 20;
const MATCH_QUALITY = 50;

let rows: Row[] = [];
let made = 0;
let hasher: Promise<HasherWorker> | undefined;

export function rowsNow(): readonly Row[] {
  const as = have();
  return rows.filter((row) => row.as === as);
}

export function readyRows(): readonly Row[] {
  return rowsNow().filter((row) => row.state === "ready");
}

export function workingCount(): number {
  return rowsNow().filter((row) => row.state === "works" || row.state === "waits").length;
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
      element: document.createElement("li"),
    };
    rows.push(row);
    draw(row);
    element("files").append(row.element);
    void work(row);
  }
  return files.length <= room;
}

function nextNumber(isVideo: boolean): number {
  return Math.max(0, ...rowsNow().filter((row) => row.isVideo === isVideo).map((row) => row.number)) + 1;
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
    row.state = "gone";
    row.element.remove();
  }
  rows = [];
  void hasher?.then((worker) => worker.end());
  hasher = undefined;
}

/** Traces of the fakes, for who gave a tick for them. One that holds too little for a trace goes without. */
export async function traceFakes(): Promise<void> {
  const worker = await theHasher();
  for (const row of readyRows()) {
    if (row.as !== "picture" || row.isVideo || row.traceOfFake !== undefined) continue;
    try {
      row.traceOfFake = await worker.traceFile(row.file);
    } catch {
      row.traceOfFake = null;
    }
  }
}

/** Ends a video that is being read, which takes long, and begins again with what was waiting behind it. */
function beginAnew(): void {
  void hasher?.then((worker) => worker.end());
  hasher = undefined;
  for (const row of rows) {
    if (row.state !== "works") continue;
    row.share = 0;
    void work(row);
  }
}

async function theHasher(): Promise<HasherWorker> {
  hasher ??= import(form().dataset["hasher"] ?? "").then((module: { HasherWorker: new () => HasherWorker }) => new module.HasherWorker());
  return hasher;
}

async function work(row: Row): Promise<void> {
  const turn = ++row.turn;
  const isOld = (): boolean => row.state === "gone" || row.turn !== turn;
  tell(row, "works", row.as === "source_photo" ? "tracing" : "works");
  const progress = (share: number): void => {
    if (isOld()) return;
    row.share = share;
    update(row);
  };
  try {
    const worker = await theHasher();
    if (isOld()) return;
    if (row.as === "source_photo") {
      const trace = await worker.traceFile(row.file, { leaveOut: boxesOf(row.cells, row.trace) });
      if (isOld()) return;
      row.trace = trace;
      tell(row, "ready", "traceReady");
    } else if (row.isVideo) {
      const video = await worker.hashVideo(row.file, progress);
      if (isOld()) return;
      row.video = video;
      judge(row, video.frames);
    } else {
      const signatures = await worker.hashFile(row.file, progress);
      if (isOld()) return;
      row.signatures = signatures;
      judge(row, signatures.parts);
    }
  } catch (error) {
    if (isOld()) return;
    const { trouble } = error as Partial<HashingError>;
    if (row.as === "picture" && trouble === (row.isVideo ? "is_picture" : "is_video")) {
      row.number = nextNumber(!row.isVideo);
      row.isVideo = !row.isVideo;
      draw(row);
      void work(row);
    } else {
      tell(row, "failed", wordsFor(row, trouble));
    }
  }
}

function judge(row: Row, found: readonly { readonly quality: number }[]): void {
  const best = Math.max(...found.map((each) => each.quality));
  if (best < MATCH_QUALITY) tell(row, "failed", "tooLittle", "tooLittleMore");
  else tell(row, "ready", "fingerprintReady");
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
    case "fault":
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
    element("files-said").textContent = `${nameOf(row)}: ${sentenceOf(row)} ${rest()}`.trim();
    document.dispatchEvent(new CustomEvent("haalweg:file"));
  }
}

function rest(): string {
  const working = workingCount();
  return working > 0 && rowsNow().length > 1 ? say("filesWorking", { count: working, ready: readyRows().length }) : "";
}

function sentenceOf(row: Row): string {
  if (row.said === "traceReady") return sayCount("traceReady", row.trace === undefined ? 0 : row.trace.leftOut.length - row.cells.size);
  return say(row.said, { percent: Math.floor(100 * row.share) });
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
  item.append(make("div", "file-top", shape, text), state, meter, make("p", "small soft end more"), acts);
  if (row.trace !== undefined) {
    row.outline = new Outline(row.id, row.trace, row.cells);
    acts.before(row.outline.element);
  }
  row.element = item;
  old.replaceWith(item);
  update(row);
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
  meter.hidden = !isBusy;
  if (row.as === "source_photo" || row.share === 0) meter.removeAttribute("value");
  else meter.value = row.share;
  more.hidden = row.more === "";
  more.textContent = row.more === "" ? "" : say(row.more);
  const drop = all('[data-act="drop"]', row.element)[0];
  drop?.firstChild?.replaceWith(say(isBusy && row.trace === undefined ? "stop" : "leaveOut"));
  row.outline?.show(row.cells);
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

function isLook(target: EventTarget | null): boolean {
  return (target as Element | null)?.closest?.('[data-act="look"]') !== null;
}

document.addEventListener("pointerdown", (event) => {
  const row = rowAt(event.target);
  if (row !== undefined && isLook(event.target)) look(row.file, row.element);
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, lookAway);
document.addEventListener("pointerout", (event) => {
  if (rowAt(event.target) !== undefined && isLook(event.target)) lookAway();
});
document.addEventListener("contextmenu", (event) => {
  if (rowAt(event.target) !== undefined && isLook(event.target)) event.preventDefault(); // a long press is how to look
});
document.addEventListener("click", (event) => {
  const row = rowAt(event.target);
  if (row === undefined) return;
  if (isLook(event.target)) press(row.file, row.element);
  if ((event.target as Element).closest('[data-act="drop"]') === null) return;
  lookAway();
  const wasLong = row.isVideo && row.state === "works";
  row.state = "gone";
  rows = rows.filter((each) => each !== row);
  if (wasLong) beginAnew();
  showFiles();
  element("files-said").textContent = say("dropped", { name: nameOf(row) });
  element("chosen").focus();
});
document.addEventListener("change", (event) => {
  const row = rowAt(event.target);
  const cell = (event.target as HTMLInputElement).dataset["cell"];
  if (row === undefined || cell === undefined) return;
  if ((event.target as HTMLInputElement).checked) row.cells.add(Number(cell));
  else row.cells.delete(Number(cell));
  void work(row);
});
