/* SPDX-License-Identifier: MIT
 *
 * 6. The calm first months: on how many days one of the two steps back, quarter by
 * quarter over three years, with and without what the beginning dampens.
 */
import { group, h, px, s, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import type { Ask, Course } from "./course.js";
import { guess } from "./guess.js";
import { scenario } from "./pair.js";
import { choices, percent, type Scene } from "./scene.js";

export const COUPLES = 16;
export const QUARTERS = 12;
const QUARTER = 91.25;
const STEP_BACK = 0.2;

export function years(honeymoon: boolean): Ask {
  return {
    scenario: scenario(QUARTERS * QUARTER, honeymoon ? [] : ["set honeymoon = 0"]),
    outputs: ["a.withdrawal", "b.withdrawal"],
    every: 0.5,
  };
}

/** The share of time with either stepping back, in each quarter. */
export function quarters(course: Course): number[] {
  const [a, b] = [course.of("a.withdrawal"), course.of("b.withdrawal")];
  return Array.from({ length: QUARTERS }, (_, k) => {
    let [all, back] = [0, 0];
    course.times.forEach((time, i) => {
      if (time >= k * QUARTER && time < (k + 1) * QUARTER) {
        all += 1;
        back += Math.max(a[i] ?? 0, b[i] ?? 0) > STEP_BACK ? 1 : 0;
      }
    });
    return back / all;
  });
}

const HEIGHT = 180;

function drawing(scene: Scene, shares: number[], ghost: number[]): SVGElement {
  const { width } = scene;
  const [left, top, bottom] = [46, 8, 24];
  const step = (width - left) / QUARTERS;
  const y = (share: number): number => top + (1 - share) * (HEIGHT - top - bottom);
  return s(
    "svg",
    {
      class: "quarters",
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-label": scene.text("label", { list: shares.map(percent).join(", ") }),
    },
    [0, 0.5, 1].map((share) => [
      s("line", {
        class: "grid",
        x1: left,
        x2: width,
        y1: px(y(share)),
        y2: px(y(share)),
      }),
      s(
        "text",
        { class: "tick", x: left - 6, y: px(y(share) + 4), "text-anchor": "end" },
        `${percent(share)} %`,
      ),
    ]),
    shares.map((share, k) => [
      s("rect", {
        class: "quarter",
        x: px(left + k * step + step * 0.14),
        y: px(y(share)),
        width: px(step * 0.72),
        height: px(Math.max(1, HEIGHT - bottom - y(share))),
      }),
      ghost[k] === undefined
        ? null
        : s("path", {
            class: "bar-before",
            d: `M${px(left + k * step + step * 0.1)} ${px(y(ghost[k] ?? 0))}h${px(step * 0.8)}`,
          }),
    ]),
    [0, 1, 2].map((k) =>
      s(
        "text",
        {
          class: "tick",
          x: px(left + (4 * k + 2) * step),
          y: HEIGHT - 6,
          "text-anchor": "middle",
        },
        scene.text("year", { n: String(k + 1) }),
      ),
    ),
  );
}

function board(scene: Scene): Child {
  const averager = scene.averager(COUPLES, quarters);
  let honeymoon = true;
  const room = h("div", {});
  const said = h("p", { class: "result" });
  const draw = (): void => {
    const found = averager.of(years(honeymoon));
    room.replaceChildren(
      drawing(scene, found.values, honeymoon ? [] : averager.of(years(true)).values),
    );
    if (found.done === COUPLES) {
      said.replaceChildren(
        scene.say("result", {
          first: percent(found.values[0] ?? NaN),
          last: percent(found.values[QUARTERS - 1] ?? NaN),
        }),
      );
    }
  };
  scene.onDraw(draw);
  averager.want([years(true)], draw);
  return [
    h(
      "figure",
      { class: "strip-figure" },
      h("figcaption", {}, scene.say("picture")),
      room,
    ),
    choices(
      scene.say("choose"),
      [
        ["with", scene.text("with")],
        ["without", scene.text("without")],
      ],
      "with",
      (value) => {
        honeymoon = value === "with";
        averager.want([years(honeymoon)], draw);
      },
    ),
    said,
    h("p", { class: "small" }, text("story.mean", { n: String(COUPLES) })),
  ];
}

export function firstScene(scene: Scene): Child {
  return guess(scene, {
    ask: scene.say("ask"),
    options: ["same", "half", "hardly"].map((n) => [n, scene.text(`option.${n}`)]),
    answer: "hardly",
    reveal: () => group(h("p", {}, scene.say("shown")), board(scene)),
  });
}
