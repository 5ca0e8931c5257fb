/* SPDX-License-Identifier: MIT
 *
 * What happens to the two on the way: chosen here, and put into time by a click into a
 * chart or by its day.
 */
import { h, type Child } from "../parts/dom.js";
import { text } from "../parts/words.js";
import { happeningLine, type Happening, type Mine } from "./mine.js";

/* name, whether it holds for days, what it is called, how strong */
interface Kind {
  key: string;
  name: string;
  by: string;
  value: number;
  days: number | null;
}

export const KINDS: Kind[] = [
  { key: "closed", name: "b.hold_withdrawal", by: "=", value: 0.9, days: 0.5 },
  { key: "closed_a", name: "a.hold_withdrawal", by: "=", value: 0.9, days: 0.5 },
  { key: "alarm_a", name: "a.alarm", by: "+=", value: 2, days: null },
  { key: "alarm_b", name: "b.alarm", by: "+=", value: 2, days: null },
  { key: "overload_a", name: "a.overload", by: "+=", value: 1, days: null },
  { key: "overload_b", name: "b.overload", by: "+=", value: 1, days: null },
  { key: "stress", name: "stress", by: "+=", value: 2, days: null },
  { key: "apart", name: "apart", by: "=", value: 0.8, days: 30 },
];

export class Happen {
  readonly element: HTMLElement;
  private readonly list = h("ul", { class: "happenings" });
  private readonly choice: HTMLSelectElement;
  private readonly day: HTMLInputElement;

  constructor(
    private readonly mine: Mine,
    private readonly changed: () => void,
  ) {
    this.choice = h(
      "select",
      { "aria-label": text("happen.what"), autocomplete: "off" },
      KINDS.map(({ key }) => h("option", { value: key }, text(`happen.${key}`))),
    );
    this.day = h("input", {
      type: "number",
      min: 0,
      step: "any",
      value: "60",
      autocomplete: "off",
      "aria-label": text("happen.day"),
    });
    this.element = h(
      "div",
      { class: "happen" },
      h("h2", {}, text("happen.title")),
      h("p", { class: "small" }, text("happen.note")),
      h(
        "p",
        { class: "happen-row" },
        this.choice,
        h("label", {}, `${text("happen.day")} `, this.day),
        h(
          "button",
          {
            type: "button",
            class: "plain",
            click: () => this.put(this.day.valueAsNumber),
          },
          text("happen.put"),
        ),
      ),
      this.list,
    );
    this.draw();
  }

  /** Puts what is chosen at a day. */
  put(time: number): void {
    const kind = KINDS.find(({ key }) => key === this.choice.value) ?? KINDS[0];
    if (kind === undefined || !Number.isFinite(time)) {
      return;
    }
    const { length } = this.mine;
    const digits = length >= 200 ? 0 : 2;
    const from = Number(Math.max(0, Math.min(length, time)).toFixed(digits));
    if (kind.days !== null && from >= length) {
      return;
    }
    this.mine.happenings.push({
      from,
      to: kind.days === null ? null : Math.min(length, from + kind.days),
      name: kind.name,
      by: kind.by,
      value: kind.value,
    });
    this.draw();
    this.changed();
  }

  private words(it: Happening): Child {
    const kind = KINDS.find(({ name, by }) => name === it.name && by === it.by);
    return kind === undefined
      ? h("code", {}, happeningLine(it))
      : text("happen.at", {
          what: text(`happen.${kind.key}`),
          t: String(it.from),
          x: String(it.value),
        });
  }

  /* What a scenario expects happens to nobody, and stays in the text unseen. */
  draw(): void {
    const { happenings, others } = this.mine;
    const remove = (list: unknown[], k: number): void => {
      list.splice(k, 1);
      this.draw();
      this.changed();
    };
    const item = (list: unknown[], k: number, words: Child): HTMLElement =>
      h(
        "li",
        {},
        words,
        " ",
        h(
          "button",
          { type: "button", class: "plain small-button", click: () => remove(list, k) },
          text("happen.remove"),
        ),
      );
    this.list.replaceChildren(
      ...happenings.map((it, k) => item(happenings, k, this.words(it))),
      ...others.flatMap((line, k) =>
        /^expect\b/.test(line) ? [] : [item(others, k, h("code", {}, line))],
      ),
    );
  }
}
