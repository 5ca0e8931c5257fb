/* SPDX-License-Identifier: MIT
 *
 * Numbers, intervals, times and dates as words. One place decides how many digits are
 * honest: two figures for anything estimated, whole numbers for what was counted.
 */
import type { Estimate } from "./document.js";
import { wallMillis } from "./document.js";
import { h, type Child } from "./dom.js";
import { localeNow, say, text } from "./words.js";

const FORMATS = {
  count: { maximumFractionDigits: 0 },
  day: { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" },
  shortDay: { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" },
  month: { month: "short", year: "numeric", timeZone: "UTC" },
  dayMonth: { day: "numeric", month: "short", timeZone: "UTC" },
  clock: { weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC" },
} as const;

/* Formats are dear to make and are kept, by language. */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat>(
  key: string,
  make: (locale: string) => T,
): T {
  const place = `${localeNow()} ${key}`;
  const found = (made.get(place) as T | undefined) ?? make(localeNow());
  made.set(place, found);
  return found;
}

function dateFormat(key: Exclude<keyof typeof FORMATS, "count">): Intl.DateTimeFormat {
  return kept(key, (locale) => new Intl.DateTimeFormat(locale, FORMATS[key]));
}

/* A nonbreaking hyphen-like dash keeps an interval on one line. */
const JOIN = "\u2060\u2013\u2060";

export function count(n: number): string {
  return kept("count", (locale) => new Intl.NumberFormat(locale, FORMATS.count)).format(
    n,
  );
}

/** A number of the model with so many decimals at most. */
export function decimals(x: number, most: number): string {
  return kept(
    `decimals ${most}`,
    (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: most }),
  )
    .format(x)
    .replace("-", "\u2212");
}

/** Two figures that mean something: 0.056, 0.55, 1.6, 12, 340. */
export function figure(x: number, whole = false): string {
  const size = Math.abs(x);
  if (size >= 10) {
    return count(x);
  }
  const digits = size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
  return kept(
    `${digits} ${whole}`,
    (locale) =>
      new Intl.NumberFormat(locale, {
        minimumFractionDigits: whole ? 0 : Math.min(digits, 2),
        maximumFractionDigits: digits,
      }),
  ).format(x);
}

/** A ratio of rates, kept within what a reader can picture: 1/14, 0.55, 3.7. */
export function ratio(x: number): string {
  if (x > 100) {
    return text("number.over", { limit: "100" });
  }
  if (x < 0.01) {
    return text("number.under", { limit: "1/100" });
  }
  return x < 0.0995 ? `1/${count(1 / x)}` : figure(x);
}

const FRACTIONS: [number, string][] = [
  [1 / 10, "tenth"],
  [1 / 5, "fifth"],
  [1 / 4, "quarter"],
  [1 / 3, "third"],
  [1 / 2, "half"],
  [2 / 3, "two_thirds"],
  [3 / 4, "three_quarters"],
];

/* So near to a fraction, its name says as much as the number. */
const NEAR = 0.06;

/** "about half as fast" near a simple fraction, or null. */
export function paceInWords(x: number): string | null {
  const near = FRACTIONS.find(([value]) => Math.abs(x / value - 1) <= NEAR);
  return near === undefined ? null : text(`pace.${near[1]}`);
}

/** A ratio of rates said aloud: "about half as fast", "3.6 times as fast". */
export function pace(x: number): string {
  return paceInWords(x) ?? text("pace.times", { n: ratio(x) });
}

export function percent(share: number): string {
  return `${count(100 * share)}\u202f%`;
}

/** Minutes as the largest units that fit: "35 s", "12 min", "3 h 20 min", "2.5 days". */
export function minutes(total: number): string {
  if (total < 1) {
    return text("unit.seconds", { n: count(60 * total) });
  }
  if (total < 59.5) {
    return text("unit.minutes", { n: count(total) });
  }
  const hours = total / 60;
  if (hours < 9.95) {
    return text("unit.hours", { n: figure(hours, true) });
  }
  if (hours < 47.5) {
    return text("unit.hours", { n: count(hours) });
  }
  const days = hours / 24;
  return text("unit.days", {
    n: days < 9.95 ? figure(days, true) : count(days),
  });
}

/** A wait. Times that are known to the minute cannot tell a second from a minute. */
export function wait(total: number, minuteClock: boolean): string {
  return minuteClock && total < 2 ? text("unit.about_minute") : minutes(total);
}

export function hours(total: number): string {
  return minutes(60 * total);
}

export function day(wall: string): string {
  return dateFormat("day").format(wallMillis(wall));
}

export function dayShort(wall: string): string {
  return dateFormat("shortDay").format(wallMillis(wall));
}

export function month(wall: string): string {
  return dateFormat("month").format(wallMillis(wall));
}

export function dayMonth(wall: string): string {
  return dateFormat("dayMonth").format(wallMillis(wall));
}

export function clock(wall: string): string {
  return dateFormat("clock").format(wallMillis(wall));
}

type Show = (x: number) => string;

/* "[40–86 %]", "[5.1–12 h]": a unit that both ends share is written once. */
function brackets(low: string, high: string): string {
  const unit = /[\u202f ]\D+$/.exec(high)?.[0];
  const short =
    unit !== undefined && low.endsWith(unit) ? low.slice(0, -unit.length) : low;
  return `[${short}${JOIN}${high}]`;
}

/** The interval alone, "[1.2–2.1]", with words for a screen reader. */
export function interval(estimate: Estimate, show: Show = ratio): HTMLElement {
  const [low, high] = [show(estimate.low), show(estimate.high)];
  return h(
    "span",
    { class: "interval" },
    h("span", { "aria-hidden": "true" }, brackets(low, high)),
    h("span", { class: "heard" }, text("number.between", { low, high })),
  );
}

/** A value and its interval. */
export function measured(estimate: Estimate, show: Show = ratio): Child {
  return [
    h("strong", { class: "value" }, show(estimate.value)),
    " ",
    interval(estimate, show),
  ];
}

/** The same in plain text, for labels and tables. */
export function measuredText(estimate: Estimate | null, show: Show = ratio): string {
  if (estimate === null) {
    return text("number.none");
  }
  return `${show(estimate.value)} ${brackets(show(estimate.low), show(estimate.high))}`;
}

/** A measured value or the words for "not known". */
export function measuredOr(estimate: Estimate | null, show: Show = ratio): Child {
  return estimate === null ? say("number.none") : measured(estimate, show);
}
