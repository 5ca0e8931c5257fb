/* SPDX-License-Identifier: MIT
 *
 * What the sentences of the story state, as comparisons of runs: a test runs them, and
 * fails when the model stops saying so. Each is called by the key of its sentence.
 */
import { run, runSome, type Ask, type Course, type Runner } from "./course.js";
import { ARMS, type Arm } from "./loop_arms.js";
import { PAIR, SECURE } from "./pair.js";
import * as first from "./scene_first.js";
import * as harder from "./scene_harder.js";
import * as kim from "./scene_kim.js";
import * as levers from "./scene_levers.js";
import * as loop from "./scene_loop.js";
import * as robin from "./scene_robin.js";
import * as silence from "./scene_silence.js";
import * as stop from "./scene_stop.js";
import * as swap from "./scene_swap.js";
import * as years from "./scene_years.js";

export interface Fact {
  key: string;
  says: string;
  holds: (engine: Runner) => boolean;
  figures?: (engine: Runner) => string;
}

const kept = new Map<string, number[]>();

/* Means of what a scene measures, run once; a request is told by its scenario and by what
 * it asks for. */
function means(
  engine: Runner,
  ask: Ask,
  couples: number,
  measure: (course: Course) => number[],
): number[] {
  const key = `${couples} ${ask.outputs.join()} ${ask.scenario}`;
  const found =
    kept.get(key) ??
    runSome(engine, ask, couples)
      .map(measure)
      .reduce((sum, row) => sum.map((value, i) => value + (row[i] ?? 0)))
      .map((sum) => sum / couples);
  kept.set(key, found);
  return found;
}

function rank(engine: Runner, hours: number): number {
  const course = run(engine, {
    scenario: silence.today(hours),
    outputs: ["a.alarm"],
    every: 1 / 24,
    seed: 4,
  });
  return silence.rank(silence.alarms(course));
}

/* The share of what a person's alarm reaches for that shows, in the second year. */
function shown(engine: Runner, seat: "a" | "b"): number {
  const [wanted, hidden] = means(
    engine,
    robin.secondYear(seat),
    24,
    robin.heldBack(seat),
  );
  return 1 - (hidden ?? NaN) / (wanted ?? NaN);
}

const year = (engine: Runner, kimTries: number, robinTries: number): number[] =>
  means(engine, harder.year(kimTries, robinTries), harder.COUPLES, harder.lastMonth);

/* The same with the loop open: reaching does not press. */
function open(engine: Runner, kimTries: number): number[] {
  const ask = harder.year(kimTries, 1);
  const scenario = `${ask.scenario}set gain_pressure = 0\n`;
  return means(engine, { ...ask, scenario }, harder.COUPLES, harder.lastMonth);
}

/* The same couples with one change and with another: the mean difference of what the
 * scene measures, in standard errors. */
function apart(engine: Runner, one: levers.Lever, other: levers.Lever): number {
  const [a, b] = [one, other].map((name) =>
    runSome(engine, levers.withLever(name, "story"), levers.COUPLES).map(
      (course) => levers.distress(course)[0] ?? NaN,
    ),
  );
  const off = (a ?? []).map((value, i) => value - (b?.[i] ?? NaN));
  const mean = off.reduce((sum, d) => sum + d, 0) / off.length;
  const squares = off.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  return mean / Math.sqrt(squares / (off.length - 1) / off.length);
}

const lever = (engine: Runner, name: levers.Lever, pair = "story"): number =>
  means(engine, levers.withLever(name, pair), levers.COUPLES, levers.distress)[0] ??
  NaN;

const seats = (engine: Runner, name: string): number[] =>
  means(engine, swap.secondYear(name), swap.COUPLES, swap.shares);

const quarter = (engine: Runner, honeymoon: boolean, k: number): number =>
  means(engine, first.years(honeymoon), first.COUPLES, first.quarters)[k] ?? NaN;

/* Habit, reaching or stepping back, over a year that begins so many years on. */
function five(engine: Runner, k: 0 | 1 | 2, begin: number, length = 1): number {
  const all = means(engine, years.FIVE, years.COUPLES, years.fiveYears);
  return years.meanOf(all, k, 365 * begin, 365 * (begin + length));
}

const stopped = (engine: Runner, which: stop.Case): ReturnType<typeof stop.reversal> =>
  stop.reversal(means(engine, stop.halfYear(which), stop.COUPLES, stop.weeks));

const near = (value: number, wanted: number, off: number): boolean =>
  Math.abs(value - wanted) <= off;

const without = (arm: Arm): Set<Arm> => new Set(ARMS.filter((a) => a !== arm));

export const FACTS: Fact[] = [
  {
    key: "story.1.shown",
    says: "six hours reach nine of ten ordinary days, one hour does not",
    holds: (e) => rank(e, 6) >= 0.9 && rank(e, 1) < 0.9,
    figures: (e) => `${rank(e, 1).toFixed(2)} and ${rank(e, 6).toFixed(2)}`,
  },
  {
    key: "story.2.shown",
    says: "a secure person's alarm is about half as high",
    holds: (e) => {
      const top = (course: Course): number =>
        course.highest("a.alarm", kim.DAY, kim.DAY + 3);
      const [secure, anxious] = [SECURE, PAIR[0]].map((p) =>
        top(kim.eveningOf({ engine: e }, p)),
      );
      return near((secure ?? NaN) / (anxious ?? NaN), 0.5, 0.07);
    },
  },
  {
    key: "story.3.shown",
    says: "of Robin's alarm about a third shows, of Kim's nine tenths",
    holds: (e) => near(shown(e, "b"), 0.35, 0.07) && near(shown(e, "a"), 0.9, 0.05),
    figures: (e) => `${shown(e, "b").toFixed(2)} and ${shown(e, "a").toFixed(2)}`,
  },
  {
    key: "story.4.shown",
    says: "one worry stays for four months and is gone after eight; none comes by itself",
    holds: (e) => {
      const course = loop.rippleOf({ engine: e }, new Set(ARMS));
      const calm = loop.rippleOf({ engine: e }, new Set(ARMS), 0);
      return (
        loop.stays(course) &&
        course.lowest("b.withdrawal", 25, 138) > 0.2 &&
        course.at("b.withdrawal", loop.DAYS) < 0.05 &&
        calm.highest("b.withdrawal", 0, loop.DAYS) < 0.15
      );
    },
  },
  {
    key: "story.4.shown",
    says: "it ends by losing heart: where that takes nothing from reaching, it stays",
    holds: (e) => {
      const course = run(e, {
        scenario: `${loop.ripple(new Set(ARMS))}set giving_up = 0\n`,
        outputs: ["b.withdrawal"],
        every: 1,
      });
      return course.at("b.withdrawal", loop.DAYS) > 0.2;
    },
  },
  {
    key: "story.4.dies",
    says: "any one arm cut ends it",
    holds: (e) =>
      ARMS.every((arm) => {
        const course = loop.rippleOf({ engine: e }, without(arm));
        return !loop.stays(course) && course.at("b.withdrawal", 40) < 0.05;
      }),
  },
  {
    key: "story.5.shown",
    says: "Kim trying harder stirs up both",
    holds: (e) =>
      [0, 1].every((k) => (year(e, 1.5, 1)[k] ?? 0) > 1.2 * (year(e, 1, 1)[k] ?? 9)),
    figures: (e) => `${year(e, 1, 1)} to ${year(e, 1.5, 1)}`,
  },
  {
    key: "story.5.shown.robin",
    says: "Robin trying harder stirs up both, and less of either calms both",
    holds: (e) =>
      [0, 1].every(
        (k) =>
          (year(e, 1, 1.5)[k] ?? 0) > 1.2 * (year(e, 1, 1)[k] ?? 9) &&
          (year(e, 0.5, 1)[k] ?? 9) < 0.8 * (year(e, 1, 1)[k] ?? 0) &&
          (year(e, 1, 0.5)[k] ?? 9) < 0.8 * (year(e, 1, 1)[k] ?? 0),
      ),
  },
  {
    key: "story.5.model",
    says: "with the loop open a small part of the harm is left",
    holds: (e) => {
      const harm = (year(e, 1.5, 1)[0] ?? NaN) - (year(e, 1, 1)[0] ?? NaN);
      return (open(e, 1.5)[0] ?? NaN) - (open(e, 1)[0] ?? NaN) < 0.25 * harm;
    },
    figures: (e) => `${open(e, 1)} to ${open(e, 1.5)}`,
  },
  {
    key: "story.6.shown",
    says: "hardly any days at first, more later; without the soft beginning many at once",
    holds: (e) =>
      quarter(e, true, 0) < 0.1 &&
      quarter(e, true, 11) > 6 * quarter(e, true, 0) &&
      [1, 2, 3].every((k) => quarter(e, true, k) > quarter(e, true, k - 1)) &&
      quarter(e, false, 0) > 0.4,
    figures: (e) =>
      [0, 1, 2, 3, 11].map((k) => quarter(e, true, k).toFixed(2)).join(" ") +
      `; without ${quarter(e, false, 0).toFixed(2)}`,
  },
  {
    key: "story.7.shown",
    says: "about four times as far; the habit after one, two, three years",
    holds: (e) => {
      const [with6, with0] = [0.6, 0].map(
        (habit) => years.after(years.sameDay({ engine: e }, habit)).step,
      );
      return (
        near((with6 ?? NaN) / (with0 ?? NaN), 4.2, 0.7) &&
        [0.2, 0.5, 0.6].every((habit, i) => near(five(e, 0, i + 0.8, 0.4), habit, 0.07))
      );
    },
    figures: (e) => [1, 2, 3].map((t) => five(e, 0, t - 0.2, 0.4).toFixed(2)).join(" "),
  },
  {
    key: "story.7.years.label",
    says: "the habit rises and stays, reaching levels off, stepping back falls late",
    holds: (e) =>
      five(e, 0, 0) < 0.3 &&
      [3, 4].every((k) => near(five(e, 0, k), five(e, 0, 2), 0.1)) &&
      five(e, 1, 1) > 1.3 * five(e, 1, 0) &&
      [3, 4].every((k) => near(five(e, 1, k), five(e, 1, 2), 0.08)) &&
      five(e, 2, 2) > 1.3 * five(e, 2, 0) &&
      five(e, 2, 4) < five(e, 2, 2) - 0.03,
    figures: (e) =>
      ([0, 1, 2] as const)
        .map((k) =>
          [0, 1, 2, 3, 4].map((begin) => five(e, k, begin).toFixed(2)).join(" "),
        )
        .join("; "),
  },
  {
    key: "story.8.shown",
    says: "Robin begins to reach, and it fades",
    holds: (e) => {
      const { before, after, end } = stopped(e, "good");
      return after > 1.8 * before && end < before;
    },
    figures: (e) => JSON.stringify(stopped(e, "good")),
  },
  {
    key: "story.8.result.weeks",
    says: "when Kim reaches again the old picture returns",
    holds: (e) => {
      const { before, after, end } = stopped(e, "weeks");
      return after > 1.8 * before && near(end, before, 0.08);
    },
    figures: (e) => JSON.stringify(stopped(e, "weeks")),
  },
  {
    key: "story.8.result.never",
    says: "where nobody reached nothing is missed",
    holds: (e) => stopped(e, "never").after < 0.05,
  },
  {
    key: "story.9.shown",
    says: "staying near, then answering, then calming down; noticing alone nothing",
    holds: (e) => {
      const [close, answer, calm] = [
        lever(e, "near"),
        lever(e, "answer"),
        lever(e, "calm"),
      ];
      const rest = (["evidence", "soft", "return", "talk", "notice"] as const).map(
        (n) => lever(e, n),
      );
      return (
        close < answer &&
        answer < calm &&
        rest.every((value) => calm < value) &&
        near(lever(e, "notice"), lever(e, "none"), 0.005)
      );
    },
    figures: (e) =>
      (Object.keys(levers.LEVERS) as levers.Lever[])
        .map((n) => `${n} ${lever(e, n).toFixed(3)}`)
        .join(", "),
  },
  {
    key: "story.9.shown",
    says: "for other couples the order can change",
    holds: (e) => lever(e, "calm", "anxious") < lever(e, "near", "anxious"),
    figures: (e) =>
      (["near", "answer", "calm", "soft"] as const)
        .map((n) => `${n} ${lever(e, n, "anxious").toFixed(3)}`)
        .join(", "),
  },
  {
    key: "story.9.together",
    says: "Robin's whole step is a little calmer than two halves, within chance",
    holds: (e) => apart(e, "half", "answer") > 0 && apart(e, "half", "answer") < 2,
    figures: (e) => apart(e, "half", "answer").toFixed(2),
  },
  {
    key: "story.9.together",
    says: "two halves are near Robin's whole step and beat Kim's; both beat all",
    holds: (e) =>
      near(lever(e, "answer"), lever(e, "half"), 0.12) &&
      lever(e, "half") < lever(e, "soft") &&
      lever(e, "both") < 0.85 * lever(e, "answer"),
    figures: (e) =>
      (["half", "both", "answer", "soft"] as const)
        .map((n) => `${n} ${lever(e, n).toFixed(3)}`)
        .join(", "),
  },
  {
    key: "story.9.together.then",
    says: "one alone moves it, either of them; both move it most",
    holds: (e) =>
      (["soft", "answer"] as const).every(
        (n) => lever(e, n) < 0.6 * lever(e, "none") && lever(e, "both") < lever(e, n),
      ),
  },
  {
    key: "story.10.shown",
    says: "hardly anything with a secure person in either seat; the mirror",
    holds: (e) => {
      const [as, swapped] = [seats(e, "story"), seats(e, "swapped")];
      return (
        (as[4] ?? 0) > 0.4 &&
        (seats(e, "kim")[4] ?? 1) < 0.05 &&
        (seats(e, "robin")[4] ?? 1) < 0.08 &&
        [
          [0, 1],
          [1, 0],
          [2, 3],
          [3, 2],
          [4, 4],
        ].every(([i, j]) => near(as[i ?? 0] ?? NaN, swapped[j ?? 0] ?? NaN, 0.05))
      );
    },
    figures: (e) =>
      Object.keys(swap.SEATS)
        .map((n) => `${n} ${seats(e, n).map((v) => v.toFixed(3))}`)
        .join("; "),
  },
];
