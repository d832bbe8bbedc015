"use strict";
// The way out, on every page: the button, or Shift three times. It never asks, and it is honest elsewhere about what it does not hide.
const TIMES = 3;
const WITHIN_MS = 2000;
const button = document.getElementById("exit");
const said = document.getElementById("exit-said");
let presses = [];
function leave() {
    if (button === null)
        return;
    // First of all nothing is to be seen any more.
    document.documentElement.classList.add("blank");
    document.title = " ";
    const out = button.dataset["out"];
    if (out !== undefined)
        navigator.sendBeacon(out);
    location.replace(button.href);
}
button?.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
});
document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat)
        return;
    const now = performance.now();
    presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
    if (presses.length >= TIMES) {
        leave();
    }
    else if (said !== null) {
        said.textContent = button?.dataset[presses.length === 1 ? "once" : "twice"] ?? "";
    }
});
// Who comes back with the browser's own button gets no page out of its memory.
window.addEventListener("pageshow", (event) => {
    if (event.persisted)
        location.reload();
});
