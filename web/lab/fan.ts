/* SPDX-License-Identifier: MIT
 *
 * Many couples at once, in workers, so that the page stays at hand: the couples of a
 * request come in small pieces, and the next request ends the one before. Each couple is
 * the one that `ebb simulate -n` has of that number; bands are the exact quantiles of
 * those that are there.
 */
import workerText from "ebb:worker";
import type { Library } from "./library.js";
import type { Settings } from "./settings.js";
import type { Answer, Begin, Request } from "./worker.js";

const MOST_WORKERS = 4;

export interface Crowd {
  done: number; /* couples that are there, not always the first ones */
  couples: number;
  times: Float64Array;
  outputs: string[];
  values: (Float64Array | undefined)[]; /* of each couple: time by time */
  failed: number;
}

export interface Watcher {
  part(crowd: Crowd): void;
  refused(words: string): void;
}

/** The band between two quantiles and the median, of one output at all times. */
export interface Band {
  low: (number | null)[];
  median: (number | null)[];
  high: (number | null)[];
}

function quantile(sorted: Float64Array, count: number, p: number): number | null {
  if (count === 0) {
    return null;
  }
  const place = p * (count - 1);
  const at = Math.floor(place);
  const low = sorted[at] ?? 0;
  const high = sorted[Math.min(count - 1, at + 1)] ?? low;
  return low + (place - at) * (high - low);
}

/** The band of an output; `lasts` names one that is above 1/2 while a couple lasts, and
 * then counts only those that do at each time. */
export function bandOf(
  crowd: Crowd,
  output: string,
  low = 0.1,
  high = 0.9,
  lasts?: string,
): Band {
  const band: Band = { low: [], median: [], high: [] };
  const width = crowd.outputs.length;
  const at = crowd.outputs.indexOf(output);
  const alive = lasts === undefined ? -1 : crowd.outputs.indexOf(lasts);
  const here = crowd.values.filter((v): v is Float64Array => v !== undefined);
  const row = new Float64Array(here.length);
  for (let t = 0; t < crowd.times.length && at >= 0; t++) {
    let count = 0;
    for (const values of here) {
      const value = values[t * width + at] ?? NaN;
      const there = alive < 0 || (values[t * width + alive] ?? 1) > 0.5;
      if (there && !Number.isNaN(value)) {
        row[count++] = value;
      }
    }
    row.subarray(0, count).sort();
    band.low.push(quantile(row, count, low));
    band.median.push(quantile(row, count, 0.5));
    band.high.push(quantile(row, count, high));
  }
  return band;
}

export class Fan {
  private readonly workers: Worker[] = [];
  private readonly url: string;
  private id = 0;
  private crowd: Crowd | null = null;
  private watcher: Watcher | null = null;

  constructor(engine: Uint8Array, library: Pick<Library, "models">) {
    this.url = URL.createObjectURL(new Blob([workerText], { type: "text/javascript" }));
    const count = Math.max(
      1,
      Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1),
    );
    for (let k = 0; k < count; k++) {
      const worker = new Worker(this.url);
      const begin: Begin = { engine, models: library.models };
      worker.onmessage = (event: MessageEvent<Answer>) => this.take(event.data);
      worker.onerror = (event) => this.watcher?.refused(event.message ?? "no worker");
      worker.postMessage(begin);
      this.workers.push(worker);
    }
  }

  /** Begins anew; what ran before is dropped. */
  run(settings: Settings, watcher: Watcher): void {
    this.id += 1;
    this.watcher = watcher;
    this.crowd = {
      done: 0,
      couples: settings.couples,
      times: new Float64Array(0),
      outputs: [],
      values: new Array<Float64Array | undefined>(settings.couples),
      failed: 0,
    };
    const share = settings.couples / this.workers.length;
    this.workers.forEach((worker, k) => {
      const request: Request = {
        id: this.id,
        settings,
        begin: Math.round(k * share),
        end: Math.round((k + 1) * share),
      };
      worker.postMessage(request);
    });
  }

  cancel(): void {
    this.id += 1;
    this.watcher = null;
    this.crowd = null;
    const request: Request = { id: this.id, settings: null, begin: 0, end: 0 };
    this.workers.forEach((worker) => worker.postMessage(request));
  }

  private take(answer: Answer): void {
    const { crowd, watcher } = this;
    if (answer.id !== this.id || crowd === null || watcher === null) {
      return;
    }
    if (answer.refused !== null) {
      this.cancel();
      watcher.refused(answer.refused);
      return;
    }
    const each = answer.times.length * answer.outputs.length;
    for (let c = answer.begin; c < answer.end; c++) {
      const from = (c - answer.begin) * each;
      crowd.values[c] = answer.values.subarray(from, from + each);
    }
    crowd.times = answer.times;
    crowd.outputs = answer.outputs;
    crowd.done += answer.end - answer.begin;
    crowd.failed += answer.failed;
    watcher.part(crowd);
  }
}
