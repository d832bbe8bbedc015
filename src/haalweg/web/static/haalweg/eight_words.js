// The words of the case: shown once, and nowhere but on this page.
import { element, fill, make, say } from "./page.js";
const FILE = "notitie.txt"; // a name that says nothing
const LOADS_MS = 10000; // a browser may begin to save after the press
let code = [];
let isKeptAsSent = true;
/** `isAsSent`: whether what is kept is what was sent last, and not what came before with the same key. */
export function keepWords(words, isAsSent) {
    code = words;
    isKeptAsSent = isAsSent;
}
export function showWords() {
    fill(element("words-list"), ...code.map((word, at) => {
        const number = make("i", "", String(at + 1));
        number.setAttribute("aria-hidden", "true");
        return make("li", "", number, word);
    }));
    element("words-before").hidden = isKeptAsSent;
    const maySave = "download" in HTMLAnchorElement.prototype; // else it would open in the place of the page
    for (const id of ["words-save", "words-file"])
        element(id).hidden = !maySave;
}
document.addEventListener("click", (event) => {
    var _a;
    switch ((_a = event.target.closest("button")) === null || _a === void 0 ? void 0 : _a.id) {
        case "words-print":
            window.print();
            break;
        case "words-copy":
            void copy();
            break;
        case "words-save":
            save();
            break;
    }
});
async function copy() {
    var _a;
    const said = element("words-said");
    try {
        await navigator.clipboard.writeText(code.join(" "));
        said.textContent = say("copied");
    }
    catch (_b) {
        (_a = getSelection()) === null || _a === void 0 ? void 0 : _a.selectAllChildren(element("words-list"));
        said.textContent = say("notCopied");
    }
}
function save() {
    const link = make("a", "");
    const address = URL.createObjectURL(new Blob([`${code.join(" ")}\n`], { type: "text/plain" }));
    link.href = address;
    link.download = FILE;
    link.hidden = true;
    document.body.append(link); // some follow only what is on the page
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(address), LOADS_MS);
    element("words-said").textContent = say("saved", { file: FILE });
}
