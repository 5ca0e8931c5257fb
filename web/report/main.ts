/* SPDX-License-Identifier: MIT
 *
 * The report page: notice, then the record told from a chosen seat. What the page knows
 * beyond its document lives in one object here, and only while the page is open.
 */
import "./report.css";
import {
  calmDays,
  readReport,
  type Calm,
  type Person,
  type Report,
} from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { watchCharts } from "../parts/charts.js";
import { leaveButton, listenForEscape } from "../parts/leave.js";
import { showBroken } from "../parts/page.js";
import { helpList, makerLine, makerTag, notice } from "../parts/notice.js";
import { count } from "../parts/numbers.js";
import { safetyQuestions } from "../parts/safety.js";
import { say, text, Voice, type Seat } from "../parts/words.js";
import { courseSection } from "./course_section.js";
import { dataSection } from "./data_section.js";
import { episodeSection } from "./episode_section.js";
import { experimentSection } from "./experiment_section.js";
import { guessSection } from "./guess_section.js";
import { insideSection } from "./inside_section.js";
import { limitsSection } from "./limits_section.js";
import { loopSection } from "./loop_section.js";
import { methodsSection } from "./methods_section.js";
import { fitSheets, paper } from "./paper.js";
import { strengthsSection } from "./strengths_section.js";
import type { View } from "./view.js";

const SEATS: Seat[] = ["both", 0, 1];

class Page {
  private seat: Seat = "both";
  private guessed = false;
  private sheltered = false;
  private readonly calm: Calm;
  private readonly main = h("main", { id: "main", tabindex: "-1" });
  private readonly results = h("div", { id: "results" });
  private readonly sheets = h("div", { class: "sheets" });
  private readonly switcher: HTMLElement;
  private readonly foot: HTMLElement;

  constructor(private readonly report: Report) {
    this.calm = calmDays(report);
    this.switcher = this.seatSwitch();
    this.foot = this.footer();
  }

  start(root: HTMLElement): void {
    root.replaceChildren(
      h("a", { class: "skip-link", href: "#main" }, text("page.skip")),
      this.bar(),
      this.main,
      this.foot,
      this.sheets,
    );
    this.main.append(this.cover());
    watchCharts();
    listenForEscape(document);
    window.addEventListener("beforeprint", () => this.fitPaper());
  }

  private view(): View {
    return {
      report: this.report,
      voice: new Voice(this.report, this.seat),
      calm: this.calm,
      sheltered: this.sheltered,
    };
  }

  private bar(): HTMLElement {
    const both = new Voice(this.report, "both");
    return h(
      "header",
      { class: "bar" },
      h(
        "p",
        { class: "mark" },
        h("strong", {}, "ebb"),
        h("span", { class: "maker-tag" }, makerTag(this.report.made_by, both)),
      ),
      this.switcher,
      leaveButton(),
    );
  }

  private seatWords(seat: Seat): Child {
    const both = new Voice(this.report, "both");
    return seat === "both" ? text("seat.both") : both.plain(seat);
  }

  /* Radio buttons: one stop for the Tab key, arrows between the three views. */
  private seatSwitch(): HTMLElement {
    const options = SEATS.map((seat) => {
      const input = h("input", {
        type: "radio",
        name: "seat",
        value: String(seat),
        autocomplete: "off",
      });
      input.addEventListener("change", () => this.sit(seat));
      return h("label", {}, input, h("bdi", {}, this.seatWords(seat)));
    });
    return h(
      "fieldset",
      { class: "seats", hidden: true },
      h("legend", { class: "heard" }, text("seat.legend")),
      options,
    );
  }

  /* By how much each wrote, the two can tell which letter is whose. */
  private messageCounts(): Record<string, string> {
    const [a, b] = this.report.data.messages;
    return { a: count(a), b: count(b) };
  }

  private choice(): HTMLElement {
    const both = new Voice(this.report, "both");
    const button = (seat: Seat): HTMLElement => {
      const words =
        seat === "both"
          ? say("enter.both")
          : say("enter.alone", { k: both.name(seat as Person) });
      return h(
        "button",
        {
          type: "button",
          class: seat === "both" ? "action" : "action second",
          click: () => this.enter(seat),
        },
        words,
      );
    };
    return h(
      "div",
      { class: "enter", role: "group", "aria-labelledby": "enter-title" },
      h("h2", { id: "enter-title" }, text("enter.title")),
      h("p", { class: "small" }, say("enter.words")),
      this.report.named
        ? null
        : h("p", { class: "small" }, say("enter.letters", this.messageCounts())),
      h("p", { class: "buttons" }, SEATS.map(button)),
    );
  }

  private cover(): HTMLElement {
    const both = new Voice(this.report, "both");
    return notice(
      this.report.help,
      makerLine(this.report.made_by, both),
      this.choice(),
    );
  }

  private enter(seat: Seat): void {
    this.main.replaceChildren(this.results);
    this.switcher.hidden = false;
    this.foot.hidden = false;
    this.sit(seat);
    this.main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  private sit(seat: Seat): void {
    this.seat = seat;
    this.switcher.querySelectorAll("input").forEach((input) => {
      input.checked = input.value === String(seat);
    });
    this.draw();
  }

  private heading(view: View): HTMLElement {
    const { voice } = view;
    const title =
      voice.seat === "both"
        ? say("page.title.both", { a: voice.name(0), b: voice.name(1) })
        : say("page.title.seat", { k: voice.name(voice.seat) });
    return h(
      "div",
      { class: "opening" },
      h("h1", {}, title),
      h(
        "p",
        { class: "maker" },
        makerLine(this.report.made_by, new Voice(this.report, "both")),
      ),
    );
  }

  private draw(): void {
    const view = this.view();
    const alone = this.seat === "both" ? null : this.questions(this.seat);
    this.results.replaceChildren(
      this.heading(view),
      ...(alone === null ? [] : [alone]),
      h("div", { id: "record" }),
    );
    this.drawRecord();
  }

  private questions(reader: Person): HTMLElement {
    return safetyQuestions(new Voice(this.report, reader), reader, {
      help: this.report.help,
      shelter: (on) => {
        this.sheltered = on;
        this.drawRecord();
      },
    });
  }

  /* Everything below the questions; drawn anew when an answer hides or shows parts. */
  private drawRecord(): void {
    const view = this.view();
    const record = this.results.querySelector("#record");
    record?.replaceChildren(dataSection(view), ...this.story(view));
    this.printSheets();
  }

  private story(view: View): HTMLElement[] {
    if (this.sheltered) {
      return [courseSection(view), limitsSection(view), methodsSection(view)];
    }
    const guess = this.guessed
      ? null
      : guessSection(
          view,
          () => this.reveal(false),
          () => this.reveal(true),
        );
    return guess === null ? this.findings(view) : [guess];
  }

  private findings(view: View): HTMLElement[] {
    return [
      strengthsSection(view),
      loopSection(view),
      insideSection(view),
      courseSection(view),
      episodeSection(view),
      experimentSection(view),
      limitsSection(view),
      methodsSection(view),
    ];
  }

  /* Guesses that were made stay beside their answers. */
  private reveal(passed: boolean): void {
    if (this.guessed) {
      return;
    }
    this.guessed = true;
    const findings = this.findings(this.view());
    this.results.querySelector(passed ? "#guess" : ".skip")?.remove();
    this.results.querySelector("#record")?.append(...findings);
    if (passed) {
      findings[0]?.querySelector("h2")?.focus({ preventScroll: true });
    }
  }

  /* Paper shows the result from here on; before a view is chosen, the notice alone. */
  private printSheets(): void {
    this.main.classList.add("screen-only");
    this.sheets.replaceChildren(paper(this.view()));
  }

  private fitPaper(): void {
    const sheets = this.sheets.querySelector<HTMLElement>("#paper");
    if (sheets !== null) {
      fitSheets(sheets);
    }
  }

  /* Help at the end of the record; the notice has its own. */
  private footer(): HTMLElement {
    return h(
      "footer",
      { class: "foot", hidden: true },
      h("h2", {}, text("foot.help")),
      h("p", {}, say("foot.words")),
      helpList(this.report.help),
      h("p", { class: "small" }, say("foot.made")),
    );
  }
}

function begin(): void {
  const root = document.getElementById("page");
  if (root === null) {
    return;
  }
  try {
    new Page(readReport(document)).start(root);
  } catch (error) {
    showBroken(root, error);
  }
}

begin();
