/* SPDX-License-Identifier: MIT
 *
 * The document of this page, which result it is of, and names that are safe to show. The
 * types of each stand beside what draws it; they are those of docs/schema.md.
 */
import { MARKS, text } from "../parts/words.js";
import type { Figures } from "./evidence_figures.js";
import type { Validation } from "./ledger.js";
import type { Market } from "./pair.js";
import type { Population } from "./population.js";
import type { Sampled } from "./sampled.js";
import type { Trial } from "./trial.js";

export type Result = Population | Trial | Market | Validation | Figures | Sampled;

/** Reads the document out of the page. Throws when it is of no result. */
export function readResult(source: Document): Result {
  const holder = source.getElementById("report");
  const found = JSON.parse(holder?.textContent ?? "") as Result;
  if (found.version !== 1) {
    throw new Error("not a document of this page");
  }
  return found;
}

/** A text of a file, without marks that would turn what stands around it. */
export function clean(words: string): string {
  return words.replace(MARKS, " ").trim();
}

/** A name of a file in words. */
export function inWords(name: string): string {
  return clean(name).replace(/_/g, " ");
}

/** What a group or a way to part is called: its text, else its name in words. */
export function called(kind: "group" | "ending", item: { name: string; text: string }): string {
  const own = clean(item.text);
  if (own !== "") {
    return own;
  }
  const known = (kind === "group" ? ["all", "others"] : ["others", "parted"]).includes(
    item.name,
  );
  return known ? text(`${kind}.${item.name}`) : inWords(item.name);
}
