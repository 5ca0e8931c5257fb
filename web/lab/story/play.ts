/* SPDX-License-Identifier: MIT
 *
 * Time under one's hand: a slider over the days of a run, and a button that lets it run
 * by itself, where the reader has not asked for no motion.
 */
import { h } from "../../parts/dom.js";
import { text } from "../../parts/words.js";
import { still } from "../ground.js";
import type { Scene } from "./scene.js";

const FRAME_MS = 40;

export interface Player {
  element: HTMLElement;
  readonly time: number;
  to: (time: number) => void;
}

export function player(
  scene: Scene,
  [from, to]: [number, number],
  [step, begin]: [number, number],
  words: (time: number) => string,
  act: (time: number) => void,
): Player {
  let timer = 0;
  const said = h("output", { class: "drag-said" });
  const input = h("input", {
    type: "range",
    min: from,
    max: to,
    step,
    value: begin,
    autocomplete: "off",
  });
  const tell = (): void => {
    const at = Number(input.value);
    said.textContent = words(at);
    input.setAttribute("aria-valuetext", words(at));
  };
  const stop = (): void => {
    window.clearInterval(timer);
    timer = 0;
    button.textContent = text("story.play");
  };
  const start = (): void => {
    if (Number(input.value) >= to - step / 2) {
      input.value = String(from);
    }
    button.textContent = text("story.pause");
    timer = window.setInterval(() => {
      const next = Number(input.value) + Math.max(step, (to - from) / 150);
      input.value = String(Math.min(to, next));
      tell();
      act(Number(input.value));
      if (next >= to) {
        stop();
      }
    }, FRAME_MS);
  };
  const button = h(
    "button",
    {
      type: "button",
      class: "plain play",
      hidden: still(),
      click: () => (timer === 0 ? start() : stop()),
    },
    text("story.play"),
  );
  input.addEventListener("input", () => {
    stop();
    tell();
    act(Number(input.value));
  });
  scene.onLeave(stop);
  tell();
  return {
    element: h(
      "div",
      { class: "player" },
      button,
      h("label", { class: "drag" }, h("span", {}, text("story.time")), input, said),
    ),
    get time() {
      return Number(input.value);
    },
    to: (time) => {
      input.value = String(time);
      tell();
      act(time);
    },
  };
}
