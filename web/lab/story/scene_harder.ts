/* SPDX-License-Identifier: MIT
 *
 * 5. Trying harder: each answers what comes from the other half as strongly again, for a
 * year, in good faith. It does not calm, for either of them.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { barPicture, saidOf, type Bar } from "./bars.js";
import type { Ask, Course } from "./course.js";
import { guess } from "./guess.js";
import type { Averager } from "./mean.js";
import { scenario } from "./pair.js";
import { figure, nameOf, slider, type Scene } from "./scene.js";

export const COUPLES = 16;
const YEAR = 395;

/** A year in which the two answer so strongly; 1 is as ever. */
export function year(kim: number, robin: number): Ask {
  return {
    scenario: scenario(YEAR, [
      ...(kim === 1 ? [] : [`from 0 to ${YEAR}: a.reaction = ${kim}`]),
      ...(robin === 1 ? [] : [`from 0 to ${YEAR}: b.reaction = ${robin}`]),
    ]),
    outputs: ["a.distress", "b.distress"],
    every: 1,
  };
}

/** How stirred up each is in the last month. */
export function lastMonth(course: Course): number[] {
  return ["a.distress", "b.distress"].map((name) => course.mean(name, YEAR - 30, YEAR));
}

class Board {
  private readonly averager: Averager;
  private effort: [number, number] = [1, 1];
  private readonly picture: { element: HTMLElement; draw: () => void };

  constructor(private readonly scene: Scene) {
    this.averager = scene.averager(COUPLES, lastMonth);
    this.picture = barPicture(scene, scene.say("picture"), () => this.bars());
  }

  private bars(): { bars: Bar[]; most: number; label: string } {
    const now = this.averager.of(year(...this.effort)).values;
    const usual = this.averager.of(year(1, 1)).values;
    const whole = this.averager.whole(year(...this.effort));
    const bars = ([0, 1] as const).map((k) => ({
      words: this.scene.text("bar", { who: nameOf(k) }),
      value: now[k] ?? NaN,
      whole,
      kind: `person-${k}`,
      before: usual[k] ?? NaN,
    }));
    const [kim, robin] = bars.map(saidOf);
    return {
      bars,
      most: 1.5,
      label: this.scene.text("label", { kim: kim ?? "", robin: robin ?? "" }),
    };
  }

  private go(): void {
    this.averager.want([year(1, 1), year(...this.effort)], this.picture.draw);
  }

  element(effort: [number, number]): Child {
    this.effort = effort;
    this.go();
    const one = (k: 0 | 1): HTMLElement =>
      slider(
        this.scene.text("slider", { who: nameOf(k) }),
        [0.5, 1.5, 0.1, this.effort[k]],
        (value) =>
          this.scene.text(value === 1 ? "usual" : "times", {
            n: figure(100 * value, 0),
          }),
        (value) => {
          this.effort[k] = Number(value.toFixed(1));
          this.go();
        },
      );
    return [
      this.picture.element,
      one(0),
      one(1),
      h("p", { class: "small" }, text("story.mean", { n: String(COUPLES) })),
    ];
  }
}

export function harderScene(scene: Scene): Child {
  const options = ["calmer", "same", "worse"].map(
    (n) => [n, scene.text(`option.${n}`)] as [string, string],
  );
  const second = (): HTMLElement =>
    guess(scene, {
      ask: scene.say("ask.robin"),
      options,
      answer: "worse",
      reveal: () =>
        group(h("p", {}, scene.say("shown.robin")), new Board(scene).element([1, 1.5])),
    });
  return guess(scene, {
    ask: scene.say("ask"),
    options,
    answer: "worse",
    reveal: () => group(h("p", {}, scene.say("shown")), second()),
  });
}
