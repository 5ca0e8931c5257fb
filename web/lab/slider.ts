/* SPDX-License-Identifier: MIT
 *
 * A slider with its name and its number, which can be typed too.
 */
import { freshId, h, type Child } from "../parts/dom.js";
import { text } from "../parts/words.js";

export interface SliderOptions {
  label: Child;
  spoken?: string; /* where the label alone does not say whose it is */
  low: number;
  high: number;
  step: number;
  value: number;
  plain: number; /* what it is when nobody has moved it */
  kind?: string;
  set: (value: number) => void;
}

export interface Slider {
  element: HTMLElement;
  show(value: number): void;
}

/** A step that divides a range into some hundred parts, as a round number. */
export function roundStep(low: number, high: number): number {
  const rough = (high - low) / 120;
  const power = Number(`1e${Math.floor(Math.log10(rough))}`);
  return [1, 2, 5, 10].map((k) => k * power).find((k) => k >= rough * 0.999) ?? power;
}

export function slider(options: SliderOptions): Slider {
  const id = freshId("slider");
  const range = h("input", {
    type: "range",
    id,
    min: options.low,
    max: options.high,
    step: options.step,
    autocomplete: "off",
    "aria-label": options.spoken,
  });
  const number = h("input", {
    type: "number",
    min: options.low,
    max: options.high,
    step: "any",
    class: "slider-number",
    autocomplete: "off",
    "aria-label": text("slider.number", {
      what: options.spoken ?? (typeof options.label === "string" ? options.label : ""),
    }),
  });
  const show = (value: number): void => {
    range.value = String(value);
    number.value = String(value);
    element.classList.toggle("moved", value !== options.plain);
  };
  const take = (value: number): void => {
    if (Number.isFinite(value)) {
      const kept = Math.max(options.low, Math.min(options.high, value));
      show(kept);
      options.set(kept);
    }
  };
  range.addEventListener("input", () => take(Number(range.value)));
  number.addEventListener("change", () => take(number.valueAsNumber));
  /* a wheel over it scrolls the page and changes nothing */
  number.addEventListener("wheel", () => number.blur());
  const element = h(
    "div",
    { class: `slider ${options.kind ?? ""}` },
    h("label", { for: id }, options.label),
    range,
    number,
  );
  range.value = String(options.value);
  show(options.value);
  return { element, show };
}
