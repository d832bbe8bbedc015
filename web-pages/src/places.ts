// Where the picture is: one place a line. Whatever is no link is a text that a person reads.
import { typed } from "./answers.js";
import { element, icon, make, say } from "./page.js";

export type Place = { readonly url: string } | { readonly text: string };

interface Understood {
  readonly place: Place;
  /** How it is called in a list; null: the line itself. */
  readonly where: string;
  readonly sentence: string;
}

export const MOST_PLACES = 100;
export const MOST_URL = 2000;
export const MOST_TEXT = 300;

const PAUSE_MS = 400;
const SCHEME = /^[a-z]+:\/\//i;

export function places(): Place[] {
  return lines().map((line) => understand(line).place);
}

/**
 * What we make of it, in words. Nothing of it can be clicked: nobody lands there by accident.
 * What did not change stays as it is, so that who only hears the page hears what is new.
 */
export function showPlaces(): void {
  const list = element("places-known");
  const found = lines().slice(0, MOST_PLACES);
  found.forEach((line, at) => {
    const old = list.children[at];
    const item = itemOf(line);
    if (old === undefined) list.append(item);
    else if (!old.isEqualNode(item)) old.replaceWith(item);
  });
  while (list.children.length > found.length) list.lastElementChild?.remove();
}

let timer = 0;

/** The same, when whoever types pauses. */
export function showPlacesSoon(): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(showPlaces, PAUSE_MS);
}

function itemOf(line: string): HTMLElement {
  const { place, where, sentence } = understand(line);
  const isLink = "url" in place;
  const pill = make("span", isLink ? "pill done" : "pill busy", icon(isLink ? "tick" : "info"), say(isLink ? "known" : "notWhole"));
  return make("li", "", pill, make("span", "where", where.slice(0, MOST_TEXT)), make("p", "", sentence));
}

/** The places in a few words, for who checks what is sent. */
export function placesInWords(): string[] {
  return lines().map((line) => {
    const { place, where } = understand(line);
    return "url" in place ? place.url : where;
  });
}

function lines(): string[] {
  return typed("places")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function understand(line: string): Understood {
  const url = linkIn(line);
  if (url === null) return { place: { text: line }, where: line, sentence: say("workerReads") };
  const place = { url: SCHEME.test(line) ? line : `https://${line}` };
  const telegram = telegramIn(url);
  if (telegram !== null) return { place, where: "Telegram", sentence: telegram };
  return { place, where: url.hostname.replace(/^www\./, ""), sentence: say(url.pathname.length > 1 || url.search !== "" ? "website" : "wholeSite") };
}

function linkIn(line: string): URL | null {
  if (/\s/.test(line) || (line.includes("@") && !SCHEME.test(line))) return null; // a name or an address of mail
  try {
    const url = new URL(SCHEME.test(line) ? line : `https://${line}`);
    if (url.protocol === "tg:") return url;
    const isAddress = /^https?:$/.test(url.protocol) && /[^.]\.[^.]{2,}$/.test(url.hostname);
    return isAddress ? url : null;
  } catch {
    return null;
  }
}

/** A message, a group or a channel of Telegram in words; null for any other site. */
function telegramIn(url: URL): string | null {
  if (url.protocol === "tg:") return say("telegram");
  if (!/^(www\.)?(t|telegram)\.(me|dog)$/.test(url.hostname)) return null;
  const parts = url.pathname.split("/").filter((part) => part !== "" && part !== "s");
  const isClosed = parts[0] === "c";
  const [chat = "", message = ""] = isClosed ? [parts[1], parts[parts.length - 1]] : [parts[0], parts[parts.length - 1]];
  if (parts.length < (isClosed ? 3 : 2) || !/^[0-9]+$/.test(message)) return say("telegramChat");
  return say(isClosed ? "telegramGroup" : "telegramChannel", { chat, message });
}
