/* SPDX-License-Identifier: MIT
 *
 * The page of a population. It knows nothing but its document.
 */
import "./results.css";
import { h } from "../parts/dom.js";
import { listenForEscape } from "../parts/leave.js";
import { plainBar, showBroken } from "../parts/page.js";
import { watchPlots } from "../parts/plot.js";
import { say, text } from "../parts/words.js";
import { readResult } from "./document.js";
import { populationParts } from "./population.js";

function begin(): void {
  const root = document.getElementById("page");
  if (root === null) {
    return;
  }
  try {
    const result = readResult(document);
    root.replaceChildren(
      h("a", { class: "skip-link", href: "#main" }, text("page.skip")),
      plainBar(),
      h("main", { id: "main", tabindex: "-1" }, populationParts(result)),
      h("footer", { class: "foot" }, h("p", { class: "small" }, say("foot.made"))),
    );
    watchPlots();
    listenForEscape(document);
  } catch (error) {
    showBroken(root, error);
  }
}

begin();
