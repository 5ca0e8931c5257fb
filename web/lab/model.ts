/* SPDX-License-Identifier: MIT
 *
 * Any model: one that ships, or a file of one's own, edited here, with errors at their
 * lines, and run at once. The text stays on the page; it is too long for an address, in
 * which only the name of a model that ships stands.
 */
import "./model.css";
import { h, type Child } from "../parts/dom.js";
import { save } from "../parts/downloads.js";
import { liveChart } from "../parts/live.js";
import { say, text } from "../parts/words.js";
import { complaints, Editor } from "./editor.js";
import {
  column,
  Refusal,
  type Bench,
  type Description,
  type Result,
} from "./engine.js";
import { keep, lab } from "./ground.js";
import { tableText } from "./numbers_text.js";
import type { Place } from "./place.js";

const QUIET_MS = 300;
const MOST_CHARTS = 24;
const LENGTH = 100; /* where no scenario says one */
const FIRST = "pursuit_minimal";

/* --- the picture ------------------------------------------------------------------ */

interface Drawn {
  name: string;
  outputs: string[];
}

/* Quantities of one name, of all who have it; states before lets. */
function groupsOf(result: Result): Drawn[] {
  const groups: Drawn[] = [];
  for (const output of result.outputs) {
    const name = output.replace(/^.*\./, "");
    const found = groups.find((group) => group.name === name);
    if (found === undefined) {
      groups.push({ name, outputs: [output] });
    } else {
      found.outputs.push(output);
    }
  }
  return groups;
}

/* What the model wants to be shown comes first, in its order. */
function ordered(groups: Drawn[], file: string): Drawn[] {
  const wanted = (/^show\s+(.*)$/m.exec(file)?.[1] ?? "")
    .split(",")
    .map((s) => s.trim());
  const place = (group: Drawn): number => {
    const at = wanted.indexOf(group.name);
    return at < 0 ? wanted.length : at;
  };
  return groups
    .map((group, i) => ({ group, i }))
    .sort((x, y) => place(x.group) - place(y.group) || x.i - y.i)
    .map(({ group }) => group);
}

function rangeOf(values: Float64Array[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const list of values) {
    for (const value of list) {
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
  }
  if (!(low <= high)) {
    return [0, 1];
  }
  const floor = low >= 0 && low < 0.5 * high ? 0 : low;
  const room = 0.05 * (high - floor || 1);
  return [floor === 0 ? 0 : floor - room, high + room];
}

function kindOf(output: string, persons: string[]): string {
  const at = persons.indexOf(output.replace(/\..*$/, ""));
  return at < 0 || !output.includes(".") ? "couple" : `person-${Math.min(at, 3)}`;
}

function chart(group: Drawn, result: Result, described: Description): HTMLElement {
  const values = group.outputs.map((output) => column(result, output));
  const drawn = liveChart({ height: 110 });
  const scalar = [...described.states, ...described.lets].find(
    ({ name }) => name === group.outputs[0],
  );
  const range = rangeOf(values);
  drawn.draw({
    span: [0, result.length],
    range,
    times: result.times,
    lines: group.outputs.map((output, k) => ({
      values: values[k] ?? [],
      kind: kindOf(output, described.persons),
    })),
    label: text("strip.label", {
      q: group.name,
      list: text("strip.range", {
        who: group.outputs.join(", "),
        low: range[0].toPrecision(2),
        high: range[1].toPrecision(2),
      }),
    }),
  });
  return h(
    "figure",
    { class: "lane" },
    h(
      "h3",
      {},
      group.name.replace(/_/g, " "),
      " ",
      group.outputs.length < 2
        ? null
        : h(
            "span",
            { class: "keys" },
            group.outputs.map((output) =>
              h(
                "span",
                { class: `key-line ${kindOf(output, described.persons)}` },
                output.replace(/\..*$/, ""),
              ),
            ),
          ),
    ),
    scalar?.text ? h("p", { class: "small", lang: "en" }, scalar.text) : null,
    drawn.element,
  );
}

/* --- the place -------------------------------------------------------------------- */

class Model {
  private readonly bench: Bench = lab().engine.another();
  private readonly editor = new Editor(() => this.changed());
  private readonly report = h("div", {
    id: "model-report",
    class: "model-report",
    role: "status",
  });
  private readonly scenarios = h("select", {
    class: "model-scenario",
    "aria-label": text("model.scenario"),
    autocomplete: "off",
  });
  private readonly seed = h("input", {
    type: "number",
    class: "model-seed",
    min: 0,
    step: 1,
    value: "0",
    autocomplete: "off",
    "aria-label": text("model.seed"),
  });
  private readonly line = h("code", { class: "command" });
  private result: Result | null = null;
  private readonly choice: HTMLSelectElement;
  private readonly pictures = h("div", { class: "strips" });
  private readonly told = h("p", { class: "small told" });
  private timer = 0;
  private said = ""; /* the engine of the text */
  private listed: string | undefined; /* the model whose scenarios are listed */

  constructor(
    private readonly host: HTMLElement,
    rest: string,
  ) {
    this.choice = this.modelList();
    this.scenarios.addEventListener("change", () => this.run());
    this.seed.addEventListener("change", () => this.run());
    host.append(
      h("h1", {}, text("model.title")),
      h("p", { class: "lede" }, say("model.lede")),
      h(
        "p",
        { class: "panel-row" },
        this.choice,
        this.scenarios,
        h("label", {}, text("model.seed"), " ", this.seed),
        ...this.files(),
      ),
      h(
        "div",
        { class: "model-bench" },
        this.editor.element,
        h("div", {}, this.report, this.told, this.pictures),
      ),
      h("p", { class: "small" }, say("model.command")),
      h("p", {}, this.line),
    );
    this.take(rest);
  }

  private modelList(): HTMLSelectElement {
    const choice = h(
      "select",
      { class: "models", "aria-label": text("model.choose"), autocomplete: "off" },
      h("option", { value: "" }, text("model.own")),
      lab()
        .engine.models()
        .map(({ name, text: words }) =>
          h("option", { value: name }, `${name.replace(/_/g, " ")}: ${words}`),
        ),
    );
    choice.addEventListener("change", () => {
      if (choice.value !== "") {
        keep(`#model/${choice.value}`);
        this.take(choice.value);
      }
    });
    return choice;
  }

  private files(): Child[] {
    const file = h("input", {
      type: "file",
      accept: ".ebb,text/plain",
      class: "heard",
      tabindex: "-1",
      "aria-hidden": "true",
    });
    file.addEventListener("change", () => {
      void file.files?.[0]?.text().then((words) => {
        this.editor.value = words;
        this.choice.value = "";
        this.changed();
      });
      file.value = "";
    });
    return [
      h(
        "button",
        { type: "button", class: "plain model-open", click: () => file.click() },
        text("model.open"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "plain model-save",
          click: () => save("model.ebb", "text/plain", this.editor.value),
        },
        text("model.save"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "plain export-csv",
          click: () =>
            this.result && save("ebb-model.csv", "text/csv", tableText(this.result)),
        },
        text("export.csv"),
      ),
      file,
    ];
  }

  /** A model that ships, by its name; what is no such name is left alone. */
  take(rest: string): boolean {
    const models = lab().engine.models();
    const shipped =
      models.find(({ name }) => name === rest) ??
      (this.editor.value === ""
        ? models.find(({ name }) => name === FIRST)
        : undefined);
    if (shipped !== undefined) {
      this.choice.value = shipped.name;
      this.editor.value = shipped.file;
      this.read();
    }
    return true;
  }

  private changed(): void {
    this.choice.value = "";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.read(), QUIET_MS);
  }

  private complain(words: string): void {
    const found = complaints(words);
    this.editor.number(found);
    this.report.classList.toggle(
      "wrong",
      found.some(({ error }) => error),
    );
    this.report.replaceChildren(
      ...(found.length === 0
        ? [h("p", {}, words.trim() === "" ? text("model.fine") : words.trim())]
        : [
            h(
              "ul",
              {},
              found.map(({ line, words: what, error }) =>
                h(
                  "li",
                  {},
                  h(
                    "button",
                    {
                      type: "button",
                      class: "plain small-button",
                      click: () => this.editor.goTo(line),
                    },
                    text("model.line", { n: String(line) }),
                  ),
                  " ",
                  text(error ? "model.error" : "model.warning"),
                  " ",
                  h("span", { lang: "en" }, what),
                ),
              ),
            ),
            h("pre", { lang: "en" }, words.trim()),
          ]),
    );
  }

  private read(): void {
    const file = this.editor.value;
    this.said = this.bench.check(file);
    this.complain(this.said);
    if (complaints(this.said).some(({ error }) => error)) {
      return; /* the last picture stays, as the text is being written */
    }
    this.listScenarios(file);
    this.run();
  }

  /* A model that comes new begins with the first scenario of its text: without any, most
   * of them show little. */
  private listScenarios(file: string): void {
    const { value } = this.scenarios;
    const here = this.bench.list(file);
    const name = /^\s*model\s+(\w+)/m.exec(file)?.[1];
    const ships = lab()
      .engine.scenarios()
      .filter(
        ({ uses, name: known }) =>
          uses === name && !here.some((own) => own.name === known),
      );
    const all = [...here, ...ships];
    this.scenarios.replaceChildren(
      h("option", { value: "" }, text("model.scenario.none")),
      ...all.map(({ name: own }) =>
        h("option", { value: own }, own.replace(/_/g, " ")),
      ),
    );
    const kept = all.some(({ name: own }) => own === value);
    const first = name === this.listed ? "" : (here[0]?.name ?? "");
    this.scenarios.value = kept ? value : first;
    this.listed = name;
  }

  private run(): void {
    const file = this.editor.value;
    const name = this.scenarios.value;
    const scenario = [...this.bench.list(file), ...lab().engine.scenarios()].find(
      ({ name: own }) => own === name,
    );
    try {
      const described = this.bench.describe(file);
      const begin = performance.now();
      const result = this.bench.run({
        model: file,
        scenario: name === "" ? "" : (scenario?.file ?? ""),
        name,
        seed: this.seed.value,
        couples: 1,
        ...(name === "" ? { length: LENGTH } : {}),
      });
      this.host.dataset.ms = String(performance.now() - begin);
      this.result = result;
      this.complain(this.said);
      this.draw(result, described);
      this.line.textContent = this.command(name);
      this.told.textContent = [
        text(`model.ran.${result.engine === "native" ? "native" : "interpreter"}`, {
          method: result.method,
          t: String(result.length),
          unit: described.time,
        }),
        result.failed > 0 ? text("sandbox.failed", { why: result.why ?? "" }) : "",
      ].join(" ");
    } catch (error) {
      const words = error instanceof Refusal ? error.message : String(error);
      this.complain((scenario?.facts.length ?? 0) > 0 ? text("gate.words") : words);
      this.pictures.replaceChildren();
    }
  }

  /* The same on the command line; one's own text is saved first. */
  private command(scenario: string): string {
    const shipped = this.choice.value;
    return [
      `ebb simulate ${shipped === "" ? "model.ebb" : shipped}`,
      ...(scenario === "" ? [] : [`--scenario ${scenario}`]),
      ...(this.seed.value === "0" ? [] : [`--seed ${this.seed.value}`]),
      "--format csv",
    ].join(" ");
  }

  private draw(result: Result, described: Description): void {
    const groups = ordered(groupsOf(result), this.editor.value).slice(0, MOST_CHARTS);
    this.pictures.replaceChildren(
      ...groups.map((group) => chart(group, result, described)),
    );
  }

  close(): void {
    window.clearTimeout(this.timer);
  }
}

let open: Model | null = null;

export const model: Place = {
  name: "model",
  open(host, rest) {
    open = new Model(host, rest);
  },
  turn(rest) {
    return open?.take(rest) ?? false;
  },
  close() {
    open?.close();
    open = null;
  },
};
