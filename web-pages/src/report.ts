// The whole path in one document: the answers are in the memory of this page and nowhere else until they are sent.
import type { FileSignatures, FileTrace, HasherWorker, HashingError } from "./hasher_types.js";

type Words = Readonly<Record<string, string>>;
type Step = "age" | "helper" | "others" | "have" | "files" | "places" | "choices" | "reach" | "check" | "words" | "young";
type Have = "picture" | "source_photo" | "only_link";

interface Partner {
  readonly name: string;
  readonly title: string;
  readonly sentence: string;
}

interface Row {
  readonly name: string;
  readonly element: HTMLLIElement;
  readonly file: File;
  /** Grid cells that the person leaves out of a trace, by their number from 0. */
  readonly cells: Set<number>;
  state: "waits" | "works" | "ready" | "failed" | "gone";
  signatures?: FileSignatures;
  trace?: FileTrace;
}

const MOST_FILES = 20;
const MOST_PLACES = 100;
const MOST_URL = 2000;
const MOST_TEXT = 300;
const MATCH_QUALITY = 50;
const ENCODED = /[A-Za-z0-9+/=_-]{121,}/;
const LINK = /\S*:\/\/\S+|\S+\.\S+\/\S+/g;
const EMAIL = /^[^@\s]{1,100}@[^@\s]{1,150}\.[^@\s.]{2,60}$/;
const PREVIEW_MS = 3000;
const DOUBLE_MS = 600;

const form = element<HTMLFormElement>("form");
const words = JSON.parse(element("words").textContent ?? "{}") as Words;
const partners = JSON.parse(element("partners").textContent ?? "[]") as readonly Partner[];
const key = crypto.randomUUID();
const rows: Row[] = [];
const trail: Step[] = [];
let now: Step = "age";
let isForOther = false;
let hasher: Promise<HasherWorker> | undefined;
let isSending = false;
let isFirst = true; // the browser's own place is right when the page opens

function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page lacks ${id}.`);
  return found as Kind;
}

function say(name: string, values: Readonly<Record<string, string | number>> = {}): string {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (all, value: string) => String(values[value] ?? all));
}

function section(step: Step): HTMLElement {
  const found = form.querySelector<HTMLElement>(`section[data-step="${step}"]`);
  if (found === null) throw new Error(`The page lacks the step ${step}.`);
  return found;
}

function chosen(name: string): string | undefined {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value;
}

function ticked(name: string): string[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)]
    .filter((input) => input.closest("[hidden]") === null || input.closest("section")?.hidden === true)
    .map((input) => input.value);
}

function have(): Have {
  return (chosen("have") as Have | undefined) ?? "only_link";
}

// From step to step

function show(step: Step, back = false): void {
  if (!back && step !== now) trail.push(now);
  now = step;
  for (const each of form.querySelectorAll<HTMLElement>("section")) each.hidden = each.dataset["step"] !== step;
  const here = section(step);
  const number = here.dataset["number"];
  element("steps").hidden = number === undefined;
  if (number !== undefined) {
    element("step-number").textContent = say("step", { number });
    element("step-name").textContent = here.dataset["name"] ?? "";
    [...element("path-pieces").children].forEach((piece, at) => {
      piece.className = at + 1 < Number(number) ? "done" : at + 1 === Number(number) ? "now" : "";
    });
  }
  const isOver = step === "words" || step === "young";
  element("back").hidden = isOver || trail.length === 0;
  element("actions").hidden = isOver;
  element("skip-places").hidden = step !== "places";
  element("stop").hidden = step !== "check";
  element("next").textContent = say(step === "check" ? "send" : "continue");
  prepare(step);
  complain([]);
  setTitle();
  if (!isFirst) here.querySelector<HTMLElement>("h1")?.focus();
  isFirst = false;
  window.scrollTo(0, 0);
}

function setTitle(problem = false): void {
  const here = section(now);
  const name = here.dataset["name"] ?? "";
  const plain =
    now === "words" ? say("wordsTitle") : now === "young" ? say("youngTitle") : say("title", { number: here.dataset["number"] ?? "", name });
  const rest = document.title.slice(document.title.lastIndexOf("·"));
  document.title = `${problem ? `${say("problem")} ` : ""}${plain} ${rest}`;
}

function prepare(step: Step): void {
  const kind = have();
  for (const each of form.querySelectorAll<HTMLElement>("[data-for]")) each.hidden = each.dataset["for"] !== kind;
  for (const each of form.querySelectorAll<HTMLElement>("[data-not]")) each.hidden = each.dataset["not"] === kind;
  if (step === "age") {
    const head = section("age").querySelector("h1");
    if (head !== null) head.textContent = head.dataset[isForOther ? "other" : "self"] ?? "";
    element("age-helper-choice").hidden = isForOther;
  }
  if (step === "files") {
    const head = section("files").querySelector("h1");
    if (head !== null) head.textContent = head.dataset[kind === "source_photo" ? "source" : "picture"] ?? "";
  }
  if (step === "choices") element("partner-choices").hidden = partners.length === 0 || kind === "only_link";
  if (step === "check") writeSummary();
}

function after(step: Step): Step | undefined {
  switch (step) {
    case "age": {
      const age = chosen("age");
      if (age === "helper") return "helper";
      return age === "yes" ? "others" : forget();
    }
    case "helper": {
      isForOther = true;
      for (const input of form.querySelectorAll<HTMLInputElement>('input[name="age"]')) input.checked = false;
      return "age";
    }
    case "others": {
      const others = chosen("others");
      return others === "yes" || others === "nobody" ? "have" : forget();
    }
    case "have":
      return have() === "only_link" ? "places" : "files";
    case "files":
      return "places";
    case "places":
      return "choices";
    case "choices":
      return "reach";
    case "reach":
      return "check";
    default:
      return undefined;
  }
}

/** Somebody is under 18, or may be: all that was typed or made here is forgotten. */
function forget(): Step {
  form.reset();
  for (const row of rows) {
    row.state = "gone";
    row.element.remove();
  }
  rows.length = 0;
  trail.length = 0;
  void hasher?.then((worker) => worker.end());
  hasher = undefined;
  return "young";
}

// What is missing

interface Complaint {
  readonly at: string;
  readonly sentence: string;
}

function missing(step: Step): Complaint[] {
  switch (step) {
    case "age":
      return chosen("age") === undefined ? [{ at: "age-yes", sentence: say("chooseAge") }] : [];
    case "helper":
      return chosen("authority") === undefined ? [{ at: "authority-asked", sentence: say("choose") }] : [];
    case "others":
      return chosen("others") === undefined ? [{ at: "others-nobody", sentence: say("chooseAge") }] : [];
    case "have":
      return chosen("have") === undefined ? [{ at: "have-picture", sentence: say("choose") }] : [];
    case "files":
      return missingFiles();
    case "places":
      return missingPlaces();
    case "reach":
      return missingReach();
    default:
      return [];
  }
}

function missingFiles(): Complaint[] {
  if (rows.some((row) => row.state === "ready")) return [];
  const working = rows.filter((row) => row.state === "works" || row.state === "waits").length;
  return [{ at: "chosen", sentence: working > 0 ? say("stillWorking", { count: working }) : say("noFile") }];
}

function missingPlaces(): Complaint[] {
  const found: Complaint[] = [];
  const tooLong = places().some((place) => ("url" in place ? place.url.length > MOST_URL : place.text.length > MOST_TEXT));
  if (tooLong || places().length > MOST_PLACES) found.push({ at: "places", sentence: say("tooLong", { most: MOST_TEXT }) });
  if (ENCODED.test(story().replace(LINK, " "))) found.push({ at: "story", sentence: say("encoded") });
  return found;
}

function missingReach(): Complaint[] {
  const reach = chosen("reach");
  if (reach === undefined) return [{ at: "reach-no", sentence: say("choose") }];
  if (reach === "no") return [];
  const found: Complaint[] = [];
  if (!EMAIL.test(mail())) found.push({ at: "mail", sentence: say("mailWrong") });
  if (ticked("purpose").length === 0) found.push({ at: "purpose-recovery", sentence: say("purposeMissing") });
  return found;
}

function complain(complaints: readonly Complaint[]): void {
  for (const old of form.querySelectorAll(".error-text")) old.remove();
  for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  const box = element("errors");
  const list = element("errors-list");
  list.replaceChildren();
  box.hidden = complaints.length === 0;
  for (const { at, sentence } of complaints) {
    const link = document.createElement("a");
    link.href = `#${at}`;
    link.textContent = sentence;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById(at)?.focus();
    });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
    const field = document.getElementById(at);
    const said = document.createElement("p");
    said.className = "error-text";
    said.textContent = sentence;
    (field?.closest("fieldset")?.querySelector("legend") ?? field?.closest(".field, .pick")?.firstElementChild)?.after(said);
    field?.setAttribute("aria-invalid", "true");
  }
  if (complaints.length > 0) {
    box.focus();
    setTitle(true);
  }
}

// Files: hashed here, never sent

async function worker(): Promise<HasherWorker> {
  hasher ??= import(form.dataset["hasher"] ?? "").then((module: { HasherWorker: new () => HasherWorker }) => new module.HasherWorker());
  return hasher;
}

function addFiles(files: FileList): void {
  for (const file of [...files].slice(0, MOST_FILES - rows.length)) {
    const row: Row = {
      name: say("photo", { number: rows.length + 1 }),
      element: document.createElement("li"),
      file,
      cells: new Set(),
      state: "waits",
    };
    row.element.className = "file";
    rows.push(row);
    element("files").append(row.element);
    draw(row, say("waits"), "wait");
    void work(row);
  }
}

async function work(row: Row): Promise<void> {
  row.state = "works";
  draw(row, say("works", { percent: 0 }), "wait");
  try {
    const at = await worker();
    if (have() === "source_photo") {
      row.trace = await at.traceFile(row.file, { leaveOut: boxesOf(row) });
      finish(row, say("traceReady", { faces: row.trace.leftOut.length - row.cells.size }));
    } else {
      row.signatures = await at.hashFile(row.file, (share) => {
        if (row.state === "works") draw(row, say("works", { percent: Math.round(100 * share) }), "wait", share);
      });
      const best = Math.max(...row.signatures.parts.map((part) => part.quality));
      if (best < MATCH_QUALITY) fail(row, say("tooLittle"), say("tooLittleMore"));
      else finish(row, say("fingerprintReady"));
    }
  } catch (error) {
    fail(row, say(wordsFor((error as HashingError).trouble)), "");
  }
}

function wordsFor(trouble: string | undefined): string {
  switch (trouble) {
    case "too_little_detail":
      return have() === "source_photo" ? "tooSmallTrace" : "tooLittle";
    case "no_memory":
      return "tooBig";
    case "altered_pixels":
      return "altered";
    case "no_webassembly":
    case "fault":
      return "noScript";
    default:
      return "unreadable";
  }
}

function finish(row: Row, sentence: string): void {
  if (row.state === "gone") return;
  row.state = "ready";
  draw(row, sentence, "ok");
}

function fail(row: Row, sentence: string, more: string): void {
  if (row.state === "gone") return;
  row.state = "failed";
  delete row.signatures;
  delete row.trace;
  draw(row, sentence, "bad", undefined, more);
}

function draw(row: Row, sentence: string, look: "ok" | "bad" | "wait", share?: number, more = ""): void {
  const top = document.createElement("div");
  top.className = "file-top";
  const text = document.createElement("div");
  text.className = "file-text";
  const name = document.createElement("b");
  name.textContent = row.name;
  const about = document.createElement("span");
  about.textContent = `${row.file.name} · ${size(row.file.size)}`;
  text.append(name, about);
  top.append(text);
  const state = document.createElement("p");
  state.className = `file-state ${look}`;
  state.textContent = sentence;
  const parts: HTMLElement[] = [top, state];
  if (share !== undefined) {
    const meter = document.createElement("progress");
    meter.className = "meter";
    meter.max = 1;
    meter.value = share;
    meter.setAttribute("aria-label", `${row.name}: ${sentence}`);
    parts.push(meter);
  }
  if (more !== "") {
    const explained = document.createElement("p");
    explained.className = "small soft end";
    explained.textContent = more;
    parts.push(explained);
  }
  if (row.trace !== undefined && row.state === "ready") parts.push(outline(row, row.trace));
  const acts = document.createElement("div");
  acts.className = "file-acts";
  if (have() === "picture") acts.append(lookButton(row));
  acts.append(linkish(say("leaveOut"), row.name, () => drop(row)));
  parts.push(acts);
  const held = row.element.contains(document.activeElement) && document.activeElement?.id;
  row.element.replaceChildren(...parts);
  if (held) document.getElementById(held)?.focus();
  if (look !== "wait") {
    const ready = rows.filter((each) => each.state === "ready").length;
    const working = rows.filter((each) => each.state === "works" || each.state === "waits").length;
    element("files-said").textContent = `${row.name}: ${sentence} ${say("filesSaid", { ready, working })}`;
  }
}

function linkish(text: string, of: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "linkish";
  button.textContent = text;
  const hidden = document.createElement("span");
  hidden.className = "vh";
  hidden.textContent = ` (${of})`;
  button.append(hidden);
  button.addEventListener("click", act);
  return button;
}

function drop(row: Row): void {
  row.state = "gone";
  rows.splice(rows.indexOf(row), 1);
  row.element.remove();
  element("chosen").focus();
}

/** Small, grey and blurred, and only while it is held; or for three seconds, for who cannot hold. */
function lookButton(row: Row): HTMLButtonElement {
  const button = linkish(say("hold"), row.name, () => undefined);
  let address = "";
  let pressedAt = -Infinity;
  let timer = 0;
  const hide = (): void => {
    window.clearTimeout(timer);
    row.element.querySelector(".veil")?.remove();
    if (address !== "") URL.revokeObjectURL(address);
    address = "";
  };
  const look = (): void => {
    hide();
    address = URL.createObjectURL(row.file);
    const veil = document.createElement("div");
    veil.className = "veil";
    const picture = document.createElement("img");
    picture.src = address;
    picture.alt = "";
    veil.append(picture);
    row.element.append(veil);
  };
  button.addEventListener("pointerdown", look);
  for (const end of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(end, hide);
  window.addEventListener("blur", hide);
  document.addEventListener("visibilitychange", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  button.addEventListener("click", () => {
    const at = performance.now();
    if (at - pressedAt < DOUBLE_MS) {
      look();
      timer = window.setTimeout(hide, PREVIEW_MS);
    }
    pressedAt = at;
  });
  return button;
}

// What a trace leaves out, on a plain outline: the photo itself is never drawn

function grid(trace: { width: number; height: number }): { across: number; down: number } {
  return trace.width >= trace.height ? { across: 4, down: 3 } : { across: 3, down: 4 };
}

function boxesOf(row: Row): { left: number; top: number; right: number; bottom: number }[] {
  const trace = row.trace;
  if (trace === undefined) return [];
  const { across, down } = grid(trace);
  return [...row.cells].map((cell) => {
    const column = cell % across;
    const line = Math.floor(cell / across);
    return {
      left: Math.floor((trace.width * column) / across),
      top: Math.floor((trace.height * line) / down),
      right: Math.ceil((trace.width * (column + 1)) / across),
      bottom: Math.ceil((trace.height * (line + 1)) / down),
    };
  });
}

function outline(row: Row, trace: FileTrace): HTMLElement {
  const { across, down } = grid(trace);
  const box = document.createElement("div");
  box.className = across === 4 ? "outline" : "outline upright";
  const faces = trace.leftOut.slice(0, trace.leftOut.length - row.cells.size);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "faces");
  svg.setAttribute("viewBox", `0 0 ${trace.width} ${trace.height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", say("outline", { faces: faces.length }));
  for (const face of faces) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("x", String(face.left));
    rect.setAttribute("y", String(face.top));
    rect.setAttribute("width", String(face.right - face.left));
    rect.setAttribute("height", String(face.bottom - face.top));
    svg.append(rect);
  }
  const fields = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.className = "vh";
  legend.textContent = say("tapSquares");
  const list = document.createElement("ul");
  list.className = "outline-grid";
  const lines = say("rows").split(",");
  const columns = say("columns").split(",");
  for (let cell = 0; cell < across * down; cell++) {
    const item = document.createElement("li");
    const input = document.createElement("input");
    input.type = "checkbox";
    input.id = `cell-${rows.indexOf(row)}-${cell}`;
    input.checked = row.cells.has(cell);
    const label = document.createElement("label");
    label.htmlFor = input.id;
    const where = `${lines[Math.floor(cell / across)] ?? ""}, ${columns[cell % across] ?? ""}`;
    const place = document.createElement("span");
    place.className = "vh";
    place.textContent = `${say("square", { number: cell + 1, place: where })}: `;
    label.append(place, input.checked ? say("out") : String(cell + 1));
    input.addEventListener("change", () => {
      if (input.checked) row.cells.add(cell);
      else row.cells.delete(cell);
      void work(row);
    });
    item.append(input, label);
    list.append(item);
  }
  fields.append(legend, list);
  box.append(svg, fields);
  return box;
}

function size(bytes: number): string {
  const language = document.documentElement.lang;
  const many = bytes >= 1e6;
  return `${(bytes / (many ? 1e6 : 1e3)).toLocaleString(language, { maximumFractionDigits: many ? 1 : 0 })} ${many ? "MB" : "kB"}`;
}

// Places

type Place = { readonly url: string } | { readonly text: string };

function lines(): string[] {
  return element<HTMLTextAreaElement>("places")
    .value.split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function isLink(line: string): boolean {
  try {
    const url = new URL(line.includes("://") ? line : `https://${line}`);
    return /^(https?|tg):$/.test(url.protocol) && !/\s/.test(line) && (url.protocol === "tg:" || (url.hostname.includes(".") && url.pathname.length > 1));
  } catch {
    return false;
  }
}

function places(): Place[] {
  return lines().map((line) => (isLink(line) ? { url: line } : { text: line }));
}

function story(): string {
  return element<HTMLTextAreaElement>("story").value.trim();
}

function mail(): string {
  return element<HTMLInputElement>("mail").value.trim();
}

function showPlaces(): void {
  const known = lines().map((line) => {
    const item = document.createElement("li");
    const pill = document.createElement("span");
    const where = document.createElement("span");
    const more = document.createElement("p");
    where.className = "where";
    if (isLink(line)) {
      const host = line.startsWith("tg:") ? "Telegram" : new URL(line.includes("://") ? line : `https://${line}`).hostname;
      const isTelegram = /^(t\.me|telegram\.me|Telegram)$/.test(host);
      pill.className = "pill done";
      pill.textContent = say("known");
      where.textContent = isTelegram ? "Telegram" : host;
      more.textContent = say(isTelegram ? "telegram" : "website");
    } else {
      pill.className = "pill busy";
      pill.textContent = say("notWhole");
      where.textContent = line.slice(0, MOST_TEXT);
      more.textContent = say("workerReads");
    }
    item.append(pill, where, more);
    return item;
  });
  element("places-known").replaceChildren(...known);
}

// All that is sent

function report(): Record<string, unknown> {
  const kind = have();
  const items = kind === "only_link" ? [] : rows.filter((row) => row.state === "ready").map(itemOf);
  const byMail = chosen("reach") === "mail";
  return {
    version: 1,
    language: document.documentElement.lang === "en" ? "en" : "nl",
    age: { in_picture: "yes", in_source_photo: "yes", others: chosen("others") },
    for: isForOther ? "someone_else" : "self",
    authority: isForOther ? chosen("authority") : null,
    have: kind,
    items,
    places: places(),
    story: story(),
    consents: consents(),
    contact: byMail ? { email: mail(), for: ticked("purpose") } : null,
    pin: null,
  };
}

function consents(): string[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="consent"]:checked')]
    .filter((input) => input.closest("section[data-step] [hidden]") === null)
    .map((input) => input.value);
}

function itemOf(row: Row): Record<string, unknown> {
  const { signatures, trace } = row;
  return {
    kind: trace === undefined ? "picture" : "source_photo",
    name: row.name,
    parts: (signatures?.parts ?? []).map((part) => ({
      inner: part.inner === null ? null : [part.inner.left, part.inner.top, part.inner.right, part.inner.bottom],
      quality: part.quality,
      pdq: part.hashes[0],
    })),
    sha256: signatures?.digests.sha256 ?? null,
    md5: signatures?.digests.md5 ?? null,
    frames: [],
    trace: trace === undefined ? null : base64(trace.bytes),
  };
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function writeSummary(): void {
  const all = report();
  const items = all["items"] as unknown[];
  const made = `${have() === "source_photo" ? "sumTrace" : "sumFile"}${items.length === 1 ? "" : "s"}`;
  const may = [...form.querySelectorAll<HTMLInputElement>('input[name="consent"]:checked')]
    .filter((input) => input.closest("section[data-step] [hidden]") === null)
    .map((input) => input.labels?.[0]?.querySelector("b")?.textContent ?? input.value);
  const entries: [string, string, Step][] = [
    [say("sumPlaces"), lines().length > 0 ? lines().join(" · ") : say("none"), "places"],
    [say("sumMay"), may.length > 0 ? may.join(". ") : say("nothing"), "choices"],
    [say("sumReach"), chosen("reach") === "mail" ? say("reachMail") : say("reachNo"), "reach"],
  ];
  if (have() !== "only_link") entries.unshift([say("sumFingerprints"), say(made, { count: items.length }), "files"]);
  element("summary").replaceChildren(
    ...entries.map(([term, value, step]) => {
      const group = document.createElement("div");
      const name = document.createElement("dt");
      name.textContent = term;
      const what = document.createElement("dd");
      what.textContent = value;
      const change = document.createElement("span");
      change.className = "change";
      change.append(linkish(say("change"), term, () => show(step)));
      what.append(change);
      group.append(name, what);
      return group;
    }),
  );
  element("exact").textContent = JSON.stringify(all, null, 2);
}

async function send(): Promise<void> {
  if (isSending) return;
  isSending = true;
  element("next").textContent = say("sending");
  try {
    const answer = await fetch(form.dataset["send"] ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRFToken": csrf() },
      body: JSON.stringify(report()),
      credentials: "same-origin",
      cache: "no-store",
    });
    if (answer.status === 201) {
      const said = (await answer.json()) as { code: string[] };
      showWords(said.code);
    } else if (answer.status === 422) {
      refuse((await answer.json()) as { not_kept?: boolean; problems?: { at: string; sentence: Record<string, string> }[] });
    } else {
      complain([{ at: "next", sentence: say(answer.status === 429 ? "tooMany" : "notSent") }]);
    }
  } catch {
    complain([{ at: "next", sentence: say("notSent") }]);
  } finally {
    isSending = false;
    if (now === "check") element("next").textContent = say("send");
  }
}

function refuse(said: { not_kept?: boolean; problems?: { at: string; sentence: Record<string, string> }[] }): void {
  if (said.not_kept === true) {
    show(forget());
    return;
  }
  const language = document.documentElement.lang;
  complain((said.problems ?? []).map((each) => ({ at: "next", sentence: each.sentence[language] ?? say("notSent") })));
}

function csrf(): string {
  return form.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
}

function showWords(code: readonly string[]): void {
  const list = element("words-list");
  list.replaceChildren(
    ...code.map((word, at) => {
      const item = document.createElement("li");
      const number = document.createElement("i");
      number.setAttribute("aria-hidden", "true");
      number.textContent = String(at + 1);
      item.append(number, word);
      return item;
    }),
  );
  element("words-print").addEventListener("click", () => window.print());
  element("words-copy").addEventListener("click", () => {
    void navigator.clipboard.writeText(code.join(" ")).then(() => {
      element("words-said").textContent = say("copied");
    });
  });
  element("words-save").addEventListener("click", () => {
    const link = document.createElement("a");
    const address = URL.createObjectURL(new Blob([`${code.join(" ")}\n`], { type: "text/plain" }));
    link.href = address;
    link.download = "notitie.txt";
    link.click();
    URL.revokeObjectURL(address);
  });
  trail.length = 0;
  rows.length = 0;
  form.reset();
  show("words", true);
}

// It begins

function offerPartners(): void {
  element("partner-list").replaceChildren(
    ...partners.map((partner) => {
      const choice = document.createElement("div");
      choice.className = "choice";
      const input = document.createElement("input");
      input.type = "checkbox";
      input.name = "consent";
      input.id = `partner-${partner.name}`;
      input.value = `partner:${partner.name}`;
      const label = document.createElement("label");
      label.htmlFor = input.id;
      const title = document.createElement("b");
      title.textContent = partner.title;
      const sentence = document.createElement("span");
      sentence.textContent = partner.sentence;
      label.append(title, sentence);
      choice.append(input, label);
      return choice;
    }),
  );
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const complaints = missing(now);
  if (complaints.length > 0) {
    complain(complaints);
    return;
  }
  if (now === "check") {
    void send();
    return;
  }
  const next = after(now);
  if (next !== undefined) show(next, next === "young");
});

element("back").addEventListener("click", () => {
  const before = trail.pop();
  if (before === undefined) return;
  if (before === "helper") isForOther = false;
  show(before, true);
});
element("skip-places").addEventListener("click", () => show("choices"));
element<HTMLInputElement>("chosen").addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (input.files !== null) addFiles(input.files);
  input.value = "";
});
element("places").addEventListener("input", showPlaces);
form.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (input.name === "reach") element("mail-part").hidden = chosen("reach") !== "mail";
  if (input.name === "have") {
    for (const row of [...rows]) drop(row);
  }
});
offerPartners();
show("age", true);
