/* SPDX-License-Identifier: MIT
 *
 * The page of a population. It knows nothing but its document.
 */
import "./results.css";
import { h } from "../parts/dom.js";
import { leaveButton, listenForEscape } from "../parts/leave.js";
import { watchPlots } from "../parts/plot.js";
import { say, text } from "../parts/words.js";
import { readResult } from "./document.js";
import { populationParts } from "./population.js";

function bar(): HTMLElement {
  return h(
    "header",
    { class: "bar" },
    h(
      "p",
      { class: "mark" },
      h("strong", {}, "ebb"),
      h("span", { class: "maker-tag" }, text("bar.tag")),
    ),
    leaveButton(),
  );
}

function begin(): void {
  const root = document.getElementById("page");
  if (root === null) {
    return;
  }
  try {
    const result = readResult(document);
    root.replaceChildren(
      h("a", { class: "skip-link", href: "#main" }, text("page.skip")),
      bar(),
      h("main", { id: "main", tabindex: "-1" }, populationParts(result)),
      h("footer", { class: "foot" }, h("p", { class: "small" }, say("foot.made"))),
    );
    watchPlots();
    listenForEscape(document);
  } catch (error) {
    root.replaceChildren(
      h(
        "main",
        { class: "cover" },
        h("h1", {}, text("error.title")),
        h("p", {}, say("error.words")),
        h("p", { class: "small" }, String(error)),
        leaveButton(),
      ),
    );
  }
}

begin();
