// What is missing: a summary above the heading that takes the focus, and the same sentence at each field.
import { all, element, fill, icon, make } from "./page.js";

export interface Complaint {
  /** The id of a field. */
  readonly at: string;
  readonly sentence: string;
  /** What leads to the field, where it stands on another step. */
  readonly go?: () => void;
}

/** Shows them, and forgets those of before. */
export function complain(complaints: readonly Complaint[]): void {
  for (const old of all(".error-text")) old.remove();
  for (const old of all(".wrong-group, .wrong")) old.classList.remove("wrong-group", "wrong");
  for (const old of all("[aria-invalid]")) old.removeAttribute("aria-invalid");
  for (const old of all("[data-described]")) {
    if (old.dataset["described"] === "") old.removeAttribute("aria-describedby");
    else old.setAttribute("aria-describedby", old.dataset["described"] ?? "");
    delete old.dataset["described"];
  }
  const box = element("errors");
  box.hidden = complaints.length === 0;
  fill(element("errors-list"), ...complaints.map((each) => make("li", "", linkTo(each))));
  for (const each of complaints) if (each.go === undefined) mark(each);
  if (complaints.length > 0) box.focus();
}

function linkTo({ at, sentence, go }: Complaint): HTMLElement {
  const link = make("a", "", sentence);
  link.href = `#${at}`;
  link.addEventListener("click", (event) => {
    event.preventDefault(); // an address with a place in it would be one more entry of the history
    go?.();
    const field = document.getElementById(at);
    if (field === null) return;
    open(field);
    field.focus();
  });
  return link;
}

/** A field that is folded away cannot be seen, and takes no focus. */
function open(field: HTMLElement): void {
  for (let around = field.closest("details"); around !== null; around = around.parentElement?.closest("details") ?? null) around.open = true;
}

function mark({ at, sentence }: Complaint): void {
  const field = document.getElementById(at);
  if (field === null) return;
  open(field);
  const text = make("p", "error-text", icon("care"), make("span", "", sentence));
  text.id = `${at}-error`;
  const group = field.closest("fieldset");
  const around = field.closest(".field, .pick");
  const isGroup = field.matches("[type=radio], [type=checkbox]") && group !== null;
  if (isGroup) {
    group.classList.add("wrong-group");
    (all(".choice", group)[0] ?? field).before(text);
  } else {
    around?.classList.add("wrong");
    field.before(text);
  }
  if (!isGroup && !field.matches("button")) field.setAttribute("aria-invalid", "true");
  // Who only hears the page hears it with the field, or with the question.
  const described = isGroup ? group : field;
  described.dataset["described"] = described.getAttribute("aria-describedby") ?? "";
  described.setAttribute("aria-describedby", `${text.id} ${described.dataset["described"]}`.trim());
}
