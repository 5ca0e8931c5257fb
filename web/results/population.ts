/* SPDX-License-Identifier: MIT
 *
 * A population: who has not parted, how they parted, who is satisfied, how often there
 * are episodes. A group has one look, by its place, in every picture.
 */
import { h, s, type Child } from "../parts/dom.js";
import { folded, section } from "../parts/frame.js";
import { plotChart, type Line, type Plot } from "../parts/plot.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { called, clean } from "./document.js";
import { aboutSection, fixed, opening, percent, whole, withInterval } from "./figures.js";

interface Row {
  time: number;
  at_risk: number;
  parted: number;
  share: number;
  low: number | null;
  high: number | null;
  ended: number[];
  together: number;
  episodes_a_year: number | null;
}

const FIELDS = ["stable_satisfied", "stable_not", "parted_satisfied", "parted_not"] as const;

interface Group {
  name: string;
  text: string;
  couples: number;
  failed: number;
  reunited: number;
  median: number | null;
  episodes_a_year: number | null;
  fields: Record<(typeof FIELDS)[number], number> | null;
  curve: Row[];
}

export interface Population {
  schema: "ebb/population";
  version: number;
  population: string;
  text: string;
  model: string;
  time_unit: string;
  length: number;
  partners: string;
  couples: number;
  seed: string;
  endings: { name: string; text: string }[];
  groups: Group[];
}

const LOOKS = 8; /* that the style tells apart; after them they begin anew */

const look = (place: number): string => `line-${place % LOOKS}`;

function timeWords(population: Population): string {
  const unit = clean(population.time_unit);
  return unit === "" ? text("time.plain") : text("time.axis", { unit: `${unit}s` });
}

/* A curve that changes at a report only, in percent, from the beginning on. */
function steps(rows: { time: number; share: number | null }[], first: number): {
  times: number[];
  values: (number | null)[];
} {
  const times = [0];
  const values: (number | null)[] = [100 * first];
  for (const { time, share } of rows) {
    times.push(time, time);
    values.push(values[values.length - 1] ?? null, share === null ? null : 100 * share);
  }
  return { times, values };
}

/* How many had not parted at the last report before a time. */
function atRisk(group: Group, time: number): number {
  const done = group.curve.filter((row) => row.time <= time + 1e-9).length;
  const last = group.curve[group.curve.length - 1];
  const left = last === undefined ? group.couples : last.at_risk - last.parted;
  return group.curve[done]?.at_risk ?? left;
}

function plotOf(population: Population, label: string): Omit<Plot, "range" | "lines"> {
  return {
    label,
    span: [0, population.length],
    height: 220,
    ribbons: [],
    shades: [],
    tick: (time) => String(time),
  };
}

/* A piece of the line itself, so that its dashes are the chart's. */
function sample(place: number): SVGElement {
  return s(
    "svg",
    { class: "key-svg", viewBox: "0 0 36 10", "aria-hidden": "true" },
    s("path", { class: `trace ${look(place)}`, d: "M0 5H36" }),
  );
}

/* One key for several charts: a box unticked hides its group in all of them. */
function keyed(groups: Group[], ...charts: Child[]): HTMLElement {
  const holder = h("div", { class: "keyed" }, ...charts);
  const boxes = groups.map((group, i) =>
    h(
      "label",
      { class: `choice key-line ${look(i)}` },
      h("input", {
        type: "checkbox",
        checked: true,
        change: (event: Event) => {
          const { checked } = event.target as HTMLInputElement;
          holder.classList.toggle(`without-${i % LOOKS}`, !checked);
        },
      }),
      sample(i),
      h("bdi", {}, called("group", group)),
    ),
  );
  holder.prepend(
    h("fieldset", { class: "keys" }, h("legend", {}, text("show.groups")), boxes),
  );
  return holder;
}

function survivalChart(population: Population): HTMLElement {
  const { groups } = population;
  const lines: Line[] = groups.map((group, i) => ({
    start: 0,
    step: 0,
    ...steps(group.curve, 1),
    kind: look(i),
  }));
  const ribbons = groups.map((group, i) => {
    const low = steps(group.curve.map((r) => ({ time: r.time, share: r.low })), 1);
    const high = steps(group.curve.map((r) => ({ time: r.time, share: r.high })), 1);
    return { times: low.times, low: low.values, high: high.values, kind: look(i) };
  });
  const ends = groups.map((group) =>
    text("survival.end", {
      group: called("group", group),
      share: percent(group.curve[group.curve.length - 1]?.share ?? null),
    }),
  );
  return plotChart({
    ...plotOf(population, text("survival.label", { ends: ends.join(", ") })),
    height: 340,
    range: [0, 100],
    lines,
    ribbons,
    under: groups.map((group, i) => ({
      title: text("survival.risk", { group: called("group", group) }),
      kind: look(i),
      say: (time) => whole(atRisk(group, time)),
    })),
  }).element;
}

function survivalSection(population: Population): HTMLElement {
  const halves = population.groups.filter((group) => group.median !== null);
  return section(
    "survival",
    text("survival.title"),
    h("p", {}, say("survival.lede")),
    keyed(
      population.groups,
      survivalChart(population),
      h("p", { class: "small axis-words" }, timeWords(population)),
    ),
    halves.map((group) =>
      h(
        "p",
        { class: "small" },
        say("survival.median", {
          group: h("bdi", {}, called("group", group)),
          time: `${clean(population.time_unit)} ${fixed(group.median, 0)}`,
        }),
      ),
    ),
    population.groups.filter(({ reunited }) => reunited > 0).map(back),
  );
}

/* Of those that have parted, who has come back; only where a model has a way back. */
function back(group: Group): HTMLElement {
  const parted = group.curve.reduce((sum, row) => sum + row.parted, 0);
  return h(
    "p",
    { class: "small" },
    say("survival.back", {
      group: h("bdi", {}, called("group", group)),
      parted: whole(parted),
      back: whole(group.reunited),
      now: whole(group.curve[group.curve.length - 1]?.together ?? 0),
    }),
  );
}

/* --- ways to part ------------------------------------------------------------------ */

function waysChart(population: Population, group: Group, most: number): HTMLElement {
  const ends = population.endings.map((ending, w) =>
    text("survival.end", {
      group: called("ending", ending),
      share: percent(group.curve[group.curve.length - 1]?.ended[w] ?? null),
    }),
  );
  return h(
    "div",
    { class: "course" },
    h("h3", { class: "small-title" }, h("bdi", {}, called("group", group))),
    plotChart({
      ...plotOf(
        population,
        text("ways.label", { group: called("group", group), ends: ends.join(", ") }),
      ),
      height: 150,
      range: [0, most],
      lines: population.endings.map((_, w) => ({
        start: 0,
        step: 0,
        ...steps(
          group.curve.map((row) => ({ time: row.time, share: row.ended[w] ?? null })),
          0,
        ),
        kind: look(w),
      })),
    }).element,
  );
}

function waysSection(population: Population): HTMLElement {
  const shares = population.groups.flatMap((g) => g.curve.flatMap((row) => row.ended));
  const most = Math.max(5, Math.ceil(20 * Math.max(0, ...shares)) * 5);
  return section(
    "ways",
    text("ways.title"),
    h("p", {}, say("ways.lede")),
    h(
      "p",
      { class: "keys" },
      population.endings.map((ending, w) =>
        h("span", {}, sample(w), h("bdi", {}, called("ending", ending))),
      ),
    ),
    h(
      "div",
      { class: "smalls" },
      population.groups.map((group) => waysChart(population, group, most)),
    ),
    h("p", { class: "small axis-words" }, timeWords(population)),
  );
}

/* --- four fields ------------------------------------------------------------------- */

function fieldBar(group: Group, fields: NonNullable<Group["fields"]>): HTMLElement {
  const all = Math.max(1, FIELDS.reduce((sum, name) => sum + fields[name], 0));
  const said = FIELDS.map((name) => `${text(`field.${name}`)} ${percent(fields[name] / all)}`);
  const parts = FIELDS.map((name) => {
    const part = h("div", { class: `field ${name}` }, h("span", {}, percent(fields[name] / all)));
    part.style.flexGrow = String(fields[name]);
    part.classList.toggle("slim", fields[name] / all < 0.14);
    return part;
  });
  return h(
    "div",
    { class: "course" },
    h("h3", { class: "small-title" }, h("bdi", {}, called("group", group))),
    h(
      "div",
      {
        class: "field-bar",
        role: "img",
        "aria-label": text("fields.label", {
          group: called("group", group),
          parts: said.join(", "),
        }),
      },
      parts,
    ),
    h("p", { class: "small" }, said.join(" · ")),
  );
}

function fieldsSection(population: Population): HTMLElement | null {
  if (population.groups.every((group) => group.fields === null)) {
    return null;
  }
  return section(
    "fields",
    text("fields.title"),
    h("p", {}, say("fields.lede")),
    h(
      "p",
      { class: "keys" },
      FIELDS.map((name) =>
        h(
          "span",
          { class: "field-key" },
          h("span", { class: `field swatch ${name}` }),
          text(`field.${name}`),
        ),
      ),
    ),
    population.groups.map((group) =>
      group.fields === null ? null : fieldBar(group, group.fields),
    ),
  );
}

/* --- episodes ---------------------------------------------------------------------- */

function episodesSection(population: Population): HTMLElement | null {
  const rates = population.groups.flatMap((g) => g.curve.map((r) => r.episodes_a_year));
  if (rates.every((rate) => rate === null)) {
    return null;
  }
  const ends = population.groups.map((group) =>
    text("survival.end", {
      group: called("group", group),
      share: fixed(group.episodes_a_year, 1),
    }),
  );
  const chart = plotChart({
    ...plotOf(population, text("episodes.label", { ends: ends.join(", ") })),
    range: [0, Math.max(1, ...rates.map((rate) => rate ?? 0)) * 1.05],
    lines: population.groups.map((group, i) => ({
      start: 0,
      step: 0,
      times: group.curve.map((row) => row.time),
      values: group.curve.map((row) => row.episodes_a_year),
      kind: look(i),
    })),
  }).element;
  return section(
    "episodes",
    text("episodes.title"),
    h("p", {}, say("episodes.lede")),
    keyed(
      population.groups,
      chart,
      h("p", { class: "small axis-words" }, timeWords(population)),
    ),
  );
}

/* --- numbers ----------------------------------------------------------------------- */

function groupTable(population: Population, group: Group): HTMLElement {
  const numeric = (head: string): { head: string; numeric: boolean } => ({
    head,
    numeric: true,
  });
  return table(
    called("group", group),
    [
      numeric(text("numbers.time", { unit: clean(population.time_unit) })),
      numeric(text("numbers.risk")),
      numeric(text("numbers.parted")),
      numeric(text("numbers.share")),
      ...population.endings.map((ending) => numeric(called("ending", ending))),
      numeric(text("numbers.together")),
      numeric(text("numbers.episodes")),
    ],
    group.curve.map((row) => [
      fixed(row.time, 0),
      whole(row.at_risk),
      whole(row.parted),
      withInterval(percent, row.share, row.low, row.high),
      ...population.endings.map((_, w) => percent(row.ended[w] ?? null)),
      whole(row.together),
      fixed(row.episodes_a_year, 1),
    ]),
  );
}

function numbersSection(population: Population): HTMLElement {
  return section(
    "numbers",
    text("numbers.title"),
    population.groups.map((group) =>
      folded(
        say("numbers.open", {
          group: h("bdi", {}, `${called("group", group)} (${whole(group.couples)})`),
        }),
        () => groupTable(population, group),
      ),
    ),
  );
}

export function populationParts(population: Population): Child[] {
  const { model, population: name, couples, seed, length } = population;
  const failed = population.groups[0]?.failed ?? 0;
  return [
    opening(
      clean(population.text) || clean(name),
      h(
        "p",
        { class: "lede" },
        say("population.opening", {
          n: whole(couples),
          model: h("code", {}, clean(model)),
          length: whole(length),
          unit: `${clean(population.time_unit)}s`,
        }),
        " ",
        population.partners === ""
          ? say("population.same")
          : say("population.partners", { how: clean(population.partners) }),
      ),
      failed > 0 ? h("p", {}, say("population.failed", { n: whole(failed) })) : null,
    ),
    survivalSection(population),
    waysSection(population),
    fieldsSection(population),
    episodesSection(population),
    numbersSection(population),
    aboutSection(
      "population",
      5,
      `ebb population FILE:${clean(name)} --couples ${couples} --seed ${seed}`,
    ),
  ];
}
