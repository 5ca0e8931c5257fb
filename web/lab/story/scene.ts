/* SPDX-License-Identifier: MIT
 *
 * What a scene is made of, and what it is given: the engine, the width it has, and a list
 * of what must be drawn once it stands in the page and anew when its width changes.
 */
import { h, type Child } from "../../parts/dom.js";
import { decimals } from "../../parts/numbers.js";
import { say, text } from "../../parts/words.js";
import type { Engine } from "../engine.js";
import type { Fan } from "../fan.js";
import type { Course } from "./course.js";
import { Averager } from "./mean.js";

export class Scene {
  private readonly draws: (() => void)[] = [];
  private readonly stops: (() => void)[] = [];
  private questions = 0;

  constructor(
    readonly place: number /* 1 is the first */,
    readonly engine: Engine,
    private readonly fan: Fan,
    private readonly host: HTMLElement,
  ) {}

  /** Room for a picture, in px. */
  get width(): number {
    return Math.max(260, Math.min(680, this.host.clientWidth || 680));
  }

  /** Calls back when the scene stands in the page, and when its width changes. */
  onDraw(draw: () => void): void {
    this.draws.push(draw);
  }

  draw(): void {
    this.draws.forEach((draw) => draw());
  }

  /** A name for its next question, the same whenever the scene is made. */
  nextQuestion(): string {
    this.questions += 1;
    return `${this.place}/${this.questions}`;
  }

  /** Ends something when the scene is left. */
  onLeave(stop: () => void): void {
    this.stops.push(stop);
  }

  leave(): void {
    this.stops.forEach((stop) => stop());
  }

  /** Means over so many couples; they end when the scene is left. */
  averager(couples: number, measure: (course: Course) => number[]): Averager {
    const made = new Averager(this.fan, couples, measure);
    this.onLeave(() => made.stop());
    return made;
  }

  /** The key of one of its words. */
  key(name: string): string {
    return `story.${this.place}.${name}`;
  }

  text(name: string, holes: Record<string, string> = {}): string {
    return text(this.key(name), holes);
  }

  /** One of its words, with the two in their colours. */
  say(name: string, holes: Record<string, Child> = {}): DocumentFragment {
    return say(this.key(name), { kim: name0(), robin: name1(), ...holes });
  }
}

export type Builder = (scene: Scene) => Child;

function name0(): HTMLElement {
  return h("span", { class: "person person-0" }, text("story.kim"));
}

function name1(): HTMLElement {
  return h("span", { class: "person person-1" }, text("story.robin"));
}

/** The two, as words. */
export function nameOf(person: 0 | 1): string {
  return text(person === 0 ? "story.kim" : "story.robin");
}

/** A number in two decimals at most, as the language of the page writes it; dots where it
 * is not there yet. */
export function figure(value: number, digits = 2): string {
  if (!Number.isFinite(value)) {
    return "…";
  }
  return decimals(value, digits);
}

/** Whole percent. */
export function percent(share: number): string {
  return figure(100 * share, 0);
}

/** A slider with its label and what it says now. */
export function slider(
  label: Child,
  [least, most, step, value]: [number, number, number, number],
  words: (value: number) => string,
  act: (value: number) => void,
): HTMLElement {
  const said = h("output", { class: "drag-said" });
  const input = h("input", {
    type: "range",
    min: least,
    max: most,
    step,
    value,
    autocomplete: "off",
  });
  const tell = (): void => {
    const at = Number(input.value);
    said.textContent = words(at);
    input.setAttribute("aria-valuetext", words(at));
    act(at);
  };
  input.addEventListener("input", tell);
  said.textContent = words(value);
  input.setAttribute("aria-valuetext", words(value));
  return h("label", { class: "drag" }, h("span", {}, label), input, said);
}

let lastGroup = 0;

/** One choice of several, as radio buttons in a row. */
export function choices(
  legend: Child,
  options: [value: string, words: Child][],
  chosen: string,
  act: (value: string) => void,
): HTMLElement {
  lastGroup += 1;
  const name = `choice-${lastGroup}`;
  return h(
    "fieldset",
    { class: "row-choice" },
    h("legend", {}, legend),
    options.map(([value, words]) =>
      h(
        "label",
        {},
        h("input", {
          type: "radio",
          name,
          value,
          checked: value === chosen,
          autocomplete: "off",
          change: () => act(value),
        }),
        h("span", {}, words),
      ),
    ),
  );
}
