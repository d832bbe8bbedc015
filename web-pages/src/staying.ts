// Two minutes before a page ends by itself: it says so, and there is a button to stay. What was typed is lost without a word otherwise.
export {}; // a module, with names of its own

const BEFORE_MS = 120_000;
const LOOK_MS = 5_000; // a phone that slept is behind, so the clock is asked and not counted

type Said = "" | "warned" | "last" | "stayed" | "again" | "closed";

let idleEnd = Infinity;
let mostEnd = Infinity; // of one visit, however often somebody stays
let said: Said = "";
let before: HTMLElement | null = null; // the field that was filled in last

// Asked for each time: the page may have been put in the place of another.
function box(): HTMLElement | null {
  return document.getElementById("staying");
}

function begin(): void {
  const { idleS = "", leftS = "" } = box()?.dataset ?? {};
  if (idleS !== "") idleEnd = Date.now() + 1_000 * Number(idleS);
  if (leftS !== "") mostEnd = Date.now() + 1_000 * Number(leftS);
}

function look(): void {
  const now = Date.now();
  const end = Math.min(idleEnd, mostEnd);
  if (now >= end) say("closed");
  else if (now < end - BEFORE_MS) say(said === "stayed" ? "stayed" : "");
  else if (end === mostEnd) say("last");
  else if (said !== "again") say("warned");
}

function say(what: Said): void {
  said = what;
  const there = box();
  const text = there?.querySelector("p");
  if (there === null || text === null || text === undefined || there.dataset["said"] === what) return;
  there.dataset["said"] = what;
  const at = new Date(Math.min(idleEnd, mostEnd)).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  text.textContent = (there.dataset[what] ?? "").replace("{at}", at);
  there.classList.toggle("on", what !== "");
  document.documentElement.classList.toggle("staying-on", what !== ""); // what has the focus is not behind it
  const button = there.querySelector("button");
  if (button === null) return;
  const had = document.activeElement === button;
  button.hidden = what !== "warned" && what !== "again";
  if (had && button.hidden) before?.focus();
}

async function stay(from: HTMLElement): Promise<void> {
  const token = from.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
  const begun = Date.now();
  try {
    const answer = await fetch(from.dataset["stay"] ?? "", { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin", cache: "no-store", redirect: "error" });
    if (answer.ok) {
      idleEnd = begun + 1_000 * Number(from.dataset["idleS"]);
      say("stayed");
    } else if (answer.status === 403) {
      idleEnd = begun;
      say("closed");
    } else {
      say("again");
    }
  } catch {
    say("again");
  }
}

document.addEventListener("click", (event) => {
  const there = box();
  if (there !== null && (event.target as Element).closest?.("#staying button")) void stay(there);
});

document.addEventListener("focusout", (event) => {
  const field = event.target as HTMLElement;
  if (field.matches?.("input, textarea, select")) before = field;
});

begin();
window.setInterval(look, LOOK_MS);
document.addEventListener("visibilitychange", look);
