/* SPDX-License-Identifier: MIT
 *
 * Which change helps couples like the one at hand most: each lever by itself, used in full
 * from the day that is set, held against the same couples with the same chance without it.
 *
 * What is compared is the satisfaction of the two, together, over the last quarter of the
 * run, in couples that are together throughout it in both arms; how many are is said
 * beside it. The interval is that of chance among these couples and no more.
 */
import { h, px, s } from "../parts/dom.js";
import { say, text } from "../parts/words.js";
import { owned } from "./controls.js";
import type { Crowd } from "./fan.js";
import { lab, show } from "./ground.js";
import { MODEL, scenarioText, withText, type Mine } from "./mine.js";

const COUPLES = 60;
const MOMENTS = 100; /* of a run, of which the last quarter counts */
const OUTPUTS = ["a.satisfaction", "b.satisfaction", "together"];

interface Ranked {
  name: string;
  mean: number;
  half: number; /* of the interval */
  both: number; /* couples that are together in both arms */
  stay: number; /* share that is together at the end */
}

/* The mean of each couple over the moments; NaN where it is not together throughout. */
function lastQuarter(crowd: Crowd): { means: number[]; stay: number } {
  const width = crowd.outputs.length;
  let stay = 0;
  const means = crowd.values.map((values) => {
    if (values === undefined) {
      return NaN;
    }
    const rows = crowd.times.length;
    const first = Math.floor(0.75 * rows);
    let sum = 0;
    for (let t = first; t < rows; t++) {
      const [a = NaN, b = NaN, together = 1] = values.subarray(t * width, (t + 1) * width);
      sum += together > 0.5 ? (a + b) / 2 / (rows - first) : NaN;
    }
    stay += (values[rows * width - 1] ?? 1) > 0.5 ? 1 / crowd.values.length : 0;
    return sum;
  });
  return { means, stay };
}

function compare(name: string, base: number[], crowd: Crowd): Ranked {
  const { means, stay } = lastQuarter(crowd);
  const apart = means.map((x, i) => x - (base[i] ?? NaN)).filter((x) => !Number.isNaN(x));
  const n = apart.length;
  const mean = apart.reduce((sum, x) => sum + x, 0) / n;
  const square = apart.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { name, mean, half: 1.96 * Math.sqrt(square / n), both: n, stay };
}

export interface RankingHooks {
  mine: () => Mine;
  levers: () => string[];
  begin: () => void; /* the workers are about to be taken */
}

export class Ranking {
  readonly element: HTMLElement;
  private readonly told = h("p", { class: "small told", role: "status" });
  private readonly rows = h("tbody", {});
  private readonly table: HTMLElement;
  private base: number[] = [];
  private stay = 0;
  private found: Ranked[] = [];
  private running = false;

  constructor(private readonly hooks: RankingHooks) {
    this.table = h(
      "table",
      { class: "ranking", hidden: true },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["what", "effect", "stay"].map((key) => h("th", {}, text(`rank.${key}`))),
        ),
      ),
      this.rows,
    );
    this.element = h(
      "section",
      { class: "rank", "aria-labelledby": "rank-title" },
      h("h2", { id: "rank-title" }, text("rank.title")),
      h("p", { class: "small" }, say("rank.note", { n: String(COUPLES) })),
      h(
        "button",
        { type: "button", class: "plain rank-go", click: () => this.begin() },
        text("rank.go"),
      ),
      this.told,
      this.table,
    );
  }

  /** A button elsewhere that leads here, and begins. */
  lead(): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "plain",
        click: () => {
          show(this.element);
          this.element.querySelector<HTMLElement>(".rank-go")?.focus({ preventScroll: true });
          this.begin();
        },
      },
      text("rank.title"),
    );
  }

  /** Something else has changed: what is shown belongs to other couples. */
  stop(): void {
    this.running = false;
    this.found = [];
    this.told.textContent = "";
    this.table.hidden = true;
  }

  private begin(): void {
    this.hooks.begin();
    this.stop();
    this.running = true;
    const mine = this.hooks.mine();
    this.run(mine, scenarioText({ ...mine, levers: new Map() }), (crowd) => {
      const { means, stay } = lastQuarter(crowd);
      [this.base, this.stay] = [means, stay];
      this.next(mine, this.hooks.levers());
    });
  }

  private next(mine: Mine, levers: string[]): void {
    const [name, ...rest] = levers;
    this.show(rest.length + (name === undefined ? 0 : 1));
    if (name === undefined) {
      this.running = false;
      return;
    }
    this.run(mine, withText({ ...mine, levers: new Map([[name, 1]]) }), (crowd) => {
      this.found.push(compare(name, this.base, crowd));
      this.next(mine, rest);
    });
  }

  private run(mine: Mine, scenario: string, whole: (crowd: Crowd) => void): void {
    lab().fan.run(
      {
        model: MODEL,
        scenario,
        seed: mine.seed,
        couples: COUPLES,
        only: OUTPUTS,
        every: mine.length / MOMENTS,
      },
      {
        part: (crowd) => {
          if (crowd.done === crowd.couples && this.running) {
            whole(crowd);
          }
        },
        refused: (words) => {
          this.running = false;
          this.told.textContent = words;
        },
      },
    );
  }

  private show(left: number): void {
    const all = this.found.length + left;
    const ranked = [...this.found]; /* in order once all are there: rows stand still */
    if (left === 0) {
      ranked.sort((x, y) => y.mean - x.mean);
    }
    const most = Math.max(0.05, ...ranked.map(({ mean, half }) => Math.abs(mean) + half));
    this.told.textContent = text(left > 0 ? "rank.some" : "rank.all", {
      n: String(this.found.length),
      all: String(all),
      stay: percent(this.stay),
    });
    this.table.hidden = false;
    this.rows.replaceChildren(...ranked.map((row) => this.row(row, most)));
  }

  private row({ name, mean, half, both, stay }: Ranked, most: number): HTMLElement {
    const place = (value: number): number => 50 + (50 * value) / most;
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, owned(name)),
      h(
        "td",
        {},
        bar(place(mean), place(mean - half), place(mean + half)),
        h(
          "span",
          { class: "small" },
          text("rank.said", { mean: signed(mean), half: half.toFixed(2), n: String(both) }),
        ),
      ),
      h("td", {}, percent(stay)),
    );
  }
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const signed = (value: number): string =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

/* From the middle, which is no difference, to `at`; a line over the interval. */
function bar(at: number, low: number, high: number): SVGElement {
  return s(
    "svg",
    {
      class: "rank-bar",
      viewBox: "0 0 100 12",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    s("rect", { x: px(Math.min(50, at)), y: 3, width: px(Math.abs(at - 50)), height: 6 }),
    s("line", { x1: px(low), x2: px(high), y1: 6, y2: 6 }),
    s("line", { class: "none", x1: 50, x2: 50, y1: 0, y2: 12 }),
  );
}
