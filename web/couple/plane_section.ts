/* SPDX-License-Identifier: MIT
 *
 * The phase plane: one quantity against another, time left out. The path of the whole
 * run is faint, the moment a dot, and the way to it a strong line.
 */
import { h, px, s, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { ticks } from "../parts/plot.js";
import { say, text } from "../parts/words.js";
import { rangeOf, type Arm, type Numbers } from "./document.js";
import { armPair, figure, type View } from "./view.js";

const SIZE = 320;
const LEFT = 44;
const BOTTOM = 40;
const TOP = 10;
const RIGHT = 12;

interface Scale {
  x: (value: number) => number;
  y: (value: number) => number;
  ranges: [[number, number], [number, number]];
}

/* One scale for both arms. */
function scaleOf(view: View, plane: number): Scale {
  const [x, y] = ([0, 1] as const).map((part): [number, number] => {
    const found = rangeOf(view.couple.arms.map((arm) => arm.paths[plane]?.[part] ?? []));
    const [low, high] = found ?? [0, 1];
    const room = 0.04 * (high - low || 1);
    return [low >= 0 && low < 0.5 * high ? 0 : low - room, high + room];
  }) as [[number, number], [number, number]];
  const part = (value: number, [low, high]: [number, number]): number =>
    (value - low) / (high - low || 1);
  return {
    x: (value) => LEFT + part(value, x) * (SIZE - LEFT - RIGHT),
    y: (value) => TOP + (1 - part(value, y)) * (SIZE - TOP - BOTTOM),
    ranges: [x, y],
  };
}

function axes(scale: Scale, names: [string, string]): SVGElement[] {
  const floor = SIZE - BOTTOM;
  return [
    s("line", { class: "axis", x1: LEFT, x2: SIZE - RIGHT, y1: floor, y2: floor }),
    s("line", { class: "axis", x1: LEFT, x2: LEFT, y1: TOP, y2: floor }),
    ...ticks(scale.ranges[0], 4).map((value) =>
      s(
        "text",
        { class: "tick", x: px(scale.x(value)), y: floor + 15, "text-anchor": "middle" },
        String(value),
      ),
    ),
    ...ticks(scale.ranges[1], 4).map((value) =>
      s(
        "text",
        { class: "tick", x: LEFT - 6, y: px(scale.y(value) + 4), "text-anchor": "end" },
        String(value),
      ),
    ),
    s(
      "text",
      { class: "plane-name", x: px((LEFT + SIZE) / 2), y: SIZE - 6, "text-anchor": "middle" },
      names[0],
    ),
    s(
      "text",
      {
        class: "plane-name",
        transform: `translate(12 ${px((SIZE - BOTTOM) / 2)}) rotate(-90)`,
        "text-anchor": "middle",
      },
      names[1],
    ),
  ];
}

function pathOf(scale: Scale, [xs, ys]: Arm["paths"][number]): string {
  return xs
    .map((x, i) => {
      const y = ys[i] ?? null;
      return x === null || y === null
        ? ""
        : `${i === 0 ? "M" : "L"}${scale.x(x).toFixed(1)} ${scale.y(y).toFixed(1)}`;
    })
    .join("");
}

/* What leads up to a moment, and how long that is: a twelfth of the run. */
function recently(view: View): number {
  return view.couple.length / 12;
}

/* Numbers of a quantity at the moments that lead up to one. */
function before(view: View, arm: Arm, place: number, moment: number): Numbers {
  const begin = view.time(moment) - recently(view);
  return (arm.at_moments[place] ?? []).filter(
    (_, m) => m <= moment && view.time(m) >= begin,
  );
}

function plane(view: View, arm: Arm, k: number): Child {
  const [x, y] = view.couple.planes[k] ?? [0, 0];
  const [across, up] = [view.couple.quantities[x], view.couple.quantities[y]];
  if (across === undefined || up === undefined) {
    return null;
  }
  const scale = scaleOf(view, k);
  const names: [string, string] = [view.owned(across), view.owned(up)];
  const kind = across.person < 0 ? "couple" : `person-${across.person}`;
  const recent = s("path", { class: `recent ${kind}` });
  const dot = s("circle", { class: `dot ${kind}`, r: 7 });
  const svg = s(
    "svg",
    { class: "plane", viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img" },
    axes(scale, names),
    s("path", { class: `trail ${kind}`, d: pathOf(scale, arm.paths[k] ?? [[], []]) }),
    recent,
    dot,
  );
  view.onMoment((moment) => {
    const [px1, py1] = [arm.at_moments[x]?.[moment] ?? null, arm.at_moments[y]?.[moment] ?? null];
    const here = px1 !== null && py1 !== null;
    dot.toggleAttribute("hidden", !here);
    dot.setAttribute("visibility", here ? "visible" : "hidden");
    recent.setAttribute(
      "d",
      here
        ? pathOf(scale, [before(view, arm, x, moment), before(view, arm, y, moment)])
        : "",
    );
    if (here) {
      dot.setAttribute("cx", px(scale.x(px1)));
      dot.setAttribute("cy", px(scale.y(py1)));
    }
    svg.setAttribute(
      "aria-label",
      text("plane.label", {
        x: names[0],
        y: names[1],
        when: view.when(view.time(moment)),
        a: figure(px1),
        b: figure(py1),
      }),
    );
  });
  return svg;
}

export function planeSection(view: View): HTMLElement | null {
  if (view.couple.planes.length === 0) {
    return null;
  }
  return section(
    "plane",
    text("plane.title"),
    h("p", { class: "lede" }, say("plane.lede", { span: view.span(Math.round(recently(view))) })),
    armPair(view, (k) => {
      const arm = view.couple.arms[k];
      return arm === undefined
        ? null
        : h(
            "div",
            { class: "planes" },
            view.couple.planes.map((_, i) => plane(view, arm, i)),
          );
    }),
  );
}
