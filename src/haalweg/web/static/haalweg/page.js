// What the page's parts share: its elements, and the sentences that came along with it in the reader's language.
export function element(id) {
    const found = document.getElementById(id);
    if (found === null)
        throw new Error(`The page lacks ${id}.`);
    return found;
}
export function all(selector, inside = document) {
    return [...inside.querySelectorAll(selector)];
}
/** A sentence by its name. A {name} in it is filled in. */
export function say(name, values = {}) {
    var _a;
    return ((_a = sentences()[name]) !== null && _a !== void 0 ? _a : name).replace(/\{(\w+)\}/g, (whole, value) => { var _a; return String((_a = values[value]) !== null && _a !== void 0 ? _a : whole); });
}
/** One of two sentences, for one and for more: `name` and `name` with an s. */
export function sayCount(name, count, values = {}) {
    return say(count === 1 ? name : `${name}s`, { count, ...values });
}
export function language() {
    return document.documentElement.lang === "en" ? "en" : "nl";
}
/** An element with a class and what is in it. Text stays text: nothing that was typed can become markup. */
export function make(name, className, ...content) {
    const made = document.createElement(name);
    if (className !== "")
        made.className = className;
    made.append(...content);
    return made;
}
/** Puts this in the place of what was in it. (`replaceChildren` is younger than the phones that this is for.) */
export function fill(where, ...content) {
    where.textContent = "";
    where.append(...content);
}
/** One of the page's drawings, which stand in a template of it. */
export function icon(name) {
    const template = element("icons");
    const found = template.content.querySelector(`[data-icon="${name}"] svg`);
    return found === null ? document.createTextNode("") : document.importNode(found, true);
}
/** A button that looks like a link; `of` is said to who cannot see what it stands beside. */
export function linkish(text, of, act) {
    const button = make("button", "linkish", text, make("span", "vh", ` (${of})`));
    button.type = "button";
    button.dataset["act"] = act;
    return button;
}
/** Draws something anew. What had the focus in it has it afterwards too, where it is still there. */
export function keepFocus(old, redraw) {
    var _a;
    const had = old.contains(document.activeElement) ? document.activeElement : null;
    const drawn = redraw();
    if (had === null || document.activeElement === had)
        return;
    const isSame = (each) => had.id !== "" ? each.id === had.id : each.dataset["act"] === had.dataset["act"] && each.dataset["step"] === had.dataset["step"];
    (_a = all("[id], [data-act]", drawn).find(isSame)) === null || _a === void 0 ? void 0 : _a.focus({ preventScroll: true });
}
let read = {};
let readFrom = null;
function sentences() {
    var _a;
    const from = document.getElementById("words");
    if (from !== readFrom) {
        read = JSON.parse((_a = from === null || from === void 0 ? void 0 : from.textContent) !== null && _a !== void 0 ? _a : "{}");
        readFrom = from;
    }
    return read;
}
