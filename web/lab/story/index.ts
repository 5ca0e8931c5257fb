/* SPDX-License-Identifier: MIT
 *
 * A paragraph in the place of what is to come.
 */
import { h } from "../../parts/dom.js";
import { say, text } from "../../parts/words.js";
import type { Place } from "../place.js";

export const story: Place = {
  name: "story",
  open(host) {
    host.append(h("h1", {}, text("story.title")), h("p", {}, say("story.words")));
  },
  close() {},
};
