// The words of the case: shown once, and nowhere but on this page.
import { element, fill, make, say } from "./page.js";

const FILE = "notitie.txt"; // a name that says nothing

const LOADS_MS = 10_000; // a browser may begin to save after the press

let code: readonly string[] = [];
let isKeptAsSent = true;

/** `isAsSent`: whether what is kept is what was sent last, and not what came before with the same key. */
export function keepWords(words: readonly string[], isAsSent: boolean): void {
  code = words;
  isKeptAsSent = isAsSent;
}

export function showWords(): void {
  fill(element("words-list"), ...code.map((word, at) => {
      const number = make("i", "", String(at + 1));
      number.setAttribute("aria-hidden", "true");
      return make("li", "", number, word);
    }),
  );
  element("words-before").hidden = isKeptAsSent;
  const maySave = "download" in HTMLAnchorElement.prototype; // else it would open in the place of the page
  for (const id of ["words-save", "words-file"]) element(id).hidden = !maySave;
}

document.addEventListener("click", (event) => {
  switch ((event.target as Element).closest("button")?.id) {
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

async function copy(): Promise<void> {
  const said = element("words-said");
  try {
    await navigator.clipboard.writeText(code.join(" "));
    said.textContent = say("copied");
  } catch {
    getSelection()?.selectAllChildren(element("words-list"));
    said.textContent = say("notCopied");
  }
}

function save(): void {
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
