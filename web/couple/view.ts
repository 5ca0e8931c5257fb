/* SPDX-License-Identifier: MIT
 *
 * What every section is given: the document, names and numbers as words, and the moment
 * that is chosen, of which those who ask are told.
 */
import type { Child } from "../parts/dom.js";
import { h } from "../parts/dom.js";
import { text } from "../parts/words.js";
import type { Couple, Quantity } from "./document.js";
import { nearest } from "./document.js";

const LOCALE = "en-GB";
const ROLES = ["anxiety", "avoidance"];

/** Two or three figures: 0.056, 0.55, 1.62, 12, 1,340. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return text("number.none");
  }
  const size = Math.abs(value);
  const digits = size >= 10 ? 0 : size >= 1 ? 1 : 2;
  return new Intl.NumberFormat(LOCALE, {
    maximumFractionDigits: digits,
    minimumFractionDigits: size > 0 && size < 10 ? Math.min(digits, 2) : 0,
  })
    .format(value)
    .replace(/^-(0(\.0+)?)$/, "$1")
    .replace("-", "\u2212");
}

/** The same with its sign. */
export function signed(value: number | null): string {
  return value !== null && value > 0 ? `+${figure(value)}` : figure(value);
}

export class View {
  private chosen = 0;
  private readonly told: ((moment: number) => void)[] = [];

  constructor(readonly couple: Couple) {}

  /** Calls back now and whenever another moment is chosen. */
  onMoment(act: (moment: number) => void): void {
    this.told.push(act);
    act(this.chosen);
  }

  get moment(): number {
    return this.chosen;
  }

  /** How far there is something to see: of one couple to its end, where it has one. */
  get end(): number {
    const { arms, couples, length } = this.couple;
    return couples > 1 ? length : Math.max(...arms.map((arm) => arm.end ?? length));
  }

  /** The last moment at which there is. */
  get last(): number {
    const beyond = this.couple.moments.findIndex((time) => time > this.end);
    return Math.max(0, (beyond < 0 ? this.couple.moments.length : beyond) - 1);
  }

  choose(moment: number): void {
    this.chosen = Math.max(0, Math.min(this.last, moment));
    this.told.forEach((act) => act(this.chosen));
  }

  chooseTime(time: number): void {
    this.choose(nearest(this.couple.moments, time));
  }

  time(moment: number): number {
    return this.couple.moments[moment] ?? 0;
  }

  /** "day 412.5" */
  when(time: number): string {
    const digits = this.couple.length >= 100 ? 1 : this.couple.length >= 10 ? 2 : 3;
    const value = this.couple.model.steps ? time : Number(time.toFixed(digits));
    return text("time.at", {
      unit: this.couple.model.unit,
      t: new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits }).format(value),
    });
  }

  /** "1,825 days": the unit's own plural where the word is known. */
  span(length: number): string {
    const { unit } = this.couple.model;
    const plural = /^(second|minute|hour|day|week|month|year|turn|step)$/.test(unit);
    const n = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 }).format(length);
    return `${n} ${plural && length !== 1 ? `${unit}s` : unit}`;
  }

  person(place: number): string {
    return this.couple.persons[place] ?? "";
  }

  /** A name in its person's colour. */
  name(place: number): HTMLElement {
    return h("bdi", { class: `person person-${place}` }, this.person(place));
  }

  /** "a's withdrawal", or "contact" of what is shared. */
  owned(quantity: Pick<Quantity, "name" | "person">): string {
    return quantity.person < 0
      ? this.words(quantity.name)
      : text("quantity.of", {
          k: this.person(quantity.person),
          q: this.words(quantity.name),
        });
  }

  /** A quantity's name as words. */
  words(name: string): string {
    return name.replace(/_/g, " ");
  }

  /** How an arm is called. */
  armTitle(arm: number): string {
    return text(arm === 0 ? "arm.without" : "arm.with");
  }

  get two(): boolean {
    return this.couple.arms.length > 1;
  }

  /** The person with more of a trait, if the two differ in it. */
  private more(name: string): number | null {
    const [a, b] = this.couple.traits
      .filter((trait) => trait.name === name)
      .sort((x, y) => x.person - y.person)
      .map((trait) => trait.value);
    return a === undefined || b === undefined || a === null || b === null || a === b
      ? null
      : a > b
        ? 0
        : 1;
  }

  /** Who is the more anxious and who the more avoidant partner, where it can be said. */
  roles(): [number, number] | null {
    const [anxious, avoidant] = ROLES.map((name) => this.more(name));
    return this.couple.persons.length !== 2 ||
      anxious === null ||
      anxious === undefined ||
      avoidant === null ||
      avoidant === undefined
      ? null
      : [anxious, avoidant];
  }
}

/** The two arms of something side by side, each under its name; one alone without. */
export function armPair(view: View, make: (arm: number) => Child): HTMLElement {
  return h(
    "div",
    { class: view.two ? "arms two" : "arms" },
    view.couple.arms.map((_, arm) =>
      h(
        "div",
        { class: "arm-column" },
        view.two ? h("p", { class: "arm-name" }, view.armTitle(arm)) : null,
        make(arm),
      ),
    ),
  );
}
