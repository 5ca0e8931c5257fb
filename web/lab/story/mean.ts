/* SPDX-License-Identifier: MIT
 *
 * Means over couples: requests of a scene wait in a row, run in the lab's workers one
 * after the other, and are kept, so that nothing runs twice. Means are told as couples
 * come.
 */
import type { Crowd, Fan } from "../fan.js";
import { Course, settingsOf, type Ask } from "./course.js";

export interface Means {
  done: number;
  values: number[]; /* the mean of each figure */
}

interface Waiting {
  ask: Ask;
  tell: () => void;
}

const NOTHING: Means = { done: 0, values: [] };

export class Averager {
  private readonly kept = new Map<string, Means>();
  private row: Waiting[] = [];
  private running: Waiting | null = null;

  constructor(
    private readonly fan: Fan,
    private readonly couples: number,
    private readonly measure: (course: Course) => number[],
  ) {}

  /** What is there of a request. */
  of(ask: Ask): Means {
    return this.kept.get(ask.scenario) ?? NOTHING;
  }

  whole(ask: Ask): boolean {
    return this.of(ask).done === this.couples;
  }

  /** Asks for these, in this order, in place of what the same one asked for before. */
  want(asks: Ask[], tell: () => void): void {
    this.row = this.row.filter((waiting) => waiting.tell !== tell);
    if (
      this.running?.tell === tell &&
      !asks.some((a) => a.scenario === this.running?.ask.scenario)
    ) {
      this.give();
    }
    this.row.push(
      ...asks.filter((ask) => !this.whole(ask)).map((ask) => ({ ask, tell })),
    );
    tell();
    this.next();
  }

  /** Ends what runs and waits. */
  stop(): void {
    this.row = [];
    this.give();
  }

  private give(): void {
    if (this.running !== null) {
      this.running = null;
      this.fan.cancel();
    }
  }

  private next(): void {
    while (this.running === null && this.row.length > 0) {
      const waiting = this.row.shift();
      if (waiting !== undefined && !this.whole(waiting.ask)) {
        this.run(waiting);
      }
    }
  }

  private run(waiting: Waiting): void {
    this.running = waiting;
    const seen = new Set<number>();
    const means: Means = { done: 0, values: [] };
    this.kept.set(waiting.ask.scenario, means);
    this.fan.run(settingsOf(waiting.ask, this.couples), {
      part: (crowd) => {
        this.take(crowd, seen, means);
        if (means.done === this.couples) {
          this.running = null;
        }
        waiting.tell();
        this.next();
      },
      refused: (words) => {
        throw new Error(words);
      },
    });
  }

  private take(crowd: Crowd, seen: Set<number>, means: Means): void {
    crowd.values.forEach((values, couple) => {
      if (values === undefined || seen.has(couple)) {
        return;
      }
      seen.add(couple);
      const found = this.measure(new Course(crowd.times, crowd.outputs, values));
      means.done += 1;
      means.values = found.map(
        (value, i) => ((means.values[i] ?? 0) * (means.done - 1) + value) / means.done,
      );
    });
  }
}
