/* SPDX-License-Identifier: MIT
 *
 * 9. What each small change does. In the model each takes the same share from its link,
 * so what helps more is told by where in the loop it acts, and by nothing else.
 */
import { group, h, type Child } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { barPicture, saidOf, type Bar } from "./bars.js";
import type { Ask, Course } from "./course.js";
import { guess } from "./guess.js";
import { loopPicture } from "./loop_arms.js";
import type { Averager } from "./mean.js";
import { PAIR, scenario, type Pair } from "./pair.js";
import { choices, type Scene } from "./scene.js";

export const COUPLES = 12;
const FROM = 365;
const END = 730;

/* Whose each is decides its colour; the order is that of the loop. */
export const LEVERS = {
  none: { order: "", at: "", kind: "ghost" },
  calm: { order: "a.self_soothing = 1", at: "alarm", kind: "person-0" },
  evidence: { order: "a.alarm_from_evidence = 1", at: "4", kind: "person-0" },
  soft: { order: "a.lower_volume = 1", at: "2", kind: "person-0" },
  near: { order: "b.staying_present = 1", at: "3", kind: "person-1" },
  answer: { order: "b.answered_bids = 1", at: "4", kind: "person-1" },
  return: { order: "b.stated_return = 1", at: "4", kind: "person-1" },
  talk: { order: "check_ins = 1", at: "issues", kind: "both" },
  notice: { order: "awareness = 1", at: "none", kind: "both" },
} as const;

export const TOGETHER = {
  half: {
    order: "a.lower_volume = 0.5, b.answered_bids = 0.5",
    at: "2and4",
    kind: "both",
  },
  both: { order: "a.lower_volume = 1, b.answered_bids = 1", at: "2and4", kind: "both" },
} as const;

const ALL = { ...LEVERS, ...TOGETHER };
export type Lever = keyof typeof ALL;

/* Other couples, for whom another change may do most. */
export const PAIRS: Record<string, Pair> = {
  story: PAIR,
  anxious: [
    { anxiety: 1.5, avoidance: -0.3 },
    { anxiety: 1, avoidance: 0.5 },
  ],
  far: [
    { anxiety: 0.6, avoidance: -0.3 },
    { anxiety: -0.3, avoidance: 1.8 },
  ],
};

/** The second year with a change from its first day. */
export function withLever(lever: Lever, pair = "story"): Ask {
  const { order } = ALL[lever];
  return {
    scenario: scenario(
      END,
      order === "" ? [] : [`from ${FROM} to ${END}: ${order}`],
      PAIRS[pair] ?? PAIR,
    ),
    outputs: ["a.distress", "b.distress"],
    every: 5,
  };
}

/** How stirred up the two are, together, in the last half year. */
export function distress(course: Course): number[] {
  return [
    course.mean("a.distress", END - 185, END) +
      course.mean("b.distress", END - 185, END),
  ];
}

/* Where in the loop a change acts, as the numbers of its arms say it. */
function where(scene: Scene, lever: Lever): string {
  const { at } = ALL[lever];
  return at === "" ? "" : ` (${scene.text(`at.${at}`)})`;
}

/* Bars of some changes, run one after the other. */
class Board {
  private pair = "story";
  readonly picture: { element: HTMLElement; draw: () => void };

  constructor(
    private readonly scene: Scene,
    private readonly averager: Averager,
    private readonly levers: Lever[],
    private readonly said: HTMLElement | null = null, /* for what does most */
  ) {
    this.picture = barPicture(scene, scene.say("picture"), () => this.show());
  }

  /* The three that do most, of the couple that is chosen. */
  private tell(said: HTMLElement, bars: (Bar & { name: string })[]): void {
    const [first, second, third] = bars
      .filter(({ value, before = NaN }) => value < before)
      .sort((x, y) => x.value - y.value)
      .map(({ name }) => name);
    said.textContent = bars.every(({ whole }) => whole)
      ? this.scene.text("most", {
          first: first ?? "–",
          second: second ?? "–",
          third: third ?? "–",
        })
      : this.scene.text("most.wait");
  }

  private show(): { bars: Bar[]; most: number; label: string } {
    const value = (lever: Lever): number =>
      this.averager.of(withLever(lever, this.pair)).values[0] ?? NaN;
    const usual = value("none");
    const bars = this.levers.map((lever) => ({
      name: this.scene.text(`lever.${lever}`),
      words: this.scene.text(`lever.${lever}`) + where(this.scene, lever),
      value: value(lever),
      whole: this.averager.whole(withLever(lever, this.pair)),
      kind: ALL[lever].kind,
      before: lever === "none" ? NaN : usual,
    }));
    if (this.said !== null) {
      this.tell(this.said, bars);
    }
    return {
      bars,
      most: 2.1,
      label: this.scene.text("label", {
        list: bars.map((bar) => `${bar.words} ${saidOf(bar)}`).join("; "),
      }),
    };
  }

  go(pair = this.pair): void {
    this.pair = pair;
    this.averager.want(
      this.levers.map((lever) => withLever(lever, pair)),
      this.picture.draw,
    );
  }
}

function single(scene: Scene, averager: Averager): Child {
  const said = h("p", { class: "result", role: "status" });
  const board = new Board(scene, averager, Object.keys(LEVERS) as Lever[], said);
  board.go();
  return [
    choices(
      scene.say("choose"),
      Object.keys(PAIRS).map((name) => [name, scene.text(`pair.${name}`)]),
      "story",
      (value) => board.go(value),
    ),
    loopPicture(scene),
    board.picture.element,
    said,
    h("p", { class: "small" }, text("story.mean", { n: String(COUPLES) })),
  ];
}

function together(scene: Scene, averager: Averager): Child {
  const board = new Board(scene, averager, ["none", "soft", "answer", "half", "both"]);
  board.go();
  return [board.picture.element, h("p", {}, scene.say("together.then"))];
}

export function leversScene(scene: Scene): Child {
  const averager = scene.averager(COUPLES, distress);
  const second = (): HTMLElement =>
    guess(scene, {
      ask: scene.say("ask.both"),
      options: ["half", "one"].map((n) => [n, scene.text(`option.${n}`)]),
      answer: "one",
      reveal: () => group(h("p", {}, scene.say("together")), together(scene, averager)),
    });
  return guess(scene, {
    ask: scene.say("ask"),
    options: (["notice", "return", "soft", "calm", "near"] as const).map((n) => [
      n,
      scene.text(`lever.${n}`),
    ]),
    answer: "near",
    reveal: () =>
      group(h("p", {}, scene.say("shown")), single(scene, averager), second()),
  });
}
