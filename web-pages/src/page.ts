// What the page's parts share: its elements, and the sentences that came along with it in the reader's language.

export type Values = Readonly<Record<string, string | number>>;

export function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page lacks ${id}.`);
  return found as Kind;
}

export function all<Kind extends HTMLElement = HTMLElement>(selector: string, inside: ParentNode = document): Kind[] {
  return [...inside.querySelectorAll<Kind>(selector)];
}

/** A sentence by its name. A {name} in it is filled in. */
export function say(name: string, values: Values = {}): string {
  return (sentences()[name] ?? name).replace(/\{(\w+)\}/g, (whole, value: string) => String(values[value] ?? whole));
}

/** One of two sentences, for one and for more: `name` and `name` with an s. */
export function sayCount(name: string, count: number, values: Values = {}): string {
  return say(count === 1 ? name : `${name}s`, { count, ...values });
}

export function language(): "nl" | "en" {
  return document.documentElement.lang === "en" ? "en" : "nl";
}

type Content = string | Node;

/** An element with a class and what is in it. Text stays text: nothing that was typed can become markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...content);
  return made;
}

/** Puts this in the place of what was in it. (`replaceChildren` is younger than the phones that this is for.) */
export function fill(where: Element, ...content: readonly Content[]): void {
  where.textContent = "";
  where.append(...content);
}

/** One of the page's drawings, which stand in a template of it. */
export function icon(name: string): Node {
  const template = element<HTMLTemplateElement>("icons");
  const found = template.content.querySelector(`[data-icon="${name}"] svg`);
  return found === null ? document.createTextNode("") : document.importNode(found, true);
}

/** A button that looks like a link; `of` is said to who cannot see what it stands beside. */
export function linkish(text: string, of: string, act: string): HTMLButtonElement {
  const button = make("button", "linkish", text, make("span", "vh", ` (${of})`));
  button.type = "button";
  button.dataset["act"] = act;
  return button;
}

/** Draws something anew. What had the focus in it has it afterwards too, where it is still there. */
export function keepFocus(old: Element, redraw: () => Element): void {
  const had = old.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const drawn = redraw();
  if (had === null || document.activeElement === had) return;
  const isSame = (each: HTMLElement): boolean =>
    had.id !== "" ? each.id === had.id : each.dataset["act"] === had.dataset["act"] && each.dataset["step"] === had.dataset["step"];
  all("[id], [data-act]", drawn).find(isSame)?.focus({ preventScroll: true });
}

let read: Readonly<Record<string, string>> = {};
let readFrom: HTMLElement | null = null;

function sentences(): Readonly<Record<string, string>> {
  const from = document.getElementById("words");
  if (from !== readFrom) {
    read = JSON.parse(from?.textContent ?? "{}") as Readonly<Record<string, string>>;
    readFrom = from;
  }
  return read;
}
