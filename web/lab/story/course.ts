/* SPDX-License-Identifier: MIT
 *
 * What a run of the engine says, read by name.
 */
import type { Engine, Settings } from "../engine.js";

/** What runs: the lab's engine, of which the story needs this alone. */
export type Runner = Pick<Engine, "run">;

/** One couple's run. */
export class Course {
  constructor(
    readonly times: Float64Array,
    private readonly outputs: string[],
    private readonly values: Float64Array,
  ) {}

  /** All values of a quantity, one at each time. */
  of(name: string): number[] {
    const place = this.place(name);
    const width = this.outputs.length;
    return Array.from(this.times, (_, i) => this.values[i * width + place] ?? NaN);
  }

  /** Its value at the last time that is not after `time`. */
  at(name: string, time: number): number {
    return (
      this.values[this.index(time) * this.outputs.length + this.place(name)] ?? NaN
    );
  }

  /** Its values from one time to another. */
  within(name: string, from: number, to: number): number[] {
    return this.of(name).filter((_, i) => {
      const time = this.times[i] ?? NaN;
      return time >= from - 1e-9 && time <= to + 1e-9;
    });
  }

  mean(name: string, from: number, to: number): number {
    const values = this.within(name, from, to);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  highest(name: string, from: number, to: number): number {
    return Math.max(...this.within(name, from, to));
  }

  lowest(name: string, from: number, to: number): number {
    return Math.min(...this.within(name, from, to));
  }

  private place(name: string): number {
    const place = this.outputs.indexOf(name);
    if (place < 0) {
      throw new Error(`the model has no ${name}`);
    }
    return place;
  }

  private index(time: number): number {
    let found = 0;
    while ((this.times[found + 1] ?? Infinity) <= time + 1e-9) {
      found += 1;
    }
    return found;
  }
}

/** What a scene asks of the engine. */
export interface Ask {
  scenario: string;
  outputs: string[];
  every: number; /* days between two values */
  seed?: number;
}

/** The same as the lab's engine and its workers take it. */
export function settingsOf(ask: Ask, couples: number): Settings {
  return {
    model: "pursue_withdraw",
    scenario: ask.scenario,
    seed: ask.seed ?? 0,
    couples,
    every: ask.every,
    only: ask.outputs,
  };
}

/** Runs some couples; each has chance of its own. */
export function runSome(engine: Runner, ask: Ask, couples: number): Course[] {
  const { times, outputs, values } = engine.run(settingsOf(ask, couples));
  const each = times.length * outputs.length;
  return Array.from(
    { length: couples },
    (_, c) => new Course(times, outputs, values.subarray(c * each, (c + 1) * each)),
  );
}

/** Runs one couple. */
export function run(engine: Runner, ask: Ask): Course {
  const { times, outputs, values } = engine.run(settingsOf(ask, 1));
  return new Course(times, outputs, values);
}
