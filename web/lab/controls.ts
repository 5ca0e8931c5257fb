/* SPDX-License-Identifier: MIT
 *
 * The controls of the sandbox: what the two bring, what changes something, what presses
 * on them, and the numbers of the model; a few in sight, the rest folded.
 */
import { h, type Child } from "../parts/dom.js";
import { folded } from "../parts/frame.js";
import { has, say, text } from "../parts/words.js";
import type { Description, Scalar } from "./engine.js";
import type { Mine } from "./mine.js";
import { inputWords, paramWords } from "./model_words.js";
import { roundStep, slider } from "./slider.js";

const PERSONS = ["a", "b"] as const;
const FIRST_LEVERS = ["b.stated_return", "a.lower_volume", "check_ins"];
const HAND = ["apart", "reaction", "restraint", "hold_pursuit", "hold_withdrawal"];
const TRAIT_SPAN = 3; /* z-scores beyond it are hardly anyone's */

export interface ControlsHooks {
  mine: Mine;
  described: Description;
  changed: () => void;
}

/** Names of the levers, without what is taken in hand from outside. */
export function leverNames(described: Description): string[] {
  return described.inputs
    .map(({ name }) => name)
    .filter((name) => !HAND.includes(baseName(name)));
}

export function baseName(name: string): string {
  return name.replace(/^[ab]\./, "");
}

export function personOf(name: string): number {
  return name.startsWith("a.") ? 0 : name.startsWith("b.") ? 1 : -1;
}

/** A quantity, trait, lever or input in words. */
export function wordOf(name: string): string {
  const key = `name.${baseName(name)}`;
  return has(key) ? text(key) : baseName(name).replace(/_/g, " ");
}

export function ownedText(name: string): string {
  const person = personOf(name);
  return person < 0
    ? wordOf(name)
    : text("sandbox.owned", { k: person === 0 ? "A" : "B", q: wordOf(name) });
}

/** "A" in its colour and the quantity's name. */
export function owned(name: string): Child {
  const person = personOf(name);
  return person < 0
    ? wordOf(name)
    : [
        h("span", { class: `person person-${person}` }, person === 0 ? "A" : "B"),
        " ",
        wordOf(name),
      ];
}

function one(
  scalar: Scalar,
  label: Child,
  spoken: string,
  range: [number, number],
  plain: number,
  numbers: Map<string, number>,
  hooks: ControlsHooks,
): HTMLElement {
  const [low, high] = range;
  const person = personOf(scalar.name);
  return slider({
    label,
    spoken,
    low,
    high,
    step: roundStep(low, high),
    value: numbers.get(scalar.name) ?? plain,
    plain,
    kind: person < 0 ? "couple" : `of-${person}`,
    set: (value) => {
      if (value === plain) {
        numbers.delete(scalar.name);
      } else {
        numbers.set(scalar.name, value);
      }
      hooks.changed();
    },
  }).element;
}

function traits(hooks: ControlsHooks): HTMLElement {
  return h(
    "div",
    { class: "columns" },
    PERSONS.map((person, k) =>
      h(
        "fieldset",
        { class: `who who-${k}` },
        h("legend", { class: `person person-${k}` }, k === 0 ? "A" : "B"),
        hooks.described.traits
          .filter(({ name }) => name.startsWith(`${person}.`))
          .map((scalar) => {
            const low = Math.max(scalar.low ?? -TRAIT_SPAN, -TRAIT_SPAN);
            const high = Math.min(scalar.high ?? TRAIT_SPAN, TRAIT_SPAN);
            return one(
              scalar,
              wordOf(scalar.name),
              ownedText(scalar.name),
              [low, high],
              scalar.value ?? 0,
              hooks.mine.numbers,
              hooks,
            );
          }),
      ),
    ),
  );
}

function inputRange(scalar: Scalar): [number, number] {
  return [scalar.low ?? 0, scalar.high ?? 1];
}

function inputSlider(
  scalar: Scalar,
  numbers: Map<string, number>,
  hooks: ControlsHooks,
): HTMLElement {
  const { words, lang } = inputWords(baseName(scalar.name), scalar.text);
  return h(
    "div",
    { class: "explained" },
    one(
      scalar,
      owned(scalar.name),
      ownedText(scalar.name),
      inputRange(scalar),
      scalar.value ?? 0,
      numbers,
      hooks,
    ),
    words === ownedText(scalar.name) ? null : h("p", { class: "small", lang }, words),
  );
}

function levers(hooks: ControlsHooks): Child {
  const { mine, described } = hooks;
  const names = leverNames(described);
  const all = described.inputs.filter(({ name }) => names.includes(name));
  const first = all.filter(({ name }) => FIRST_LEVERS.includes(name));
  const rest = all.filter(({ name }) => !FIRST_LEVERS.includes(name));
  const from = slider({
    label: text("sandbox.levers.from"),
    low: 0,
    high: 1825,
    step: 5,
    value: mine.leversFrom,
    plain: 180,
    set: (value) => {
      mine.leversFrom = value;
      hooks.changed();
    },
  });
  return [
    h("p", { class: "small" }, say("sandbox.levers.note")),
    first.map((scalar) => inputSlider(scalar, mine.levers, hooks)),
    from.element,
    folded(text("sandbox.levers.rest"), () =>
      rest.map((scalar) => inputSlider(scalar, mine.levers, hooks)),
    ),
  ];
}

function surroundings(hooks: ControlsHooks): Child {
  return [
    h("p", { class: "small" }, say("sandbox.hand.note")),
    hooks.described.inputs
      .filter(({ name }) => HAND.includes(baseName(name)))
      .map((scalar) => inputSlider(scalar, hooks.mine.inputs, hooks)),
  ];
}

/* A bound that is infinite is cut where the number is some times itself. */
function paramRange(scalar: Scalar): [number, number] {
  const value = scalar.value ?? 0;
  const high = Math.max(4 * Math.abs(value), 1);
  return [scalar.low ?? -high, scalar.high ?? Number(high.toPrecision(2))];
}

function params(hooks: ControlsHooks): Child {
  return [
    h("p", { class: "small" }, say("sandbox.params.note")),
    hooks.described.params.map((scalar) => {
      const { words, lang } = paramWords(scalar.name, scalar.text);
      return h(
        "div",
        { class: "param" },
        one(
          scalar,
          h("code", {}, scalar.name),
          scalar.name,
          paramRange(scalar),
          scalar.value ?? 0,
          hooks.mine.numbers,
          hooks,
        ),
        h("p", { class: "small", lang }, words),
      );
    }),
  ];
}

/** All controls, drawn anew from what is set. */
export function controls(hooks: ControlsHooks): HTMLElement {
  return h(
    "div",
    { class: "controls" },
    h("h2", {}, text("sandbox.traits")),
    h("p", { class: "small" }, say("sandbox.traits.note")),
    traits(hooks),
    h("h2", {}, text("sandbox.levers")),
    levers(hooks),
    folded(text("sandbox.hand"), () => surroundings(hooks)),
    folded(text("sandbox.params"), () => params(hooks)),
  );
}
