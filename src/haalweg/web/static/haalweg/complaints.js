// What is missing: a summary above the heading that takes the focus, and the same sentence at each field.
import { all, element, fill, icon, make } from "./page.js";
/** Shows them, and forgets those of before. */
export function complain(complaints) {
    var _a;
    for (const old of all(".error-text"))
        old.remove();
    for (const old of all(".wrong-group, .wrong"))
        old.classList.remove("wrong-group", "wrong");
    for (const old of all("[aria-invalid]"))
        old.removeAttribute("aria-invalid");
    for (const old of all("[data-described]")) {
        if (old.dataset["described"] === "")
            old.removeAttribute("aria-describedby");
        else
            old.setAttribute("aria-describedby", (_a = old.dataset["described"]) !== null && _a !== void 0 ? _a : "");
        delete old.dataset["described"];
    }
    const box = element("errors");
    box.hidden = complaints.length === 0;
    fill(element("errors-list"), ...complaints.map((each) => make("li", "", linkTo(each))));
    for (const each of complaints)
        if (each.go === undefined)
            mark(each);
    if (complaints.length > 0)
        box.focus();
}
function linkTo({ at, sentence, go }) {
    const link = make("a", "", sentence);
    link.href = `#${at}`;
    link.addEventListener("click", (event) => {
        event.preventDefault(); // an address with a place in it would be one more entry of the history
        go === null || go === void 0 ? void 0 : go();
        const field = document.getElementById(at);
        if (field === null)
            return;
        open(field);
        field.focus();
    });
    return link;
}
/** A field that is folded away cannot be seen, and takes no focus. */
function open(field) {
    var _a;
    var _b;
    for (let around = field.closest("details"); around !== null; around = (_b = (_a = around.parentElement) === null || _a === void 0 ? void 0 : _a.closest("details")) !== null && _b !== void 0 ? _b : null)
        around.open = true;
}
function mark({ at, sentence }) {
    var _a, _b;
    const field = document.getElementById(at);
    if (field === null)
        return;
    open(field);
    const text = make("p", "error-text", icon("care"), make("span", "", sentence));
    text.id = `${at}-error`;
    const group = field.closest("fieldset");
    const around = field.closest(".field, .pick");
    const isGroup = field.matches("[type=radio], [type=checkbox]") && group !== null;
    if (isGroup) {
        group.classList.add("wrong-group");
        ((_a = all(".choice", group)[0]) !== null && _a !== void 0 ? _a : field).before(text);
    }
    else {
        around === null || around === void 0 ? void 0 : around.classList.add("wrong");
        field.before(text);
    }
    if (!isGroup && !field.matches("button"))
        field.setAttribute("aria-invalid", "true");
    // Who only hears the page hears it with the field, or with the question.
    const described = isGroup ? group : field;
    described.dataset["described"] = (_b = described.getAttribute("aria-describedby")) !== null && _b !== void 0 ? _b : "";
    described.setAttribute("aria-describedby", `${text.id} ${described.dataset["described"]}`.trim());
}
