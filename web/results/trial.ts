/* SPDX-License-Identifier: MIT
 *
 * A trial: effects against the first arm as a forest plot, and what became of those who
 * entered in each arm.
 */
import { h, type Child } from "../parts/dom.js";
import { folded, section } from "../parts/frame.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { called, clean, inWords } from "./document.js";
import { aboutSection, fixed, opening, partOf, whole, withInterval } from "./figures.js";
import { spanCell, spanHead, type Axis } from "./spans.js";

interface Mean {
  couples: number;
  mean: number | null;
  low: number | null;
  high: number | null;
}

interface Visit {
  together: number;
  improved: number;
  worse: number;
  recovered: number;
  kept: number;
  change: Mean;
  effect: Mean;
}

interface Arm {
  name: string;
  dropped: number | null;
  end: Visit;
  follow: Visit;
}

interface Group {
  name: string;
  text: string;
  entered: number;
  arms: Arm[];
}

export interface Trial {
  schema: "ebb/trial";
  version: number;
  trial: string;
  text: string;
  model: string;
  time_unit: string;
  entry: number;
  end: number;
  follow: number;
  sd: number;
  reliability: number;
  reliable_change: number;
  measured: boolean;
  partners: string;
  couples: number;
  failed: number;
  entry_sd: number | null;
  seed: string;
  groups: Group[];
}

const VISITS = ["end", "follow"] as const;
type When = (typeof VISITS)[number];

const two = (x: number | null): string => fixed(x, 2);

const FEW = 20; /* couples: an interval of fewer may be cut off at the edge */

/* Ends in halves of an SD, the same for both visits. */
function axisOf(trial: Trial): Axis {
  const effects = trial.groups.flatMap((g) =>
    g.arms.flatMap((arm) => [arm.end.effect, arm.follow.effect]),
  );
  const lows = effects.map((e) => (e.couples < FEW ? e.mean : e.low) ?? 0);
  const highs = effects.map((e) => (e.couples < FEW ? e.mean : e.high) ?? 0);
  return {
    low: Math.min(-0.5, Math.floor(2 * Math.min(...lows)) / 2),
    high: Math.max(0.5, Math.ceil(2 * Math.max(...highs)) / 2),
    zero: 0,
  };
}

/* What is to be seen of an interval beside 0. */
function sideOf(effect: Mean): string {
  const { low, high } = effect;
  return text(
    low === null || high === null
      ? "forest.none"
      : low > 0
        ? "forest.better"
        : high < 0
          ? "forest.worse"
          : "forest.not_told",
  );
}

function forestRow(axis: Axis, name: Child, effect: Mean): Child[] {
  const mark = { value: effect.mean, low: effect.low, high: effect.high, kind: "found" };
  return [
    name,
    withInterval(two, effect.mean, effect.low, effect.high),
    effect.low === null ? "" : spanCell(axis, [mark], sideOf(effect)),
  ];
}

/* What a group is called where there is little room. */
function shortly(group: Group): string {
  return group.name === "others" ? text("group.others") : inWords(group.name);
}

function forest(trial: Trial, when: When): HTMLElement {
  const axis = axisOf(trial);
  const [all, ...others] = trial.groups;
  const rows = (all?.arms ?? []).flatMap((arm, k) =>
    k === 0
      ? []
      : [
          forestRow(axis, h("bdi", {}, inWords(arm.name)), arm[when].effect),
          ...others
            .filter((group) => group.entered > 0)
            .map((group) =>
              forestRow(
                axis,
                h("span", { class: "inner" }, h("bdi", {}, shortly(group))),
                group.arms[k]?.[when].effect ?? arm[when].effect,
              ),
            ),
        ],
  );
  const frame = table(
    text(`forest.${when}`),
    [
      { head: text("forest.arm") },
      { head: text("forest.effect"), numeric: true },
      { head: spanHead(axis, text("forest.left"), text("forest.right")) },
    ],
    rows,
  );
  frame.classList.add("spans");
  return frame;
}

function forestSection(trial: Trial): HTMLElement {
  const first = inWords(trial.groups[0]?.arms[0]?.name ?? "");
  return section(
    "effects",
    text("forest.title", { first }),
    h(
      "p",
      {},
      say("forest.lede", {
        first: h("bdi", {}, first),
        sd: String(trial.sd),
        seen: two(trial.entry_sd),
      }),
    ),
    VISITS.map((when) => forest(trial, when)),
    trial.groups
      .filter((group) => clean(group.text) !== "")
      .map((group) =>
        h(
          "p",
          { class: "small" },
          say("forest.group", { name: shortly(group), text: clean(group.text) }),
        ),
      ),
  );
}

/* --- what became of each arm ------------------------------------------------------- */

function outcomes(group: Group, when: When): HTMLElement {
  const drops = group.arms.some((arm) => arm.dropped !== null);
  const numeric = (key: string): { head: string; numeric: boolean } => ({
    head: text(`outcomes.${key}`),
    numeric: true,
  });
  const later = when === "follow";
  return table(
    text(`outcomes.${when}`, { group: called("group", group) }),
    [
      { head: text("forest.arm") },
      numeric("entered"),
      ...(drops ? [numeric("stayed")] : []),
      numeric("together"),
      numeric("improved"),
      numeric("worse"),
      numeric("recovered"),
      ...(later ? [numeric("relapsed")] : []),
      numeric("change"),
    ],
    group.arms.map((arm) => {
      const { together, improved, worse, recovered, kept, change } = arm[when];
      const of = (count: number): string => partOf(count, group.entered);
      return [
        h("bdi", {}, inWords(arm.name)),
        whole(group.entered),
        ...(drops ? [arm.dropped === null ? text("number.none") : of(group.entered - arm.dropped)] : []),
        of(together),
        of(improved),
        of(worse),
        of(recovered),
        ...(later ? [partOf(arm.end.improved - kept, arm.end.improved)] : []),
        withInterval(two, change.mean, change.low, change.high),
      ];
    }),
  );
}

function outcomesSection(trial: Trial): HTMLElement {
  const [all, ...others] = trial.groups;
  return section(
    "arms",
    text("outcomes.title"),
    h("p", {}, say("outcomes.lede", { reliable: two(trial.reliable_change / trial.sd) })),
    trial.measured
      ? h("p", {}, say("outcomes.measured", { reliability: String(trial.reliability) }))
      : null,
    all === undefined ? null : VISITS.map((when) => outcomes(all, when)),
    others
      .filter((group) => group.entered > 0)
      .map((group) =>
        folded(
          say("outcomes.open", {
            group: h("bdi", {}, `${called("group", group)} (${whole(group.entered)})`),
          }),
          () => VISITS.map((when) => outcomes(group, when)),
        ),
      ),
  );
}

export function trialParts(trial: Trial): Child[] {
  const { trial: name, couples, failed, seed } = trial;
  return [
    opening(
      clean(trial.text) || inWords(name),
      h(
        "p",
        { class: "lede" },
        say("trial.opening", {
          n: whole(couples),
          model: h("code", {}, clean(trial.model)),
          entered: whole(trial.groups[0]?.entered ?? 0),
          entry: whole(trial.entry),
          end: whole(trial.end),
          follow: whole(trial.follow),
          unit: clean(trial.time_unit),
        }),
      ),
      h("p", { class: "heed" }, say("trial.caution")),
      failed > 0 ? h("p", {}, say("population.failed", { n: whole(failed) })) : null,
    ),
    forestSection(trial),
    outcomesSection(trial),
    aboutSection("trial", 4, `ebb trial FILE:${clean(name)} --couples ${couples} --seed ${seed}`),
  ];
}
