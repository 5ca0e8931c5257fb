/* SPDX-License-Identifier: MIT
 *
 * The course: what shows of the two and the contact between them, then what is within
 * each; episodes are shaded. Of many couples the band in which 80 of 100 are, and the
 * line of one of them.
 */
import { group, h, type Child } from "../parts/dom.js";
import { folded, section } from "../parts/frame.js";
import { plotChart, type Line, type Ribbon } from "../parts/plot.js";
import { longTable } from "../parts/table.js";
import { has, say, text } from "../parts/words.js";
import {
  panelsOf,
  rangeOf,
  type Arm,
  type Episode,
  type Group,
  type Numbers,
  type Quantity,
} from "./document.js";
import { armPair, figure, type View } from "./view.js";

const HEIGHT = 132;

function kindOf(view: View, place: number): string {
  const person = view.couple.quantities[place]?.person ?? -1;
  return person < 0 ? "couple" : `person-${person}`;
}

function linesOf(view: View, arm: Arm, places: number[]): Line[] {
  return places.map((place) => ({
    start: 0,
    step: arm.course.step,
    values: arm.course.values[place] ?? [],
    kind: kindOf(view, place),
  }));
}

function ribbonsOf(view: View, arm: Arm, places: number[]): Ribbon[] {
  const { bands } = arm;
  return bands === null
    ? []
    : places.map((place) => ({
        times: bands.time,
        low: bands.values[place]?.low ?? [],
        high: bands.values[place]?.high ?? [],
        kind: kindOf(view, place),
      }));
}

/* One scale for both arms; up from 0 where nothing is below it. */
function scaleOf(view: View, places: number[]): [number, number] {
  const lists: Numbers[] = view.couple.arms.flatMap((arm) =>
    places.flatMap((place) => [
      arm.course.values[place] ?? [],
      ...(arm.bands === null
        ? []
        : [arm.bands.values[place]?.low ?? [], arm.bands.values[place]?.high ?? []]),
    ]),
  );
  const [low, high] = rangeOf(lists) ?? [0, 1];
  const floor = low >= 0 && low < 0.5 * high ? 0 : low;
  const room = 0.05 * (high - floor || 1);
  return [floor === 0 ? 0 : floor - room, high + room];
}

function keys(view: View, places: number[]): Child {
  return places
    .filter((place) => (view.couple.quantities[place]?.person ?? -1) >= 0)
    .map((place) => {
      const person = view.couple.quantities[place]?.person ?? 0;
      return h("span", { class: `key-line person-${person}` }, view.person(person));
    });
}

function label(view: View, group: Group, arm: Arm, k: number): string {
  const parts = group.places.map((place) => {
    const quantity = view.couple.quantities[place];
    const range = rangeOf([arm.course.values[place] ?? []]);
    return text("course.label", {
      what: quantity === undefined ? group.name : view.owned(quantity),
      low: figure(range?.[0]),
      high: figure(range?.[1]),
    });
  });
  return `${view.two ? `${view.armTitle(k)}: ` : ""}${parts.join("; ")}`;
}

function chart(view: View, group: Group, k: number): Child {
  const arm = view.couple.arms[k];
  if (arm === undefined) {
    return null;
  }
  const drawn = plotChart({
    label: label(view, group, arm, k),
    span: [0, view.end],
    range: scaleOf(view, group.places),
    height: HEIGHT,
    lines: linesOf(view, arm, group.places),
    ribbons: ribbonsOf(view, arm, group.places),
    shades: (arm.episodes ?? []).map(([begin, end]) => [begin, end]),
    ...(view.couple.with === null ? {} : { since: view.couple.with.from }),
    tick: (time) => figure(time),
    pick: (time) => view.chooseTime(time),
  });
  view.onMoment((moment) => drawn.mark(view.time(moment)));
  return drawn.element;
}

/* What its numbers mean: in words where they stand in the shared table, which is of the
 * couple models; else from where to where the model lets it go. */
function scaleWords(view: View, { name, low, high }: Quantity): string | null {
  if (view.couple.model.name.startsWith("pursue_withdraw") && has(`scale.${name}`)) {
    return text(`scale.${name}`);
  }
  return low === null || high === null
    ? null
    : text("course.scale", { low: String(low), high: String(high) });
}

function chartRow(view: View, group: Group): HTMLElement {
  const first = view.couple.quantities[group.places[0] ?? 0];
  return h(
    "figure",
    { class: "course" },
    h(
      "h4",
      {},
      view.words(group.name),
      " ",
      h("span", { class: "scale-note" }, first === undefined ? null : scaleWords(view, first)),
      " ",
      h("span", { class: "keys" }, keys(view, group.places)),
    ),
    first?.text ? h("p", { class: "small" }, first.text) : null,
    armPair(view, (arm) => chart(view, group, arm)),
  );
}

/* --- episodes --------------------------------------------------------------------- */

function episodesOf(view: View, episodes: Episode[], lasts: number): Child {
  const days = episodes.reduce((sum, [begin, end]) => sum + end - begin, 0);
  return say(episodes.length === 1 ? "episodes.one" : "episodes.some", {
    n: String(episodes.length),
    span: view.span(Number(days.toFixed(1))),
    share: figure((100 * days) / lasts),
  });
}

function episodeWords(view: View): Child {
  if (view.couple.arms.every((arm) => arm.episodes === null)) {
    return null;
  }
  return h(
    "div",
    { class: "episodes" },
    view.couple.couples > 1 ? h("p", {}, say("episodes.whose")) : null,
    view.couple.arms.map((arm, k) =>
      h(
        "p",
        {},
        view.two ? h("strong", {}, view.armTitle(k), ": ") : null,
        episodesOf(view, arm.episodes ?? [], arm.end ?? view.couple.length),
      ),
    ),
    h("p", { class: "small" }, h("span", { class: "key-shade" }), say("episodes.what")),
  );
}

/* --- tables ----------------------------------------------------------------------- */

const ROWS = 26;

function valueTable(view: View): HTMLElement {
  const { couple } = view;
  const { last } = view;
  const even = Array.from({ length: ROWS }, (_, i) => Math.round((i * last) / (ROWS - 1)));
  const columns = couple.arms.flatMap((_, k) =>
    couple.quantities.map((quantity) => ({
      head: view.two
        ? `${view.owned(quantity)}, ${view.armTitle(k).toLowerCase()}`
        : view.owned(quantity),
      numeric: true,
    })),
  );
  return longTable(
    text("course.table"),
    [{ head: couple.model.unit }, ...columns],
    [...new Set(even)].map((m) => [
      figure(couple.moments[m]),
      ...couple.arms.flatMap((arm) =>
        couple.quantities.map((_, i) => figure(arm.at_moments[i]?.[m])),
      ),
    ]),
  );
}

function episodeTable(view: View, k: number): Child {
  const episodes = view.couple.arms[k]?.episodes ?? null;
  if (episodes === null || episodes.length === 0) {
    return null;
  }
  return longTable(
    view.two ? `${text("episodes.table")}, ${view.armTitle(k).toLowerCase()}` : text("episodes.table"),
    ["episodes.begin", "episodes.length", "episodes.peak"].map((key) => ({
      head: text(key),
      numeric: true,
    })),
    episodes.map(([begin, end, , peak]) => [
      view.when(begin),
      view.span(Number((end - begin).toFixed(1))),
      figure(peak),
    ]),
  );
}

function panel(view: View, key: string, groups: Group[]): Child {
  return groups.length === 0
    ? null
    : [
        h("h3", {}, text(key)),
        h("p", { class: "small" }, say(`${key}.note`)),
        groups.map((g) => chartRow(view, g)),
      ];
}

export function courseSection(view: View): HTMLElement {
  const [shows, within] = panelsOf(view.couple);
  const many = view.couple.couples > 1;
  return section(
    "course",
    text("course.title"),
    h("p", { class: "lede" }, say(many ? "course.many" : "course.lede", { unit: view.couple.model.unit })),
    episodeWords(view),
    view.couple.with === null ? null : h("p", { class: "small" }, say("course.since")),
    panel(view, "course.shows", shows),
    panel(view, "course.within", within),
    folded(text("course.table"), () => valueTable(view)),
    view.couple.arms.some((arm) => (arm.episodes ?? []).length > 0)
      ? folded(text("episodes.table"), () =>
          group(view.couple.arms.map((_, k) => episodeTable(view, k))),
        )
      : null,
  );
}
