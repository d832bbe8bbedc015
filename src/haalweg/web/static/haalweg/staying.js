const BEFORE_MS = 120000;
const LOOK_MS = 5000; // a phone that slept is behind, so the clock is asked and not counted
let idleEnd = Infinity;
let mostEnd = Infinity; // of one visit, however often somebody stays
let said = "";
let before = null; // the field that was filled in last
// Asked for each time: the page may have been put in the place of another.
function box() {
    return document.getElementById("staying");
}
function begin() {
    var _a;
    var _b;
    const { idleS = "", leftS = "" } = (_b = (_a = box()) === null || _a === void 0 ? void 0 : _a.dataset) !== null && _b !== void 0 ? _b : {};
    if (idleS !== "")
        idleEnd = Date.now() + 1000 * Number(idleS);
    if (leftS !== "")
        mostEnd = Date.now() + 1000 * Number(leftS);
}
function look() {
    const now = Date.now();
    const end = Math.min(idleEnd, mostEnd);
    if (now >= end)
        say("closed");
    else if (now < end - BEFORE_MS)
        say(said === "stayed" ? "stayed" : "");
    else if (end === mostEnd)
        say("last");
    else if (said !== "again")
        say("warned");
}
function say(what) {
    var _a;
    said = what;
    const there = box();
    const text = there === null || there === void 0 ? void 0 : there.querySelector("p");
    if (there === null || text === null || text === undefined || there.dataset["said"] === what)
        return;
    there.dataset["said"] = what;
    const at = new Date(Math.min(idleEnd, mostEnd)).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    text.textContent = ((_a = there.dataset[what]) !== null && _a !== void 0 ? _a : "").replace("{at}", at);
    there.classList.toggle("on", what !== "");
    document.documentElement.classList.toggle("staying-on", what !== ""); // what has the focus is not behind it
    const button = there.querySelector("button");
    if (button === null)
        return;
    const had = document.activeElement === button;
    button.hidden = what !== "warned" && what !== "again";
    if (had && button.hidden)
        before === null || before === void 0 ? void 0 : before.focus();
}
async function stay(from) {
    var _a;
    var _b, _c;
    const token = (_b = (_a = from.querySelector('input[name="csrfmiddlewaretoken"]')) === null || _a === void 0 ? void 0 : _a.value) !== null && _b !== void 0 ? _b : "";
    const begun = Date.now();
    try {
        const answer = await fetch((_c = from.dataset["stay"]) !== null && _c !== void 0 ? _c : "", { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin", cache: "no-store", redirect: "error" });
        if (answer.ok) {
            idleEnd = begun + 1000 * Number(from.dataset["idleS"]);
            say("stayed");
        }
        else if (answer.status === 403) {
            idleEnd = begun;
            say("closed");
        }
        else {
            say("again");
        }
    }
    catch (_d) {
        say("again");
    }
}
document.addEventListener("click", (event) => {
    var _a, _b;
    const there = box();
    if (there !== null && ((_b = (_a = event.target).closest) === null || _b === void 0 ? void 0 : _b.call(_a, "#staying button")))
        void stay(there);
});
document.addEventListener("focusout", (event) => {
    var _a;
    const field = event.target;
    if ((_a = field.matches) === null || _a === void 0 ? void 0 : _a.call(field, "input, textarea, select"))
        before = field;
});
begin();
window.setInterval(look, LOOK_MS);
document.addEventListener("visibilitychange", look);
export {};
