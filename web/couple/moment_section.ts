/* SPDX-License-Identifier: MIT
 *
 * A moment: the loop as it is then, how strongly each thing moves another, and the gain
 * of the way around. The moment is chosen by a slider that stays in sight, by its arrow
 * keys, or by a click on any chart.
 */
import { h, type Child } from "../parts/dom.js";
import { defined, folded, section } from "../parts/frame.js";
import { plotChart } from "../parts/plot.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { rangeOf, strongestRound, type Arm, type Gain } from "./document.js";
import { linkWords, loopMap } from "./loop_map.js";
import { armPair, figure, type View } from "./view.js";

const GAIN_MOST = 3; /* drawn; what is beyond is at the edge */

/* --- the bar with the slider ------------------------------------------------------ */

/* Times worth a stop: peaks of episodes, of either arm. */
function stops(view: View): number[] {
  const peaks = view.couple.arms.flatMap((arm) =>
    (arm.episodes ?? []).map(([, , peak]) => peak),
  );
  return [...new Set(peaks)].sort((p, q) => p - q);
}

function stopButton(view: View, way: -1 | 1): HTMLElement {
  const all = stops(view);
  return h(
    "button",
    {
      type: "button",
      class: "plain step",
      title: text(way < 0 ? "moment.back" : "moment.on"),
      "aria-label": text(way < 0 ? "moment.back" : "moment.on"),
      click: () => {
        const now = view.time(view.moment);
        const least = view.couple.length * 1e-4;
        const next =
          way < 0
            ? all.filter((t) => t < now - least).pop()
            : all.find((t) => t > now + least);
        if (next !== undefined) {
          view.chooseTime(next);
        }
      },
    },
    way < 0 ? "‹" : "›",
  );
}

/** The bar at the foot of the page. */
export function momentBar(view: View): HTMLElement {
  const { last } = view;
  const slider = h("input", {
    type: "range",
    id: "moment-slider",
    min: 0,
    max: last,
    step: 1,
    autocomplete: "off",
    "aria-label": text("moment.label"),
  });
  const said = h("output", { class: "moment-said", for: "moment-slider" });
  slider.addEventListener("input", () => view.choose(Number(slider.value)));
  view.onMoment((moment) => {
    slider.value = String(moment);
    const words = view.when(view.time(moment));
    slider.setAttribute("aria-valuetext", words);
    said.textContent = words;
  });
  const steps = stops(view).length > 0;
  return h(
    "div",
    { class: "moment-bar screen-only", role: "group", "aria-label": text("moment.label") },
    steps ? stopButton(view, -1) : null,
    slider,
    steps ? stopButton(view, 1) : null,
    said,
  );
}

/* --- gain ------------------------------------------------------------------------- */

/* "b's withdrawal → a's alarm → a's pursuit → b's overload → b's withdrawal" */
function roundWords(view: View, arm: Arm, gain: Gain, moment: number): Child {
  const place = view.couple.quantities.findIndex(
    (q) => q.person === gain.person && (gain.cut.split(".").pop() ?? gain.cut) === q.name,
  );
  const owner = (i: number): string => {
    const quantity = view.couple.quantities[i];
    return quantity === undefined ? "" : view.owned(quantity);
  };
  const round = strongestRound(arm.links, place, moment);
  if (round === null) { /* what comes back may lead by what is not shown */
    return Math.abs(gain.gain[moment] ?? 0) > 0.05
      ? null
      : say("loop.round.none", { cut: owner(place) });
  }
  return [say("loop.round", { cut: owner(place) }), " ", round.map(owner).join(" → "), "."];
}

function gainWords(view: View, gain: Gain, moment: number): Child {
  const value = gain.gain[moment] ?? null;
  const cut = view.owned({ name: gain.cut.split(".").pop() ?? gain.cut, person: gain.person });
  const key =
    value === null
      ? "gain.none"
      : Math.abs(value - 1) < 0.005
        ? "gain.all"
        : value > 1
          ? "gain.above"
          : value > 0.05
          ? "gain.some"
          : value > 0.005
          ? "gain.little"
          : value < -0.005
            ? "gain.against"
            : "gain.nothing";
  return say(key, {
    cut,
    g: h("strong", { class: "value" }, figure(value)),
    closed: value === null || value >= 0.995 ? "" : figure(1 / (1 - value)),
  });
}

function gainCard(view: View, arm: Arm, gain: Gain, moment: number): HTMLElement {
  return h(
    "div",
    { class: gain.person < 0 ? "gain" : `gain card-${gain.person}` },
    h("p", {}, gainWords(view, gain, moment)),
    h("p", { class: "small" }, roundWords(view, arm, gain, moment)),
  );
}

function gainList(view: View, arm: Arm): HTMLElement {
  const list = h("div", { class: "gains", "aria-live": "polite" });
  view.onMoment((moment) => {
    const ended = arm.end !== null && view.time(moment) > arm.end;
    list.replaceChildren(
      ...(ended
        ? [h("p", { class: "ended" }, say("loop.ended", { when: view.when(arm.end ?? 0) }))]
        : arm.gains.map((gain) => gainCard(view, arm, gain, moment))),
    );
  });
  return list;
}

function gainChart(view: View, arm: Arm): Child {
  if (arm.gains.length === 0) {
    return h("p", {}, say("gain.no_cut"));
  }
  if (rangeOf(arm.gains.map((gain) => gain.gain)) === null) {
    return h("p", {}, say("gain.nowhere"));
  }
  const clipped = arm.gains.map((gain) =>
    gain.gain.map((g) =>
      g === null ? null : Math.max(-GAIN_MOST, Math.min(GAIN_MOST, g)),
    ),
  );
  const [low, high] = rangeOf(clipped) ?? [0, 1];
  const drawn = plotChart({
    label: text("gain.chart", { low: figure(low), high: figure(high) }),
    span: [0, view.end],
    range: [Math.min(0, low), Math.max(1.1, high)],
    height: 132,
    lines: clipped.map((values, k) => ({
      start: 0,
      step: 0,
      times: view.couple.moments,
      values,
      kind: (arm.gains[k]?.person ?? -1) < 0 ? "couple" : `person-${arm.gains[k]?.person}`,
    })),
    ribbons: [],
    shades: (arm.episodes ?? []).map(([begin, end]) => [begin, end]),
    level: 1,
    tick: (time) => figure(time),
    pick: (time) => view.chooseTime(time),
  });
  view.onMoment((moment) => drawn.mark(view.time(moment)));
  return drawn.element;
}

/* --- the loop --------------------------------------------------------------------- */

function drawingOf(view: View, arm: Arm): Child {
  if (arm.links.length === 0) {
    return h("p", {}, say("loop.none"));
  }
  const map = loopMap(view, arm);
  view.onMoment((moment) => map.show(moment));
  return map.element;
}

function linkTable(view: View): HTMLElement {
  const holder = h("div", {});
  view.onMoment((moment) =>
    holder.replaceChildren(
      ...view.couple.arms.map((arm, k) =>
        table(
          `${text("loop.table")}, ${view.when(view.time(moment))}${
            view.two ? `, ${view.armTitle(k).toLowerCase()}` : ""
          }`,
          [{ head: text("loop.table.link") }, { head: text("loop.table.strength"), numeric: true }],
          arm.links.map((link) => [linkWords(view, link), figure(link.strength[moment])]),
        ),
      ),
    ),
  );
  return holder;
}

export function momentSection(view: View): HTMLElement {
  const when = h("span", { class: "value" });
  view.onMoment((moment) => {
    when.textContent = view.when(view.time(moment));
  });
  const slow = [
    ...new Set(view.couple.arms.flatMap((arm) => arm.slow).map((n) => n.split(".").pop() ?? n)),
  ].map((name) => view.words(name));
  return section(
    "moment",
    text("moment.title"),
    h("p", { class: "lede" }, text("moment.lede"), " ", when),
    h("p", { class: "small" }, say("loop.note")),
    armPair(view, (k) => {
      const arm = view.couple.arms[k];
      return arm === undefined ? null : [drawingOf(view, arm), gainList(view, arm)];
    }),
    h("h3", {}, text("gain.title")),
    h("p", { class: "small" }, say("gain.note")),
    armPair(view, (k) => {
      const arm = view.couple.arms[k];
      return arm === undefined ? null : gainChart(view, arm);
    }),
    defined("define.gain"),
    h(
      "p",
      { class: "small slow" },
      slow.length > 0
        ? say("gain.slow", { list: slow.join(", ") })
        : say("gain.all_fast"),
    ),
    folded(text("loop.table"), () => linkTable(view)),
  );
}
