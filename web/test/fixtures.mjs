/* SPDX-License-Identifier: MIT
 *
 * Report documents for the tests, invented and made from a fixed seed: no couple, no
 * export. `node test/fixtures.mjs DIR` writes them all as JSON.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const DAY = 86_400_000;

/* A small generator, so that a fixture is the same on every machine. */
function draws(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function wall(millis) {
  return new Date(millis).toISOString().slice(0, 19);
}

function estimate(value, low, high) {
  return { value, low, high };
}

function arms(over = {}) {
  return {
    bids: 1450,
    followups: 612,
    replies: 1430,
    weeks: 26,
    pursuit_ratio: estimate(3.6, 2.1, 6.2),
    pursuit_second_ratio: estimate(3.1, 1.7, 5.6),
    reply_ratio: estimate(0.55, 0.42, 0.71),
    reply_ratio_dose: estimate(0.91, 0.7, 1.2),
    pursuit_se: 0.27,
    withdrawal_se: 0.13,
    loop_share: estimate(0.38, 0.21, 0.52),
    reply_fit: { distance: 0.021, limit: 0.034, passes: true },
    followup_fit: { distance: 0.03, limit: 0.055, passes: true },
    weeks_needed: 24,
    ...over,
  };
}

function openArms(over = {}) {
  return arms({
    followups: 190,
    pursuit_ratio: estimate(1.4, 0.52, 3.8),
    pursuit_second_ratio: estimate(1.3, 0.4, 4.1),
    reply_ratio: estimate(1.12, 0.83, 1.51),
    loop_share: null,
    weeks_needed: 61,
    ...over,
  });
}

function direction(pursuer, verdict, reasons, main) {
  const near = (x) => ({
    ...main,
    bids: main.bids + x,
    followups: Math.max(0, main.followups - x),
  });
  return { pursuer, verdict, reasons, main, gap_2: near(40), gap_10: near(-60) };
}

function weekColumns(count, first, random, rate) {
  const weeks = {
    begin: [],
    messages: [[], []],
    turns: [[], []],
    followups: [[], []],
    reply_minutes: [[], []],
    longest_silence_h: [],
  };
  for (let i = 0; i < count; i++) {
    weeks.begin.push(wall(first + 7 * i * DAY));
    const level = rate * (0.6 + 0.8 * random());
    for (const k of [0, 1]) {
      const messages = Math.round(
        level * (k === 0 ? 0.53 : 0.47) * (0.8 + 0.4 * random()),
      );
      weeks.messages[k].push(messages);
      weeks.turns[k].push(Math.round(messages * 0.55));
      weeks.followups[k].push(
        Math.round(messages * (k === 0 ? 0.2 : 0.06) * random() * 1.4),
      );
      weeks.reply_minutes[k].push(
        i % 11 === 5
          ? null
          : Math.round(10 * (k === 0 ? 9 : 26) * (0.5 + random())) / 10,
      );
    }
    weeks.longest_silence_h.push(Math.round(10 * (9 + 30 * random() ** 3)) / 10);
  }
  return weeks;
}

function episodeList(count, first, days, random) {
  const endings = ["answer", "answer", "answer", "call", "media", "after_pause"];
  const list = [];
  for (let i = 0; i < count; i++) {
    const begin =
      first +
      (0.5 + (days - 1) * (i / Math.max(1, count))) * DAY +
      random() * 0.3 * DAY;
    const followups = 2 + Math.floor(4 * random());
    const hours = Array.from(
      { length: followups },
      (_, j) => Math.round(100 * (0.6 + j * (0.7 + random()))) / 100,
    );
    const end = begin + (hours[hours.length - 1] + 0.4 + 2 * random()) * 3_600_000;
    list.push({
      begin: wall(begin),
      end: wall(end),
      pursuer: random() < 0.9 ? 0 : 1,
      followups,
      surprise: Math.round(1000 * (0.9 + 0.099 * random())) / 1000,
      turn_hours: hours,
      ending: endings[i % endings.length],
    });
  }
  return list;
}

function repairList(count, first, days, random) {
  return Array.from({ length: count }, (_, i) => {
    const begin = first + (1 + ((days - 4) * (i + 0.3)) / count) * DAY;
    return {
      begin: wall(begin),
      end: wall(begin + (1 + 1.4 * random()) * DAY),
      first_mover: i % 5 < 3 ? 0 : 1,
      by_call: i % 7 === 3,
      normal_after_h: i % 9 === 4 ? null : Math.round(10 * (3 + 14 * random())) / 10,
    };
  });
}

function hourShares(peak, random) {
  return Array.from({ length: 24 }, (_, h) => {
    const near = Math.exp(-((((h - peak + 36) % 24) - 12) ** 2) / 30);
    return h < 6
      ? 0.01
      : Math.round(1000 * (0.04 + 0.6 * near) * (0.8 + 0.4 * random())) / 1000;
  });
}

function windowSpan(first, i, verdicts) {
  const part = (k) => ({
    ...(verdicts[k] === "loop" ? arms({ weeks: 13 }) : openArms({ weeks: 13 })),
    verdict: verdicts[k],
    reasons: verdicts[k] === "loop" ? [] : ["few_followups"],
  });
  return {
    begin: wall(first + 91 * i * DAY),
    end: wall(first + 91 * (i + 1) * DAY),
    directions: [part(0), part(1)],
  };
}

export const HELP = [
  {
    country: "DE",
    kind: "violence",
    name: "Example help line",
    number: "000 000 000",
    url: "https://help.example/",
    checked: "2026-11-01",
  },
  {
    country: "DE",
    kind: "crisis",
    name: "Second example line",
    number: "000 111",
    url: null,
    checked: "2026-11-01",
  },
];

const OPEN_REASONS = ["few_followups", "pursuit_wide", "withdrawal_not_seen"];

/* A document of so many weeks; `over` replaces whole top-level parts. */
export function makeReport({
  weeks = 26,
  perWeek = 208,
  episodes = 31,
  repairs = 14,
  windows = [],
  over = {},
  seed = 7,
} = {}) {
  const random = draws(seed);
  const first = Date.parse("2025-01-06T00:00:00Z");
  const days = weeks * 7 - 0.7;
  const columns = weekColumns(weeks, first, random, perWeek);
  const sum = (xs) => xs.reduce((a, b) => a + b, 0);
  const messages = [sum(columns.messages[0]), sum(columns.messages[1])];
  const list = episodeList(episodes, first, days, random);
  const mended = repairList(repairs, first, days, random);
  const moved = [0, 1].map((k) => mended.filter((r) => r.first_mover === k).length);
  const endings = { answer: 0, call: 0, media: 0, after_pause: 0, open: 0 };
  list.forEach((e) => (endings[e.ending] += 1));
  return {
    schema: "ebb/report",
    version: 1,
    language: "en",
    names: ["A", "B"],
    named: false,
    made_by: "both",
    country: "DE",
    data: {
      first: wall(first + 7.2 * 3_600_000),
      last: wall(first + days * DAY),
      days,
      events: messages[0] + messages[1] + 12,
      messages,
      calls: 12,
      turns: [sum(columns.turns[0]), sum(columns.turns[1])],
      weeks,
      weeks_with_events: weeks,
      per_day: Math.round((10 * (messages[0] + messages[1])) / days) / 10,
      minute_clock: true,
      zone: null,
      zone_known: false,
      sources: [
        {
          format: "whatsapp",
          dialect: "android 24h d/m/y",
          lines: messages[0] + messages[1] + 112,
          events: messages[0] + messages[1] + 12,
          continuation: 90,
          not_understood: 0,
          positions: [],
          undecrypted: 0,
          disappearing: 0,
          reordered: 0,
          date_order: "dmy",
          date_certainty: "certain",
          date_evidence: 3011,
          cap_suspected: false,
        },
      ],
      gaps: [],
      dropped_persons: 0,
      duplicates: 0,
      ambiguous_times: 0,
    },
    verdict: ["loop", "cannot_tell"],
    directions: [
      direction(0, "loop", [], arms()),
      direction(1, "cannot_tell", OPEN_REASONS, openArms({ followups: 141 })),
    ],
    starts: { gap_h: 6, by: [120, 80], share: estimate(0.6, 0.53, 0.67) },
    replies: { median_minutes: [8.5, 24], p90_minutes: [95, 310] },
    silences: { threshold_h: 24, count: mended.length },
    repairs: {
      by: moved,
      share:
        repairs > 3
          ? estimate(
              moved[0] / mended.length,
              Math.max(0.02, moved[0] / mended.length - 0.24),
              Math.min(0.98, moved[0] / mended.length + 0.22),
            )
          : null,
      normal_after_h: repairs > 3 ? estimate(7.5, 5.1, 12.2) : null,
      list: mended,
    },
    hours: [
      [hourShares(20, random), hourShares(13, random)],
      [hourShares(18, random), hourShares(21, random)],
    ],
    weeks: columns,
    windows: windows.map((verdicts, i) => windowSpan(first, i, verdicts)),
    switch_window: null,
    episodes: {
      count: list.length,
      typical: list.length > 3 ? 3 : list.length > 0 ? 0 : null,
      by: [0, 1].map((k) => list.filter((e) => e.pursuer === k).length),
      endings,
      list,
    },
    experiment: "return_time",
    help: HELP,
    ...over,
  };
}

function cannotTell() {
  return makeReport({
    perWeek: 74,
    episodes: 4,
    repairs: 9,
    windows: [
      ["cannot_tell", "cannot_tell"],
      ["cannot_tell", "cannot_tell"],
    ],
    seed: 11,
    over: {
      made_by: "A",
      verdict: ["cannot_tell", "cannot_tell"],
      directions: [
        direction(
          0,
          "cannot_tell",
          OPEN_REASONS,
          openArms({
            followups: 31,
            pursuit_ratio: null,
            pursuit_second_ratio: null,
            weeks_needed: 88,
          }),
        ),
        direction(
          1,
          "cannot_tell",
          ["pursuit_not_seen", "withdrawal_not_seen", "poor_fit"],
          openArms({
            followups: 90,
            reply_ratio: estimate(2.4, 1.02, 6.1),
            weeks_needed: null,
            reply_fit: { distance: 0.09, limit: 0.044, passes: false },
          }),
        ),
      ],
      experiment: "notice",
    },
  });
}

/* Arms whose answers come sooner after writing again. */
function soonerArms(low, value, high, over = {}) {
  return openArms({ reply_ratio: estimate(value, low, high), ...over });
}

const SOONER_REASONS = ["pursuit_wide", "withdrawal_wide", "withdrawal_not_seen"];

/* Nothing claimed, and both reply ratios on the far side of the usual pace. */
function against() {
  return makeReport({
    windows: [
      ["cannot_tell", "withdrawal_only"],
      ["pursuit_only", "cannot_tell"],
    ],
    over: {
      verdict: ["cannot_tell", "cannot_tell"],
      directions: [
        direction(
          0,
          "cannot_tell",
          SOONER_REASONS,
          soonerArms(1.3, 1.6, 2.1, { weeks_needed: 400 }),
        ),
        direction(
          1,
          "cannot_tell",
          SOONER_REASONS,
          soonerArms(1.1, 1.4, 1.9, { weeks_needed: 61 }),
        ),
      ],
      replies: { median_minutes: [0.87, 24], p90_minutes: [95, 310] },
      switch_window: 1,
      experiment: "notice",
    },
  });
}

/* A loop one way; the other way answers come sooner. The typical stretch is a night of
 * person 0, who never writes before seven. */
function otherAway() {
  const report = otherAwayReport();
  const day = Array.from({ length: 24 }, (_, hour) => (hour < 7 ? 0 : 0.5));
  report.hours[0] = [day, day];
  Object.assign(report.episodes.list[report.episodes.typical], {
    begin: "2025-03-23T21:00:00",
    end: "2025-03-24T07:30:00",
    pursuer: 1,
    followups: 3,
    turn_hours: [0.5, 1, 10.1],
  });
  return report;
}

function otherAwayReport() {
  return makeReport({
    over: {
      directions: [
        direction(0, "loop", [], arms()),
        direction(
          1,
          "cannot_tell",
          SOONER_REASONS,
          soonerArms(1.7, 2.0, 2.5, { weeks_needed: 400 }),
        ),
      ],
    },
  });
}

function oneArm(verdict) {
  const reasons =
    verdict === "withdrawal_only" ? ["pursuit_not_seen"] : ["withdrawal_not_seen"];
  const main =
    verdict === "withdrawal_only"
      ? arms({ pursuit_ratio: estimate(1.05, 0.71, 1.55), loop_share: null })
      : arms({ reply_ratio: estimate(1.31, 1.06, 1.62), loop_share: null });
  return makeReport({
    windows: [
      [verdict, "cannot_tell"],
      ["cannot_tell", "cannot_tell"],
    ],
    over: {
      verdict: [verdict, "cannot_tell"],
      directions: [
        direction(0, verdict, reasons, main),
        direction(1, "cannot_tell", OPEN_REASONS, openArms()),
      ],
      made_by: null,
      experiment: "small_sign",
    },
  });
}

function bothLoops() {
  return makeReport({
    weeks: 52,
    windows: [
      ["loop", "cannot_tell"],
      ["loop", "loop"],
      ["cannot_tell", "loop"],
      ["loop", "loop"],
    ],
    over: {
      verdict: ["loop", "loop"],
      directions: [
        direction(0, "loop", [], arms({ weeks: 52 })),
        direction(
          1,
          "loop",
          [],
          arms({
            weeks: 52,
            followups: 480,
            pursuit_ratio: estimate(2.8, 1.6, 4.9),
            reply_ratio: estimate(0.66, 0.5, 0.86),
            loop_share: estimate(0.24, 0.09, 0.38),
          }),
        ),
      ],
    },
  });
}

function roleSwitch() {
  return makeReport({
    weeks: 52,
    windows: [
      ["loop", "cannot_tell"],
      ["loop", "cannot_tell"],
      ["cannot_tell", "loop"],
      ["cannot_tell", "loop"],
    ],
    over: {
      switch_window: 2,
      verdict: ["cannot_tell", "loop"],
      directions: [
        direction(
          0,
          "cannot_tell",
          ["definitions_disagree"],
          arms({ loop_share: null, weeks: 52 }),
        ),
        direction(
          1,
          "loop",
          [],
          arms({
            weeks: 52,
            pursuit_ratio: estimate(1.9, 1.4, 2.7),
            reply_ratio: estimate(0.8, 0.68, 0.94),
            loop_share: estimate(0.12, 0.03, 0.2),
          }),
        ),
      ],
    },
  });
}

function tiny() {
  return makeReport({
    weeks: 2,
    perWeek: 9,
    episodes: 0,
    repairs: 0,
    over: {
      made_by: "B",
      country: null,
      help: [],
      verdict: ["cannot_tell", "cannot_tell"],
      directions: [0, 1].map((k) =>
        direction(
          k,
          "cannot_tell",
          ["few_followups", "few_weeks", "not_converged"],
          arms({
            bids: 5,
            followups: 1,
            replies: 4,
            weeks: 2,
            pursuit_ratio: null,
            pursuit_second_ratio: null,
            reply_ratio: null,
            reply_ratio_dose: null,
            pursuit_se: null,
            withdrawal_se: null,
            loop_share: null,
            weeks_needed: null,
            reply_fit: null,
            followup_fit: null,
          }),
        ),
      ),
      starts: { gap_h: 6, by: [3, 1], share: null },
      replies: { median_minutes: [null, 24], p90_minutes: [null, null] },
    },
  });
}

/* Four messages within two hours. */
function moments() {
  const report = tiny();
  report.data.first = "2025-01-07T18:00:00";
  report.data.last = "2025-01-07T20:00:00";
  Object.assign(report.data, {
    days: 0.083,
    messages: [2, 2],
    weeks: 1,
    weeks_with_events: 1,
    per_day: 4,
  });
  for (const column of ["messages", "turns", "followups", "reply_minutes"]) {
    report.weeks[column] = report.weeks[column].map((line) => line.slice(0, 1));
  }
  report.weeks.messages = [[2], [2]];
  report.weeks.begin.length = report.weeks.longest_silence_h.length = 1;
  return report;
}

/* Stretches on most days of the first twenty weeks, and six calm weeks after them. */
function stormy() {
  const report = makeReport({ episodes: 260, repairs: 0 });
  const end = report.weeks.begin[20];
  report.episodes.list = report.episodes.list.filter((e) => e.end < end);
  report.episodes.count = report.episodes.list.length;
  report.weeks.longest_silence_h = report.weeks.longest_silence_h.map(() => 10);
  return report;
}

export const HOSTILE_NAMES = [
  "</script><img src=x onerror=\"document.title='broken'\">\u202e\u2066 \u05d3\u05e0\u05d4",
  "Wolfeschlegelsteinhausenbergerdorff-".repeat(40),
];

function hostile() {
  const report = makeReport({
    windows: [
      ["loop", "cannot_tell"],
      ["cannot_tell", "loop"],
    ],
  });
  report.names = HOSTILE_NAMES;
  report.named = true;
  report.made_by = "A";
  report.data.sources[0].dialect = "<img src=x onerror=alert(1)>\u2028${1}";
  report.data.sources[0].not_understood = 2;
  report.data.sources[0].positions = [
    { line: 3, column: 1, reason: "<script>document.title='broken'</script>" },
    { line: 1e9, column: 1, reason: "x".repeat(400) },
  ];
  report.data.gaps = [
    { begin: "2025-03-01T00:00:00", end: "2025-03-12T12:00:00", days: 11.5 },
  ];
  report.data.zone = "<b>Nowhere</b>";
  report.data.zone_known = true;
  report.experiment = "../../constructor";
  report.directions[1].reasons = ["__proto__", "few_followups", "<i>unknown</i>"];
  report.help = [
    {
      country: "<b>",
      kind: "toString",
      name: "<a href=javascript:alert(1)>help</a>",
      number: "1".repeat(60),
      url: "javascript:alert(1)",
      checked: "2026-11-01",
    },
  ];
  return report;
}

/* A million messages over ten years. */
function big() {
  const report = makeReport({
    weeks: 520,
    perWeek: 1925,
    episodes: 400,
    repairs: 160,
    windows: Array.from({ length: 40 }, (_, i) =>
      i % 3 === 0 ? ["loop", "cannot_tell"] : ["cannot_tell", "cannot_tell"],
    ),
    seed: 3,
  });
  report.episodes.count = 5210;
  return report;
}

export const FIXTURES = {
  loop: () =>
    makeReport({
      windows: [
        ["loop", "cannot_tell"],
        ["loop", "cannot_tell"],
      ],
    }),
  cannot_tell: cannotTell,
  against,
  other_away: otherAway,
  withdrawal_only: () => oneArm("withdrawal_only"),
  pursuit_only: () => oneArm("pursuit_only"),
  both_loops: bothLoops,
  role_switch: roleSwitch,
  tiny,
  moments,
  stormy,
  hostile,
  big,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const to = process.argv[2] ?? ".";
  mkdirSync(to, { recursive: true });
  for (const [name, make] of Object.entries(FIXTURES)) {
    writeFileSync(join(to, `${name}.json`), `${JSON.stringify(make())}\n`);
  }
}
