/* SPDX-License-Identifier: MIT
 *
 * What two people have chosen, and its form in the address: "a.name=Kim&a.do=3&b.see=~own
 * words". Whoever passes an address on can write anything into it: what is odd is left
 * out, what is long is cut, and marks that turn text around are taken away.
 */
import { MARKS } from "../../parts/words.js";

export const SLOTS = ["see", "fear", "do", "long"] as const;
export type Slot = (typeof SLOTS)[number];
export type Seat = 0 | 1;
export const SEATS: readonly Seat[] = [0, 1];

/** A card by its number, from 1 on, or words of one's own. */
export type Choice = { card: number } | { own: string };

export interface Part {
  name: string;
  picks: Partial<Record<Slot, Choice>>;
}

export type Loop = [Part, Part];

/** How many cards each slot has. */
export const CARDS: Record<Slot, number> = { see: 9, fear: 8, do: 9, long: 8 };

export const LONGEST = 60;
export const LONGEST_NAME = 20;
const LONGEST_ADDRESS = 2000;

export function emptyLoop(): Loop {
  return [
    { name: "", picks: {} },
    { name: "", picks: {} },
  ];
}

export function isEmpty(loop: Loop): boolean {
  return loop.every((part) => part.name === "" && Object.keys(part.picks).length === 0);
}

/** Words on one line, without marks, cut. */
export function tidy(words: string, most: number): string {
  const clean = words
    .replace(MARKS, " ")
    .replace(/[\ud800-\udfff]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  return Array.from(clean).slice(0, most).join("").trim();
}

function choiceOf(slot: Slot, value: string): Choice | null {
  if (/^[1-9]$/.test(value)) {
    const card = Number(value);
    return card <= CARDS[slot] ? { card } : null;
  }
  const own = value.startsWith("~") ? tidy(value.slice(1), LONGEST) : "";
  return own === "" ? null : { own };
}

function decoded(words: string): string {
  try {
    return decodeURIComponent(words);
  } catch {
    return "";
  }
}

/** What an address says; nothing of it need make sense. */
export function readLoop(rest: string): Loop {
  const loop = emptyLoop();
  for (const piece of rest.slice(0, LONGEST_ADDRESS).split("&")) {
    const found = /^([ab])\.(name|see|fear|do|long)=(.*)$/s.exec(piece);
    const part = loop[found?.[1] === "b" ? 1 : 0];
    const value = decoded(found?.[3] ?? "");
    if (found?.[2] === "name") {
      part.name = tidy(value, LONGEST_NAME);
    } else if (found !== null) {
      const slot = found[2] as Slot;
      const choice = choiceOf(slot, value);
      if (choice !== null) {
        part.picks[slot] = choice;
      }
    }
  }
  return loop;
}

function pieces(part: Part, seat: string): string[] {
  const name =
    part.name === "" ? [] : [`${seat}.name=${encodeURIComponent(part.name)}`];
  const picks = SLOTS.flatMap((slot) => {
    const choice = part.picks[slot];
    return choice === undefined
      ? []
      : [
          `${seat}.${slot}=${"card" in choice ? choice.card : `~${encodeURIComponent(choice.own)}`}`,
        ];
  });
  return [...name, ...picks];
}

/** The fragment of a loop. */
export function addressOf(loop: Loop): string {
  const all = [...pieces(loop[0], "a"), ...pieces(loop[1], "b")];
  return all.length === 0 ? "#own" : `#own/${all.join("&")}`;
}
