/* SPDX-License-Identifier: MIT
 *
 * What is run, and when it is written down: the same times as `ebb simulate` chooses.
 */

export interface Settings {
  model: string; /* the name of one that ships, or the text of a file */
  scenario: string; /* in ebb's language; "": none */
  name?: string; /* which scenario of the text; the only one */
  seed: number | string; /* a whole number from 0 to 2^64 - 1 */
  couples: number;
  step?: number; /* of euler and heun; 0.05 */
  every?: number; /* time between two rows; chosen as ebb simulate does */
  only?: string[]; /* names of the outputs; all */
  length?: number; /* goes before what the scenario says */
}

const USUAL_TIMES = 200;

/** 1, 2 or 5 times a power of ten, so that there are at most 200 of it. */
export function usualInterval(length: number, steps: boolean): number {
  const least = length / USUAL_TIMES;
  const power = Number(`1e${Math.floor(Math.log10(least))}`);
  const found = [power, 2 * power, 5 * power].find((p) => p >= least * (1 - 1e-9));
  const interval = found ?? 10 * power;
  return steps && interval < 1 ? 1 : interval;
}

/* k intervals; tenths and the like as near as they can be to their decimals. */
function timeAt(interval: number, k: number): number {
  const parts = Math.round(1 / interval);
  return Math.abs(parts * interval - 1) < 1e-12 ? k / parts : k * interval;
}

/** From 0 by the interval to the end, which is always there. */
export function timesOf(length: number, steps: boolean, every?: number): Float64Array {
  const interval = every ?? usualInterval(length, steps);
  const times: number[] = [];
  for (let k = 0; timeAt(interval, k) < length * (1 - 1e-12); k++) {
    times.push(timeAt(interval, k));
  }
  times.push(length);
  return Float64Array.from(times);
}

/** The place of the time nearest to one. */
export function nearest(times: Float64Array, time: number): number {
  let best = 0;
  times.forEach((at, i) => {
    if (Math.abs(at - time) < Math.abs((times[best] ?? 0) - time)) {
      best = i;
    }
  });
  return best;
}
