/* SPDX-License-Identifier: MIT
 *
 * A worker that runs couples in small pieces: between two pieces it looks for a new
 * request, which ends the one before. Another of its kind looks at the loop of one.
 */
import { loadEngine, runRange, type Bench, type Ready } from "./engine.js";
import type { Library } from "./library.js";
import type { Found, LookAnswer, LookRequest, Question } from "./looker.js";
import { nearest, type Settings } from "./settings.js";

export interface Begin {
  engine: Uint8Array;
  models: Library["models"];
}

export interface Request {
  id: number;
  settings: Settings | null; /* null: nothing any more */
  begin: number;
  end: number;
}

export interface Answer {
  id: number;
  begin: number;
  end: number;
  times: Float64Array;
  outputs: string[];
  values: Float64Array;
  failed: number;
  why: string | null;
  refused: string | null; /* why nothing runs */
}

/* One couple first, so that something can be seen at once; then as many as the native
 * code of a page runs side by side: fewer would take it as long. */
const FIRST = 1;
const MOST = 16;

let bench: Bench | null = null;
let wanted = 0;

function answer(message: Answer): void {
  (self as unknown as { postMessage(m: Answer, t: Transferable[]): void }).postMessage(
    message,
    [message.values.buffer as ArrayBuffer],
  );
}

function none(request: Request, refused: string): Answer {
  return {
    id: request.id,
    begin: request.begin,
    end: request.begin,
    times: new Float64Array(0),
    outputs: [],
    values: new Float64Array(0),
    failed: 0,
    why: null,
    refused,
  };
}

/* Lets the messages that have come in be read. */
function breathe(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}

async function pieces(request: Request, ready: Ready): Promise<void> {
  let size = FIRST;
  for (let at = request.begin; at < request.end; size = MOST) {
    const end = Math.min(request.end, at + size);
    const { values, failed } = runRange(ready, at, end);
    answer({
      id: request.id,
      begin: at,
      end,
      times: ready.times,
      outputs: ready.prepared.outputs,
      values,
      failed: failed.failed,
      why: failed.why,
      refused: null,
    });
    at = end;
    await breathe();
    if (wanted !== request.id) {
      return;
    }
  }
}

async function work(request: Request): Promise<void> {
  wanted = request.id;
  if (bench === null || request.settings === null) {
    return;
  }
  try {
    await pieces(request, bench.prepare(request.settings));
  } catch (error) {
    answer(none(request, error instanceof Error ? error.message : String(error)));
  }
}

const STARTS = 24; /* from where states of rest are looked for */

function look(from: Bench, { settings, time, cuts }: Question): Found {
  const { result, gains, rests } = from.look(settings);
  const row = nearest(result.times, time);
  return { result, gains: cuts.map(gains), row, rests: rests(row, STARTS) };
}

function answerLook(question: Question): void {
  let said: LookAnswer = { found: null, refused: null };
  try {
    said = bench === null ? said : { found: look(bench, question), refused: null };
  } catch (error) {
    said = {
      found: null,
      refused: error instanceof Error ? error.message : String(error),
    };
  }
  (self as unknown as { postMessage(m: LookAnswer): void }).postMessage(said);
}

/* The engine is made once; requests that come before it wait in order. */
let made: Promise<void> = Promise.resolve();

self.onmessage = (event: MessageEvent<Begin | Request | LookRequest>) => {
  const { data } = event;
  if ("engine" in data) {
    made = loadEngine(data.engine, { models: data.models, scenarios: [] }).then((b) => {
      bench = b;
    });
  } else if ("look" in data) {
    void made.then(() => answerLook(data.look));
  } else {
    wanted = data.id;
    void made.then(() => (wanted === data.id ? work(data) : undefined));
  }
};
