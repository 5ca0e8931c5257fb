/* SPDX-License-Identifier: MIT
 *
 * The document of a couple's page: the types of docs/schema.md, "ebb/couple" version 1,
 * and the few derived facts that more than one section needs.
 */

export type Numbers = (number | null)[];

export interface Quantity {
  name: string;
  person: number; /* place among the persons; -1: of the couple */
  kind: "state" | "let";
  text: string;
  unit: string;
  low: number | null; /* the range that the model gives it; null: none */
  high: number | null;
}

export interface Trait {
  name: string;
  person: number;
  text: string;
  value: number | null;
}

export interface Difference {
  name: string;
  person: number;
  without: number | null;
  with: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  couples: number;
}

export interface Band {
  low: Numbers;
  median: Numbers;
  high: Numbers;
}

export interface Link {
  from: number;
  to: number;
  strength: Numbers;
}

export interface Gain {
  cut: string;
  person: number;
  gain: Numbers;
}

export interface Expect {
  code: string;
  text: string;
  share: number;
  kept: number;
  broken: number;
  holds: boolean;
}

export type Episode = [begin: number, end: number, peakTime: number, peak: number];

export interface Arm {
  end: number | null;
  why: string | null;
  failed: number;
  course: { step: number; thinned: boolean; values: Numbers[] };
  bands: { time: number[]; lasting: number[] | null; values: Band[] } | null;
  episodes: Episode[] | null;
  at_moments: Numbers[];
  links: Link[];
  gains: Gain[];
  slow: string[];
  paths: [Numbers, Numbers][];
  expect: Expect[];
}

export interface Couple {
  schema: string;
  version: number;
  model: {
    name: string;
    text: string;
    source: string;
    unit: string;
    steps: boolean;
    params: number;
  };
  persons: string[];
  scenario: { name: string; text: string } | null;
  traits: Trait[];
  inputs: Record<string, string>; /* what can be changed from outside: what it is */
  events: Record<string, string>; /* what happens by chance */
  length: number;
  method: string;
  chance: boolean;
  seed: string;
  couples: number;
  quantities: Quantity[];
  planes: [number, number][];
  with: { orders: string[]; from: number; differences: Difference[] } | null;
  moments: number[];
  arms: Arm[];
}

/** Reads the document out of the page. Throws when it is not one this page can show. */
export function readCouple(source: Document): Couple {
  const holder = source.getElementById("report");
  const couple = JSON.parse(holder?.textContent ?? "") as Couple;
  if (couple.schema !== "ebb/couple" || couple.version !== 1) {
    throw new Error("not an ebb/couple document of version 1");
  }
  return couple;
}

/** Quantities of one name, of all who have it, as places in the document's list. */
export interface Group {
  name: string;
  places: number[];
}

export function groupsOf(couple: Couple, places: number[]): Group[] {
  const groups: Group[] = [];
  for (const place of places) {
    const name = couple.quantities[place]?.name ?? "";
    const found = groups.find((g) => g.name === name);
    if (found === undefined) {
      groups.push({ name, places: [place] });
    } else {
      found.places.push(place);
    }
  }
  return groups;
}

/** What shows of the persons and what they share; and what is within each. */
export function panelsOf(couple: Couple): [Group[], Group[]] {
  const inner = (q: Quantity): boolean => q.kind === "state" && q.person >= 0;
  const places = couple.quantities.map((_, i) => i);
  const split = (within: boolean): Group[] =>
    groupsOf(
      couple,
      places.filter((i) => {
        const quantity = couple.quantities[i];
        return quantity !== undefined && inner(quantity) === within;
      }),
    );
  return [split(false), split(true)];
}

/** Lowest and highest of some lists of numbers; null where there are none. */
export function rangeOf(lists: Numbers[]): [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (const value of list) {
      if (value !== null) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? [low, high] : null;
}

/** Whether the page can speak of episodes, gains in days and roles as it does of the
 * couple of pursuit and withdrawal. */
export function hasWithdrawal(couple: Couple): boolean {
  return couple.arms.some((arm) => arm.episodes !== null);
}

/** The place of the moment nearest to a time. */
export function nearest(moments: number[], time: number): number {
  let best = 0;
  moments.forEach((moment, i) => {
    if (Math.abs(moment - time) < Math.abs((moments[best] ?? 0) - time)) {
      best = i;
    }
  });
  return best;
}

const FAINT = 0.02; /* a weaker arrow leads nowhere */

/** The way along arrows from a quantity back to it whose strengths multiply to the
 * most, as places, the first one twice; null where there is none. */
export function strongestRound(links: Link[], start: number, moment: number): number[] | null {
  let best: number[] | null = null;
  let most = 0;
  const walk = (way: number[], product: number): void => {
    for (const link of links) {
      const size = Math.abs(link.strength[moment] ?? 0);
      if (link.from !== way[way.length - 1] || size < FAINT) {
        continue;
      }
      if (link.to === start && product * size > most) {
        best = [...way, start];
        most = product * size;
      } else if (link.to !== start && !way.includes(link.to)) {
        walk([...way, link.to], product * size);
      }
    }
  };
  walk([start], 1);
  return best;
}
