/* SPDX-License-Identifier: MIT
 *
 * A mating market: how many couples are anxious with avoidant over the cut at which the
 * words begin, kinds of couples at one cut, and what each mechanism contributes.
 */
import { h, type Child } from "../parts/dom.js";
import { folded, section } from "../parts/frame.js";
import { plotChart, type Line } from "../parts/plot.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { clean } from "./document.js";
import { aboutSection, fixed, opening, percent, whole, withInterval } from "./figures.js";
import { axisOver, spanCell, spanHead, type Axis } from "./spans.js";

interface Amount {
  value: number | null;
  low: number | null;
  high: number | null;
}

interface Point {
  cut: number;
  above: number;
  either: Amount;
  either_norm: number;
  either_shuffled: number;
  types: { type: string; share: Amount; norm: number }[];
}

interface Census {
  without: string[];
  couples: number;
  at: Point;
  cross: Amount;
  same_anxiety: Amount;
  same_avoidance: Amount;
  anxiety: Amount;
  avoidance: Amount;
  months: Amount;
}

export interface Market extends Census {
  schema: "ebb/pair";
  version: number;
  seed: string;
  numbers: { name: string; value: number; usual: number; text: string; source: string }[];
  curve: Point[];
  compared?: Census[];
}

const two = (x: number | null): string => fixed(x, 2);

function amount(show: (x: number | null) => string, a: Amount): string {
  return withInterval(show, a.value, a.low, a.high);
}

const LINES = ["either", "either_shuffled", "either_norm"] as const;

function shareOf(point: Point, line: (typeof LINES)[number]): number {
  return line === "either" ? (point.either.value ?? 0) : point[line];
}

/* --- the curve --------------------------------------------------------------------- */

function curveChart(market: Market): HTMLElement {
  const { curve, at } = market;
  const cuts = curve.map((point) => point.cut);
  const lines: Line[] = LINES.map((line, i) => ({
    start: 0,
    step: 0,
    times: cuts,
    values: curve.map((point) => 100 * shareOf(point, line)),
    kind: `line-${i}`,
  }));
  const ribbon = {
    times: cuts,
    low: curve.map((point) => 100 * (point.either.low ?? point.either.value ?? 0)),
    high: curve.map((point) => 100 * (point.either.high ?? point.either.value ?? 0)),
    kind: "line-0",
  };
  const nearest = (cut: number): Point =>
    curve.reduce((best, p) => (Math.abs(p.cut - cut) < Math.abs(best.cut - cut) ? p : best), at);
  const most = Math.max(...curve.map((point) => 100 * (point.either.high ?? 0)));
  return plotChart({
    label: text("curve.label", {
      cut: two(at.cut),
      either: percent(at.either.value),
      shuffled: percent(at.either_shuffled),
      norm: percent(at.either_norm),
    }),
    span: [cuts[0] ?? 0, cuts[cuts.length - 1] ?? 1],
    range: [0, Math.ceil(most / 10) * 10],
    height: 300,
    lines,
    ribbons: [ribbon],
    shades: [],
    since: at.cut,
    tick: (cut) => String(cut).replace("-", "\u2212"),
    under: [
      {
        title: text("curve.above"),
        kind: "line-0",
        say: (cut) => `${fixed(100 * nearest(cut).above, 0)}\u202f%`,
      },
    ],
  }).element;
}

function curveSection(market: Market): HTMLElement {
  const { at } = market;
  const sample = (i: number): HTMLElement =>
    h("span", { class: `swatch-line line-${i}`, "aria-hidden": "true" });
  return section(
    "curve",
    text("curve.title"),
    h("p", {}, say("curve.lede", { cut: two(at.cut) })),
    h(
      "p",
      { class: "keys" },
      LINES.map((line, i) => h("span", {}, sample(i), text(`curve.${line}`))),
    ),
    curveChart(market),
    h("p", { class: "small axis-words" }, text("curve.axis")),
    h(
      "p",
      {},
      say("curve.parts", {
        either: percent(at.either.value),
        shuffled: percent(at.either_shuffled),
        norm: percent(at.either_norm),
      }),
    ),
  );
}

/* --- kinds at the cut -------------------------------------------------------------- */

/* What is to be seen of a share beside another number: `stem` says which. */
function beside(stem: string, share: Amount, other: number): string {
  const { low, high } = share;
  return low === null || high === null
    ? text("forest.none")
    : text(`${stem}.${low > other ? "more" : high < other ? "fewer" : "not_told"}`);
}

function kindRow(axis: Axis, name: string, share: Amount, norm: number): Child[] {
  const marks = [
    { ...times100(share), kind: "found" },
    { value: 100 * norm, low: 100 * norm, high: 100 * norm, kind: "chance" },
  ];
  return [
    name,
    amount(percent, share),
    spanCell(axis, marks, beside("kinds", share, norm)),
    percent(norm),
  ];
}

function times100(a: Amount): Amount {
  const by = (x: number | null): number | null => (x === null ? null : 100 * x);
  return { value: by(a.value), low: by(a.low), high: by(a.high) };
}

function kindsSection(market: Market): HTMLElement {
  const { at } = market;
  const kinds = [
    ...at.types.map(({ type, share, norm }) => ({ name: type, share, norm })),
    { name: text("kinds.either"), share: at.either, norm: at.either_norm },
  ];
  const axis = {
    ...axisOver(kinds.flatMap((k) => [100 * (k.share.high ?? 0), 100 * k.norm]), 0),
    low: 0,
  };
  const frame = table(
    text("kinds.caption", { cut: two(at.cut) }),
    [
      { head: text("kinds.kind") },
      { head: text("kinds.here"), numeric: true },
      { head: spanHead(axis, "", "%") },
      { head: text("kinds.chance"), numeric: true },
    ],
    kinds.map((k) => kindRow(axis, k.name, k.share, k.norm)),
  );
  frame.classList.add("spans");
  return section(
    "kinds",
    text("kinds.title"),
    h("p", {}, say("kinds.lede", { cut: two(at.cut), above: percent(at.above) })),
    frame,
    h("p", { class: "small" }, text("kinds.key")),
  );
}

/* --- who is with whom -------------------------------------------------------------- */

const OBSERVED_ALIKE = 0.01; /* at most, Kirkpatrick & Davis 1994 */
const CLAIMED = [0.2, 0.3] as const;

/* How many people are above the cut at which the share is so large: on the straight line
 * between points of the curve. */
function aboveAt(curve: Point[], share: number): number | null {
  for (let k = curve.length - 1; k > 0; k--) {
    const [from, to] = [curve[k], curve[k - 1]];
    const [a, b] = [from?.either.value ?? 0, to?.either.value ?? 0];
    if (from && to && a <= share && share < b) {
      return from.above + ((share - a) / (b - a)) * (to.above - from.above);
    }
  }
  return null;
}

function alikeOf(census: Census): number {
  return [3, 4].reduce((sum, k) => sum + (census.at.types[k]?.share.value ?? 0), 0);
}

const over = (a: Amount): boolean => (a.low ?? -1) > 0;

function known(market: Market): Child[] {
  const alike = alikeOf(market);
  const met = (key: string, is: boolean): Child =>
    h("li", {}, say(`${key}.${is ? "met" : "missed"}`, { alike: percent(alike) }));
  const [low, high] = CLAIMED.map((share) => aboveAt(market.curve, share));
  return [
    met("known.cross", over(market.cross)),
    met("known.same", over(market.same_anxiety) && over(market.same_avoidance)),
    met("known.alike", alike <= OBSERVED_ALIKE),
    h(
      "li",
      {},
      low == null || high == null
        ? say("known.claimed.nowhere")
        : say("known.claimed", { low: fixed(100 * low, 0), high: fixed(100 * high, 0) }),
    ),
  ];
}

const AMOUNTS = ["cross", "same_anxiety", "same_avoidance", "anxiety", "avoidance", "months"] as const;

function whoSection(market: Market): HTMLElement {
  return section(
    "who",
    text("who.title"),
    table(
      text("who.caption"),
      [{ head: text("who.what") }, { head: text("who.value"), numeric: true }],
      AMOUNTS.map((name) => [text(`who.${name}`), amount(two, market[name])]),
    ),
    h("h3", {}, text("known.title")),
    h("ul", { class: "limits" }, known(market)),
  );
}

/* --- mechanisms -------------------------------------------------------------------- */

/* "without calm", beside what is out in all rows; `all` is what there is to take out. */
function rowName(market: Market, rows: Census[], row: Census): string {
  const all = Math.max(...rows.map((r) => r.without.length));
  const taken = row.without.filter((word) => !market.without.includes(word));
  if (taken.length === 0) {
    return text("mechanisms.all");
  }
  if (row.without.length === all) {
    return text("mechanisms.none");
  }
  if (taken.length === 1) {
    return text("mechanisms.without", { word: clean(taken[0] ?? "") });
  }
  const longest = rows.find((r) => r.without.length === all)?.without ?? [];
  const left = longest.filter((word) => !row.without.includes(word));
  return text("mechanisms.only", { word: clean(left.join(", ")) });
}

function mean(a: Amount, b: Amount): number {
  return ((a.value ?? 0) + (b.value ?? 0)) / 2;
}

function mechanismsSection(market: Market): HTMLElement | null {
  const rows = market.compared ?? [];
  if (rows.length === 0) {
    return null;
  }
  const base = 100 * (market.at.either.value ?? 0);
  const axis = axisOver(
    rows.flatMap((row) => [times100(row.at.either).low, times100(row.at.either).high]),
    base,
  );
  const numeric = (key: string): { head: string; numeric: boolean } => ({
    head: text(`mechanisms.${key}`),
    numeric: true,
  });
  const frame = table(
    text("mechanisms.caption", { cut: two(market.at.cut) }),
    [
      { head: text("mechanisms.row") },
      numeric("either"),
      { head: spanHead(axis, "", "%") },
      numeric("shuffled"),
      numeric("cross"),
      numeric("same"),
      numeric("alike"),
      numeric("level"),
    ],
    rows.map((row) => [
      rowName(market, rows, row),
      amount(percent, row.at.either),
      spanCell(
        axis,
        [{ ...times100(row.at.either), kind: "found" }],
        beside("mechanisms", row.at.either, market.at.either.value ?? 0),
      ),
      percent(row.at.either_shuffled),
      two(row.cross.value),
      two(mean(row.same_anxiety, row.same_avoidance)),
      percent(alikeOf(row)),
      two(mean(row.anxiety, row.avoidance)),
    ]),
  );
  frame.classList.add("spans");
  return section(
    "mechanisms",
    text("mechanisms.title"),
    h("p", {}, say("mechanisms.lede")),
    frame,
    h("p", { class: "small" }, text("mechanisms.key")),
  );
}

/* --- numbers ----------------------------------------------------------------------- */

function curveTable(market: Market): HTMLElement {
  return table(
    text("curve.title"),
    ["cut", "above", ...LINES].map((name) => ({ head: text(`curve.${name}.head`), numeric: true })),
    market.curve.map((point) => [
      fixed(point.cut, 1),
      percent(point.above),
      amount(percent, point.either),
      percent(point.either_shuffled),
      percent(point.either_norm),
    ]),
  );
}

function inputsTable(market: Market): HTMLElement {
  return table(
    text("inputs.title"),
    [
      { head: text("inputs.name") },
      { head: text("inputs.value"), numeric: true },
      { head: text("inputs.usual"), numeric: true },
      { head: text("inputs.text") },
      { head: text("inputs.source") },
    ],
    market.numbers.map((n) => [
      h("code", {}, clean(n.name)),
      String(n.value),
      String(n.usual),
      clean(n.text),
      clean(n.source),
    ]),
  );
}

function command(market: Market): string {
  const sets = market.numbers.filter((n) => n.value !== n.usual);
  return [
    `ebb pair --couples ${market.couples} --cut ${market.at.cut} --seed ${market.seed}`,
    ...market.without.map((word) => `--without ${clean(word)}`),
    ...sets.map((n) => `--set ${clean(n.name)}=${n.value}`),
    ...(market.compared === undefined ? [] : ["--compare"]),
  ].join(" ");
}

export function pairParts(market: Market): Child[] {
  return [
    opening(
      text("pair.title"),
      h(
        "p",
        { class: "lede" },
        say("pair.opening", { n: whole(market.couples), months: amount(two, market.months) }),
      ),
      market.without.length === 0
        ? null
        : h("p", {}, say("pair.without", { words: market.without.map(clean).join(", ") })),
    ),
    curveSection(market),
    kindsSection(market),
    whoSection(market),
    mechanismsSection(market),
    section(
      "numbers",
      text("numbers.title"),
      folded(text("curve.open"), () => curveTable(market)),
      folded(text("inputs.open"), () => inputsTable(market)),
    ),
    aboutSection("pair", 4, command(market)),
  ];
}
