// The part of a picture that was not found by itself, in a screenshot say: marked on a plain outline, by tapping corners or moving edges.
import type { Box } from "../../web-hasher/src/client.js";
import { all, linkish, make, say } from "./page.js";

export type Edge = "left" | "top" | "right" | "bottom";

/** Where the edges are, in whole percents of the picture from its left and its top. */
export type Edges = Readonly<Record<Edge, number>>;

interface Size {
  readonly width: number;
  readonly height: number;
}

export const AT_FIRST: Edges = { left: 10, top: 10, right: 90, bottom: 90 };

const SVG = "http://www.w3.org/2000/svg";
const EDGES: readonly Edge[] = ["left", "right", "top", "bottom"];
const LEAST = 10; // percents that a part has at least on each side
const SHOWN = 320; // the longer side of the outline, in its own units

/** The same with one edge elsewhere, as far as the one across leaves room for a part. */
export function moved(edges: Edges, edge: Edge, percent: number): Edges {
  const at = Math.round(Math.min(100, Math.max(0, percent)));
  switch (edge) {
    case "left":
      return { ...edges, left: Math.min(at, edges.right - LEAST) };
    case "right":
      return { ...edges, right: Math.max(at, edges.left + LEAST) };
    case "top":
      return { ...edges, top: Math.min(at, edges.bottom - LEAST) };
    case "bottom":
      return { ...edges, bottom: Math.max(at, edges.top + LEAST) };
  }
}

/** The same with the nearest corner at a point that was tapped, in percents. */
export function cornerAt(edges: Edges, x: number, y: number): Edges {
  const across = Math.abs(x - edges.left) <= Math.abs(x - edges.right) ? "left" : "right";
  const down = Math.abs(y - edges.top) <= Math.abs(y - edges.bottom) ? "top" : "bottom";
  return moved(moved(edges, across, x), down, y);
}

/** The part in pixels of the picture. */
export function boxOf(edges: Edges, { width, height }: Size): Box {
  return {
    left: Math.floor((width * edges.left) / 100),
    top: Math.floor((height * edges.top) / 100),
    right: Math.ceil((width * edges.right) / 100),
    bottom: Math.ceil((height * edges.bottom) / 100),
  };
}

/** The outline with the part on it, a slider for each edge, and what is done with the part. */
export class Mark {
  readonly element: HTMLElement;
  /** Where the picture is shown, grey and blurred, while somebody looks. */
  readonly frame: HTMLElement;
  readonly #drawing: SVGElement;
  readonly #outside: SVGElement;
  readonly #part: SVGElement;
  readonly #shown: Size;
  readonly #said: HTMLElement;
  readonly #drop: HTMLElement;

  constructor(id: string, of: string, picture: Size) {
    const scale = SHOWN / Math.max(picture.width, picture.height);
    // One that is long and narrow is drawn wider, so that it can be tapped.
    this.#shown = { width: Math.max(80, picture.width * scale), height: Math.max(80, picture.height * scale) };
    this.#outside = shape("path", { class: "outside", "fill-rule": "evenodd" });
    this.#part = shape("rect", { class: "part" });
    this.#drawing = shape("svg", { viewBox: `0 0 ${this.#shown.width} ${this.#shown.height}`, role: "img" });
    this.#drawing.append(this.#outside, this.#part);
    this.frame = make("div", picture.width >= picture.height ? "mark-frame" : "mark-frame upright");
    this.frame.append(this.#drawing);
    const sliders = EDGES.map((edge) => slider(`${id}-${edge}`, edge));
    this.#said = make("p", "file-state");
    this.#drop = linkish(say("markDrop"), of, "mark-drop");
    const use = make("button", "button second", say("markUse"), make("span", "vh", ` (${of})`));
    use.type = "button";
    use.dataset["act"] = "mark-use";
    this.element = make(
      "div",
      "mark",
      make("p", "small", say("markWhat")),
      make("p", "small soft", say("markHow")),
      this.frame,
      make("fieldset", "", make("legend", "vh", say("markEdges")), ...sliders),
      this.#said,
      make("div", "file-acts", use, this.#drop),
    );
  }

  show(edges: Edges, said: string, isUsed: boolean): void {
    const { width, height } = this.#shown;
    const [x, y] = [(width * edges.left) / 100, (height * edges.top) / 100];
    const [right, bottom] = [(width * edges.right) / 100, (height * edges.bottom) / 100];
    this.#outside.setAttribute("d", `M0 0H${width}V${height}H0zM${x} ${y}V${bottom}H${right}V${y}z`);
    for (const [name, value] of Object.entries({ x, y, width: right - x, height: bottom - y })) this.#part.setAttribute(name, String(value));
    this.#drawing.setAttribute("aria-label", say("markFrame", edges));
    for (const input of all<HTMLInputElement>("input[data-edge]", this.element)) {
      const edge = input.dataset["edge"] as Edge;
      input.value = String(edges[edge]);
      const where = say(isAcross(edge) ? "fromLeft" : "fromTop", { percent: edges[edge] });
      input.setAttribute("aria-valuetext", where);
      if (input.nextElementSibling !== null) input.nextElementSibling.textContent = where;
    }
    this.#said.className = `file-state ${isUsed ? "ok" : "wait"}`;
    this.#said.textContent = said;
    this.#drop.hidden = !isUsed;
  }

  /** Where on the picture a tap was, in percents; null: not on it. */
  pointOf(event: MouseEvent): { readonly x: number; readonly y: number } | null {
    const { left, top, width, height } = this.#drawing.getBoundingClientRect();
    const [x, y] = [(100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height];
    return x >= 0 && y >= 0 && x <= 100 && y <= 100 ? { x, y } : null;
  }
}

function slider(id: string, edge: Edge): HTMLElement {
  const input = make("input", "");
  Object.assign(input, { type: "range", id, min: "0", max: "100", step: "1" });
  input.dataset["edge"] = edge;
  const label = make("label", "", say(`edge_${edge}`));
  label.htmlFor = id;
  const where = make("span", "small soft");
  where.setAttribute("aria-hidden", "true"); // the slider says it
  return make("div", "edge", label, input, where);
}

function isAcross(edge: Edge): boolean {
  return edge === "left" || edge === "right";
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}
