/* SPDX-License-Identifier: MIT
 *
 * The loop of the couple that is on the page, looked at in a worker of its own: gains
 * along the run, then the states of rest at a moment. One question is on its way at a
 * time; of those that come meanwhile the last is asked next.
 */
import workerText from "ebb:worker";
import type { Library } from "./library.js";
import type { Rest, Result } from "./engine.js";
import type { Settings } from "./settings.js";
import type { Begin } from "./worker.js";

export interface Question {
  settings: Settings;
  time: number;
  cuts: string[];
}

export interface Found {
  result: Result;
  gains: Float64Array[];
  row: number; /* the time nearest to the one that was asked for */
  rests: Rest[];
}

export interface LookRequest {
  look: Question;
}

export interface LookAnswer {
  found: Found | null;
  refused: string | null;
}

export class Looker {
  private readonly worker: Worker;
  private busy = false;
  private next: Question | null = null;

  constructor(
    engine: Uint8Array,
    models: Library["models"],
    private readonly told: (answer: LookAnswer) => void,
  ) {
    const url = URL.createObjectURL(
      new Blob([workerText], { type: "text/javascript" }),
    );
    const begin: Begin = { engine, models };
    this.worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.worker.onmessage = (event: MessageEvent<LookAnswer>) => this.take(event.data);
    this.worker.postMessage(begin);
  }

  ask(question: Question): void {
    if (this.busy) {
      this.next = question;
      return;
    }
    this.busy = true;
    const request: LookRequest = { look: question };
    this.worker.postMessage(request);
  }

  private take(answer: LookAnswer): void {
    const { next } = this;
    this.busy = false;
    this.next = null;
    if (next === null) {
      this.told(answer);
    } else {
      this.ask(next);
    }
  }

  close(): void {
    this.worker.terminate();
  }
}
