/* SPDX-License-Identifier: MIT
 *
 * Documents of simulated couples, made by hand: small, so that each number in the page
 * can be named by a test.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fill } from "../tools/fill.mjs";

const MOMENTS = [0, 10, 20, 30, 40];
const wave = (n, by) => Array.from({ length: n }, (_, i) => (i % 4) * by);

function quantity(name, person, kind, text = "") {
  return { name, person, kind, text, unit: "1", low: null, high: null };
}

const QUANTITIES = [
  quantity("pursuit", 0, "let", "what shows of alarm"),
  quantity("pursuit", 1, "let", "what shows of alarm"),
  quantity("withdrawal", 0, "let"),
  quantity("withdrawal", 1, "let"),
  quantity("contact", -1, "state"),
  quantity("alarm", 0, "state"),
  quantity("alarm", 1, "state"),
];

function arm(strength) {
  return {
    end: null,
    why: null,
    failed: 0,
    course: {
      step: 1,
      thinned: false,
      values: QUANTITIES.map((_, i) => wave(41, 0.1 + 0.02 * i)),
    },
    bands: null,
    episodes: [
      [8, 12.5, 10, 0.62],
      [28, 31, 30, 0.4],
    ],
    at_moments: QUANTITIES.map((_, i) => MOMENTS.map((t) => 0.1 * i + t / 100)),
    links: [
      { from: 0, to: 3, strength: [0.1, strength, 0.3, 0.2, 0] },
      { from: 3, to: 5, strength: [0, 0.5, 0.3, 0.2, 0] },
      { from: 5, to: 0, strength: [1, 0.9, 0.8, 0.7, null] },
      { from: 3, to: 4, strength: [-0.4, -0.5, -0.3, -0.2, 0] },
    ],
    gains: [
      { cut: "a.withdrawal", person: 0, gain: [0, 0, -0.5, null, 0] },
      { cut: "b.withdrawal", person: 1, gain: [0.1, 0.75, 1.4, 1, 0] },
    ],
    slow: ["a.trust", "b.trust"],
    paths: [
      [wave(41, 0.2), wave(41, 0.1)],
      [wave(41, 0.1), wave(41, 0.05)],
    ],
    expect: [],
  };
}

function one() {
  return {
    schema: "ebb/couple",
    version: 1,
    model: {
      name: "pursue_withdraw",
      text: "Pursuit and withdrawal",
      source: "assumptions of this project",
      unit: "day",
      steps: false,
      params: 62,
    },
    persons: ["a", "b"],
    scenario: { name: "evening_out", text: "A weekend is called off" },
    traits: [
      { name: "anxiety", person: 0, text: "z-score", value: 1.2 },
      { name: "anxiety", person: 1, text: "z-score", value: -0.3 },
      { name: "avoidance", person: 0, text: "", value: -0.3 },
      { name: "avoidance", person: 1, text: "", value: 1.2 },
    ],
    inputs: { check_ins: "set times to talk", lower_volume: "the same need, more softly" },
    events: { quarrel: "about anything", cue: "" },
    length: 40,
    method: "heun",
    chance: true,
    seed: "0",
    couples: 1,
    quantities: QUANTITIES,
    planes: [
      [0, 3],
      [1, 2],
    ],
    with: null,
    moments: MOMENTS,
    arms: [arm(0.6)],
  };
}

function difference(name, person, by, low, high) {
  return { name, person, without: 0.3, with: 0.3 + by, difference: by, low, high, couples: 200 };
}

function withLever() {
  const bands = {
    time: [0, 20, 40],
    lasting: [200, 190, 150],
    values: QUANTITIES.map(() => ({
      low: [0, 0.1, 0.1],
      median: [0.1, 0.2, 0.2],
      high: [0.2, 0.6, 0.5],
    })),
  };
  return {
    ...one(),
    couples: 200,
    with: {
      orders: ["from 20 to 40: check_ins = 1"],
      from: 20,
      differences: [
        difference("pursuit", 0, -0.1, -0.15, -0.05),
        difference("withdrawal", 0, 0.001, -0.01, 0.012),
        difference("withdrawal", 1, -0.12, -0.16, -0.08),
      ],
    },
    arms: [
      { ...arm(0.6), bands, expect: [{ code: "x > 1", text: "it alarms", share: 0.9, kept: 170, broken: 30, holds: false }] },
      { ...arm(0.2), bands, episodes: [] },
    ],
  };
}

/* One couple run twice, of whom the first arm parts. */
function parted() {
  const [first, second] = withLever().arms;
  return {
    ...withLever(),
    couples: 1,
    arms: [
      { ...first, bands: null, end: 25 },
      { ...second, bands: null },
    ],
  };
}

const HOSTILE = "</script><img src=x onerror=alert(1)>";

/* Three persons of strange names, in steps, without episodes, gains or planes. */
function hostile() {
  const quantities = [0, 1, 2].map((k) => quantity("love", k, "state", HOSTILE));
  const plain = {
    ...arm(0),
    end: 2,
    episodes: null,
    course: { step: 1, thinned: false, values: quantities.map(() => [1, -2, null, null, null]) },
    at_moments: quantities.map(() => [1, -2, null, null, null]),
    links: [],
    gains: [],
    slow: [],
    paths: [],
  };
  return {
    ...one(),
    model: { ...one().model, name: "triangle", text: HOSTILE, unit: "turn", steps: true },
    persons: [HOSTILE, "שלום", "c".repeat(63)],
    scenario: { name: "x", text: HOSTILE },
    traits: [],
    inputs: { [HOSTILE]: HOSTILE },
    events: { [HOSTILE]: HOSTILE },
    quantities,
    planes: [],
    length: 4,
    moments: [0, 1, 2, 3, 4],
    arms: [plain],
  };
}

export const COUPLES = { one, with: withLever, parted, hostile };

/** Writes each document into a page in `dir`; returns their paths by name. */
export function writeCouples(template, dir) {
  const html = readFileSync(template, "utf8");
  const paths = {};
  for (const [name, make] of Object.entries(COUPLES)) {
    paths[name] = join(dir, `couple-${name}.html`);
    writeFileSync(paths[name], fill(html, JSON.stringify(make())));
  }
  return paths;
}
