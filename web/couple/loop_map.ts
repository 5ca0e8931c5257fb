/* SPDX-License-Identifier: MIT
 *
 * What moves what, as a drawing: one person above, the other below as in a mirror, what
 * they share between them. So the two ways around, one person's reaching and the other's
 * drawing back, stand left and right, and neither person is its beginning.
 *
 *      inner states of a        alarm      overload
 *      what shows of a          pursuit    withdrawal
 *      shared                         contact
 *      what shows of b          withdrawal  pursuit
 *      inner states of b        overload   alarm
 */
import { freshId, px, s } from "../parts/dom.js";
import { text } from "../parts/words.js";
import type { Arm, Link } from "./document.js";
import { figure, type View } from "./view.js";

const WIDTH = 420;
const ROW = 96;
const BOX = { width: 104, height: 34 };
const LEAST = 0.02; /* a weaker link is drawn as a hair */
const WIDEST = 9;
const BEND = 22;
const BENDS = [1, 2, 3, 3.5, 4, 5, 6.5, 8]; /* as many times; the first that meets no box */
const SAMPLES = 24;
const CLEAR = 3; /* between a way and a box that it passes */

interface Node {
  place: number;
  x: number;
  y: number;
}

/* Rows of places in the document's list of quantities, from above. */
function rowsOf(view: View, used: Set<number>): number[][] {
  const { quantities, persons } = view.couple;
  const pick = (person: number, kind?: string): number[] =>
    quantities
      .map((_, i) => i)
      .filter(
        (i) =>
          used.has(i) &&
          quantities[i]?.person === person &&
          (kind === undefined || quantities[i]?.kind === kind),
      );
  if (persons.length !== 2) {
    return [...persons.map((_, k) => pick(k)), pick(-1)];
  }
  return [
    pick(0, "state"),
    pick(0, "let"),
    pick(-1),
    pick(1, "let").reverse(),
    pick(1, "state").reverse(),
  ];
}

function nodesOf(view: View, used: Set<number>): Node[] {
  const rows = rowsOf(view, used).filter((row) => row.length > 0);
  return rows.flatMap((row, r) =>
    row.map((place, i) => ({
      place,
      x: 26 + ((i + 0.5) / row.length) * (WIDTH - 52),
      y: 34 + r * ROW,
    })),
  );
}

/* Where the way from one box to a point leaves it. */
function border(from: Node, x: number, y: number): [number, number] {
  const dx = x - from.x || 1e-9;
  const dy = y - from.y || 1e-9;
  const part = Math.min(
    (BOX.width / 2 + 3) / Math.abs(dx),
    (BOX.height / 2 + 3) / Math.abs(dy),
  );
  return [from.x + dx * part, from.y + dy * part];
}

type Point = [number, number];

/* Begin, middle and end of a curve that bends to its right, or, below 0, left. */
function bent(from: Node, to: Node, bend: number): [Point, Point, Point] {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const mx = (from.x + to.x) / 2 - (dy / length) * bend;
  const my = (from.y + to.y) / 2 + (dx / length) * bend;
  return [border(from, mx, my), [mx, my], border(to, mx, my)];
}

function pointOf([begin, middle, end]: [Point, Point, Point], t: number): Point {
  const along = (k: 0 | 1): number =>
    (1 - t) * (1 - t) * begin[k] + 2 * t * (1 - t) * middle[k] + t * t * end[k];
  return [along(0), along(1)];
}

function meets(node: Node, [x, y]: Point): boolean {
  return (
    Math.abs(x - node.x) < BOX.width / 2 + CLEAR &&
    Math.abs(y - node.y) < BOX.height / 2 + CLEAR
  );
}

/* A curve to its right, so that two ways between the same boxes part, and around the
 * boxes that stand between. */
function curve(from: Node, to: Node, nodes: Node[]): string {
  const others = nodes.filter((node) => node !== from && node !== to);
  const free = (way: [Point, Point, Point]): boolean =>
    Array.from({ length: SAMPLES }, (_, i) => pointOf(way, (i + 0.5) / SAMPLES)).every(
      (point) =>
        point[0] > 0 && point[0] < WIDTH && !others.some((node) => meets(node, point)),
    );
  const ways = [1, -1].flatMap((side) =>
    BENDS.map((times) => bent(from, to, side * times * BEND)),
  );
  const [[x1, y1], [mx, my], [x2, y2]] = ways.find(free) ?? bent(from, to, BEND);
  return `M${px(x1)} ${px(y1)}Q${px(mx)} ${px(my)} ${px(x2)} ${px(y2)}`;
}

function kindOf(view: View, place: number): string {
  const person = view.couple.quantities[place]?.person ?? -1;
  return person < 0 ? "couple" : `person-${person}`;
}

function head(id: string, kind: string): SVGElement {
  return s(
    "marker",
    {
      id,
      viewBox: "0 0 10 10",
      refX: 8,
      refY: 5,
      markerWidth: 12,
      markerHeight: 12,
      markerUnits: "userSpaceOnUse",
      orient: "auto-start-reverse",
    },
    s("path", { class: `head ${kind}`, d: "M0 0L10 5L0 10L2.6 5z" }),
  );
}

function box(view: View, node: Node): SVGElement[] {
  const quantity = view.couple.quantities[node.place];
  const name = view.words(quantity?.name ?? "");
  return [
    s("rect", {
      class: `box ${kindOf(view, node.place)}`,
      x: px(node.x - BOX.width / 2),
      y: px(node.y - BOX.height / 2),
      width: BOX.width,
      height: BOX.height,
      rx: 9,
    }),
    s(
      "text",
      { class: "box-name", x: px(node.x), y: px(node.y + 5), "text-anchor": "middle" },
      name.length > 14 ? `${name.slice(0, 13)}…` : name,
    ),
  ];
}

/* A person's name beside the first of their rows. */
function personNames(view: View, nodes: Node[]): SVGElement[] {
  return view.couple.persons.flatMap((name, k) => {
    const own = nodes.filter((n) => view.couple.quantities[n.place]?.person === k);
    const first = own[0];
    if (first === undefined) {
      return [];
    }
    const middle = own.reduce((sum, n) => sum + n.y, 0) / own.length;
    return [
      s(
        "text",
        { class: `map-person person-${k}`, x: 4, y: px(middle + 5) },
        name.length > 3 ? name.slice(0, 3) : name,
      ),
    ];
  });
}

interface Arrow {
  link: Link;
  path: SVGElement;
}

function setArrow(arrow: Arrow, moment: number): void {
  const strength = arrow.link.strength[moment] ?? null;
  const size = Math.abs(strength ?? 0);
  const shown = strength !== null && size >= LEAST;
  arrow.path.setAttribute(
    "stroke-width",
    px(shown ? Math.min(WIDEST, 1.2 + 4.5 * Math.sqrt(size)) : 0.8),
  );
  arrow.path.classList.toggle("faint", !shown);
  arrow.path.classList.toggle("lowers", shown && strength < 0);
}

export interface LoopMap {
  element: SVGElement;
  show: (moment: number) => void;
}

/** What a link is called: "a's pursuit on b's overload". */
export function linkWords(view: View, link: Link): string {
  const [from, to] = [link.from, link.to].map((place) => {
    const quantity = view.couple.quantities[place];
    return quantity === undefined ? "" : view.owned(quantity);
  });
  return text("loop.link", { from: from ?? "", to: to ?? "" });
}

function mapLabel(view: View, arm: Arm, moment: number): string {
  const strongest = [...arm.links]
    .filter((link) => Math.abs(link.strength[moment] ?? 0) >= LEAST)
    .sort((p, q) => Math.abs(q.strength[moment] ?? 0) - Math.abs(p.strength[moment] ?? 0))
    .slice(0, 6)
    .map((link) => `${linkWords(view, link)} ${figure(link.strength[moment])}`);
  return text("loop.map.label", { list: strongest.join("; ") || text("loop.map.none") });
}

/** The drawing of an arm, which shows a moment when told. */
export function loopMap(view: View, arm: Arm): LoopMap {
  const used = new Set(arm.links.flatMap((link) => [link.from, link.to]));
  const nodes = nodesOf(view, used);
  const rows = new Set(nodes.map((n) => n.y)).size;
  const heads = new Heads();
  const arrows: Arrow[] = [];
  for (const link of arm.links) {
    const from = nodes.find((n) => n.place === link.from);
    const to = nodes.find((n) => n.place === link.to);
    if (from !== undefined && to !== undefined && from !== to) {
      const kind = kindOf(view, link.from);
      const path = s("path", {
        class: `way ${kind}`,
        d: curve(from, to, nodes),
        "marker-end": `url(#${heads.id(kind)})`,
      });
      arrows.push({ link, path });
    }
  }
  const element = s(
    "svg",
    {
      class: "map",
      viewBox: `0 0 ${WIDTH} ${rows * ROW - ROW + 68}`,
      role: "img",
    },
    s("defs", {}, heads.all().map(([kind, id]) => head(id, kind))),
    arrows.map((arrow) => arrow.path),
    nodes.flatMap((node) => box(view, node)),
    personNames(view, nodes),
  );
  return {
    element,
    show: (moment) => {
      arrows.forEach((arrow) => setArrow(arrow, moment));
      element.setAttribute("aria-label", mapLabel(view, arm, moment));
    },
  };
}

/* An id for each kind of arrow head, once in a drawing. */
class Heads {
  private readonly ids: [string, string][] = [];

  id(kind: string): string {
    const found = this.ids.find(([k]) => k === kind);
    if (found !== undefined) {
      return found[1];
    }
    const id = freshId("way");
    this.ids.push([kind, id]);
    return id;
  }

  all(): [string, string][] {
    return this.ids;
  }
}
