/* SPDX-License-Identifier: MIT
 *
 * Beside each scene: what is well supported, what is lore, what is this model's own
 * assumption. Standings and sources are those of evidence/claims.tsv; a test holds them
 * to it.
 */
import { h, type Child } from "../../parts/dom.js";
import { folded } from "../../parts/frame.js";
import { text } from "../../parts/words.js";

export type Standing = "supported" | "partly" | "contradicted" | "none-found";

export interface Claim {
  id: string; /* in evidence/claims.tsv */
  standing: Standing;
  sources: string[];
}

const ORDER: Standing[] = ["supported", "partly", "contradicted", "none-found"];

/* What each scene rests on, by its place. */
export const KNOWN: Record<number, Claim[]> = {
  1: [
    { id: "A13", standing: "supported", sources: ["Campbell 2005"] },
    {
      id: "C12",
      standing: "supported",
      sources: ["Campbell 2005", "Simpson, Campbell & Weisberg 2006"],
    },
    { id: "C11", standing: "partly", sources: ["Papp 2009"] },
  ],
  2: [
    { id: "A2", standing: "supported", sources: ["Campbell 2005", "Sheinbaum 2015"] },
    {
      id: "C13",
      standing: "supported",
      sources: ["Campbell 2005", "Waldinger & Schulz 2006"],
    },
    { id: "C24", standing: "partly", sources: ["PMC8004543"] },
  ],
  3: [
    { id: "C8", standing: "supported", sources: ["Diamond 2006", "Mikulincer 2000"] },
    { id: "A25", standing: "supported", sources: ["Diamond 2006"] },
    { id: "A37", standing: "partly", sources: ["PMC7007326", "Overall 2013"] },
  ],
  4: [
    {
      id: "A5",
      standing: "supported",
      sources: ["Barry & Lawrence 2013", "Overall 2013"],
    },
    {
      id: "C18",
      standing: "partly",
      sources: ["Barry & Lawrence 2013", "Campbell 2005", "Overall 2013"],
    },
    { id: "A6", standing: "none-found", sources: [] },
  ],
  5: [
    {
      id: "B9",
      standing: "supported",
      sources: ["Barry & Lawrence 2013", "Overall 2013"],
    },
    { id: "C30", standing: "partly", sources: ["Barry & Lawrence 2013"] },
  ],
  6: [
    { id: "C28", standing: "partly", sources: ["Rholes 2001"] },
    {
      id: "C27",
      standing: "partly",
      sources: ["Freeman 2023", "Eastwick & Finkel 2008"],
    },
    { id: "C26", standing: "contradicted", sources: ["Eastwick & Finkel 2008"] },
  ],
  7: [
    { id: "C29", standing: "partly", sources: ["Holley 2013"] },
    { id: "A67", standing: "contradicted", sources: ["Holley 2013"] },
  ],
  8: [
    { id: "C34", standing: "supported", sources: ["Fraley 2011", "Fraley 2021"] },
    { id: "C32", standing: "none-found", sources: [] },
    { id: "C33", standing: "none-found", sources: [] },
  ],
  9: [
    { id: "C37", standing: "supported", sources: ["Roddy 2020"] },
    {
      id: "A75",
      standing: "partly",
      sources: ["Simpson & Overall 2014", "Caldwell & Shaver 2013"],
    },
    { id: "A76", standing: "partly", sources: ["Overall 2013"] },
    { id: "B23", standing: "none-found", sources: [] },
    { id: "C43", standing: "none-found", sources: [] },
  ],
  10: [
    {
      id: "C3",
      standing: "partly",
      sources: ["Domingue & Mollen 2009", "scienceofrelationships 2011"],
    },
    {
      id: "B28",
      standing: "partly",
      sources: ["Simpson & Overall 2014", "ASEM newlyweds 2023"],
    },
    {
      id: "C42",
      standing: "partly",
      sources: ["Burgess Moser 2012 and 2016", "Overall 2013"],
    },
  ],
};

function claimLine(claim: Claim): HTMLElement {
  return h(
    "li",
    {},
    text(`claim.${claim.id}`),
    h("span", { class: "source" }, [claim.id, ...claim.sources].join(" · ")),
  );
}

function standingPart(standing: Standing, claims: Claim[]): Child {
  const own = claims.filter((claim) => claim.standing === standing);
  return own.length === 0
    ? null
    : [h("h2", {}, text(`standing.${standing}`)), h("ul", {}, own.map(claimLine))];
}

/** The foldable part beside a scene. */
export function known(place: number): HTMLElement {
  const claims = KNOWN[place] ?? [];
  return h(
    "aside",
    { class: "known", "aria-label": text("known.title") },
    folded(text("known.title"), () => [
      ORDER.map((standing) => standingPart(standing, claims)),
      h("h2", {}, text("standing.model")),
      h("p", {}, text(`story.${place}.model`)),
      h("p", { class: "small" }, text("known.note")),
    ]),
  );
}
