"use strict";
// The way out, on every page: the button, or Shift three times. It never asks, and it is honest elsewhere about what it does not hide.
const TIMES = 3;
const WITHIN_MS = 2000;
let presses = [];
let timer = 0;
// Asked for each time: the page may have been put in the place of another.
function button() {
    return document.getElementById("exit");
}
function leave() {
    const way = button();
    if (way === null)
        return;
    // First of all nothing is to be seen any more.
    document.documentElement.classList.add("blank");
    document.title = " ";
    const out = way.dataset["out"];
    if (out !== undefined)
        navigator.sendBeacon(out);
    location.replace(way.href);
}
/** For as long as it holds. */
function say(sentence) {
    window.clearTimeout(timer);
    if (sentence !== "")
        timer = window.setTimeout(() => say(""), WITHIN_MS);
    const said = document.getElementById("exit-said");
    if (said !== null)
        said.textContent = sentence;
}
document.addEventListener("click", (event) => {
    var _a, _b;
    if (((_b = (_a = event.target).closest) === null || _b === void 0 ? void 0 : _b.call(_a, "#exit")) === null)
        return;
    event.preventDefault();
    leave();
});
document.addEventListener("keydown", (event) => {
    var _a;
    var _b;
    if (event.repeat)
        return;
    if (event.key !== "Shift") {
        presses = []; // a capital letter is no press
        say("");
        return;
    }
    const now = performance.now();
    presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
    if (presses.length >= TIMES) {
        leave();
    }
    else {
        say((_b = (_a = button()) === null || _a === void 0 ? void 0 : _a.dataset[presses.length === 1 ? "once" : "twice"]) !== null && _b !== void 0 ? _b : "");
    }
});
// Who comes back with the browser's own button gets no page out of its memory.
window.addEventListener("pageshow", (event) => {
    if (event.persisted)
        location.reload();
});
