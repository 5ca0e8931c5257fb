/* SPDX-License-Identifier: MIT
 *
 * Draw our own loop, "#own/...": two people choose short cards and see the loop that these
 * make. Nothing is scored, nothing is kept but in the address.
 */
import "./own.css";
import type { Report } from "../../parts/document.js";
import { h } from "../../parts/dom.js";
import { folded } from "../../parts/frame.js";
import { helpList } from "../../parts/notice.js";
import { safetyQuestions } from "../../parts/safety.js";
import { say, text, Voice } from "../../parts/words.js";
import { forget, keep, lab, show } from "../ground.js";
import type { Place } from "../place.js";
import { cards } from "./cards.js";
import { eight } from "./eight.js";
import { loopWords, paper } from "./paper.js";
import {
  addressOf,
  emptyLoop,
  isEmpty,
  readLoop,
  SEATS,
  type Loop,
  type Seat,
} from "./state.js";
import { nameOf } from "./words.js";

const NARROW = 760; /* below it the drawing stands upright */

class Own {
  private sheltered = false;
  private readonly drawing = h("figure", { class: "own-drawing" });
  private readonly words = h("div", { class: "own-said" });
  private readonly sheet = h("div", { class: "own-sheet" });
  private readonly body = h("div", { class: "own-body" });
  private readonly watcher = new ResizeObserver(() => this.draw());

  constructor(
    private readonly host: HTMLElement,
    private loop: Loop,
  ) {}

  open(): void {
    this.host.append(
      h("h1", {}, text("own.title")),
      h("p", { class: "lede" }, say("own.lede")),
      this.notice(),
      this.body,
      this.sheet,
    );
    this.fill();
    this.watcher.observe(this.host);
  }

  /* A loop that is hidden is not shown by coming back to it. */
  close(): void {
    this.watcher.disconnect();
    if (this.sheltered) {
      forget("own");
    }
  }

  private notice(): HTMLElement {
    return h(
      "aside",
      { class: "heed own-heed" },
      h("p", {}, say("notice.fear")),
      h("p", { class: "small" }, say("help.now")),
      SEATS.map((seat) => this.alone(seat)),
    );
  }

  /* Questions for one of the two; whoever closes them takes the marks away, not what
   * they led to. */
  private alone(seat: Seat): HTMLElement {
    const room = h("div", {});
    const ask = (): void => {
      const names: [string, string] = [nameOf(this.loop, 0), nameOf(this.loop, 1)];
      room.replaceChildren(
        safetyQuestions(new Voice({ names } as Report, seat), seat, {
          help: lab().help,
          shelter: (on) => this.shelter(on),
        }),
      );
    };
    const who = text(seat === 0 ? "own.a" : "own.b");
    const details = folded(text("own.alone", { who }), () => room);
    details.addEventListener("toggle", () =>
      details.open ? ask() : room.replaceChildren(),
    );
    return details;
  }

  /* What was chosen goes, here and in the address, and does not come back. */
  private shelter(on: boolean): void {
    this.sheltered = on;
    this.loop = emptyLoop();
    keep(addressOf(this.loop));
    this.fill();
  }

  /* The cards anew, as when the loop was cleared. */
  private fill(): void {
    if (this.sheltered) {
      this.body.replaceChildren(h("p", {}, text("own.hidden")), helpList(lab().help));
      this.sheet.replaceChildren();
      return;
    }
    this.body.replaceChildren(
      h(
        "div",
        { class: "own-parts" },
        SEATS.map((seat) =>
          h(
            "div",
            {},
            cards(this.loop, seat, () => this.changed()),
            this.wayDown(),
          ),
        ),
      ),
      this.drawing,
      this.words,
      h(
        "p",
        { class: "buttons screen-only" },
        h(
          "button",
          { type: "button", class: "action", click: () => window.print() },
          text("own.print"),
        ),
        h(
          "button",
          { type: "button", class: "plain", click: () => this.clear() },
          text("own.clear"),
        ),
      ),
      h("p", { class: "small" }, text("own.kept")),
    );
    this.draw();
  }

  /* On a narrow screen the drawing lies below all cards. */
  private wayDown(): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "plain way-down",
        click: () => show(this.drawing),
      },
      text("own.see.drawing"),
    );
  }

  private clear(): void {
    this.loop = emptyLoop();
    keep(addressOf(this.loop));
    this.fill();
    this.host.querySelector<HTMLElement>(".own-name")?.focus();
  }

  private changed(): void {
    keep(addressOf(this.loop));
    this.draw();
  }

  private draw(): void {
    if (this.sheltered) {
      return;
    }
    this.drawing.replaceChildren(eight(this.loop, this.host.clientWidth < NARROW));
    this.words.replaceChildren(
      isEmpty(this.loop)
        ? h("p", { class: "small" }, text("own.begin"))
        : loopWords(this.loop),
    );
    this.sheet.replaceChildren(paper(this.loop));
  }
}

let current: Own | null = null;

export const own: Place = {
  name: "own",
  open(host, rest) {
    current?.close();
    current = new Own(host, readLoop(rest));
    current.open();
  },
  close() {
    current?.close();
    current = null;
  },
};
