// The way out, on every page: the button, or Shift three times. It never asks, and it is honest elsewhere about what it does not hide.

const TIMES = 3;
const WITHIN_MS = 2000;

let presses: number[] = [];
let timer = 0;

// Asked for each time: the page may have been put in the place of another.
function button(): HTMLAnchorElement | null {
  return document.getElementById("exit") as HTMLAnchorElement | null;
}

function leave(): void {
  const way = button();
  if (way === null) return;
  // First of all nothing is to be seen any more.
  document.documentElement.classList.add("blank");
  document.title = " ";
  const out = way.dataset["out"];
  if (out !== undefined) navigator.sendBeacon(out);
  location.replace(way.href);
}

/** For as long as it holds. */
function say(sentence: string): void {
  window.clearTimeout(timer);
  if (sentence !== "") timer = window.setTimeout(() => say(""), WITHIN_MS);
  const said = document.getElementById("exit-said");
  if (said !== null) said.textContent = sentence;
}

document.addEventListener("click", (event) => {
  if ((event.target as Element).closest?.("#exit") === null) return;
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    presses = []; // a capital letter is no press
    say("");
    return;
  }
  const now = performance.now();
  presses = [...presses.filter((at) => now - at < WITHIN_MS), now];
  if (presses.length >= TIMES) {
    leave();
  } else {
    say(button()?.dataset[presses.length === 1 ? "once" : "twice"] ?? "");
  }
});

// Who comes back with the browser's own button gets no page out of its memory.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
