/* SPDX-License-Identifier: MIT
 *
 * The page of a simulated couple. What it knows beyond its document is the moment that
 * is chosen, and only while the page is open.
 */
import "./couple.css";
import { h } from "../parts/dom.js";
import { listenForEscape } from "../parts/leave.js";
import { plainBar, showBroken } from "../parts/page.js";
import { watchPlots } from "../parts/plot.js";
import { say, text } from "../parts/words.js";
import { aboutSection } from "./about_section.js";
import { courseSection } from "./course_section.js";
import { readCouple, type Couple } from "./document.js";
import { momentBar, momentSection } from "./moment_section.js";
import { opening } from "./opening.js";
import { planeSection } from "./plane_section.js";
import { View } from "./view.js";
import { withSection } from "./with_section.js";

const GAIN_MOST = 2; /* beyond it a gain is mostly that of a moment on the edge */

/* Where the loop is strong there is most to see; without a gain the middle. */
function firstMoment(couple: Couple): number {
  let best = Math.floor(couple.moments.length / 2);
  let most = -Infinity;
  for (const { gain } of couple.arms[0]?.gains ?? []) {
    gain.forEach((g, i) => {
      if (g !== null && g > most && g <= GAIN_MOST) {
        [best, most] = [i, g];
      }
    });
  }
  return best;
}

function begin(): void {
  const root = document.getElementById("page");
  if (root === null) {
    return;
  }
  try {
    const view = new View(readCouple(document));
    view.choose(firstMoment(view.couple));
    root.replaceChildren(
      h("a", { class: "skip-link", href: "#main" }, text("page.skip")),
      plainBar(),
      h(
        "main",
        { id: "main", tabindex: "-1" },
        opening(view),
        withSection(view),
        courseSection(view),
        momentSection(view),
        planeSection(view),
        aboutSection(view),
      ),
      momentBar(view),
      h("footer", { class: "foot" }, h("p", { class: "small" }, say("foot.made"))),
    );
    watchPlots();
    listenForEscape(document);
  } catch (error) {
    showBroken(root, error);
  }
}

begin();
