/* SPDX-License-Identifier: MIT
 *
 * What the sandbox is set by: scenarios, how long, how many couples, whose chance, the
 * sliders and what happens on the way.
 */
import { h } from "../parts/dom.js";
import { text } from "../parts/words.js";
import { controls } from "./controls.js";
import type { Engine, ShippedScenario } from "./engine.js";
import { Happen } from "./happen.js";
import { MANY, MODEL, type Mine } from "./mine.js";
import { scenarioWords } from "./model_words.js";

const LENGTHS = [30, 60, 180, 365, 730, 1825];

export interface PanelHooks {
  engine: Engine;
  changed: () => void; /* what was set has changed */
  load: (scenario: ShippedScenario) => void;
  reset: () => void;
}

/* The scenarios that ship, by where they are from. */
const GROUPS: [key: string, file: RegExp][] = [
  ["own", /^$/],
  ["everyday", /everyday/],
  ["programmes", /programmes/],
  ["stories", /^(?!everyday|programmes)./],
];

function scenarioOption({ name, text: own }: ShippedScenario, k: number): HTMLElement {
  const { words, lang } = scenarioWords(name, own);
  return h("option", { value: k, lang }, `${name.replace(/_/g, " ")}: ${words}`);
}

export class Panel {
  readonly element = h("div", { class: "panel" });
  private happen: Happen | null = null;

  constructor(private readonly hooks: PanelHooks) {}

  /** Draws all of it anew, for what is set in `mine`. */
  draw(mine: Mine): void {
    const { changed, engine, reset } = this.hooks;
    this.happen = new Happen(mine, changed);
    this.element.replaceChildren(
      h(
        "div",
        { class: "panel-row" },
        this.scenarios(),
        this.length(mine),
        this.couples(mine),
        this.button("chance", () => {
          mine.seed = String((BigInt(mine.seed) + 1n) % 2n ** 64n);
          changed();
        }),
        this.button("reset", reset),
      ),
      controls({ mine, described: engine.describe(MODEL), changed }),
      this.happen.element,
    );
  }

  /** Something is to happen at a time: the form is filled with it. */
  put(time: number): void {
    this.happen?.put(time);
  }

  private button(key: string, click: () => void): HTMLElement {
    return h(
      "button",
      { type: "button", class: `plain ${key}`, click },
      text(`sandbox.${key}`),
    );
  }

  private scenarios(): HTMLElement {
    const all = this.hooks.engine.scenarios().filter(({ uses }) => uses === MODEL);
    const choice = h(
      "select",
      {
        "aria-label": text("sandbox.scenarios"),
        class: "scenarios",
        autocomplete: "off",
      },
      h("option", { value: "" }, text("sandbox.scenarios.choose")),
      GROUPS.map(([key, file]) =>
        h(
          "optgroup",
          { label: text(`sandbox.scenarios.${key}`) },
          all.map((scenario, k) =>
            file.test(scenario.label) ? scenarioOption(scenario, k) : null,
          ),
        ),
      ),
    );
    choice.addEventListener("change", () => {
      const scenario = all[Number(choice.value)];
      if (choice.value !== "" && scenario !== undefined) {
        this.hooks.load(scenario);
      }
    });
    return choice;
  }

  private length(mine: Mine): HTMLElement {
    const lengths = [...new Set([...LENGTHS, mine.length])].sort((x, y) => x - y);
    const length = h(
      "select",
      { "aria-label": text("sandbox.length"), class: "length", autocomplete: "off" },
      lengths.map((days) =>
        h(
          "option",
          { value: days, selected: days === mine.length },
          text("sandbox.days", { n: String(days) }),
        ),
      ),
    );
    length.addEventListener("change", () => {
      mine.length = Number(length.value);
      this.hooks.changed();
    });
    return length;
  }

  private couples(mine: Mine): HTMLElement {
    const button = h("button", { type: "button", class: "plain many" }, "");
    const show = (): void => {
      button.setAttribute("aria-pressed", String(mine.couples > 1));
      button.textContent = text("sandbox.many", { n: String(MANY) });
    };
    button.addEventListener("click", () => {
      mine.couples = mine.couples > 1 ? 1 : MANY;
      show();
      this.hooks.changed();
    });
    show();
    return button;
  }
}
