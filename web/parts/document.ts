/* SPDX-License-Identifier: MIT
 *
 * The report document as the page sees it: the types of docs/schema.md, "ebb/report"
 * version 1, and the few derived facts that more than one section needs.
 *
 * Invariant: nothing here changes a number; null stays null until a section says in
 * words that it is missing.
 */

export type Person = 0 | 1;
export type Pair<T> = [T, T];
export type Maker = "A" | "B" | "both" | null;

export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export type Verdict = "loop" | "withdrawal_only" | "pursuit_only" | "cannot_tell";
export type Ending = "answer" | "call" | "media" | "after_pause" | "open";

export interface Fit {
  distance: number | null;
  limit: number | null;
  passes: boolean;
}

export interface Arms {
  bids: number;
  followups: number;
  replies: number;
  weeks: number;
  pursuit_ratio: Estimate | null;
  pursuit_second_ratio: Estimate | null;
  reply_ratio: Estimate | null;
  reply_ratio_dose: Estimate | null;
  pursuit_se: number | null;
  withdrawal_se: number | null;
  loop_share: Estimate | null;
  reply_fit: Fit | null;
  followup_fit: Fit | null;
  weeks_needed: number | null;
}

export interface Direction {
  pursuer: Person;
  verdict: Verdict;
  reasons: string[];
  main: Arms;
  gap_2: Arms;
  gap_10: Arms;
}

export interface WindowArms extends Arms {
  verdict: Verdict;
  reasons: string[];
}

export interface Span {
  begin: string;
  end: string;
  directions: Pair<WindowArms>;
}

export interface Source {
  format: string;
  dialect: string | null;
  lines: number;
  events: number;
  continuation: number;
  not_understood: number;
  positions: { line: number; column: number; reason: string }[];
  undecrypted: number;
  disappearing: number;
  reordered: number;
  date_order: string | null;
  date_certainty: string | null;
  date_evidence: number | null;
  cap_suspected: boolean;
}

export interface Gap {
  begin: string;
  end: string;
  days: number;
}

export interface Coverage {
  first: string;
  last: string;
  days: number;
  events: number;
  messages: Pair<number>;
  calls: number;
  turns: Pair<number>;
  weeks: number;
  weeks_with_events: number;
  per_day: number | null;
  minute_clock: boolean;
  zone: string | null;
  zone_known: boolean;
  sources: Source[];
  gaps: Gap[];
  dropped_persons: number;
  duplicates: number;
  ambiguous_times: number;
}

export interface Repair {
  begin: string;
  end: string;
  first_mover: Person;
  by_call: boolean;
  normal_after_h: number | null;
}

export interface Episode {
  begin: string;
  end: string;
  pursuer: Person;
  followups: number;
  surprise: number | null;
  turn_hours: number[];
  ending: Ending;
}

export interface Weeks {
  begin: string[];
  messages: Pair<number[]>;
  turns: Pair<number[]>;
  followups: Pair<number[]>;
  reply_minutes: Pair<(number | null)[]>;
  longest_silence_h: (number | null)[];
}

export interface Help {
  country: string | null;
  kind: string;
  name: string;
  number: string | null;
  url: string | null;
  checked: string | null;
}

export interface Report {
  schema: string;
  version: number;
  language: string;
  names: Pair<string>;
  named: boolean;
  made_by: Maker;
  country: string | null;
  data: Coverage;
  verdict: Pair<Verdict>;
  directions: Pair<Direction>;
  starts: { gap_h: number; by: Pair<number>; share: Estimate | null };
  replies: { median_minutes: Pair<number | null>; p90_minutes: Pair<number | null> };
  silences: { threshold_h: number; count: number };
  repairs: {
    by: Pair<number>;
    share: Estimate | null;
    normal_after_h: Estimate | null;
    list: Repair[];
  };
  hours: Pair<Pair<number[]>>;
  weeks: Weeks;
  windows: Span[];
  switch_window: number | null;
  episodes: {
    count: number;
    typical: number | null;
    by: Pair<number>;
    endings: Record<Ending, number>;
    list: Episode[];
  };
  experiment: string;
  help: Help[];
}

/** Reads the document out of the page. Throws when it is not one this page can show. */
export function readReport(source: Document): Report {
  const holder = source.getElementById("report");
  const report = JSON.parse(holder?.textContent ?? "") as Report;
  if (report.schema !== "ebb/report" || report.version !== 1) {
    throw new Error("not an ebb/report document of version 1");
  }
  return report;
}

export function otherOf(person: Person): Person {
  return person === 0 ? 1 : 0;
}

/* Wall clock without a zone: read as UTC so that no zone of this computer comes in. */
export function wallMillis(wall: string): number {
  return Date.parse(wall.endsWith("Z") ? wall : `${wall}Z`);
}

const DAY_MS = 24 * 3600 * 1000;

export interface Calm {
  days: number; /* calm days in all */
  of: number; /* days of the record, gaps left out */
  weeks: number[]; /* calm days of each week, 0..7; -1 where no day of it is known */
  whole: number; /* calm weeks: both wrote, no long silence ended, no stretch ran */
  capped: boolean; /* the document lists only the longest stretches */
  told: "days" | "weeks" | null; /* in which of them calm is a strength, if in any */
}

/** So short a record holds no usual hours, and its calm says nothing. */
export const LEAST_DAYS = 14;

/* Calm days carry where they are at least half of all; where not, calm weeks may. */
function calmTold(report: Report, days: number, of: number, whole: number): Calm["told"] {
  if (report.data.days < LEAST_DAYS) {
    return null;
  }
  return of > 0 && 2 * days >= of ? "days" : whole > 0 ? "weeks" : null;
}

/* Marks the days that a span touches. */
function touch(
  marks: Uint8Array,
  first: number,
  begin: string,
  end: string,
  mark: number,
): void {
  const from = Math.max(0, Math.floor((wallMillis(begin) - first) / DAY_MS));
  const to = Math.min(marks.length - 1, Math.floor((wallMillis(end) - first) / DAY_MS));
  for (let day = from; day <= to; day++) {
    marks[day] = mark;
  }
}

const STIRRED = 1;
const UNKNOWN = 2;

/* The same rule as in the terminal's text, so that both name the same number. */
function calmWeeks(report: Report): number {
  const { weeks, episodes, silences } = report;
  const spans = episodes.list.map(
    (e) => [wallMillis(e.begin), wallMillis(e.end)] as const,
  );
  return weeks.begin.filter((wall, i) => {
    const begin = wallMillis(wall);
    return (
      (weeks.messages[0][i] ?? 0) > 0 &&
      (weeks.messages[1][i] ?? 0) > 0 &&
      (weeks.longest_silence_h[i] ?? 0) < silences.threshold_h &&
      !spans.some(([from, to]) => from < begin + 7 * DAY_MS && to >= begin)
    );
  }).length;
}

/**
 * The calm days: no long silence of both and no stretch of writing again into a silence
 * touched them. Days outside the record and in gaps of the export are not counted.
 */
export function calmDays(report: Report): Calm {
  const { data, weeks, episodes, repairs } = report;
  const first = wallMillis(weeks.begin[0] ?? data.first);
  const marks = new Uint8Array(7 * weeks.begin.length).fill(UNKNOWN);
  touch(marks, first, data.first, data.last, 0);
  for (const span of [...repairs.list, ...episodes.list]) {
    touch(marks, first, span.begin, span.end, STIRRED);
  }
  for (const gap of data.gaps) {
    touch(marks, first, gap.begin, gap.end, UNKNOWN);
  }
  const perWeek = weeks.begin.map((_, i) => {
    const week = marks.subarray(7 * i, 7 * i + 7);
    return week.every((mark) => mark === UNKNOWN)
      ? -1
      : week.filter((mark) => mark === 0).length;
  });
  const days = marks.filter((mark) => mark === 0).length;
  const of = marks.filter((mark) => mark !== UNKNOWN).length;
  const whole = calmWeeks(report);
  return {
    days,
    of,
    weeks: perWeek,
    whole,
    told: calmTold(report, days, of, whole),
    capped: episodes.count > episodes.list.length,
  };
}

export type Outcome = "loop" | "arm" | "cannot_tell";

/** What the record as a whole says: the strongest of its two directions. */
export function outcomeOf(report: Report): Outcome {
  if (report.verdict.includes("loop")) {
    return "loop";
  }
  return report.verdict.every((v) => v === "cannot_tell") ? "cannot_tell" : "arm";
}
