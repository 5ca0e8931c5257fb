/* SPDX-License-Identifier: MIT
 *
 * The sandbox: everything of the couple model by hand, running as it is moved. What
 * runs is one text, the scenario of mine.ts; it stands in the address too.
 *
 * Main idea: three speeds. Strips of one couple are drawn within the frame in which a
 * slider moved; many couples come from workers, in parts; the loop and the states of rest
 * are looked at once nothing has moved for a moment.
 */
import { h } from "../parts/dom.js";
import { helpList } from "../parts/notice.js";
import { say, text } from "../parts/words.js";
import type { Crowd } from "./fan.js";
import { column, Refusal, type Settings, type ShippedScenario } from "./engine.js";
import { leverNames } from "./controls.js";
import { Exports } from "./export.js";
import { keep, lab } from "./ground.js";
import { Look } from "./look.js";
import { Looker, type Found, type LookAnswer } from "./looker.js";
import {
  fileText,
  LONGEST,
  MODEL,
  plain,
  readMine,
  scenarioText,
  withOrders,
  withText,
  type Mine,
} from "./mine.js";
import { Panel } from "./panel.js";
import type { Place } from "./place.js";
import { nearest, usualInterval } from "./settings.js";
import { Ranking } from "./ranking.js";
import { LASTS, OUTPUTS, Strips, type Arm } from "./strips.js";

const QUIET_MS = 250; /* without a change before the loop is looked at */
const SOON_MS = 60; /* before many couples begin */

class Sandbox {
  private mine: Mine;
  private readonly strips = new Strips((time) => this.picked(time));
  private readonly look = new Look((time) => this.chooseTime(time));
  private readonly exports: Exports;
  private readonly looker: Looker;
  private readonly moment = h("input", {
    type: "range",
    min: 0,
    max: 1,
    step: "any",
    value: 0,
    autocomplete: "off",
    class: "moment-range",
    "aria-label": text("sandbox.moment"),
  });
  private readonly said = h("output", { class: "moment-said" });
  private readonly told = h("p", { class: "told small", role: "status" });
  private readonly panel: Panel;
  private readonly before: HTMLElement;
  private time = 365; /* a year in, when there is a loop to look at */
  private frame = 0;
  private soon = 0;
  private timers: number[] = [];
  private cache = new Map<string, Arm["result"]>();
  private crowds = new Map<string, Crowd>();
  private readonly ranking: Ranking;
  private found: Found | null = null;
  private closed = false;

  constructor(
    private readonly host: HTMLElement,
    rest: string,
  ) {
    const { engine } = lab();
    this.looker = new Looker(lab().module, engine.models(), (answer) =>
      this.looked(answer),
    );
    const asked = this.fromAddress(rest);
    const gated = asked !== null && declaresFacts(asked);
    this.mine = asked === null || gated ? plain() : asked;
    this.exports = new Exports({
      mine: () => this.mine,
      engine: engine.another(),
      strips: this.strips.element,
      opened: (words) => this.opened(words),
    });
    this.panel = new Panel({
      engine,
      changed: () => this.changed(),
      load: (scenario) => this.load(scenario),
      reset: () => this.set(plain()),
    });
    this.ranking = new Ranking({
      mine: () => this.mine,
      levers: () => leverNames(engine.describe(MODEL)),
      begin: () => this.timers.forEach((timer) => window.clearTimeout(timer)),
    });
    this.moment.addEventListener("input", () =>
      this.chooseTime(this.moment.valueAsNumber),
    );
    this.before = h("div", { class: "sandbox-notice" });
    host.append(
      h("h1", {}, text("sandbox.title")),
      h("p", { class: "lede" }, say("sandbox.lede")),
      h("p", { class: "buttons" }, this.ranking.lead()),
      this.before,
      h(
        "div",
        { class: "bench" },
        h(
          "div",
          { class: "pictures" },
          this.momentBar(),
          h("p", { class: "small more" }, text("sandbox.more")),
          this.strips.element,
          this.told,
        ),
        this.panel.element,
      ),
      this.ranking.element,
      this.look.element,
      this.exports.element,
    );
    this.panel.draw(this.mine);
    this.changed();
    if (gated) {
      this.gate();
    }
  }

  /* --- the address ---------------------------------------------------------------- */

  private inputs(): Set<string> {
    return new Set(
      lab()
        .engine.describe(MODEL)
        .inputs.map(({ name }) => name),
    );
  }

  private fromAddress(rest: string): Mine | null {
    try {
      return rest === "" || rest.length > 3 * LONGEST
        ? null
        : readMine(decodeURIComponent(rest), this.inputs());
    } catch {
      return null; /* not an encoding: as if nothing stood there */
    }
  }

  private keepAddress(): void {
    keep(`#sandbox/${encodeURIComponent(fileText(this.mine))}`);
  }

  turn(rest: string): boolean {
    const mine = this.fromAddress(rest);
    if (rest !== "" && mine === null) {
      return true;
    }
    this.set(mine ?? plain());
    return true;
  }

  /* A text that declares facts is not taken. */
  private set(mine: Mine): void {
    if (declaresFacts(mine)) {
      this.gate();
      return;
    }
    this.mine = mine;
    this.before.replaceChildren();
    this.panel.draw(this.mine);
    this.changed();
  }

  private opened(words: string): void {
    const mine = words.length > LONGEST ? null : readMine(words, this.inputs());
    if (mine === null) {
      this.told.textContent = text("sandbox.opened.not");
    } else {
      this.set(mine);
    }
  }

  /* --- scenarios ------------------------------------------------------------------ */

  /* What declares fear or control is not run: the notice stands in its place. */
  private gate(): void {
    this.before.replaceChildren(
      h(
        "div",
        { class: "shelter", role: "alert" },
        h("h2", {}, text("gate.title")),
        h("p", {}, say("notice.fear")),
        h("p", {}, say("gate.words")),
        helpList(lab().help),
      ),
    );
    this.before.scrollIntoView({ block: "nearest" });
  }

  private load(scenario: ShippedScenario): void {
    if (scenario.facts.length > 0) {
      this.gate();
      return;
    }
    const mine = readMine(scenario.file, this.inputs(), scenario.name);
    if (mine !== null) {
      this.set(mine);
    }
  }

  /* --- the moment ----------------------------------------------------------------- */

  private momentBar(): HTMLElement {
    return h(
      "p",
      { class: "moment-line" },
      h("span", { class: "small" }, text("sandbox.moment")),
      this.moment,
      this.said,
    );
  }

  private picked(time: number): void {
    this.chooseTime(time);
    this.panel.put(time);
  }

  private chooseTime(time: number): void {
    this.time = Math.max(0, Math.min(this.mine.length, time));
    this.markTime();
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(() => !this.closed && this.lookNow(), QUIET_MS);
  }

  private markTime(): void {
    const digits = this.mine.length >= 200 ? 0 : 1;
    this.moment.max = String(this.mine.length);
    this.moment.value = String(this.time);
    this.said.textContent = text("sandbox.at", { t: this.time.toFixed(digits) });
    this.strips.mark(this.time);
    if (this.found !== null) {
      this.look.mark(this.found, nearest(this.found.result.times, this.time), null);
    }
  }

  /* --- running -------------------------------------------------------------------- */

  private changed(): void {
    this.time = Math.min(this.time, this.mine.length);
    window.cancelAnimationFrame(this.frame);
    this.frame = window.requestAnimationFrame(() => this.runNow());
  }

  private later(ms: number, act: () => void): void {
    this.timers.push(
      window.setTimeout(() => {
        if (!this.closed) {
          act();
        }
      }, ms),
    );
  }

  private texts(): string[] {
    return withOrders(this.mine).length === 0
      ? [scenarioText(this.mine)]
      : [scenarioText(this.mine), withText(this.mine)];
  }

  private settings(scenario: string, couples = 1): Settings {
    return {
      model: MODEL,
      scenario,
      seed: this.mine.seed,
      couples,
      length: this.mine.length,
      only: OUTPUTS,
      every: usualInterval(this.mine.length * (couples > 1 ? 1 : 0.5), false),
    };
  }

  /* An arm that did not change is not run again. */
  private runOne(scenario: string): Arm["result"] {
    const key = `${this.mine.seed}\n${scenario}`;
    const found = this.cache.get(key) ?? lab().engine.run(this.settings(scenario));
    this.cache.set(key, found);
    return found;
  }

  private runNow(): void {
    const begin = performance.now();
    this.timers.forEach((timer) => window.clearTimeout(timer));
    this.timers = [];
    const many = this.mine.couples > 1;
    lab().fan.cancel();
    this.ranking.stop();
    try {
      const kept = this.cache;
      const texts = this.texts();
      const arms = texts.map((scenario): Arm => ({
        result: this.runOne(scenario),
        crowd: null,
      }));
      this.cache = new Map([...kept].slice(-2));
      this.strips.draw(arms, this.mine.length, true);
      this.told.textContent = [failedWords(arms), partedWords(arms)].join(" ").trim();
      this.host.dataset.ms = String(performance.now() - begin);
    } catch (error) {
      this.refused(error);
      return;
    }
    this.markTime();
    this.found = null; /* it belongs to the run before; once marked, it stands */
    this.exports.show(this.mine);
    if (many) {
      this.later(SOON_MS, () => this.runMany(0, [], performance.now()));
    }
    this.later(QUIET_MS, () => {
      this.keepAddress();
      this.lookNow();
    });
  }

  private refused(error: unknown): void {
    this.told.textContent =
      error instanceof Refusal ? error.message.trim() : String(error);
  }

  private crowdKey(scenario: string): string {
    return `${this.mine.seed}\n${this.mine.couples}\n${scenario}`;
  }

  /* One arm after the other; each with its first parts at once. One that did not change
   * is not run again. */
  private runMany(arm: number, before: Arm[], begin: number): void {
    const texts = this.texts();
    const scenario = texts[arm];
    if (scenario === undefined) {
      return;
    }
    const kept = this.crowds.get(this.crowdKey(scenario));
    if (kept !== undefined) {
      const there: Arm = { result: null, crowd: kept };
      this.strips.draw([...before, there], this.mine.length, false);
      this.strips.mark(this.time);
      this.runMany(arm + 1, [...before, there], begin);
      return;
    }
    let drawn = 0;
    lab().fan.run(this.settings(scenario, this.mine.couples), {
      part: (crowd) => {
        const whole = crowd.done === crowd.couples;
        if (whole || performance.now() - drawn > 150) {
          drawn = performance.now();
          const here: Arm = { result: null, crowd };
          this.strips.draw([...before, here], this.mine.length, false);
          this.host.dataset.first ??= String(drawn - begin);
          this.told.textContent = text(
            whole
              ? "sandbox.many.all"
              : arm === 0
                ? "sandbox.many.some"
                : "sandbox.many.with",
            {
              n: String(crowd.done),
              all: String(crowd.couples),
            },
          );
          this.strips.mark(this.time);
        }
        if (whole) {
          this.host.dataset.all = String(performance.now() - begin);
          this.crowds = new Map(
            [...this.crowds, [this.crowdKey(scenario), crowd] as const].slice(-2),
          );
          this.runMany(arm + 1, [...before, { result: null, crowd }], begin);
        }
      },
      refused: (words) => {
        this.told.textContent = words;
      },
    });
  }

  /* --- the loop ------------------------------------------------------------------- */

  private lookNow(): void {
    const { only: _, every: __, ...settings } = this.settings(scenarioText(this.mine));
    this.looker.ask({
      settings,
      time: this.time,
      cuts: ["a.withdrawal", "b.withdrawal"],
    });
  }

  private looked({ found, refused }: LookAnswer): void {
    if (this.closed || found === null) {
      this.told.textContent = refused ?? "";
      return;
    }
    this.found = found;
    this.look.draw(found);
    this.look.mark(found, found.row, found.rests);
  }

  close(): void {
    this.closed = true;
    window.cancelAnimationFrame(this.frame);
    window.clearTimeout(this.soon);
    this.timers.forEach((timer) => window.clearTimeout(timer));
    lab().fan.cancel();
    this.looker.close();
  }
}

function declaresFacts({ others }: Mine): boolean {
  return others.some((line) => /^facts\b/.test(line));
}

function failedWords(arms: Arm[]): string {
  const why = arms.find(({ result }) => (result?.failed ?? 0) > 0)?.result?.why;
  return why ? text("sandbox.failed", { why }) : "";
}

/* When the lines of an arm end before the run does. */
function partedWords(arms: Arm[]): string {
  return arms
    .map(({ result }, k) => {
      const at = result === null ? -1 : column(result, LASTS).findIndex((v) => v <= 0.5);
      return at < 0 || result === null
        ? ""
        : text(k === 0 ? "sandbox.parted" : "sandbox.parted.with", {
            t: (result.times[at] ?? 0).toFixed(0),
          });
    })
    .join(" ")
    .trim();
}

let open: Sandbox | null = null;

export const sandbox: Place = {
  name: "sandbox",
  open(host, rest) {
    open = new Sandbox(host, rest);
  },
  turn(rest) {
    return open?.turn(rest) ?? false;
  },
  close() {
    open?.close();
    open = null;
  },
};
