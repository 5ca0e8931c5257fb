/* SPDX-License-Identifier: MIT
 *
 * Guess before reveal: radio buttons, then what the run says. A guess is not marked right
 * or wrong; both stand side by side. Who comes back to a scene finds it as it was left,
 * while the page is open.
 */
import { freshId, group, h, type Child } from "../../parts/dom.js";
import { say, text } from "../../parts/words.js";
import { show } from "../ground.js";
import type { Scene } from "./scene.js";

export interface Question {
  ask: Child;
  options: [value: string, words: string][];
  answer: string; /* of the options the one that the run bears out */
  reveal: () => Child; /* made once, when it is asked for */
  drawn?: () => void; /* called when that stands in the page */
}

/* What was guessed, by scene and question; null: passed over. */
const guesses = new Map<string, string | null>();

function option(
  name: string,
  value: string,
  words: string,
  chosen: () => void,
): HTMLElement {
  return h(
    "label",
    { class: "option" },
    h("input", { type: "radio", name, value, autocomplete: "off", change: chosen }),
    h("span", {}, words),
  );
}

/** A question whose answer appears below it. */
export function guess(scene: Scene, question: Question): HTMLElement {
  const name = freshId("guess");
  const place = scene.nextQuestion();
  const result = h("div", { class: "told", role: "status", tabindex: "-1" });
  const look = h(
    "button",
    { type: "button", class: "action", disabled: true },
    text("story.look"),
  );
  const pass = h("button", { type: "button", class: "plain" }, text("story.pass"));
  const options = question.options.map(([value, words]) =>
    option(name, value, words, () => (look.disabled = false)),
  );
  const words = (value: string): string =>
    question.options.find(([v]) => v === value)?.[1] ?? "";
  const buttons = h("div", { class: "buttons" }, look, pass);
  const form = h(
    "fieldset",
    { class: "ask" },
    h("legend", {}, question.ask),
    h("div", { class: "options" }, options),
    buttons,
  );
  const open = (guessed: string | null): void => {
    guesses.set(place, guessed);
    buttons.remove();
    form.querySelectorAll("input").forEach((input) => {
      input.checked = input.value === guessed;
      input.disabled = true;
    });
    options.forEach((label, i) =>
      label.classList.toggle("answer", question.options[i]?.[0] === question.answer),
    );
    result.append(
      group(
        guessed === null
          ? null
          : h(
              "p",
              { class: "small" },
              say(
                guessed === question.answer ? "story.guessed.same" : "story.guessed",
                {
                  guess: words(guessed),
                  answer: words(question.answer),
                },
              ),
            ),
        question.reveal(),
      ),
    );
    scene.draw();
    question.drawn?.();
  };
  const tell = (guessed: string | null): void => {
    open(guessed);
    result.focus({ preventScroll: true });
    show(result, "nearest");
  };
  look.addEventListener("click", () =>
    tell(form.querySelector<HTMLInputElement>("input:checked")?.value ?? null),
  );
  pass.addEventListener("click", () => tell(null));
  scene.onDraw(() => {
    const before = guesses.get(place);
    if (before !== undefined && buttons.isConnected) {
      open(before);
    }
  });
  return h("div", { class: "guessing" }, form, result);
}
