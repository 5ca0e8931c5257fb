/* SPDX-License-Identifier: MIT
 *
 * The cards of one person: a name, and for each place of the loop short words to choose
 * from, or words of one's own.
 */
import { freshId, h } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import {
  CARDS,
  LONGEST,
  LONGEST_NAME,
  SLOTS,
  tidy,
  type Loop,
  type Seat,
  type Slot,
} from "./state.js";
import { nameOf } from "./words.js";

const NEARLY = 15; /* letters left, from which on it is said how many */

function chip(
  group: string,
  words: string,
  chosen: boolean,
  pick: () => void,
): HTMLElement {
  return h(
    "label",
    { class: "chip" },
    h("input", {
      type: "radio",
      name: group,
      checked: chosen,
      autocomplete: "off",
      change: pick,
    }),
    h("span", {}, words),
  );
}

function ownWords(
  loop: Loop,
  seat: Seat,
  slot: Slot,
  group: string,
  changed: () => void,
): HTMLElement {
  const { picks } = loop[seat];
  const now = picks[slot];
  const own = now !== undefined && "own" in now ? now.own : "";
  const input = h("input", {
    type: "text",
    class: "own-words",
    maxlength: LONGEST,
    value: own,
    autocomplete: "off",
    "aria-label": text("own.own.label", { slot: text(`own.ask.${slot}`) }),
    placeholder: text("own.own.hint"),
  });
  const radio = h("input", {
    type: "radio",
    name: group,
    checked: own !== "",
    autocomplete: "off",
  });
  const left = h("span", { class: "small own-left", role: "status" });
  const room = (): void => {
    const n = LONGEST - input.value.length;
    left.textContent =
      n > NEARLY
        ? ""
        : text(n > 0 ? "own.own.left" : "own.own.full", {
            n: String(n > 0 ? n : LONGEST),
          });
  };
  const take = (): void => {
    const words = tidy(input.value, LONGEST);
    if (words === "") {
      delete picks[slot];
    } else {
      picks[slot] = { own: words };
    }
    changed();
  };
  input.addEventListener("input", () => {
    radio.checked = true;
    room();
    take();
  });
  radio.addEventListener("change", () => {
    take();
    input.focus();
  });
  return h(
    "div",
    { class: "chip own-chip" },
    h("label", {}, radio, h("span", {}, text("own.own"))),
    input,
    left,
  );
}

function slotCards(
  loop: Loop,
  seat: Seat,
  slot: Slot,
  changed: () => void,
): HTMLElement {
  const group = freshId("cards");
  const { picks } = loop[seat];
  const now = picks[slot];
  return h(
    "fieldset",
    { class: "slot" },
    h("legend", {}, text(`own.ask.${slot}`)),
    Array.from({ length: CARDS[slot] }, (_, i) => i + 1).map((card) =>
      chip(
        group,
        text(`own.${slot}.${card}`),
        now !== undefined && "card" in now && now.card === card,
        () => {
          picks[slot] = { card };
          changed();
        },
      ),
    ),
    ownWords(loop, seat, slot, group, changed),
  );
}

/** All cards of one person; `changed` is called after every choice. */
export function cards(loop: Loop, seat: Seat, changed: () => void): HTMLElement {
  const title = h("h2", {}, nameOf(loop, seat));
  const name = h("input", {
    type: "text",
    class: "own-name",
    maxlength: LONGEST_NAME,
    value: loop[seat].name,
    autocomplete: "off",
  });
  name.addEventListener("input", () => {
    loop[seat].name = tidy(name.value, LONGEST_NAME);
    title.textContent = nameOf(loop, seat);
    changed();
  });
  return h(
    "section",
    {
      class: `own-part card-${seat}`,
      "aria-label": text("own.part", { who: text(seat === 0 ? "own.a" : "own.b") }),
    },
    title,
    h("label", { class: "own-name-label" }, h("span", {}, text("own.name")), name),
    SLOTS.map((slot) => slotCards(loop, seat, slot, changed)),
  );
}
