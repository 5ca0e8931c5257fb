/* SPDX-License-Identifier: MIT
 *
 * The loop of four arms, each with a switch: what one feels becomes what one does, what
 * one does becomes what the other feels.
 *
 *      Kim: alarm  --1-->  reaching
 *          ^                   |
 *          4                   2
 *          |                   v
 *      stepping back <--3--  Robin: overload
 */
import { freshId, h, px, s, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import type { Scene } from "./scene.js";

export const ARMS = [1, 2, 3, 4] as const;
export type Arm = (typeof ARMS)[number];

const HEIGHT = 210;
const HIGH = 44;

/* Boxes leave room for an arrow between them. */
const wideOf = (width: number): number => (width < 420 ? 116 : 140);

/* Whose each box is, in the order of the arms that leave them. */
const OWNERS = [0, 0, 1, 1] as const;

function corners(width: number): [number, number][] {
  const half = wideOf(width) / 2 + 2;
  const [left, right, top, low] = [half, width - half, 40, 168];
  return [
    [left, top],
    [right, top],
    [right, low],
    [left, low],
  ];
}

function arrow(
  [from, to]: [[number, number], [number, number]],
  wide: number,
  arm: Arm,
  cut: boolean,
): SVGElement {
  const across = from[1] === to[1];
  const way = Math.sign(across ? to[0] - from[0] : to[1] - from[1]);
  const out = (across ? wide : HIGH) / 2 + 5;
  const [x1, y1] = across
    ? [from[0] + way * out, from[1]]
    : [from[0], from[1] + way * out];
  const [x2, y2] = across ? [to[0] - way * out, to[1]] : [to[0], to[1] - way * out];
  const head = freshId("arm");
  const owner = OWNERS[arm - 1] ?? 0;
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return s(
    "g",
    { class: cut ? `arm-way person-${owner} cut` : `arm-way person-${owner}` },
    s(
      "marker",
      {
        id: head,
        viewBox: "0 0 10 10",
        refX: 7,
        refY: 5,
        markerWidth: 4,
        markerHeight: 4,
        orient: "auto",
      },
      s("path", { class: `head person-${owner}`, d: "M0 0L10 5L0 10L2.6 5z" }),
    ),
    s("path", {
      class: `arrow person-${owner}`,
      d: `M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}`,
      "marker-end": cut ? null : `url(#${head})`,
    }),
    s("circle", { class: "arm-dot", cx: px(mx), cy: px(my), r: 13 }),
    s(
      "text",
      { class: "arm-number", x: px(mx), y: px(my + 5), "text-anchor": "middle" },
      cut ? "✕" : String(arm),
    ),
  );
}

function box(
  [x, y]: [number, number],
  wide: number,
  words: string,
  owner: 0 | 1,
): SVGElement[] {
  return [
    s("rect", {
      class: `box person-${owner}`,
      x: px(x - wide / 2),
      y: px(y - HIGH / 2),
      width: wide,
      height: HIGH,
      rx: 22,
    }),
    s(
      "text",
      { class: "box-name", x: px(x), y: px(y + 5), "text-anchor": "middle" },
      words,
    ),
  ];
}

function label(on: Set<Arm>): string {
  const list = ARMS.map((arm) =>
    text(on.has(arm) ? "arms.on" : "arms.off", { arm: text(`arms.${arm}`) }),
  );
  return text("arms.label", { list: list.join("; ") });
}

function drawing(width: number, on: Set<Arm>): SVGElement {
  const places = corners(width);
  return s(
    "svg",
    {
      class: "arms-loop",
      viewBox: `0 0 ${width} ${HEIGHT}`,
      role: "img",
      "aria-label": label(on),
    },
    ARMS.map((arm) => {
      const [from, to] = [places[arm - 1], places[arm % 4]];
      return from === undefined || to === undefined
        ? null
        : arrow([from, to], wideOf(width), arm, !on.has(arm));
    }),
    places.map((at, i) =>
      box(at, wideOf(width), text(`arms.box.${i + 1}`), OWNERS[i] ?? 0),
    ),
  );
}

/** The drawing alone, whole. */
export function loopPicture(scene: Scene): HTMLElement {
  const room = h("div", {});
  scene.onDraw(() => room.replaceChildren(drawing(scene.width, new Set<Arm>(ARMS))));
  return room;
}

/** The drawing and its switches; `act` is told of the arms that stand. */
export function loopArms(scene: Scene, act: (on: Set<Arm>) => void): Child {
  const on = new Set<Arm>(ARMS);
  const room = h("div", {});
  const draw = (): void => room.replaceChildren(drawing(scene.width, on));
  scene.onDraw(draw);
  return [
    room,
    h(
      "fieldset",
      { class: "switches" },
      h("legend", {}, text("arms.legend")),
      ARMS.map((arm) =>
        h(
          "label",
          {},
          h("input", {
            type: "checkbox",
            checked: true,
            autocomplete: "off",
            change: (event) => {
              if ((event.target as HTMLInputElement).checked) {
                on.add(arm);
              } else {
                on.delete(arm);
              }
              draw();
              act(on);
            },
          }),
          h("span", {}, h("strong", {}, `${arm} `), text(`arms.${arm}`)),
        ),
      ),
    ),
  ];
}
