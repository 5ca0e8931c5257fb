/* SPDX-License-Identifier: MIT
 *
 * Published figures beside what the models give, each pair of intervals on an axis of its
 * own.
 */
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { clean, inWords } from "./document.js";
import { aboutSection, digits, opening, whole, withInterval } from "./figures.js";
import { filterOver, stackable } from "./filter.js";
import { axisOver, spanCell, spanHead } from "./spans.js";

interface Figure {
  id: string;
  figure: string;
  used: string;
  verdict: "inside" | "outside" | "none";
  evidence: {
    value: number | null;
    low: number | null;
    high: number | null;
    interval: string;
    population: string;
    source: string;
    standing: string;
  };
  model: {
    run: string;
    statistic: string;
    columns: string;
    among: string;
    couples: number;
    value: number | null;
    low: number | null;
    high: number | null;
  };
  note: string;
  why: string | null;
}

export interface Figures {
  schema: "ebb/figures";
  version: number;
  couples: number | null;
  seed: string;
  set: Record<string, number>;
  sample: { draws: number; parameters: string[] } | null;
  figures: Figure[];
  totals: { held_out: number; inside: number; outside: number; none: number };
}

/* A figure that is shown only is not counted, whatever comes out. */
function verdictWords({ verdict, used }: Figure): string {
  const shown = verdict !== "none" && used !== "held-out";
  return text(`figures.${shown ? "shown" : verdict}`);
}

function limits({ low, high }: Figure["evidence"]): string {
  return high === null
    ? text("figures.above", { low: digits(low, 4) })
    : low === null
      ? text("figures.below", { high: digits(high, 4) })
      : text("figures.between", { low: digits(low, 4), high: digits(high, 4) });
}

function picture({ evidence, model, verdict }: Figure): Child {
  if (model.value === null) {
    return null;
  }
  const axis = axisOver(
    [evidence.low, evidence.high, model.value, model.low, model.high],
    0,
  );
  return [
    spanCell(
      axis,
      [
        { value: evidence.value, low: evidence.low, high: evidence.high, kind: "published" },
        { value: model.value, low: model.low, high: model.high, kind: "found" },
      ],
      text(`figures.seen.${verdict}`),
    ),
    spanHead(axis, "", "", 2),
  ];
}

function figureRow(figure: Figure): Child[] {
  const { evidence, model } = figure;
  return [
    h(
      "div",
      {},
      h("bdi", {}, inWords(figure.id)),
      h("div", { class: "small plain" }, clean(figure.figure)),
    ),
    [
      limits(evidence),
      h(
        "div",
        { class: "small" },
        `${clean(evidence.population)}; ${clean(evidence.source)} (${clean(evidence.standing)})`,
      ),
    ],
    model.value === null
      ? text("claims.blank")
      : withInterval(digits, model.value, model.low, model.high),
    picture(figure),
    [
      h(
        "strong",
        { class: figure.verdict === "none" ? "verdict none" : "verdict" },
        verdictWords(figure),
      ),
      figure.why === null ? null : h("div", { class: "small" }, clean(figure.why)),
      figure.note === ""
        ? null
        : h(
            "div",
            { class: "small" },
            figure.verdict === "none"
              ? clean(figure.note)
              : say("figures.note", { note: clean(figure.note) }),
          ),
    ],
  ];
}

function command(figures: Figures): string {
  const { couples, seed, set, sample } = figures;
  return [
    `ebb validate --figures ${figures.figures.map((figure) => figure.id).join(",")}`,
    ...(couples === null ? [] : [`--couples ${couples}`]),
    `--seed ${seed}`,
    ...Object.entries(set).map(([name, value]) => `--set ${clean(name)}=${value}`),
    ...(sample === null ? [] : [`--sample FILE --draws ${sample.draws}`]),
  ].join(" ");
}

export function figuresParts(figures: Figures): Child[] {
  const { held_out, inside, outside, none } = figures.totals;
  const frame = table(
    text("figures.caption"),
    [
      { head: text("figures.figure") },
      { head: text("figures.published") },
      { head: text("figures.model"), numeric: true },
      { head: text("figures.both") },
      { head: text("figures.verdict") },
    ],
    figures.figures.map(figureRow),
  );
  const rows = stackable(frame);
  frame.classList.add("spans");
  const sets = Object.entries(figures.set).map(([name, value]) => `${clean(name)} = ${value}`);
  return [
    opening(
      text("figures.title"),
      h(
        "p",
        { class: "lede" },
        say("figures.totals", {
          n: whole(held_out),
          inside: whole(inside),
          outside: whole(outside),
          none: whole(none),
        }),
      ),
      sets.length === 0 ? null : h("p", {}, say("figures.set", { sets: sets.join(", ") })),
      figures.sample === null
        ? null
        : h("p", {}, say("figures.sample", { draws: whole(figures.sample.draws) })),
      h("p", { class: "heed" }, say("figures.caution")),
    ),
    section(
      "figures",
      text("figures.caption"),
      h("p", {}, say("figures.lede")),
      h(
        "p",
        { class: "keys" },
        ["published", "found"].map((kind) =>
          h(
            "span",
            {},
            h("span", { class: `swatch-line ${kind}`, "aria-hidden": "true" }),
            text(`figures.key.${kind}`),
          ),
        ),
      ),
      filterOver(rows, [
        { label: text("filter.figure"), values: figures.figures.map(verdictWords) },
      ]),
      frame,
    ),
    aboutSection("figures", 4, command(figures)),
  ];
}
