// What a trace leaves out, on a plain outline in the photo's own proportions: the photo itself is never drawn.
import type { Box } from "../../web-hasher/src/client.js";
import { all, make, say, sayCount } from "./page.js";

interface Size {
  readonly width: number;
  readonly height: number;
}

const SVG = "http://www.w3.org/2000/svg";
const SHOWN_WIDTH = 320; // of the outline, in its own units: letters keep their size in any photo. Squares of a long strip stay large enough to tap

/** The squares that were chosen, in pixels of the photo. */
export function boxesOf(cells: ReadonlySet<number>, photo: Size | undefined): Box[] {
  if (photo === undefined) return [];
  const { across, down } = grid(photo);
  return [...cells].map((cell) => {
    const column = cell % across;
    const line = Math.floor(cell / across);
    return {
      left: Math.floor((photo.width * column) / across),
      top: Math.floor((photo.height * line) / down),
      right: Math.ceil((photo.width * (column + 1)) / across),
      bottom: Math.ceil((photo.height * (line + 1)) / down),
    };
  });
}

/** An outline with the faces that were found, and a box to tick for every square. */
export class Outline {
  readonly element: HTMLElement;
  readonly #count: HTMLElement;

  constructor(id: string, photo: Size, faces: readonly Box[], cells: ReadonlySet<number>) {
    const { across, down } = grid(photo);
    const box = make("div", across === 4 ? "outline" : "outline upright", drawn(faces, photo), squares(id, across, down));
    this.#count = make("span", "");
    const key = make(
      "ul",
      "key",
      ...(faces.length > 0 ? [make("li", "", make("i", "k-face"), make("span", "", say("keyFace")))] : []),
      make("li", "", make("i", "k-out"), this.#count),
    );
    const ask = make("p", "", `${say("somethingElse")} `, make("strong", "", say("tapIt")));
    const missed = make("p", "small soft", say("faceMissed"));
    this.element = make("div", "left-out", box, key, ask, missed);
    this.show(cells);
  }

  show(cells: ReadonlySet<number>): void {
    for (const input of all<HTMLInputElement>("input[data-cell]", this.element)) {
      const cell = Number(input.dataset["cell"]);
      input.checked = cells.has(cell);
      input.nextElementSibling?.lastChild?.replaceWith(input.checked ? say("out") : String(cell + 1));
    }
    this.#count.textContent = sayCount("keyOut", cells.size);
  }
}

function grid(photo: Size): { across: number; down: number } {
  return photo.width >= photo.height ? { across: 4, down: 3 } : { across: 3, down: 4 };
}

function drawn(faces: readonly Box[], photo: Size): SVGElement {
  const shownHeight = Math.round(Math.min(2 * SHOWN_WIDTH, Math.max(SHOWN_WIDTH / 2, (photo.height * SHOWN_WIDTH) / photo.width)));
  const scale = { x: SHOWN_WIDTH / photo.width, y: shownHeight / photo.height };
  const svg = shape("svg", {
    class: "faces",
    viewBox: `0 0 ${SHOWN_WIDTH} ${shownHeight}`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": sayCount("outline", faces.length),
  });
  faces.forEach((face, at) => {
    const [x, y] = [face.left * scale.x, face.top * scale.y];
    const [width, height] = [(face.right - face.left) * scale.x, (face.bottom - face.top) * scale.y];
    svg.append(shape("rect", { x, y, width, height, rx: 5 }));
    if (width < 50) return; // no room for letters
    const middle = { x: x + width / 2 };
    const lines = height < 44 ? [[say("face"), y + height / 2 + 5]] : [[say("face"), y + height / 2 - 2], [String(at + 1), y + height / 2 + 16]];
    for (const [text, baseline] of lines) {
      const word = shape("text", { ...middle, y: baseline ?? 0 });
      word.textContent = String(text);
      svg.append(word);
    }
  });
  return svg;
}

function squares(id: string, across: number, down: number): HTMLElement {
  const lines = say(down === 3 ? "rows3" : "rows4").split(",");
  const columns = say(across === 4 ? "columns4" : "columns3").split(",");
  const list = make("ul", "outline-grid");
  for (let cell = 0; cell < across * down; cell++) {
    const input = make("input", "");
    input.type = "checkbox";
    input.id = `${id}-cell-${cell}`;
    input.dataset["cell"] = String(cell);
    const place = `${lines[Math.floor(cell / across)] ?? ""}, ${columns[cell % across] ?? ""}`;
    const label = make("label", "", make("span", "vh", `${say("square", { number: cell + 1, place })}: `), String(cell + 1));
    label.htmlFor = input.id;
    list.append(make("li", "", input, label));
  }
  return make("fieldset", "", make("legend", "vh", say("tapSquares")), list);
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}
