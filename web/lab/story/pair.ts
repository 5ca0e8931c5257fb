/* SPDX-License-Identifier: MIT
 *
 * The couple of the story, as scenarios in ebb's own language: the same text runs with
 * `ebb simulate pursue_withdraw --scenario FILE`. Kim and Robin are anybody.
 */
export interface Person {
  anxiety: number;
  avoidance: number;
}

export type Pair = [Person, Person];

export const ANXIOUS: Person = { anxiety: 1.2, avoidance: -0.3 };
export const AVOIDANT: Person = { anxiety: -0.3, avoidance: 1.2 };
export const SECURE: Person = { anxiety: -0.5, avoidance: -0.5 };
export const PAIR: Pair = [ANXIOUS, AVOIDANT];

/** Nobody leaves: what happens between two is looked at, not whether they stay. */
export const STAY = "set hazard_scale = 0";

/** Nothing happens to them but what the scenario says. */
export const QUIET = "set trigger_rate = 0, cue_rate = 0, stress_gain = 0";

function traits(seat: string, person: Person): string {
  return `${seat}: anxiety = ${person.anxiety}, avoidance = ${person.avoidance}`;
}

/** A number as the language writes it: a few decimals, no exponent. */
export function written(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** A scenario of so many days. */
export function scenario(days: number, orders: string[], pair: Pair = PAIR): string {
  return [
    'scenario story "A scene of the story" uses pursue_withdraw',
    `run ${written(days)}`,
    traits("a", pair[0]),
    traits("b", pair[1]),
    STAY,
    ...orders,
    "",
  ].join("\n");
}

/** Robin does not answer, from a day on and for so many hours. */
export function silence(day: number, hours: number): string[] {
  return hours > 0
    ? [`from ${day} to ${written(day + hours / 24)}: b.hold_withdrawal = 0.9`]
    : [];
}
