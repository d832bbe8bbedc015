// The words of the case: shown once, and nowhere but on this page.
import { element, fill, make, say } from "./page.js";
const FILE = "notitie.txt"; // a name that says nothing
let code = [];
export function keepWords(words) {
    code = words;
}
export function showWords() {
    fill(element("words-list"), ...code.map((word, at) => {
        const number = make("i", "", String(at + 1));
        number.setAttribute("aria-hidden", "true");
        return make("li", "", number, word);
    }));
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
    link.click();
    URL.revokeObjectURL(address);
    element("words-said").textContent = say("saved", { file: FILE });
}
