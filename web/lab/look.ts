/* SPDX-License-Identifier: MIT
 *
 * The loop at a moment: the two ways around, one partner's reaching and the other's
 * drawing back, each node filled as far as it is there now, and the gain of each way
 * around; and beside it the plane of the two, with the states to which the quick part of
 * the model would settle.
 */
import { h, px, s } from "../parts/dom.js";
import { liveChart, type LiveChart } from "../parts/live.js";
import { decimals } from "../parts/numbers.js";
import { say, text } from "../parts/words.js";
import { baseName, ownedText, personOf, wordOf } from "./controls.js";
import { column, type Rest, type Result } from "./engine.js";
import type { Found } from "./looker.js";

const RINGS: [string, string][] = [
  ["a", "b"],
  ["b", "a"],
];
const SHOWN = 2; /* a gain beyond it is drawn at the edge */

function gainWords(gain: number): string {
  if (Number.isNaN(gain)) {
    return text("look.gain.none");
  }
  const key =
    gain >= 1 ? "above" : gain >= 0.05 ? "some" : gain > -0.05 ? "little" : "against";
  return text(`look.gain.${key}`, {
    g: decimals(gain, 2),
    closed: decimals(1 / (1 - gain), 1),
  });
}

/* --- the ring --------------------------------------------------------------------- */

const BOX = { width: 116, height: 40 };
const PLACES: [number, number][] = [
  [70, 34],
  [250, 34],
  [250, 146],
  [70, 146],
];

function node(name: string, [x, y]: [number, number]): SVGElement {
  const left = x - BOX.width / 2;
  const top = y - BOX.height / 2;
  const kind = `person-${personOf(name)}`;
  return s(
    "g",
    { "data-name": name },
    s("rect", { class: `box ${kind}`, x: left, y: top, rx: 8, ...BOX }),
    s("rect", {
      class: `fill ${kind}`,
      x: left + 1,
      y: top + BOX.height - 7,
      height: 6,
      width: 0,
    }),
    s(
      "text",
      { class: "box-name", x, y: y + 1, "text-anchor": "middle" },
      `${name.startsWith("a.") ? "A" : "B"} ${wordOf(name)}`,
    ),
  );
}

function arrow(x1: number, y1: number, x2: number, y2: number): SVGElement {
  const [dx, dy] = [Math.sign(x2 - x1), Math.sign(y2 - y1)];
  return s("path", {
    class: "ring-arrow",
    d: `M${x1} ${y1}L${x2} ${y2}m${-7 * dx - 5 * dy} ${-7 * dy - 5 * dx}l${7 * dx + 5 * dy} ${7 * dy + 5 * dx}l${-7 * dx + 5 * dy} ${-7 * dy + 5 * dx}`,
  });
}

class Ring {
  readonly element: HTMLElement;
  private readonly names: string[];
  private readonly svg: SVGElement;
  private readonly words = h("p", { class: "ring-words" });
  private readonly value = s("text", {
    class: "ring-gain",
    x: 160,
    y: 98,
    "text-anchor": "middle",
  });

  constructor([one, other]: [string, string]) {
    this.names = [
      `${one}.alarm`,
      `${one}.pursuit`,
      `${other}.overload`,
      `${other}.withdrawal`,
    ];
    this.svg = s(
      "svg",
      { class: "ring", viewBox: "0 0 320 180", role: "img" },
      arrow(130, 34, 190, 34),
      arrow(250, 56, 250, 124),
      arrow(190, 146, 130, 146),
      arrow(70, 124, 70, 56),
      this.names.map((name, k) => node(name, PLACES[k] ?? [0, 0])),
      this.value,
    );
    this.element = h("figure", { class: "ring-frame" }, this.svg, this.words);
  }

  /* A number without an upper end fills its box more and more slowly. */
  show(values: Map<string, number>, gain: number): void {
    const said: string[] = [];
    for (const name of this.names) {
      const value = values.get(name) ?? NaN;
      const open = /alarm|overload/.test(baseName(name));
      const part = Number.isNaN(value) ? 0 : open ? value / (1 + value) : value;
      const bar = this.svg.querySelector(`[data-name="${name}"] .fill`);
      bar?.setAttribute("width", px(Math.max(0, Math.min(1, part)) * (BOX.width - 2)));
      said.push(`${ownedText(name)} ${Number.isNaN(value) ? "–" : decimals(value, 2)}`);
    }
    this.value.textContent = Number.isNaN(gain) ? "–" : decimals(gain, 2);
    this.words.textContent = gainWords(gain);
    this.svg.setAttribute(
      "aria-label",
      text("look.ring.label", { list: said.join(", "), g: gainWords(gain) }),
    );
  }
}

/* --- the plane -------------------------------------------------------------------- */

const SIDE = 260;
const MARGIN = { left: 40, right: 10, top: 10, bottom: 34 };

class Plane {
  readonly element: HTMLElement;
  private readonly svg: SVGElement;
  private readonly trail = s("path", {});
  private readonly rests = s("g", {});
  private readonly dot = s("circle", { class: "dot couple", r: 6 });
  private readonly along: string;
  private readonly up: string;

  constructor([one, other]: [string, string]) {
    this.along = `${one}.pursuit`;
    this.up = `${other}.withdrawal`;
    this.trail.setAttribute("class", `trail person-${personOf(this.along)}`);
    const floor = SIDE - MARGIN.bottom;
    this.svg = s(
      "svg",
      { class: "plane", viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img" },
      [0, 0.5, 1].map((v) => [
        s("line", {
          class: "grid",
          x1: MARGIN.left,
          x2: SIDE - MARGIN.right,
          y1: this.y(v),
          y2: this.y(v),
        }),
        s(
          "text",
          { class: "tick", x: MARGIN.left - 5, y: this.y(v) + 4, "text-anchor": "end" },
          decimals(v, 2),
        ),
        s(
          "text",
          { class: "tick", x: this.x(v), y: floor + 14, "text-anchor": "middle" },
          decimals(v, 2),
        ),
      ]),
      s(
        "text",
        { class: "plane-name", x: SIDE / 2 + 10, y: SIDE - 4, "text-anchor": "middle" },
        ownedText(this.along),
      ),
      s(
        "text",
        {
          class: "plane-name",
          x: 11,
          y: SIDE / 2 - 10,
          "text-anchor": "middle",
          transform: `rotate(-90 11 ${SIDE / 2 - 10})`,
        },
        ownedText(this.up),
      ),
      this.trail,
      this.rests,
      this.dot,
    );
    this.element = h("figure", {}, this.svg);
  }

  private x(v: number): number {
    return (
      MARGIN.left + Math.max(0, Math.min(1, v)) * (SIDE - MARGIN.left - MARGIN.right)
    );
  }

  private y(v: number): number {
    const floor = SIDE - MARGIN.bottom;
    return floor - Math.max(0, Math.min(1, v)) * (floor - MARGIN.top);
  }

  draw(result: Result): void {
    const [xs, ys] = [column(result, this.along), column(result, this.up)];
    let path = "";
    xs.forEach((x, i) => {
      const y = ys[i] ?? NaN;
      if (!Number.isNaN(x) && !Number.isNaN(y)) {
        path += `${path === "" ? "M" : "L"}${px(this.x(x))} ${px(this.y(y))}`;
      }
    });
    this.trail.setAttribute("d", path);
  }

  mark(result: Result, row: number, rests: Rest[] | null): void {
    const at = (name: string): number => column(result, name)[row] ?? NaN;
    const [x, y] = [at(this.along), at(this.up)];
    this.dot.setAttribute("cx", px(this.x(x)));
    this.dot.setAttribute("cy", px(this.y(y)));
    this.dot.setAttribute("visibility", Number.isNaN(x + y) ? "hidden" : "visible");
    const [i, j] = [
      result.outputs.indexOf(this.along),
      result.outputs.indexOf(this.up),
    ];
    this.rests.replaceChildren(
      ...(rests ?? []).map((rest) =>
        s("circle", {
          class: rest.stable ? "rest stable" : "rest",
          cx: px(this.x(rest.values[i] ?? 0)),
          cy: px(this.y(rest.values[j] ?? 0)),
          r: 8,
        }),
      ),
    );
    this.svg.setAttribute(
      "aria-label",
      text("look.plane.label", {
        x: ownedText(this.along),
        y: ownedText(this.up),
        a: decimals(x, 2),
        b: decimals(y, 2),
        rests: String(rests?.filter(({ stable }) => stable).length ?? 0),
      }),
    );
  }
}

/* --- the whole -------------------------------------------------------------------- */

export class Look {
  readonly element: HTMLElement;
  private readonly rings = RINGS.map((pair) => new Ring(pair));
  private readonly planes = RINGS.map((pair) => new Plane(pair));
  private readonly gains: LiveChart;
  private readonly told = h("p", { class: "small", role: "status" });

  constructor(pick: (time: number) => void) {
    this.gains = liveChart({ height: 110, level: 1, pick });
    this.element = h(
      "section",
      { class: "look", "aria-labelledby": "look-title" },
      h("h2", { id: "look-title" }, text("look.title")),
      h("p", { class: "small" }, say("look.note")),
      h(
        "div",
        { class: "rings" },
        this.rings.map((ring) => ring.element),
      ),
      h("h3", {}, text("look.gain.title")),
      this.gains.element,
      h("p", { class: "small" }, say("look.gain.note")),
      h("h3", {}, text("look.plane.title")),
      h("p", { class: "small" }, say("look.plane.note")),
      h(
        "div",
        { class: "planes" },
        this.planes.map((plane) => plane.element),
      ),
      this.told,
    );
  }

  draw({ result, gains }: Found): void {
    const clipped = gains.map((list) =>
      list.map((g) => Math.max(-SHOWN, Math.min(SHOWN, g))),
    );
    this.gains.draw({
      span: [0, result.length],
      range: [-0.5, 1.5],
      times: result.times,
      lines: clipped.map((values, k) => ({ values, kind: `person-${k}` })),
      label: text("look.gain.title"),
    });
    this.planes.forEach((plane) => plane.draw(result));
  }

  mark(found: Found, row: number, rests: Rest[] | null): void {
    const { result, gains } = found;
    const width = result.outputs.length;
    const values = new Map(
      result.outputs.map((name, i): [string, number] => [
        name,
        result.values[row * width + i] ?? NaN,
      ]),
    );
    /* A's reaching goes around by way of B's withdrawal */
    this.rings.forEach((ring, k) => ring.show(values, gains[1 - k]?.[row] ?? NaN));
    this.planes.forEach((plane) => plane.mark(result, row, rests));
    this.gains.mark(result.times[row] ?? null);
    this.told.textContent = restWords(rests);
  }
}

function restWords(rests: Rest[] | null): string {
  if (rests === null) {
    return text("look.rests.looking");
  }
  const stable = rests.filter((rest) => rest.stable).length;
  return text(
    stable === 0
      ? "look.rests.none"
      : stable === 1
        ? "look.rests.one"
        : "look.rests.some",
    {
      n: String(stable),
    },
  );
}
