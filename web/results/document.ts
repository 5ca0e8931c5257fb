/* SPDX-License-Identifier: MIT
 *
 * The document of this page: the types of docs/schema.md, "ebb/population" version 1,
 * and names that are safe to show.
 */
import { MARKS, text } from "../parts/words.js";

export interface Row {
  time: number;
  at_risk: number;
  parted: number;
  share: number;
  low: number | null;
  high: number | null;
  ended: number[];
  together: number;
  episodes_a_year: number | null;
}

export const FIELDS = [
  "stable_satisfied",
  "stable_not",
  "parted_satisfied",
  "parted_not",
] as const;

export interface Group {
  name: string;
  text: string;
  couples: number;
  failed: number;
  median: number | null;
  episodes_a_year: number | null;
  fields: Record<(typeof FIELDS)[number], number> | null;
  curve: Row[];
}

export interface Population {
  schema: string;
  version: number;
  population: string;
  text: string;
  model: string;
  time_unit: string;
  length: number;
  partners: string;
  couples: number;
  seed: string;
  endings: { name: string; text: string }[];
  groups: Group[];
}

/** Reads the document out of the page. Throws when it is not one this page can show. */
export function readResult(source: Document): Population {
  const holder = source.getElementById("report");
  const found = JSON.parse(holder?.textContent ?? "") as Population;
  if (found.schema !== "ebb/population" || found.version !== 1) {
    throw new Error("not a document of this page");
  }
  return found;
}

/** A text of a file, without marks that would turn what stands around it. */
export function clean(words: string): string {
  return words.replace(MARKS, " ").trim();
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
  return known
    ? text(`${kind}.${item.name}`)
    : clean(item.name).replace(/_/g, " ");
}
