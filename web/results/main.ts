/* SPDX-License-Identifier: MIT
 *
 * The page of a result. It knows nothing but its document.
 */
import "./results.css";
import { h, type Child } from "../parts/dom.js";
import { listenForEscape } from "../parts/leave.js";
import { plainBar, showBroken } from "../parts/page.js";
import { watchPlots } from "../parts/plot.js";
import { say, text } from "../parts/words.js";
import { readResult, type Result } from "./document.js";
import { figuresParts } from "./evidence_figures.js";
import { ledgerParts } from "./ledger.js";
import { pairParts } from "./pair.js";
import { populationParts } from "./population.js";
import { sampledParts } from "./sampled.js";
import { trialParts } from "./trial.js";

function partsOf(result: Result): Child[] {
  switch (result.schema) {
    case "ebb/population":
      return populationParts(result);
    case "ebb/trial":
      return trialParts(result);
    case "ebb/pair":
      return pairParts(result);
    case "ebb/validate":
      return ledgerParts(result);
    case "ebb/figures":
      return figuresParts(result);
    case "ebb/sampled":
      return sampledParts(result);
    default:
      throw new Error("not a document of this page");
  }
}

function begin(): void {
  const root = document.getElementById("page");
  if (root === null) {
    return;
  }
  try {
    const parts = partsOf(readResult(document));
    root.replaceChildren(
      h("a", { class: "skip-link", href: "#main" }, text("page.skip")),
      plainBar(),
      h("main", { id: "main", tabindex: "-1" }, parts),
      h("footer", { class: "foot" }, h("p", { class: "small" }, say("foot.made"))),
    );
    watchPlots();
    listenForEscape(document);
  } catch (error) {
    showBroken(root, error);
  }
}

begin();
