/* SPDX-License-Identifier: MIT
 *
 * Five yes/no questions for one partner alone. Answers live in the marks of this form and
 * in one flag that the caller keeps; they are written nowhere, and a change of view wipes
 * the marks. Any yes calls `shelter(true)`; only clearing calls `shelter(false)`.
 */
import type { Help } from "./document.js";
import { freshId, h } from "./dom.js";
import { helpList } from "./notice.js";
import { say, text, type Voice } from "./words.js";
import type { Person } from "./document.js";
import { otherOf } from "./document.js";

const QUESTIONS = ["afraid", "threats", "control", "injury", "watched"];

function question(
  key: string,
  voice: Voice,
  reader: Person,
  answer: () => void,
): HTMLElement {
  const name = freshId("q");
  const choice = (value: "yes" | "no"): HTMLElement =>
    h(
      "label",
      {},
      h("input", { type: "radio", name, value, autocomplete: "off", change: answer }),
      " ",
      text(`safety.${value}`),
    );
  return h(
    "fieldset",
    { class: "question" },
    h("legend", {}, say(`safety.q.${key}`, { other: voice.name(otherOf(reader)) })),
    h("div", { class: "choices" }, choice("yes"), choice("no")),
  );
}

/** What is shown after a yes: no cycle, and where help is. */
function shelterPanel(help: Help[]): HTMLElement {
  return h(
    "div",
    { class: "shelter" },
    h("h3", {}, text("safety.panel.title")),
    h("p", {}, say("safety.panel.words")),
    helpList(help),
    h("p", { class: "small" }, say("safety.panel.device")),
  );
}

export interface SafetyHooks {
  help: Help[];
  shelter: (on: boolean) => void;
}

/** The questions, marked to be read alone. */
export function safetyQuestions(
  voice: Voice,
  reader: Person,
  hooks: SafetyHooks,
): HTMLElement {
  const status = h("div", { role: "status" });
  /* No <form>: pressing Enter in one would put the answers into the address. */
  const form = h("div", { class: "questions" });
  const answered = (): void => {
    const yes = form.querySelector("input[value=yes]:checked") !== null;
    if (yes && status.childElementCount === 0) {
      status.append(shelterPanel(hooks.help));
      hooks.shelter(true);
    }
  };
  const clear = (): void => {
    form.querySelectorAll("input").forEach((input) => (input.checked = false));
    status.replaceChildren();
    hooks.shelter(false);
  };
  form.append(...QUESTIONS.map((key) => question(key, voice, reader, answered)));
  form.append(
    h("button", { type: "button", class: "plain", click: clear }, text("safety.clear")),
  );
  return h(
    "section",
    { id: "alone", class: "part alone", "aria-labelledby": "alone-title" },
    h("p", { class: "eyebrow" }, text("safety.alone")),
    h("h2", { id: "alone-title", tabindex: "-1" }, text("safety.title")),
    h("p", {}, say("safety.why")),
    form,
    status,
  );
}
