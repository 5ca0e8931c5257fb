/* SPDX-License-Identifier: MIT
 *
 * A population or a trial over a sample of parameters: each number with its interval,
 * and a line where each draw lies.
 */
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { called, clean, inWords } from "./document.js";
import { aboutSection, fixed, opening, percent, whole, withInterval } from "./figures.js";
import { axisOver, spanCell, spanHead, type Axis } from "./spans.js";

interface Over {
  number: string;
  arm: string | null;
  group: string;
  unit: "share" | "sd" | "a year";
  value: number | null;
  low: number | null;
  high: number | null;
  draws: (number | null)[];
}

export interface Sampled {
  schema: "ebb/sampled";
  version: number;
  of: "population" | "trial";
  name: string;
  text: string;
  model: string;
  couples: number;
  seed: string;
  draws: number;
  parameters: string[];
  numbers: Over[];
}

function show(unit: Over["unit"]): (x: number | null) => string {
  return unit === "share" ? percent : (x) => fixed(x, 2);
}

/* A group of an arm stands under the arm. */
function name({ arm, group }: Over): Child {
  const own = called("group", { name: group, text: "" });
  if (arm === null) {
    return h("bdi", {}, own);
  }
  return group === "all"
    ? h("bdi", {}, inWords(arm))
    : h("span", { class: "inner" }, h("bdi", {}, own));
}

/* In per cent where it is a share, as the numbers beside it are. */
function overRow(axis: Axis, over: Over): Child[] {
  const { unit, value, low, high } = over;
  const at = (x: number | null): number | null => (x !== null && unit === "share" ? 100 * x : x);
  const marks =
    value === null ? [] : [{ value: at(value), low: at(low), high: at(high), kind: "found" }];
  const draws = over.draws.flatMap((x) => at(x) ?? []);
  return [
    name(over),
    withInterval(show(unit), value, low, high),
    draws.length === 0
      ? ""
      : spanCell(axis, marks, text("sampled.seen", { n: whole(draws.length) }), draws),
  ];
}

function numbersOf(rows: Over[], number: string): HTMLElement {
  const share = rows[0]?.unit === "share";
  const axis: Axis = share
    ? { low: -3, high: 103, zero: null }
    : axisOver(
        rows.flatMap((row) => [row.low, row.high, ...row.draws]),
        0,
      );
  const effect = rows[0]?.unit === "sd";
  const frame = table(
    text(`sampled.${number}`),
    [
      { head: text(rows[0]?.arm === null ? "sampled.group" : "forest.arm") },
      { head: text("sampled.value"), numeric: true },
      {
        head: spanHead(
          axis,
          effect ? text("forest.left") : "",
          effect ? text("forest.right") : "",
        ),
      },
    ],
    rows.map((row) => overRow(axis, row)),
  );
  frame.classList.add("spans");
  return frame;
}

function numbersSection({ numbers, draws }: Sampled): HTMLElement {
  const kinds = [...new Set(numbers.map((row) => row.number))];
  return section(
    "numbers",
    text("sampled.title"),
    h("p", {}, say("sampled.lede", { draws: whole(draws) })),
    kinds.map((kind) =>
      numbersOf(
        numbers.filter((row) => row.number === kind),
        kind,
      ),
    ),
  );
}

export function sampledParts(sampled: Sampled): Child[] {
  const { of, name: run, couples, draws, seed } = sampled;
  return [
    opening(
      clean(sampled.text) || inWords(run),
      h(
        "p",
        { class: "lede" },
        say(`sampled.opening.${of}`, {
          draws: whole(draws),
          n: whole(couples),
          model: h("code", {}, clean(sampled.model)),
        }),
      ),
      h(
        "p",
        {},
        say("sampled.parameters", { names: sampled.parameters.map(clean).join(", ") }),
      ),
      h(
        "p",
        { class: "heed" },
        of === "trial" ? [say("trial.caution"), " "] : null,
        say("sampled.caution"),
      ),
    ),
    numbersSection(sampled),
    aboutSection(
      "sampled",
      4,
      `ebb ${of} FILE:${clean(run)} --couples ${couples} --seed ${seed} --sample FILE --draws ${draws}`,
    ),
  ];
}
