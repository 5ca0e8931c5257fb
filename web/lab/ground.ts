/* SPDX-License-Identifier: MIT
 *
 * What every place of the lab stands on: the engine, the language, the address.
 */
import type { Help } from "../parts/document.js";
import type { Bench } from "./engine.js";
import type { Fan } from "./fan.js";

export type Language = "en" | "de";

export interface Ground {
  engine: Bench;
  module: Uint8Array; /* the engine, for workers of a place */
  fan: Fan; /* one for all places: the last request wins */
  help: Help[];
  language: Language;
}

let ground: Ground | null = null;

export function layGround(laid: Ground): void {
  ground = laid;
}

/** The ground; there from before the first place is opened. */
export function lab(): Ground {
  if (ground === null) {
    throw new Error("the lab is not open yet");
  }
  return ground;
}

/** Goes to a fragment such as "#sandbox" as a link would: the back button returns. */
export function go(fragment: string): void {
  window.location.hash = fragment;
}

/* The last fragment of each place, while the page is open. */
const last = new Map<string, string>();

const placeOf = (fragment: string): string => /^#?([^/]*)/.exec(fragment)?.[1] ?? "";

/** Notes that a place is at this fragment. */
export function remember(fragment: string): void {
  last.set(placeOf(fragment), fragment);
}

/** The place begins anew when one comes back to it. */
export function forget(place: string): void {
  last.delete(place);
}

/** Where a place was when one was there last. */
export function lastOf(place: string): string {
  return last.get(place) ?? `#${place}`;
}

/** Keeps a fragment in the address without a step for the back button. Where the address
 * leads elsewhere by now and the place has not heard of it, it stays so. */
export function keep(fragment: string): void {
  if (placeOf(window.location.hash) === placeOf(fragment)) {
    window.history.replaceState(null, "", fragment);
  }
  remember(fragment);
}

/** Whether the system asks for a page without motion. */
export function still(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Brings an element into sight, moving where the system does not ask for stillness. */
export function show(element: HTMLElement, block: ScrollLogicalPosition = "start"): void {
  element.scrollIntoView({ block, behavior: still() ? "auto" : "smooth" });
}
