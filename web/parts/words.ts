/* SPDX-License-Identifier: MIT
 *
 * All words of the page, by key, from web/text/en.json. A text may hold {placeholders},
 * which are filled with text or with elements. Sentences about a person come in three
 * seats: told of both ("key"), told to the one they are about ("key.you"), and, where two
 * persons act, "key.you_s" (to the one who writes again) and "key.you_o" (to the other).
 */
import table from "ebb:words";
import { group, h, type Child } from "./dom.js";
import type { Person, Report } from "./document.js";
import { otherOf } from "./document.js";

let words: Record<string, string> = table;
let locale = "en-GB";

/** Changes the language of a page that holds several: the table, and how numbers, days
 * and countries are written. What was drawn before stays as it is. */
export function speak(other: Record<string, string>, numbers: string): void {
  words = other;
  locale = numbers;
}

/** The language of numbers, days and countries, for Intl. */
export function localeNow(): string {
  return locale;
}

/** Who is reading: one of the two, or both together. */
export type Seat = Person | "both";

export function has(key: string): boolean {
  return Object.prototype.hasOwnProperty.call(words, key);
}

function lookup(key: string): string {
  const found = words[key];
  if (found === undefined) {
    throw new Error(`no words for ${key}`);
  }
  return found;
}

const HOLE = /\{([a-z_0-9]+)\}/g;

/** The text with its placeholders filled, as plain text. */
export function text(key: string, holes: Record<string, string> = {}): string {
  return lookup(key).replace(HOLE, (_, name: string) => holes[name] ?? "");
}

/* A node can stand in one place only; a hole that occurs twice needs a copy each time. */
function copyOf(child: Child): Child {
  if (Array.isArray(child)) {
    return child.map(copyOf);
  }
  return child instanceof Node ? child.cloneNode(true) : child;
}

/** The text with its placeholders filled, as nodes. */
export function say(key: string, holes: Record<string, Child> = {}): DocumentFragment {
  const parts = lookup(key).split(HOLE);
  return group(parts.map((part, i) => (i % 2 === 0 ? part : copyOf(holes[part]))));
}

/** Chooses the singular or plural form: "key.one" or "key.other". */
export function counted(key: string, n: number): string {
  return n === 1 ? `${key}.one` : `${key}.other`;
}

/* Control and bidirectional marks: a name must not be able to turn the text around it. */
export const MARKS =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const LONGEST_NAME = 28;
const SHORT_NAME = 9;

function tidyName(name: string, fallback: string): string {
  const clean = name.replace(MARKS, " ").replace(/\s+/g, " ").trim();
  const points = Array.from(clean);
  if (points.length === 0) {
    return fallback;
  }
  return points.length > LONGEST_NAME
    ? `${points.slice(0, LONGEST_NAME - 1).join("")}…`
    : clean;
}

/** The two names, safe to show, and sentences told from a seat. */
export class Voice {
  readonly names: [string, string];

  constructor(
    report: Report,
    readonly seat: Seat,
  ) {
    this.names = [tidyName(report.names[0], "A"), tidyName(report.names[1], "B")];
    if (this.names[0] === this.names[1]) {
      this.names = [`${this.names[0]} (A)`, `${this.names[1]} (B)`];
    }
  }

  plain(person: Person): string {
    return this.names[person];
  }

  /** A name that fits into a drawing, or "you". */
  short(person: Person): string {
    const points = Array.from(this.labelText(person));
    return points.length > SHORT_NAME
      ? `${points
          .slice(0, SHORT_NAME - 1)
          .join("")
          .trim()}…`
      : points.join("");
  }

  name(person: Person): HTMLElement {
    return h("bdi", { class: `person person-${person}` }, this.names[person]);
  }

  isYou(person: Person): boolean {
    return this.seat === person;
  }

  /** A label for a person: the name, or "you" in that person's own view. */
  label(person: Person): Child {
    return this.isYou(person)
      ? h("span", { class: `person person-${person}` }, text("person.self"))
      : this.name(person);
  }

  /** The same where a figure, a cell or a legend begins with it. */
  head(person: Person): Child {
    return this.isYou(person)
      ? h("span", { class: `person person-${person}` }, text("person.self.head"))
      : this.name(person);
  }

  labelText(person: Person): string {
    return this.isYou(person) ? text("person.self") : this.names[person];
  }

  /** A sentence about one person. */
  about(
    key: string,
    person: Person,
    holes: Record<string, Child> = {},
  ): DocumentFragment {
    return say(this.isYou(person) && has(`${key}.you`) ? `${key}.you` : key, {
      ...holes,
      k: this.name(person),
      other: this.name(otherOf(person)),
    });
  }

  /** The key of a two-person sentence in this seat. */
  armKey(key: string, pursuer: Person): string {
    if (this.seat === "both") {
      return key;
    }
    const own = this.seat === pursuer ? `${key}.you_s` : `${key}.you_o`;
    return has(own) ? own : key;
  }

  /** A sentence about the one who writes again (s) and the other (o). */
  arm(
    key: string,
    pursuer: Person,
    holes: Record<string, Child> = {},
  ): DocumentFragment {
    return say(this.armKey(key, pursuer), {
      ...holes,
      s: this.name(pursuer),
      o: this.name(otherOf(pursuer)),
    });
  }

  /** The same with short names, for a drawing. */
  armShort(key: string, pursuer: Person): string {
    return text(this.armKey(key, pursuer), {
      s: this.short(pursuer),
      o: this.short(otherOf(pursuer)),
    });
  }

  armText(key: string, pursuer: Person, holes: Record<string, string> = {}): string {
    return text(this.armKey(key, pursuer), {
      ...holes,
      s: this.names[pursuer],
      o: this.names[otherOf(pursuer)],
    });
  }
}
