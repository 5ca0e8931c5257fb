/* SPDX-License-Identifier: MIT
 *
 * The hours in which a person rarely writes, laid under a span of the wall clock: most of
 * a long stretch is often a night. The same rule as in the terminal's text.
 */
import { wallMillis, type Pair } from "./document.js";

const HOUR_MS = 3_600_000;
const RARE = 1 / 4; /* of a typical hour, as the measure weighs one [eq 3] */

type Shares = Pair<number[]>; /* weekdays, weekend: share of hours with a message */

/* Every hour by its own weight, so that nights do not count. */
function typicalShare(shares: Shares): number {
  let [up, down] = [0, 0];
  shares.forEach((row, kind) =>
    row.forEach((share) => {
      const days = kind === 0 ? 5 : 2;
      up += days * share * share;
      down += days * share;
    }),
  );
  return down > 0 ? up / down : 0;
}

function shareAt(shares: Shares, millis: number): number {
  const at = new Date(millis);
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  return shares[weekend ? 1 : 0][at.getUTCHours()] ?? 0;
}

/** The parts of a span, in hours after its begin, in which the person rarely writes. */
export function rareParts(
  shares: Shares,
  begin: string,
  length: number,
): [number, number][] {
  const least = RARE * typicalShare(shares);
  const from = wallMillis(begin);
  const parts: [number, number][] = [];
  let hour = Math.floor(from / HOUR_MS) * HOUR_MS;
  for (; hour < from + length * HOUR_MS; hour += HOUR_MS) {
    if (shareAt(shares, hour) >= least) {
      continue;
    }
    const low = Math.max(0, (hour - from) / HOUR_MS);
    const high = Math.min(length, (hour + HOUR_MS - from) / HOUR_MS);
    const last = parts[parts.length - 1];
    if (last !== undefined && last[1] === low) {
      last[1] = high;
    } else {
      parts.push([low, high]);
    }
  }
  return parts;
}

/* Hours from mark to mark: at most six marks in a span. */
const STEPS = [1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 3, 6, 12, 24, 48, 96];
const MOST_MARKS = 6;

/** Where the clock strikes: hours after the begin, at round times of the wall clock. */
export function strikes(begin: string, length: number): number[] {
  const step = STEPS.find((hours) => length / hours <= MOST_MARKS) ?? 168;
  const from = wallMillis(begin) / HOUR_MS;
  const marks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= from + length; at += step) {
    marks.push(at - from);
  }
  return marks;
}
