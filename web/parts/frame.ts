/* SPDX-License-Identifier: MIT
 *
 * The frames that every section is set in: heading with landmark, a figure to read at a
 * glance, the definition behind it, a list of terms.
 */
import { freshId, h, type Child } from "./dom.js";
import { say, text } from "./words.js";

/** A section with its heading; a landmark named by the heading. */
export function section(id: string, title: Child, ...children: Child[]): HTMLElement {
  const heading = `${id}-title`;
  return h(
    "section",
    { id, class: "part", "aria-labelledby": heading },
    h("h2", { id: heading, tabindex: "-1" }, title),
    ...children,
  );
}

/** What a number counts, one step away from the number. */
export function defined(key: string): HTMLElement {
  return h(
    "details",
    { class: "define" },
    h(
      "summary",
      {},
      text("define.open"),
      h("span", { class: "heard" }, `: ${text(`${key}.term`)}`),
    ),
    h("p", {}, say(key)),
  );
}

/** One figure with its label, a sentence and the definition. */
export function stat(
  label: Child,
  value: Child,
  note: Child,
  definition?: string,
): HTMLElement {
  return h(
    "div",
    { class: "stat" },
    h("p", { class: "stat-label" }, label),
    h("p", { class: "stat-value" }, value),
    note ? h("p", { class: "stat-note" }, note) : null,
    definition === undefined ? null : defined(definition),
  );
}

/** A foldable part; its content is made when it is first opened. */
export function folded(
  title: Child,
  make: () => Child,
  open = false,
): HTMLDetailsElement {
  const body = h("div", { class: "folded" });
  let made = false;
  const fill = (): void => {
    if (!made) {
      made = true;
      body.append(h("div", {}, make()));
    }
  };
  const details = h("details", { class: "fold", open }, h("summary", {}, title), body);
  details.addEventListener("toggle", () => details.open && fill());
  if (open) {
    fill();
  }
  return details;
}

/** A picture with its caption. The picture itself is described by `label`. */
export function picture(
  drawing: SVGElement,
  label: string,
  caption?: Child,
): HTMLElement {
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  const id = freshId("caption");
  return h(
    "figure",
    { class: "picture" },
    drawing,
    caption ? h("figcaption", { id }, caption) : null,
  );
}
