/* SPDX-License-Identifier: MIT
 *
 * The engine on the page: models and scenarios that ship, and runs of them, the same to
 * the last bit as those of `ebb simulate`. Everything here is synchronous, and meant for
 * one couple or a few; many run in workers, see fan.ts.
 */
import { Desk, Refusal, type Exports, type Failed, type Prepared } from "./desk.js";
import type { Library } from "./library.js";
import { timesOf, type Settings } from "./settings.js";

export { Refusal } from "./desk.js";
export type { Settings } from "./settings.js";

export interface Scalar {
  name: string; /* "a.alarm" */
  person: string;
  text: string;
  unit: string;
  source: string;
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface Description {
  name: string;
  text: string;
  source: string;
  time: string;
  steps: boolean;
  alike: boolean;
  persons: string[];
  params: Scalar[];
  traits: Scalar[];
  inputs: Scalar[];
  states: Scalar[];
  lets: Scalar[];
  events: number;
  delays: number;
}

export interface ShippedScenario {
  name: string;
  uses: string;
  text: string; /* its sentence */
  facts: string[]; /* declared: it is not run, the notice stands in its place */
  file: string; /* the text of the file, which may hold others */
  label: string; /* the name of the file; "" where it is that of a model */
}

export interface Verdict {
  text: string;
  code: string;
  kept: number;
  broken: number;
  share: number;
  holds: boolean;
}

export interface Result {
  times: Float64Array;
  outputs: string[];
  values: Float64Array; /* couple by couple, time by time, output by output */
  couples: number;
  length: number;
  method: string;
  engine: string; /* "native" or "interpreter" */
  failed: number; /* couples that could not be run to their end: NaN from there on */
  why: string | null;
  verdicts: Verdict[];
}

export interface Engine {
  models(): Library["models"];
  scenarios(): ShippedScenario[];
  describe(model: string): Description;
  run(settings: Settings): Result;
}

/** One column of a result: one output of one couple. */
export function column(result: Result, output: string, couple = 0): Float64Array {
  const width = result.outputs.length;
  const at = result.outputs.indexOf(output);
  const rows = result.times.length;
  const found = new Float64Array(rows).fill(NaN);
  for (let t = 0; t < rows && at >= 0; t++) {
    found[t] = result.values[(couple * rows + t) * width + at] ?? NaN;
  }
  return found;
}

interface Laid {
  desk: Desk;
  described: Description;
}

/* The desks of models that ship are kept; of a model that is written only the last. */
export class Bench implements Engine {
  private readonly kept = new Map<string, Laid>();
  private written: (Laid & { text: string }) | null = null;
  private readonly lister: Desk;
  private listed: ShippedScenario[] | null = null;

  constructor(
    private readonly exports: Exports,
    private readonly library: Pick<Library, "models" | "scenarios">,
  ) {
    this.lister = new Desk(exports);
  }

  models(): Library["models"] {
    return this.library.models;
  }

  list(file: string, label = ""): ShippedScenario[] {
    const found = JSON.parse(this.lister.do("list", file)) as ShippedScenario[];
    return found.map((scenario) => ({ ...scenario, file, label }));
  }

  scenarios(): ShippedScenario[] {
    this.listed ??= [
      ...this.library.scenarios.flatMap(({ file, label }) => this.list(file, label)),
      ...this.library.models.flatMap(({ file }) => this.list(file)),
    ];
    return this.listed;
  }

  private lay(text: string): Laid {
    const desk = new Desk(this.exports);
    try {
      desk.do("read_model", text);
      return { desk, described: JSON.parse(desk.do("describe")) as Description };
    } catch (error) {
      desk.free();
      throw error;
    }
  }

  /* A name has no space in it, a model's text has. */
  private laid(model: string): Laid {
    const shipped = this.library.models.find(({ name }) => name === model);
    if (shipped !== undefined) {
      const found = this.kept.get(model) ?? this.lay(shipped.file);
      this.kept.set(model, found);
      return found;
    }
    if (this.written?.text !== model) {
      const laid = this.lay(model);
      this.written?.desk.free();
      this.written = { ...laid, text: model };
    }
    return this.written;
  }

  describe(model: string): Description {
    return this.laid(model).described;
  }

  /** What is wrong with a model's text, and warnings; "" when nothing is. */
  check(text: string): string {
    const desk = new Desk(this.exports);
    try {
      return desk.do("read_model", text);
    } catch (error) {
      return error instanceof Refusal ? error.message : String(error);
    } finally {
      desk.free();
    }
  }

  /** Reads and prepares; then couples run one range after the other. */
  prepare(settings: Settings, quantiles = false): Ready {
    const { desk, described } = this.laid(settings.model);
    desk.do("read_scenario", settings.scenario, settings.name ?? "");
    desk.do("option", "seed", String(settings.seed));
    desk.do("option", "step", settings.step === undefined ? "" : String(settings.step));
    desk.do("option", "length", settings.length ? String(settings.length) : "");
    desk.do("output", "");
    settings.only?.forEach((name) => desk.do("output", name));
    /* a length that is known spares preparing twice */
    const length = settings.length || lengthOf(desk);
    const times = timesOf(length, described.steps, settings.every);
    desk.do("times", times);
    const prepared = JSON.parse(desk.do("prepare", quantiles ? 1 : 0)) as Prepared;
    return { desk, times, prepared };
  }

  run(settings: Settings): Result {
    return resultOf(this.prepare(settings), settings.couples);
  }

  /** A bench with desks of its own on the same engine: what lies on one does not
   * disturb the other. */
  another(): Bench {
    return new Bench(this.exports, this.library);
  }

  /**
   * Runs one couple with all that the model has, for its loop: gains are of the loop cut
   * at a quantity, at each time; rests at one of the times. They can be asked for until
   * this bench runs something else.
   */
  look(settings: Settings): Looking {
    const { only: _, ...all } = settings;
    const ready = this.prepare(all);
    const result = resultOf(ready, 1);
    const { desk } = ready;
    return {
      result,
      gains: (cut) =>
        desk.lend(
          result.values,
          (rows) => desk.numbers(result.times.length, "gain", cut, rows).values,
        ),
      rests: (time, starts) =>
        desk.lend(
          result.values,
          (rows) => JSON.parse(desk.do("rests", rows, time, starts)) as Rest[],
        ),
    };
  }
}

/** A state in which the quick part of a model would rest. */
export interface Rest {
  kind: string; /* "stable node" */
  stable: boolean;
  values: (number | null)[]; /* in the order of the result's outputs */
}

export interface Looking {
  result: Result;
  gains(cut: string): Float64Array;
  rests(time: number, starts: number): Rest[];
}

function resultOf(ready: Ready, couples: number): Result {
  const { values, failed } = runRange(ready, 0, couples);
  return {
    times: ready.times,
    outputs: ready.prepared.outputs,
    values,
    couples,
    length: ready.prepared.length,
    method: ready.prepared.method,
    engine: ready.prepared.engine,
    failed: failed.failed,
    why: failed.why,
    verdicts: JSON.parse(ready.desk.do("verdicts")) as Verdict[],
  };
}

export interface Ready {
  desk: Desk;
  times: Float64Array;
  prepared: Prepared;
}

/* The length that the scenario or the option says; without either that of the program. */
function lengthOf(desk: Desk): number {
  desk.do("times", new Float64Array(0));
  try {
    return (JSON.parse(desk.do("prepare", 0)) as Prepared).length;
  } catch (error) {
    if (error instanceof Refusal && /length|how long/.test(error.message)) {
      desk.do("option", "length", "100");
      return 100;
    }
    throw error;
  }
}

/** Runs the couples [begin, end) of what was prepared. */
export function runRange(
  { desk, prepared }: Ready,
  begin: number,
  end: number,
): { values: Float64Array; failed: Failed } {
  const each = prepared.times * prepared.outputs.length;
  const { values, said } = desk.numbers((end - begin) * each, "run", begin, end);
  return { values, failed: JSON.parse(said) as Failed };
}

/** The engine out of its module; the module imports nothing. */
export async function loadEngine(
  bytes: Uint8Array,
  library: Pick<Library, "models" | "scenarios">,
): Promise<Bench> {
  const { instance } = await WebAssembly.instantiate(bytes as BufferSource, {});
  return new Bench(instance.exports as unknown as Exports, library);
}
