/* SPDX-License-Identifier: MIT
 *
 * The state of the sandbox, which is a scenario in the model's own language: what is set
 * by a slider becomes a statement, and statements without a slider are kept as they came.
 * So one text is what runs, what the address keeps, what is saved and opened again, and
 * what `ebb simulate` runs:
 *
 *     # seed 7
 *     # couples 300
 *     # with from 365: check_ins = 1
 *     scenario mine "Made in the sandbox" uses pursue_withdraw
 *     run 730
 *     a: anxiety = 1.2
 *     at 30: a.alarm += 2
 */

export const MODEL = "pursue_withdraw";

/** Something that happens at a moment, or holds from one to another. */
export interface Happening {
  from: number;
  to: number | null; /* null: at once */
  name: string;
  by: string; /* "+=", "=" */
  value: number;
}

export interface Mine {
  length: number;
  numbers: Map<
    string,
    number
  >; /* parameters, traits ("a.anxiety"), starts ("start NAME") */
  inputs: Map<string, number>; /* that hold all the time */
  happenings: Happening[];
  others: string[]; /* statements without a slider, as they came */
  levers: Map<string, number>; /* of the second run */
  leversFrom: number;
  seed: string;
  couples: number;
}

export const LONGEST = 12_000; /* of an address, or a file, that is taken */
const MOST_DAYS = 7300;
export const MANY = 300;

export function plain(): Mine {
  return {
    length: 730,
    numbers: new Map([
      ["a.anxiety", 1.2],
      ["a.avoidance", -0.3],
      ["b.anxiety", -0.3],
      ["b.avoidance", 1.2],
    ]),
    inputs: new Map(),
    happenings: [],
    others: [],
    levers: new Map(),
    leversFrom: 180,
    seed: "0",
    couples: 1,
  };
}

/* --- to text ---------------------------------------------------------------------- */

function assigned(numbers: [string, number][]): string {
  return numbers.map(([name, value]) => `${name} = ${value}`).join(", ");
}

function traitLine(mine: Mine, person: string): string[] {
  const own = [...mine.numbers].filter(([name]) => name.startsWith(`${person}.`));
  return own.length === 0
    ? []
    : [
        `${person}: ${assigned(own.map(([name, v]) => [name.slice(person.length + 1), v]))}`,
      ];
}

export function happeningLine(it: Happening): string {
  const when = it.to === null ? `at ${it.from}` : `from ${it.from} to ${it.to}`;
  return `${when}: ${it.name} ${it.by} ${it.value}`;
}

function numberLines(mine: Mine): string[] {
  const params = [...mine.numbers].filter(([name]) => /^\w+$/.test(name));
  const starts = [...mine.numbers]
    .filter(([name]) => name.startsWith("start "))
    .map(([name, v]): [string, number] => [name.slice("start ".length), v]);
  return [
    ...traitLine(mine, "a"),
    ...traitLine(mine, "b"),
    ...(params.length > 0 ? [`set ${assigned(params)}`] : []),
    ...(starts.length > 0 ? [`start ${assigned(starts)}`] : []),
  ];
}

/** The scenario of the run without levers. */
export function scenarioText(mine: Mine): string {
  return [
    `scenario mine "Made in the sandbox" uses ${MODEL}`,
    `run ${mine.length}`,
    ...numberLines(mine),
    ...[...mine.inputs].map(([name, value]) => `at 0: ${name} = ${value}`),
    ...mine.others,
    ...mine.happenings.map(happeningLine),
    "",
  ].join("\n");
}

/** What the second run has besides, as for --with. */
export function withOrders(mine: Mine): string[] {
  return [...mine.levers]
    .filter(([, value]) => value > 0)
    .map(
      ([name, value]) =>
        `at ${Math.min(mine.leversFrom, mine.length)}: ${name} = ${value}`,
    );
}

export function withText(mine: Mine): string {
  return `${scenarioText(mine)}${withOrders(mine).join("\n")}\n`;
}

/** The settings file: the scenario, and in comments what a scenario does not hold. */
export function fileText(mine: Mine): string {
  return [
    ...(mine.seed === "0" ? [] : [`# seed ${mine.seed}`]),
    ...(mine.couples === 1 ? [] : [`# couples ${mine.couples}`]),
    ...withOrders(mine).map((order) => `# with ${order}`),
    scenarioText(mine),
  ].join("\n");
}

/** The same on the command line. */
export function commandLine(mine: Mine): string {
  return [
    `ebb simulate ${MODEL} --scenario mine.ebb`,
    ...(mine.seed === "0" ? [] : [`--seed ${mine.seed}`]),
    ...(mine.couples === 1 ? [] : [`-n ${mine.couples}`]),
    ...withOrders(mine).map((order) => `--with '${order}'`),
  ].join(" ");
}

/* --- from text -------------------------------------------------------------------- */

const NUMBER = "[-+]?\\d+(?:\\.\\d*)?(?:e[-+]?\\d+)?";
const ASSIGN = new RegExp(`^([\\w.]+)\\s*=\\s*(${NUMBER})$`, "i");
const AT = new RegExp(
  `^at\\s+(${NUMBER})\\s*:\\s*([\\w.]+)\\s*(\\+=|-=|=)\\s*(${NUMBER})$`,
  "i",
);
const SPAN = new RegExp(
  `^from\\s+(${NUMBER})\\s+to\\s+(${NUMBER})\\s*:\\s*([\\w.]+)\\s*=\\s*(${NUMBER})$`,
  "i",
);

/* "anxiety = 1.2, avoidance = 1" as pairs; null when it is more than numbers. */
function pairs(list: string): [string, number][] | null {
  const found: [string, number][] = [];
  for (const part of list.split(",")) {
    const match = ASSIGN.exec(part.trim());
    if (match === null) {
      return null;
    }
    found.push([match[1] ?? "", Number(match[2])]);
  }
  return found;
}

function take(mine: Mine, prefix: string, list: string): boolean {
  const found = pairs(list);
  found?.forEach(([name, value]) => mine.numbers.set(`${prefix}${name}`, value));
  return found !== null;
}

function takeHappening(mine: Mine, line: string, inputs: Set<string>): boolean {
  const span = SPAN.exec(line);
  if (span !== null) {
    mine.happenings.push({
      from: Number(span[1]),
      to: Number(span[2]),
      name: span[3] ?? "",
      by: "=",
      value: Number(span[4]),
    });
    return true;
  }
  const at = AT.exec(line);
  if (at === null) {
    return false;
  }
  const [from, name, by, value] = [
    Number(at[1]),
    at[2] ?? "",
    at[3] ?? "",
    Number(at[4]),
  ];
  if (from === 0 && by === "=" && inputs.has(name)) {
    mine.inputs.set(name, value);
  } else {
    mine.happenings.push({ from, to: null, name, by, value });
  }
  return true;
}

function takeComment(mine: Mine, line: string): void {
  const seed = /^#\s*seed\s+(\d{1,20})$/.exec(line);
  const couples = /^#\s*couples\s+(\d+)$/.exec(line);
  const order = AT.exec(/^#\s*with\s+(.*)$/.exec(line)?.[1] ?? "");
  if (seed !== null && BigInt(seed[1] ?? "0") < 2n ** 64n) {
    mine.seed = String(BigInt(seed[1] ?? "0"));
  } else if (couples !== null) {
    mine.couples = Number(couples[1]) > 1 ? MANY : 1;
  } else if (order !== null && order[3] === "=") {
    mine.leversFrom = Number(order[1]);
    mine.levers.set(order[2] ?? "", Number(order[4]));
  }
}

function takeLine(mine: Mine, line: string, inputs: Set<string>): void {
  const person = /^([ab])\s*:\s*(.*)$/.exec(line);
  const set = /^(set|start)\s+(.*)$/.exec(line);
  const run = new RegExp(`^run\\s+(${NUMBER})(?:\\s+day)?$`, "i").exec(line);
  const known =
    run !== null
      ? ((mine.length = Math.min(MOST_DAYS, Number(run[1]))), true)
      : person !== null
        ? take(mine, `${person[1]}.`, person[2] ?? "")
        : set !== null
          ? take(mine, set[1] === "set" ? "" : "start ", set[2] ?? "")
          : takeHappening(mine, line, inputs);
  if (!known) {
    mine.others.push(line);
  }
}

/* Statements begin on a line of their own and may go on over the next. */
const BEGINS =
  /^(#|scenario\b|run\b|set\b|start\b|at\b|from\b|ramp\b|every\b|expect\b|facts\b|\w+\s*:)/;

function statements(text: string): string[] {
  const found: string[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "") {
      continue;
    }
    if (BEGINS.test(line) || found.length === 0) {
      found.push(line);
    } else {
      found[found.length - 1] += `\n  ${line}`;
    }
  }
  return found;
}

/* A comment at the end of a line, not a mark within a string. */
function withoutComment(line: string): string {
  return line.replace(/^((?:[^"#]|"[^"]*")*)#.*$/, "$1").trim();
}

/**
 * Reads a scenario or a settings file. Of several scenarios it takes the one that is
 * named, else the first; what it tells of itself is not kept.
 *
 * @param inputs  names of the model's inputs
 * @return null for what is no scenario of the model
 */
export function readMine(
  text: string,
  inputs: Set<string>,
  name?: string,
): Mine | null {
  const mine: Mine = { ...plain(), numbers: new Map(), length: 0 };
  let inside = false;
  let seen = false;
  for (const statement of statements(text)) {
    const head = /^scenario\s+(\w+)\s+"[^"]*"\s+uses\s+(\w+)/.exec(statement);
    if (head !== null) {
      inside = head[2] === MODEL && !seen && (name === undefined || head[1] === name);
      seen = seen || inside;
    } else if (statement.startsWith("#") && !seen) {
      takeComment(mine, statement);
    } else if (inside && !statement.startsWith("#")) {
      takeLine(mine, withoutComment(statement), inputs);
    }
  }
  return seen && mine.length > 0 ? mine : null;
}
