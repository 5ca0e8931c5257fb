/* SPDX-License-Identifier: MIT
 *
 * The text of a model with the numbers of its lines, and what the engine says of it.
 */
import { h } from "../parts/dom.js";
import { text } from "../parts/words.js";

/* An error of the engine's report: "model:9:11: error: unknown name". */
export interface Complaint {
  line: number;
  words: string;
  error: boolean;
}

export function complaints(report: string): Complaint[] {
  return report
    .split("\n")
    .map((row) => /^[^:\s]+:(\d+):\d+: (error|warning): (.*)$/.exec(row))
    .filter((match): match is RegExpExecArray => match !== null)
    .map((match) => ({
      line: Number(match[1]),
      words: match[3] ?? "",
      error: match[2] === "error",
    }));
}

/** A text with the numbers of its lines beside it. */
export class Editor {
  readonly element: HTMLElement;
  private readonly area = h("textarea", {
    class: "source",
    rows: 22,
    wrap: "off",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    "aria-label": text("model.source"),
    "aria-describedby": "model-report",
  });
  private readonly lines = h("div", { class: "line-numbers", "aria-hidden": "true" });
  private count = -1;

  constructor(changed: () => void) {
    this.area.addEventListener("input", () => {
      this.number([]);
      changed();
    });
    this.area.addEventListener("scroll", () => {
      this.lines.scrollTop = this.area.scrollTop;
    });
    this.element = h("div", { class: "editor" }, this.lines, this.area);
  }

  get value(): string {
    return this.area.value;
  }

  set value(words: string) {
    this.area.value = words;
    this.area.scrollTop = 0;
    this.number([]);
  }

  /** Numbers the lines, and marks those with a complaint. */
  number(marked: Complaint[]): void {
    const count = this.area.value.split("\n").length;
    if (
      count !== this.count ||
      marked.length > 0 ||
      this.lines.querySelector(".wrong")
    ) {
      this.count = count;
      const bad = new Set(marked.filter(({ error }) => error).map(({ line }) => line));
      this.lines.replaceChildren(
        ...Array.from({ length: count }, (_, i) =>
          h("div", { class: bad.has(i + 1) ? "wrong" : null }, String(i + 1)),
        ),
      );
      this.lines.scrollTop = this.area.scrollTop;
    }
  }

  /** Puts the cursor on a line. */
  goTo(line: number): void {
    const before = this.area.value.split("\n").slice(0, line - 1);
    const at = before.reduce((sum, row) => sum + row.length + 1, 0);
    const end = this.area.value.indexOf("\n", at);
    this.area.focus();
    this.area.setSelectionRange(at, end < 0 ? this.area.value.length : end);
  }
}
