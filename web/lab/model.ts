/* SPDX-License-Identifier: MIT
 *
 * Any model: one that ships, or one's own, edited and run on the page.
 */
import { h } from "../parts/dom.js";
import { text } from "../parts/words.js";
import type { Place } from "./place.js";

export const model: Place = {
  name: "model",
  open(host) {
    host.append(h("h1", {}, text("model.title")));
  },
  close() {},
};
