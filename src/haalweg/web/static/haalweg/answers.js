// What was answered: it is in the fields of the page, and nowhere else.
import { all, element } from "./page.js";
/** What no field holds. */
export const asked = {
    /** The authority page was read: the questions are about the other person. */
    isForOther: false,
};
/** Whether this adds to a report that is there already: its words, and how to reach the person, are known there. */
export function isAdding() {
    return form().dataset["addsTo"] !== undefined;
}
export function form() {
    return element("form");
}
export function chosen(name) {
    var _a;
    return (_a = all(`input[name="${name}"]:checked`, form())[0]) === null || _a === void 0 ? void 0 : _a.value;
}
export function choose(name, value) {
    for (const input of all(`input[name="${name}"]`, form()))
        input.checked = input.value === value;
}
/** The boxes with a tick, of those that are asked in this case. */
export function ticked(name) {
    return all(`input[name="${name}"]:checked`, form()).filter(isAsked);
}
export function typed(id) {
    return element(id).value.trim();
}
export function have() {
    var _a;
    return (_a = chosen("have")) !== null && _a !== void 0 ? _a : "only_link";
}
function isAsked(input) {
    const step = input.closest("section");
    for (let each = input; each !== null && each !== step; each = each.parentElement) {
        if (each.hidden)
            return false;
    }
    return true;
}
