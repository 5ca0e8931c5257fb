/* SPDX-License-Identifier: MIT
 *
 * The sandbox: everything of the couple model by hand.
 */
import { h } from "../parts/dom.js";
import { text } from "../parts/words.js";
import type { Place } from "./place.js";

export const sandbox: Place = {
  name: "sandbox",
  open(host) {
    host.append(h("h1", {}, text("sandbox.title")));
  },
  close() {},
};
