// The one thing that leaves this page, and what comes back for it.
import { form, isAdding } from "./answers.js";

export interface Problem {
  readonly at: string;
  readonly sentence: Readonly<Record<string, string>>;
}

export type Sent =
  | { readonly kind: "kept"; readonly code: readonly string[]; readonly isAsSent: boolean }
  | { readonly kind: "closed" } // the page that it adds to
  | { readonly kind: "ended" } // nothing can be added to it any more
  | { readonly kind: "not_kept" } // somebody in it may be under 18
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }
  | { readonly kind: "too_many" }
  | { readonly kind: "not_sent" };

// Made once: what is sent again because an answer was lost is kept once.
const key = newKey();

export async function send(text: string, signal: AbortSignal): Promise<Sent> {
  try {
    const answer = await fetch(form().dataset["send"] ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRFToken": csrf(), "X-Page": form().dataset["addsTo"] ?? "" },
      body: text,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal,
    });
    if (answer.status === 201) {
      const { code, as_sent } = (await answer.json()) as { code?: string[]; as_sent?: boolean };
      return { kind: "kept", code: code ?? [], isAsSent: as_sent !== false };
    }
    if (answer.status === 403) return { kind: isAdding() ? "closed" : "not_sent" };
    if (answer.status === 409) return { kind: "ended" };
    if (answer.status === 429) return { kind: "too_many" };
    if (answer.status !== 422) return { kind: "not_sent" };
    const said = (await answer.json()) as { not_kept?: boolean; problems?: Problem[] };
    return said.not_kept === true ? { kind: "not_kept" } : { kind: "problems", problems: said.problems ?? [] };
  } catch {
    return { kind: "not_sent" };
  }
}

function csrf(): string {
  return form().querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
}

/** A random UUID; `crypto.randomUUID` is younger than the phones that this is for. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
