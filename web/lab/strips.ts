/* SPDX-License-Identifier: MIT
 *
 * The strips of the sandbox: behaviour that shows, then what is within, both partners on
 * one strip; with levers a second column beside the first, on the same scale.
 */
import { h, type Child } from "../parts/dom.js";
import { liveChart, type LiveChart, type LiveRibbon } from "../parts/live.js";
import { text } from "../parts/words.js";
import { wordOf } from "./controls.js";
import { column, type Result } from "./engine.js";
import { bandOf, type Band, type Crowd } from "./fan.js";

interface Shown {
  name: string;
  outputs: string[];
  most: number | null; /* the scale's end; null: as far as it goes */
}

export const SHOWN: Shown[] = [
  { name: "pursuit", outputs: ["a.pursuit", "b.pursuit"], most: 1 },
  { name: "withdrawal", outputs: ["a.withdrawal", "b.withdrawal"], most: 1 },
  { name: "alarm", outputs: ["a.alarm", "b.alarm"], most: null },
  { name: "overload", outputs: ["a.overload", "b.overload"], most: null },
  { name: "contact", outputs: ["contact"], most: 1 },
  { name: "satisfaction", outputs: ["a.satisfaction", "b.satisfaction"], most: null },
];
export const LASTS = "together";

export const OUTPUTS = [...SHOWN.flatMap(({ outputs }) => outputs), LASTS];

/** What one arm shows: a run of one couple, or the bands of many. */
export interface Arm {
  result: Result | null;
  crowd: Crowd | null;
}

const kindOf = (output: string): string =>
  output.startsWith("a.")
    ? "person-0"
    : output.startsWith("b.")
      ? "person-1"
      : "couple";

/* An output of one couple, with how far it goes. */
interface Track {
  values: Float64Array; /* NaN where there is none */
  low: number; /* low > high where there is none at all */
  high: number;
}

/* What the equations do after the two have parted is nobody's life. */
function trackOf(result: Result, output: string): Track {
  const values = column(result, output);
  const together = column(result, LASTS);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = (together[i] ?? 1) > 0.5 ? (values[i] ?? NaN) : NaN;
    values[i] = value;
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  return { values, low, high };
}

/* A run does not change: its tracks are taken from it once. */
const tracks = new WeakMap<Result, Map<string, Track>>();

function whileTogether(result: Result, output: string): Track {
  const kept = tracks.get(result) ?? new Map<string, Track>();
  tracks.set(result, kept);
  const found = kept.get(output) ?? trackOf(result, output);
  kept.set(output, found);
  return found;
}

/* Bands are sorted out once for each part of a crowd that comes. */
const banded = new WeakMap<Crowd, { done: number; bands: Map<string, Band> }>();

function bandNow(crowd: Crowd, output: string): Band {
  const kept = banded.get(crowd);
  const held =
    kept?.done === crowd.done
      ? kept
      : { done: crowd.done, bands: new Map<string, Band>() };
  banded.set(crowd, held);
  const found = held.bands.get(output) ?? bandOf(crowd, output, 0.1, 0.9, LASTS);
  held.bands.set(output, found);
  return found;
}

function roundUp(value: number): number {
  const power = Number(`1e${Math.floor(Math.log10(Math.max(value, 1e-6)))}`);
  return ([1, 1.5, 2, 3, 5, 7.5, 10].find((k) => k * power >= value) ?? 10) * power;
}

export class Strips {
  readonly element: HTMLElement;
  private readonly charts: [LiveChart, LiveChart][];
  private readonly heads: HTMLElement;
  private readonly second: HTMLElement[] = [];
  private readonly scales = new Map<string, number>();

  constructor(pick: (time: number) => void) {
    this.charts = SHOWN.map(() => [
      liveChart({ height: 104, pick }),
      liveChart({ height: 104, pick }),
    ]);
    this.heads = h(
      "p",
      { class: "arm-heads arm-name", hidden: true },
      h("span", {}, text("strip.without")),
      h("span", {}, text("strip.with")),
    );
    this.element = h(
      "div",
      { class: "strips" },
      this.heads,
      SHOWN.map((shown, k) => this.strip(shown, k)),
    );
  }

  private strip(shown: Shown, k: number): HTMLElement {
    const [first, second] = this.charts[k] ?? [];
    const besides = h("div", { class: "lane-arm" }, second?.element);
    this.second.push(besides);
    return h(
      "figure",
      { class: `lane lane-${shown.name}` },
      h(
        "h3",
        {},
        wordOf(shown.name),
        " ",
        h("span", { class: "scale-note" }, text(`scale.${shown.name}`)),
        " ",
        this.keys(shown),
      ),
      h(
        "div",
        { class: "arm-pair" },
        h("div", { class: "lane-arm" }, first?.element),
        besides,
      ),
    );
  }

  private keys(shown: Shown): Child {
    return shown.outputs.length < 2
      ? null
      : h(
          "span",
          { class: "keys" },
          ["A", "B"].map((name, k) =>
            h("span", { class: `key-line person-${k}` }, name),
          ),
        );
  }

  private most(shown: Shown, arms: Arm[], still: boolean): number {
    if (shown.most !== null) {
      return shown.most;
    }
    let most = still ? (this.scales.get(shown.name) ?? 0) : 0;
    for (const { result, crowd } of arms) {
      for (const output of shown.outputs) {
        most = result === null ? most : Math.max(most, whileTogether(result, output).high);
        for (const value of crowd === null ? [] : bandNow(crowd, output).high) {
          most = value !== null && value > most ? value : most;
        }
      }
    }
    const rounded = roundUp(Math.max(most, 0.2));
    this.scales.set(shown.name, rounded);
    return rounded;
  }

  /* From below 0 where satisfaction is. */
  private low(shown: Shown, arms: Arm[]): number {
    if (shown.name !== "satisfaction") {
      return 0;
    }
    let low = 0;
    for (const { result, crowd } of arms) {
      for (const output of crowd === null ? [] : shown.outputs) {
        for (const value of bandNow(crowd as Crowd, output).low) {
          low = value !== null && value < low ? value : low;
        }
      }
      for (const output of result === null ? [] : shown.outputs) {
        low = Math.min(low, whileTogether(result as Result, output).low);
      }
    }
    return low < 0 ? -roundUp(-low) : 0;
  }

  /** Draws one arm or two; `still` keeps scales from shrinking while something moves. */
  draw(arms: Arm[], length: number, still: boolean): void {
    SHOWN.forEach((shown, k) => {
      const range: [number, number] = [
        this.low(shown, arms),
        this.most(shown, arms, still),
      ];
      arms.forEach((arm, n) => {
        const times = arm.result?.times ?? arm.crowd?.times ?? new Float64Array(0);
        const ribbons: LiveRibbon[] =
          arm.crowd === null
            ? []
            : shown.outputs.map((output) => ({
                ...bandNow(arm.crowd as Crowd, output),
                kind: kindOf(output),
              }));
        this.charts[k]?.[n === 0 ? 0 : 1].draw({
          span: [0, length],
          range,
          times,
          lines: shown.outputs.map((output) => ({
            values: this.line(arm, output),
            kind: kindOf(output),
          })),
          ribbons,
          label: this.label(shown, arm, n),
        });
      });
      this.second[k]?.toggleAttribute("hidden", arms.length < 2);
    });
    this.heads.toggleAttribute("hidden", arms.length < 2);
    this.element.classList.toggle("two", arms.length > 1);
  }

  /* Of many couples the median at each time, which is none of them. */
  private line({ result, crowd }: Arm, output: string): Float64Array {
    if (result !== null) {
      return whileTogether(result, output).values;
    }
    return crowd === null
      ? new Float64Array(0)
      : Float64Array.from(bandNow(crowd, output).median, (value) => value ?? NaN);
  }

  private label(shown: Shown, { result }: Arm, arm: number): string {
    const parts = shown.outputs.map((output) => {
      const track = result === null ? null : whileTogether(result, output);
      const who = output.startsWith("a.") ? "A" : output.startsWith("b.") ? "B" : "";
      return track === null || track.low > track.high
        ? who
        : text("strip.range", {
            who,
            low: track.low.toFixed(2),
            high: track.high.toFixed(2),
          });
    });
    return text(arm === 0 ? "strip.label" : "strip.label.with", {
      q: wordOf(shown.name),
      list: parts.join("; "),
    });
  }

  mark(time: number | null): void {
    this.charts.forEach((pair) => pair.forEach((chart) => chart.mark(time)));
  }
}
