// The files that were chosen: a row of words each. They are hashed here and never sent.
import { form, have, ticked } from "./answers.js";
import { look, lookAway, press } from "./look.js";
import { AT_FIRST, boxOf, cornerAt, Mark, moved } from "./mark.js";
import { boxesOf, Outline } from "./outline.js";
import { all, element, fill, icon, keepFocus, language, linkish, make, say, sayCount } from "./page.js";
export const MOST_FILES = 20;
const MATCH_QUALITY = 50;
let rows = [];
let made = 0;
let loads = 0;
let hasher;
// One file at a time, in the order in which they were chosen.
let last = Promise.resolve();
export function rowsNow() {
    const as = have();
    return rows.filter((row) => row.as === as);
}
export function readyRows() {
    return rowsNow().filter((row) => row.state === "ready");
}
export function workingCount() {
    return rowsNow().filter((row) => row.state === "works" || row.state === "waits" || row.isMarking).length;
}
export function nameOf(row) {
    return say(row.isVideo ? "video" : "photo", { number: row.number });
}
/** Takes files in and begins with them. False where they are more than can be sent. */
export function addFiles(files) {
    const as = have();
    if (as === "only_link")
        return true;
    const room = MOST_FILES - rowsNow().length;
    for (const file of [...files].slice(0, room)) {
        const isVideo = file.type.startsWith("video/");
        const row = {
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
function nextNumber(isVideo) {
    var _a;
    const before = Number((_a = form().dataset[isVideo ? "videos" : "photos"]) !== null && _a !== void 0 ? _a : 0); // of what was sent earlier
    return Math.max(before, ...rowsNow().filter((row) => row.isVideo === isVideo).map((row) => row.number)) + 1;
}
/** All rows of what was chosen, drawn anew. */
export function showFiles() {
    var _a;
    lookAway();
    for (const row of rowsNow())
        draw(row);
    fill(element("files"), ...rowsNow().map((row) => row.element));
    (_a = element("chosen-label").lastChild) === null || _a === void 0 ? void 0 : _a.replaceWith(say(rowsNow().length > 0 ? "chooseMore" : "chooseFirst"));
    element("files-said").textContent = "";
    element("files-rest").textContent = rest();
}
export function forgetFiles() {
    lookAway();
    for (const row of rows) {
        end(row);
        row.element.remove();
    }
    rows = [];
    hasher === null || hasher === void 0 ? void 0 : hasher.then((worker) => worker.end()).catch(() => undefined); // one that never came needs no end
    hasher = undefined;
}
/** Nothing of it is wanted any more: what is still being made of it is let go. */
function end(row) {
    var _a;
    row.state = "gone";
    (_a = row.stop) === null || _a === void 0 ? void 0 : _a.abort();
}
/** Traces of the fakes that have none yet, for who gave a tick for them. */
export async function traceFakes() {
    for (const row of readyRows())
        await traceFake(row);
}
/** One that holds too little for a trace goes without; where the hasher itself failed it is tried again the next time. */
async function traceFake(row) {
    if (row.as !== "picture" || row.isVideo || row.traceOfFake !== undefined)
        return;
    try {
        const worker = await theHasher();
        row.traceOfFake = await worker.traceFile(row.file, { kind: "fake" });
    }
    catch (error) {
        if (!isOurs(error))
            row.traceOfFake = null;
    }
}
function mayTraceFakes() {
    return ticked("consent").some((input) => input.value === "trace_of_fake");
}
/** Loaded with the first file; anew for the next one where it did not come, or has died. */
async function theHasher() {
    const loading = (hasher !== null && hasher !== void 0 ? hasher : (hasher = load()));
    try {
        const worker = await loading;
        if (!worker.isEnded)
            return worker;
    }
    catch (error) {
        if (hasher === loading)
            hasher = undefined;
        throw error;
    }
    if (hasher === loading)
        hasher = undefined;
    return theHasher();
}
async function load() {
    var _a;
    const address = (_a = form().dataset["hasher"]) !== null && _a !== void 0 ? _a : "";
    // A browser may remember of an address that nothing came from it.
    const module = (await import(loads++ === 0 ? address : `${address}?again=${loads}`));
    return new module.HasherWorker();
}
function queue(row) {
    const turn = ++row.turn;
    tell(row, "waits", "waits");
    const next = () => work(row, turn);
    last = last.then(next, next);
}
async function work(row, turn) {
    const isOld = () => row.state === "gone" || row.turn !== turn;
    if (isOld())
        return;
    row.share = 0;
    tell(row, "works", row.as === "source_photo" ? "tracing" : "works");
    try {
        if (row.as === "source_photo")
            await trace(row, isOld);
        else if (row.isVideo)
            await hashVideo(row, isOld);
        else
            await hashPhoto(row, isOld);
    }
    catch (error) {
        if (isOld())
            return;
        const { trouble } = error;
        if (row.as === "picture" && trouble === (row.isVideo ? "is_picture" : "is_video")) {
            row.number = nextNumber(!row.isVideo);
            row.isVideo = !row.isVideo;
            draw(row);
            await work(row, turn);
        }
        else {
            tell(row, "failed", isOurs(error) ? "again" : wordsFor(row, trouble));
        }
    }
}
async function trace(row, isOld) {
    const leaveOut = boxesOf(row.cells, row.trace);
    const worker = await theHasher();
    if (isOld())
        return;
    const found = await worker.traceFile(row.file, { kind: "source", leaveOut });
    if (isOld())
        return;
    row.trace = found;
    row.faces = found.leftOut.slice(0, found.leftOut.length - leaveOut.length);
    tell(row, "ready", "traceReady");
}
async function hashVideo(row, isOld) {
    const worker = await theHasher();
    if (isOld())
        return;
    row.stop = new AbortController();
    const video = await worker.hashVideo(row.file, { signal: row.stop.signal, progress: progressOf(row, isOld) });
    if (isOld())
        return;
    row.video = video;
    if (isTooLittle(video.frames))
        tell(row, "failed", "tooLittle", "tooLittleMore");
    else
        tell(row, "ready", "fingerprintReady", video.cut_short ? "cutShort" : "");
}
async function hashPhoto(row, isOld) {
    const worker = await theHasher();
    if (isOld())
        return;
    row.signatures = await worker.hashFile(row.file, progressOf(row, isOld));
    if (isOld())
        return;
    if (isTooLittle(row.signatures.parts)) {
        tell(row, "failed", "tooLittle", "tooLittleMore");
        return;
    }
    if (mayTraceFakes()) {
        tell(row, "works", "tracing"); // the tick was given before this file was there
        await traceFake(row);
        if (isOld())
            return;
    }
    tell(row, "ready", "fingerprintReady");
}
/** All parts of a picture: the whole, those found inside it, and the one that was marked. */
export function partsOf(row) {
    var _a;
    var _b;
    return [...((_b = (_a = row.signatures) === null || _a === void 0 ? void 0 : _a.parts) !== null && _b !== void 0 ? _b : []), ...(row.marked === null ? [] : [row.marked])];
}
// The part that is marked
function openMark(row) {
    var _a;
    row.edges = row.edges === null ? AT_FIRST : null;
    setMark(row, null, "");
    draw(row);
    (_a = all(row.edges === null ? '[data-act="mark"]' : "input[data-edge]", row.element)[0]) === null || _a === void 0 ? void 0 : _a.focus();
}
/** Another part is another picture: what was made of the one before is let go. */
function changeMark(row, edges) {
    row.edges = edges;
    setMark(row, null, "");
    update(row);
}
function setMark(row, marked, said) {
    row.markTurn++;
    Object.assign(row, { marked, markSaid: said, isMarking: false });
    if (row.state !== "ready" && row.state !== "failed")
        return;
    const isPoor = isTooLittle(partsOf(row));
    Object.assign(row, { state: isPoor ? "failed" : "ready", said: isPoor ? "tooLittle" : "fingerprintReady", more: isPoor ? "tooLittleMore" : "" });
}
function useMark(row) {
    const { edges, signatures } = row;
    if (edges === null || signatures === undefined)
        return;
    setMark(row, null, "markWorks");
    const turn = row.markTurn;
    row.isMarking = true;
    update(row);
    const isOld = () => row.state === "gone" || row.markTurn !== turn;
    const next = async () => {
        var _a;
        if (isOld())
            return;
        let [part, said] = [null, "markTooLittle"];
        try {
            const worker = await theHasher();
            part = (_a = (await worker.hashFile(row.file, { crop: boxOf(edges, signatures) })).parts[0]) !== null && _a !== void 0 ? _a : null;
            if (part !== null && isTooLittle([part]))
                part = null;
            if (part !== null)
                said = "markReady";
        }
        catch (error) {
            if (isOurs(error))
                said = "again";
        }
        if (isOld())
            return;
        setMark(row, part, said);
        update(row);
        element("files-said").textContent = `${nameOf(row)}: ${say(said)}`;
        document.dispatchEvent(new CustomEvent("haalweg:file"));
    };
    last = last.then(next, next);
}
function progressOf(row, isOld) {
    return (share) => {
        if (isOld())
            return;
        row.share = share;
        update(row);
    };
}
function isTooLittle(found) {
    return Math.max(...found.map((each) => each.quality)) < MATCH_QUALITY;
}
/** Whether nothing is wrong with the file: the hasher did not come, or died. */
function isOurs(error) {
    const { trouble } = error;
    return trouble === undefined || trouble === "fault";
}
function wordsFor(row, trouble) {
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
function tell(row, state, said, more = "") {
    const wasShaped = row.outline !== undefined;
    Object.assign(row, { state, said, more });
    if (row.trace !== undefined && !wasShaped)
        draw(row);
    else
        update(row);
    if (state === "ready" || state === "failed") {
        element("files-said").textContent = [`${nameOf(row)}: ${sentenceOf(row)}`, moreOf(row), rest()].filter((part) => part !== "").join(" ");
        document.dispatchEvent(new CustomEvent("haalweg:file"));
    }
}
function rest() {
    const working = workingCount();
    return working > 0 && rowsNow().length > 1 ? say("filesWorking", { count: working, ready: readyRows().length }) : "";
}
function sentenceOf(row) {
    if (row.said === "traceReady")
        return sayCount("traceReady", row.faces.length);
    return say(row.said, { percent: Math.floor(100 * row.share) });
}
function moreOf(row) {
    return row.more === "" ? "" : say(row.more);
}
// What is seen of it
function draw(row) {
    var _a, _b;
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
    (_a = acts.firstElementChild) === null || _a === void 0 ? void 0 : _a.classList.add("look");
    (_b = acts.lastElementChild) === null || _b === void 0 ? void 0 : _b.before(linkish(say("mark"), name, "mark"));
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
function update(row) {
    var _a, _b, _c;
    const isBusy = row.state === "works" || row.state === "waits";
    const state = all("p.file-state", row.element)[0];
    const meter = all("progress", row.element)[0];
    const more = all(".more", row.element)[0];
    if (state === undefined || meter === undefined || more === undefined)
        return;
    state.className = `file-state ${row.state === "ready" ? "ok" : row.state === "failed" ? "bad" : "wait"}`;
    const sign = row.state === "ready" ? [icon("tick")] : row.state === "failed" ? [icon("care")] : [];
    fill(state, ...sign, make("span", "", sentenceOf(row)));
    meter.hidden = row.state !== "works";
    if (row.as === "source_photo" || row.share === 0)
        meter.removeAttribute("value");
    else
        meter.value = row.share;
    more.hidden = row.more === "";
    more.textContent = moreOf(row);
    const drop = all('[data-act="drop"]', row.element)[0];
    (_a = drop === null || drop === void 0 ? void 0 : drop.firstChild) === null || _a === void 0 ? void 0 : _a.replaceWith(say(isBusy && row.trace === undefined ? "stop" : "leaveOut"));
    (_b = row.outline) === null || _b === void 0 ? void 0 : _b.show(row.cells);
    if (row.edges !== null)
        (_c = row.mark) === null || _c === void 0 ? void 0 : _c.show(row.edges, row.markSaid === "" ? "" : say(row.markSaid), row.marked !== null);
    const mark = all('[data-act="mark"]', row.element)[0];
    if (mark !== undefined) {
        mark.hidden = row.signatures === undefined || isBusy;
        mark.setAttribute("aria-expanded", String(row.edges !== null));
    }
    const hold = all('[data-act="look"]', row.element)[0];
    if (hold !== undefined)
        hold.hidden = row.state === "failed" && row.trace === undefined && row.said !== "tooLittle"; // nothing to see
    element("files-rest").textContent = rest();
}
function sizeOf(bytes) {
    const [unit, size] = bytes >= 1e6 ? ["MB", bytes / 1e6] : ["kB", bytes / 1e3];
    return `${size.toLocaleString(language(), { maximumFractionDigits: unit === "MB" ? 1 : 0 })} ${unit}`;
}
// What is done to it
function rowAt(target) {
    var _a;
    const item = (_a = target === null || target === void 0 ? void 0 : target.closest) === null || _a === void 0 ? void 0 : _a.call(target, "li.file");
    return rows.find((row) => row.element === item);
}
/** Who marks a part sees the picture behind it, as grey and as blurred. */
function seenOf(row) {
    var _a;
    var _b;
    return { file: row.file, isVideo: row.isVideo, element: (_b = (_a = row.mark) === null || _a === void 0 ? void 0 : _a.frame) !== null && _b !== void 0 ? _b : row.element };
}
function isLook(target) {
    var _a;
    return ((_a = target === null || target === void 0 ? void 0 : target.closest) === null || _a === void 0 ? void 0 : _a.call(target, '[data-act="look"]')) !== null;
}
document.addEventListener("pointerdown", (event) => {
    const row = rowAt(event.target);
    if (row !== undefined && isLook(event.target))
        look(seenOf(row));
});
for (const type of ["pointerup", "pointercancel"])
    document.addEventListener(type, lookAway);
document.addEventListener("pointerout", (event) => {
    if (rowAt(event.target) !== undefined && isLook(event.target))
        lookAway();
});
document.addEventListener("contextmenu", (event) => {
    if (rowAt(event.target) !== undefined && isLook(event.target))
        event.preventDefault(); // a long press is how to look
});
document.addEventListener("click", (event) => {
    var _a, _b;
    const row = rowAt(event.target);
    if (row === undefined)
        return;
    if (isLook(event.target))
        press(seenOf(row));
    if (row.mark !== undefined && row.edges !== null && row.mark.frame.contains(event.target)) {
        const at = row.mark.pointOf(event);
        if (at !== null)
            changeMark(row, cornerAt(row.edges, at.x, at.y));
    }
    const act = (_a = event.target.closest("[data-act]")) === null || _a === void 0 ? void 0 : _a.dataset["act"];
    if (act === "mark")
        openMark(row);
    else if (act === "mark-use")
        useMark(row);
    else if (act === "mark-drop") {
        setMark(row, null, "");
        update(row);
        (_b = all('[data-act="mark-use"]', row.element)[0]) === null || _b === void 0 ? void 0 : _b.focus();
    }
    if (act !== "drop")
        return;
    lookAway();
    end(row);
    rows = rows.filter((each) => each !== row);
    showFiles();
    element("files-said").textContent = say("dropped", { name: nameOf(row) });
    element("chosen").focus();
});
document.addEventListener("input", (event) => {
    const row = rowAt(event.target);
    const { value, dataset } = event.target;
    const edge = dataset["edge"];
    if (row === undefined || row.edges === null || edge === undefined)
        return;
    changeMark(row, moved(row.edges, edge, Number(value)));
});
document.addEventListener("change", (event) => {
    const row = rowAt(event.target);
    const cell = event.target.dataset["cell"];
    if (row === undefined || cell === undefined)
        return;
    if (event.target.checked)
        row.cells.add(Number(cell));
    else
        row.cells.delete(Number(cell));
    queue(row);
});
