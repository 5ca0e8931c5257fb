/* SPDX-License-Identifier: MIT
 *
 * A loop in words: names, what stands on a card, the way round.
 */
import { text } from "../../parts/words.js";
import type { Choice, Loop, Seat, Slot } from "./state.js";

/** The name of a seat, or a letter. */
export function nameOf(loop: Loop, seat: Seat): string {
  const other = loop[seat === 0 ? 1 : 0].name;
  const own = loop[seat].name;
  const letter = text(seat === 0 ? "own.a" : "own.b");
  return own === "" ? letter : own === other ? `${own} (${letter})` : own;
}

/** What was chosen, in words; null where nothing was. */
export function wordsOf(slot: Slot, choice: Choice | undefined): string | null {
  return choice === undefined
    ? null
    : "card" in choice
      ? text(`own.${slot}.${choice.card}`)
      : choice.own.replace(/[.\s]+$/, "");
}

const ROUND: [Seat, Slot][] = [
  [0, "do"],
  [1, "see"],
  [1, "fear"],
  [1, "do"],
  [0, "see"],
  [0, "fear"],
];

/** The way round, a line for each place that has something. */
export function roundOf(loop: Loop): { seat: Seat; words: string }[] {
  return ROUND.flatMap(([seat, slot]) => {
    const words = wordsOf(slot, loop[seat].picks[slot]);
    return words === null
      ? []
      : [{ seat, words: text(`own.line.${slot}`, { who: nameOf(loop, seat), words }) }];
  });
}

/** What each longs for, underneath. */
export function longings(loop: Loop): { seat: Seat; words: string }[] {
  return ([0, 1] as const).flatMap((seat) => {
    const words = wordsOf("long", loop[seat].picks.long);
    return words === null
      ? []
      : [{ seat, words: text("own.line.long", { who: nameOf(loop, seat), words }) }];
  });
}
