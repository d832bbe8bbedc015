// The whole path in one document. Answers are in the memory of this page, and nowhere else until they are sent.
import { asked, choose, chosen, form, have, isAdding, ticked, typed } from "./answers.js";
import { type Complaint, complain } from "./complaints.js";
import { keepWords, showWords } from "./eight_words.js";
import { addFiles, forgetFiles, MOST_FILES, readyRows, rowsNow, showFiles, traceFakes, workingCount } from "./files.js";
import { speak } from "./language.js";
import { all, element, fill, keepFocus, linkish, make, say, sayCount } from "./page.js";
import { MOST_PLACES, MOST_TEXT, MOST_URL, places, placesInWords, showPlaces, showPlacesSoon } from "./places.js";
import { type Problem, send, type Sent } from "./sending.js";
import { told } from "./told.js";

type Step = "age" | "helper" | "source" | "others" | "have" | "files" | "places" | "choices" | "reach" | "check" | "words" | "added" | "young";

interface Partner {
  readonly name: string;
  /** As people read it; the name itself where there is none. */
  readonly title?: string;
  readonly kind: string;
  readonly sentence: string;
}

const ENCODED = /[A-Za-z0-9+/=_-]{121,}/; // no word of any language
const LINK = /\S*:\/\/\S+|\S+\.\S+\/\S+/g;
const EMAIL = /^[^@\s]{1,100}@[^@\s]{1,150}\.[^@\s.]{2,60}$/;

const state = {
  step: "age" as Step,
  /** Where 'Back' leads, the last first. */
  trail: [] as Step[],
  /** Exactly what stands on the last step is what is sent. */
  text: "",
  /** What is waited for, a sentence by name; empty where it is the person. */
  busy: "",
  /** Counts what was shown, so that what was waited for does not go on from another step. */
  shown: 0,
  /** Whether it was said that files are still being read. */
  wasTold: false,
};

// From step to step

function show(step: Step): void {
  state.step = step;
  state.shown++;
  complain([]);
  draw();
  section(step).querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function goTo(step: Step): void {
  state.trail.push(state.step);
  show(step);
}

/** The step as it stands, in the language of the page. */
function draw(): void {
  const { step } = state;
  for (const each of all("section[data-step]", form())) each.hidden = each.dataset["step"] !== step;
  const number = Number(section(step).dataset["number"] ?? 0);
  element("steps").hidden = number === 0;
  element("step-number").textContent = say("step", { number });
  element("step-name").textContent = nameOf(step);
  [...element("path-pieces").children].forEach((piece, at) => {
    piece.className = at + 1 < number ? "done" : at + 1 === number ? "now" : "";
  });
  const isOver = step === "words" || step === "added" || step === "young";
  element("back").hidden = isOver || state.trail.length === 0;
  if (isAdding()) element("own-page").hidden = state.trail.length > 0;
  element("actions").hidden = isOver;
  element("stop").hidden = step !== "check";
  element("files-rest").hidden = step !== "files";
  nameNext();
  prepare(step);
  setTitle();
}

function section(step: Step): HTMLElement {
  const found = all(`section[data-step="${step}"]`)[0];
  if (found === undefined) throw new Error(`The page lacks the step ${step}.`);
  return found;
}

function nameOf(step: Step): string {
  if (step === "files" && have() === "source_photo") return say("ordinaryPhoto");
  return section(step).dataset["name"] ?? "";
}

/** A title says nothing of what the page is about: a browser keeps it in its history. */
function setTitle(problem = false): void {
  const { number, title } = section(state.step).dataset;
  const plain = number === undefined ? nameOf(state.step) : say("title", { number, name: title ?? nameOf(state.step).toLowerCase() });
  const rest = document.title.slice(document.title.lastIndexOf("·"));
  document.title = `${problem ? `${say("problem")} ` : ""}${plain} ${rest}`;
}

function prepare(step: Step): void {
  // A photo of which nobody said how old the person was is never read.
  const hasNoSource = chosen("source") === "no_such_picture";
  element("have-source-choice").hidden = hasNoSource;
  if (hasNoSource && have() === "source_photo") choose("have", undefined);
  const kind = have();
  for (const each of all("[data-for]", form())) each.hidden = each.dataset["for"] !== kind;
  for (const each of all("[data-not]", form())) each.hidden = each.dataset["not"] === kind;
  for (const each of all("[data-self]", form())) each.textContent = each.dataset[asked.isForOther ? "other" : "self"] ?? "";
  for (const each of all("[data-picture]", form())) each.textContent = each.dataset[kind === "source_photo" ? "source" : "picture"] ?? "";
  element("age-helper-choice").hidden = asked.isForOther;
  element("partner-choices").hidden = partners().length === 0 || kind === "only_link";
  if (!isAdding()) element("mail-part").hidden = chosen("reach") !== "mail";
  if (step === "files") showFiles();
  if (step === "places") showPlaces();
  offerSkip();
  if (step === "check") writeSummary();
  if (step === "words") showWords();
}

function after(step: Step): Step | "stop" {
  const sure = (answer: string | undefined, ...good: string[]): boolean => answer !== undefined && good.includes(answer);
  switch (step) {
    case "age":
      if (chosen("age") === "helper") return "helper";
      return sure(chosen("age"), "yes") ? "source" : "stop";
    case "helper":
      return "age";
    case "source":
      return sure(chosen("source"), "yes", "no_such_picture") ? "others" : "stop";
    case "others":
      return sure(chosen("others"), "yes", "nobody") ? "have" : "stop";
    case "have":
      return have() === "only_link" ? "places" : "files";
    case "files":
      return "places";
    case "places":
      return "choices";
    case "choices":
      return isAdding() ? "check" : "reach";
    default:
      return "check";
  }
}

async function goOn(): Promise<void> {
  const { step } = state;
  const complaints = missing(step);
  if (complaints.length > 0) {
    object(complaints);
    return;
  }
  if (step === "check") {
    await hand();
    return;
  }
  if (step === "choices" && ticked("consent").some((input) => input.value === "trace_of_fake")) {
    if (!(await whileBusy("tracingFakes", traceFakes))) return;
  }
  leave(step);
}

/** To the step that comes next; from one that is changed, back to the check. */
function leave(step: Step): void {
  if (step === "helper") {
    asked.isForOther = true;
    choose("age", undefined); // it is asked anew, of the other person
  }
  const isChange = state.trail.includes("check");
  const next = isChange ? "check" : after(step);
  if (next === "stop") stop();
  else if (isChange) {
    state.trail.length = state.trail.indexOf("check");
    show(next);
  } else goTo(next);
}

function goBack(): void {
  const before = state.trail.pop();
  if (before === undefined) return;
  if (before === "helper") {
    asked.isForOther = false;
    choose("age", "helper");
  }
  show(before);
}

/** Somebody is under 18, or may be: all that was typed or made here is forgotten. */
function stop(): void {
  forget();
  show("young");
}

function forget(): void {
  form().reset();
  forgetFiles();
  asked.isForOther = false;
  Object.assign(state, { trail: [], text: "" });
  showPlaces(); // and what was about to be shown
  for (const id of ["summary", "exact", "errors-list", "files-said"]) fill(element(id));
  sending?.abort();
  state.shown++;
}

/** What takes a moment: the button says so, and nothing else begins. False where the step is not the one of before any more. */
async function whileBusy(sentence: string, work: () => Promise<void>): Promise<boolean> {
  const { shown } = state;
  state.busy = sentence;
  nameNext();
  try {
    await work();
    return state.shown === shown;
  } finally {
    state.busy = "";
    nameNext();
  }
}

function nameNext(): void {
  element("next").textContent = say(state.busy !== "" ? state.busy : state.step === "check" ? "send" : "continue");
}

/** Leaving everything in one press is for who knows nothing to fill in: what is typed is checked. */
function offerSkip(): void {
  const isEmpty = typed("places") === "" && typed("story") === "";
  element("skip-places").hidden = state.step !== "places" || have() === "only_link" || !isEmpty;
}

// What is missing

function object(complaints: readonly Complaint[]): void {
  complain(complaints);
  setTitle(complaints.length > 0);
}

function missing(step: Step): Complaint[] {
  const needed = (name: string, at: string, sentence: string): Complaint[] => (chosen(name) === undefined ? [{ at, sentence: say(sentence) }] : []);
  switch (step) {
    case "age":
      return needed("age", "age-yes", "chooseAge");
    case "helper":
      return needed("authority", "authority-asked", "choose");
    case "source":
      return needed("source", "source-yes", "chooseAge");
    case "others":
      return needed("others", "others-nobody", "chooseAge");
    case "have":
      return needed("have", "have-picture", "choose");
    case "files":
      return missingFiles();
    case "places":
      return missingPlaces();
    case "reach":
      return missingReach();
    default:
      return [];
  }
}

function missingFiles(): Complaint[] {
  const working = workingCount();
  if (working > 0 && !(state.wasTold && readyRows().length > 0)) {
    state.wasTold = true;
    return [{ at: "chosen", sentence: sayCount(readyRows().length > 0 ? "stillWorking" : "onlyWorking", working) }];
  }
  return readyRows().length > 0 ? [] : [{ at: "chosen", sentence: say("noFile") }];
}

function missingPlaces(): Complaint[] {
  const found: Complaint[] = [];
  const all = places();
  if (all.length > MOST_PLACES) found.push({ at: "places", sentence: say("tooManyPlaces", { most: MOST_PLACES }) });
  if (all.some((place) => ("url" in place ? place.url.length > MOST_URL : place.text.length > MOST_TEXT))) {
    found.push({ at: "places", sentence: say("tooLong", { most: MOST_TEXT }) });
  }
  if (all.length === 0 && have() === "only_link" && typed("story") === "") found.push({ at: "places", sentence: say("noLink") });
  if (ENCODED.test(typed("story").replace(LINK, " "))) {
    found.push({ at: "story", sentence: say("encoded") });
  }
  return found;
}

function missingReach(): Complaint[] {
  const reach = chosen("reach");
  if (reach === undefined) return [{ at: "reach-no", sentence: say("choose") }];
  if (reach === "no") return [];
  const found: Complaint[] = [];
  if (!EMAIL.test(typed("mail"))) found.push({ at: "mail", sentence: say("mailWrong") });
  if (ticked("purpose").length === 0) found.push({ at: "purpose-recovery", sentence: say("purposeMissing") });
  return found;
}

// The last step: what is sent, and sending it

function writeSummary(): void {
  const what = told();
  state.text = JSON.stringify(what);
  const titles = ticked("consent").map((input) => input.dataset["short"] ?? input.labels?.[0]?.querySelector("b")?.textContent ?? input.value);
  const mailFor = ticked("purpose").map((input) => input.labels?.[0]?.querySelector("b")?.textContent ?? "");
  const entries: [string, Node | string, Step][] = [
    [say("sumPlaces"), places().length > 0 ? list(placesInWords()) : say("none"), "places"],
    [say("sumMay"), titles.length > 0 ? list(titles) : say("nothing"), "choices"],
  ];
  if (!isAdding()) entries.push([say("sumReach"), chosen("reach") === "mail" ? list([say("reachMail", { mail: typed("mail") }), ...mailFor]) : say("reachNo"), "reach"]);
  if (typed("story") !== "") entries.splice(1, 0, [say("sumStory"), typed("story"), "places"]);
  if (have() !== "only_link") entries.unshift([say("sumFingerprints"), list(filesInWords()), "files"]);
  const lines = entries.map(([term, value, step]) => {
    const change = linkish(say("change"), term, "change");
    change.dataset["step"] = step;
    return make("div", "", make("dt", "", term), make("dd", "", value, make("span", "change", change)));
  });
  const summary = element("summary");
  keepFocus(summary, () => {
    fill(summary, ...lines);
    return summary;
  });
  element("exact").textContent = JSON.stringify(what, null, 2);
}

function filesInWords(): string[] {
  const rows = readyRows();
  if (have() === "source_photo") return [sayCount("sumTrace", rows.length)];
  const videos = rows.filter((row) => row.isVideo);
  const photos = rows.length - videos.length;
  const frames = videos.reduce((sum, row) => sum + (row.video?.frames.length ?? 0), 0);
  const marked = rows.filter((row) => row.marked !== null).length;
  const traces = ticked("consent").some((input) => input.value === "trace_of_fake") ? rows.filter((row) => row.traceOfFake != null).length : 0;
  return [
    ...(photos > 0 ? [sayCount("sumFile", photos)] : []),
    ...(videos.length > 0 ? [sayCount("sumVideo", videos.length, { frames })] : []),
    ...(marked > 0 ? [sayCount("sumPart", marked)] : []),
    ...(traces > 0 ? [sayCount("sumFakeTrace", traces)] : []),
  ];
}

function list(values: readonly string[]): HTMLElement {
  return make("ul", "", ...values.map((value) => make("li", "", value)));
}

let sending: AbortController | undefined;

async function hand(): Promise<void> {
  let sent: Sent = { kind: "not_sent" };
  const { signal } = (sending = new AbortController());
  const isHere = await whileBusy("sending", async () => {
    sent = await send(state.text, signal);
  });
  if (isHere) answered(sent);
}

function answered(sent: Sent): void {
  switch (sent.kind) {
    case "kept":
      if (!isAdding()) keepWords(sent.code, sent.isAsSent);
      forget();
      show(isAdding() ? "added" : "words");
      if (isAdding()) element("added-before").hidden = sent.isAsSent;
      break;
    case "not_kept":
      stop();
      break;
    case "problems":
      object(sent.problems.length > 0 ? sent.problems.map(complaintOf) : [{ at: "next", sentence: say("notSent") }]);
      break;
    default:
      object([{ at: "next", sentence: say(SENTENCES[sent.kind]) }]);
  }
}

const SENTENCES = { closed: "pageClosed", ended: "ended", too_many: "tooMany", not_sent: "notSent" } as const;

/** What the server said of a place in the report, led back to the field that it came from. */
function complaintOf({ at, sentence }: Problem): Complaint {
  const said = sentence[document.documentElement.lang] ?? say("notSent");
  const found = FIELDS.find(([place]) => at.startsWith(place));
  if (found === undefined) return { at: "next", sentence: said };
  const [, step, field] = found;
  return {
    at: field,
    sentence: said,
    go: () => {
      goTo(step);
      object([{ at: field, sentence: said }]);
    },
  };
}

const FIELDS: readonly (readonly [string, Step, string])[] = [
  ["places", "places", "places"],
  ["story", "places", "story"],
  ["contact.email", "reach", "mail"],
  ["contact", "reach", "purpose-recovery"],
  ["consents", "choices", "consent-notices"],
  ["items", "files", "chosen"],
];

// Partners, as they came with the page

function partners(): readonly Partner[] {
  return JSON.parse(element("partners").textContent ?? "[]") as readonly Partner[];
}

function offerPartners(): void {
  const offered = partners();
  const kinds = [...new Set(offered.map((partner) => partner.kind))];
  fill(element("partner-list"), ...offered.map(({ name, title, sentence }) => box(`partner:${name}`, title ?? name, sentence, say("shareWith", { name: title ?? name }))),
    ...kinds.map((kind) => {
      const called = say(`kind_${kind}`) === `kind_${kind}` ? kind.replace(/_/g, " ") : say(`kind_${kind}`);
      return box(`partners_like:${kind}`, say("laterPartners", { kind: called }), say("laterPartnersMore"), say("laterPartners", { kind: called }));
    }),
  );
}

function box(value: string, title: string, sentence: string, short: string): HTMLElement {
  const input = make("input", "");
  Object.assign(input, { type: "checkbox", name: "consent", id: `consent-${value.replace(":", "-")}`, value });
  input.dataset["short"] = short;
  const label = make("label", "", make("b", "", title), make("span", "", sentence));
  label.htmlFor = input.id;
  return make("div", "choice", input, label);
}

// What is done on the page. The page may be put in the place of another, so all of it is heard at the document.

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (state.busy === "") void goOn();
});

document.addEventListener("click", (event) => {
  const target = (event.target as Element).closest<HTMLElement>("a, button");
  if (target === null) return;
  if (state.busy !== "" && target.matches("#back, [data-act=skip], [data-act=change], a.lang")) {
    event.preventDefault();
    element("next").focus(); // which says what is waited for
  } else if (target.id === "back") goBack();
  else if (target.dataset["act"] === "skip") void goOn();
  else if (target.dataset["act"] === "change") goTo(target.dataset["step"] as Step);
  else if (target.dataset["act"] === "stop") {
    event.preventDefault();
    forget();
    location.replace((target as HTMLAnchorElement).href);
  } else if (target.matches("a.skip")) {
    event.preventDefault(); // no entry in the history
    element("main").focus();
  } else if (target.matches("a.lang")) {
    event.preventDefault();
    void changeLanguage((target as HTMLAnchorElement).href);
  }
});

async function changeLanguage(address: string): Promise<void> {
  if (!(await speak(address, rebuild))) {
    object([{ at: "next", sentence: say("noLanguage") }]);
    return;
  }
  draw();
  all("a.lang")[0]?.focus({ preventScroll: true });
}

/** What the script adds to a page that came. */
function rebuild(): void {
  element("late").remove(); // the script is there
  offerPartners();
}

document.addEventListener("change", (event) => {
  const input = event.target as HTMLInputElement;
  if (input.id === "chosen" && input.files !== null) {
    state.wasTold = false;
    const isRoom = addFiles(input.files);
    input.value = "";
    object(isRoom ? [] : [{ at: "chosen", sentence: say("mostFiles", { most: MOST_FILES }) }]);
    if (rowsNow().length > 0) element("chosen-label").lastChild?.replaceWith(say("chooseMore"));
  }
  if (input.name === "reach") element("mail-part").hidden = chosen("reach") !== "mail";
});
document.addEventListener("input", (event) => {
  const { id } = event.target as Element;
  if (id === "places") showPlacesSoon();
  if (id === "places" || id === "story") offerSkip();
});
document.addEventListener("haalweg:file", () => {
  if (state.step === "check") writeSummary(); // one that was waited for no longer came after all
});

rebuild();
draw();
