// What was answered: it is in the fields of the page, and nowhere else.
import { all, element } from "./page.js";

export type Have = "picture" | "source_photo" | "only_link";

/** What no field holds. */
export const asked = {
  /** The authority page was read: the questions are about the other person. */
  isForOther: false,
};

/** Whether this adds to a report that is there already: its words, and how to reach the person, are known there. */
export function isAdding(): boolean {
  return form().dataset["addsTo"] !== undefined;
}

export function form(): HTMLFormElement {
  return element<HTMLFormElement>("form");
}

export function chosen(name: string): string | undefined {
  return all<HTMLInputElement>(`input[name="${name}"]:checked`, form())[0]?.value;
}

export function choose(name: string, value: string | undefined): void {
  for (const input of all<HTMLInputElement>(`input[name="${name}"]`, form())) input.checked = input.value === value;
}

/** The boxes with a tick, of those that are asked in this case. */
export function ticked(name: string): HTMLInputElement[] {
  return all<HTMLInputElement>(`input[name="${name}"]:checked`, form()).filter(isAsked);
}

export function typed(id: string): string {
  return element<HTMLInputElement | HTMLTextAreaElement>(id).value.trim();
}

export function have(): Have {
  return (chosen("have") as Have | undefined) ?? "only_link";
}

function isAsked(input: HTMLInputElement): boolean {
  const step = input.closest("section");
  for (let each: HTMLElement | null = input; each !== null && each !== step; each = each.parentElement) {
    if (each.hidden) return false;
  }
  return true;
}
