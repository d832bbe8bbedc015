// Hold to look: small, grey and blurred, and only while it is held; or for three seconds after two presses, for who cannot hold.

const SHOWN_MS = 3000;
const TWO_PRESSES_MS = 2000;

/** What is to be seen of a row, and below what. */
export interface Seen {
  readonly file: File;
  readonly isVideo: boolean;
  readonly element: HTMLElement;
}

let address = "";
let veil: HTMLElement | null = null;
let pressed: { readonly file: File; readonly at: number } | null = null;
let timer = 0;

/** Shows a file below its row. It is drawn by the browser and read by nothing here. */
export function look({ file, isVideo, element }: Seen): void {
  lookAway();
  address = URL.createObjectURL(file);
  veil = document.createElement("div");
  veil.className = "veil";
  veil.setAttribute("aria-hidden", "true");
  if (isVideo) {
    const video = document.createElement("video");
    video.muted = true;
    video.playsInline = true;
    video.preload = "auto";
    video.src = address; // the first frame only: it is never played
    veil.append(video);
  } else {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = address;
    veil.append(picture);
  }
  element.append(veil);
}

/** A press that ended: the second on the same row within two seconds shows it for three. */
export function press(seen: Seen): void {
  const at = performance.now();
  const isSecond = pressed?.file === seen.file && at - pressed.at < TWO_PRESSES_MS;
  pressed = isSecond ? null : { file: seen.file, at };
  if (!isSecond) return;
  look(seen);
  timer = window.setTimeout(lookAway, SHOWN_MS);
}

export function lookAway(): void {
  window.clearTimeout(timer);
  veil?.remove();
  veil = null;
  if (address !== "") URL.revokeObjectURL(address);
  address = "";
}

for (const end of ["blur", "pagehide"]) window.addEventListener(end, lookAway);
document.addEventListener("visibilitychange", lookAway);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") lookAway();
});
