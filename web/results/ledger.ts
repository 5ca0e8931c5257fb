/* SPDX-License-Identifier: MIT
 *
 * Claims about such couples: what a model does with each, and apart from it what is known
 * of people.
 */
import { h, type Child } from "../parts/dom.js";
import { section } from "../parts/frame.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import { clean } from "./document.js";
import { aboutSection, digits, fixed, opening, percent, whole, withInterval } from "./figures.js";
import { filterOver, stackable } from "./filter.js";

interface Finding {
  code: string;
  text: string;
  share: boolean;
  couples: number;
  missing: number;
  left: number | null;
  right: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  interval: string;
  holds: boolean;
}

interface Claim {
  id: string;
  document: string;
  claim: string;
  kind: string;
  quantity: string;
  scope: string;
  evidence_verdict: string;
  evidence: string;
  link: string;
  check: string | null;
  model: string | null;
  construction: string | null;
  holds: boolean | null;
  falls_when_cut: boolean | null;
  left_when_cut: number | null;
  why: string | null;
  expects: Finding[] | null;
  expects_cut: Finding[] | null;
}

export interface Validation {
  schema: "ebb/validate";
  version: number;
  couples: number | null;
  seed: string;
  cut: boolean;
  claims: Claim[];
  totals: {
    claims: number;
    checked: number;
    holding: number;
    cuttable: number;
    falling: number;
    assumed: number;
    assumed_holding: number;
  };
}

const VERDICTS = ["holds", "holds_not", "assumed", "assumed_not", "none"] as const;
const KNOWN = ["supported", "partly", "contradicted", "none-found", "definition", "fiction"];

function verdictOf(claim: Claim): (typeof VERDICTS)[number] {
  if (claim.holds === null) {
    return "none";
  }
  return claim.construction !== null
    ? claim.holds
      ? "assumed"
      : "assumed_not"
    : claim.holds
      ? "holds"
      : "holds_not";
}

const verdictWords = (claim: Claim): string => text(`verdict.${verdictOf(claim)}`);
const knownWords = (claim: Claim): string => text(`known.${claim.evidence_verdict}`);

/* --- at the top -------------------------------------------------------------------- */

/* How many there are of each verdict of the model, and of each about people. */
function countsTable(validation: Validation): HTMLElement {
  const of = (verdict: string, known: string): number =>
    validation.claims.filter(
      (claim) =>
        (verdict === "" || verdictOf(claim) === verdict) &&
        (known === "" || claim.evidence_verdict === known),
    ).length;
  const there = KNOWN.filter((known) => of("", known) > 0);
  const row = (name: string, verdict: string): Child[] => [
    name,
    ...[...there, ""].map((known) => whole(of(verdict, known))),
  ];
  return table(
    text("counts.caption"),
    [
      { head: text("counts.model") },
      ...there.map((known) => ({ head: text(`known.${known}`), numeric: true })),
      { head: text("counts.all"), numeric: true },
    ],
    [
      ...VERDICTS.filter((verdict) => of(verdict, "") > 0).map((verdict) =>
        row(text(`verdict.${verdict}`), verdict),
      ),
      row(text("counts.all"), ""),
    ],
  );
}

function countsSection(validation: Validation): HTMLElement {
  const { claims, checked, holding, cuttable, falling, assumed, assumed_holding } =
    validation.totals;
  const holes = {
    n: whole(checked),
    holding: whole(holding),
    cuttable: whole(cuttable),
    falling: whole(falling),
    assumed: whole(assumed),
    holding2: whole(assumed_holding),
    none: whole(claims - checked - assumed),
  };
  return section(
    "counts",
    text("counts.title"),
    h("p", {}, say("counts.checked", holes), " ", say("counts.rest", holes)),
    validation.cut ? h("p", {}, say("counts.cut", holes)) : null,
    countsTable(validation),
  );
}

/* --- a claim ----------------------------------------------------------------------- */

/* Of several expectations the one that decides: the first that does not hold. */
function deciding(findings: Finding[]): Finding | undefined {
  return findings.find((finding) => !finding.holds) ?? findings[0];
}

function effect(finding: Finding | undefined): string {
  if (finding === undefined || finding.couples === 0) {
    return text("claims.blank");
  }
  return finding.interval === "exact"
    ? digits(finding.difference)
    : withInterval(digits, finding.difference, finding.low, finding.high);
}

function cutWords(claim: Claim): string {
  const left = claim.left_when_cut;
  if (claim.falls_when_cut === null) {
    return text("claims.blank");
  }
  const still = claim.expects_cut?.every((finding) => finding.holds) ?? false;
  return !still
    ? text("cut.falls")
    : text(claim.falls_when_cut ? "cut.falls_nearly" : "cut.stands", {
        left: `${fixed(100 * (left ?? 0), 0)}\u202f%`,
      });
}

const CHILDREN = "develop"; /* what is run there are no couples */

function findingItem(finding: Finding, model: string | null): HTMLElement {
  const counted = model === CHILDREN ? "finding.children" : "finding";
  return h(
    "li",
    {},
    h("code", {}, finding.code),
    finding.text === "" ? null : h("div", {}, clean(finding.text)),
    h(
      "div",
      {},
      say(finding.missing > 0 ? "finding.missing" : counted, {
        verdict: text(finding.holds ? "verdict.holds" : "verdict.holds_not"),
        left: finding.share ? percent(finding.left) : digits(finding.left, 4),
        right: finding.share ? percent(finding.right) : digits(finding.right, 4),
        effect: effect(finding),
        n: whole(finding.couples),
        missing: whole(finding.missing),
      }),
    ),
  );
}

function field(key: string, ...children: Child[]): Child[] {
  return [h("dt", {}, text(`claim.${key}`)), h("dd", {}, ...children)];
}

function findings(key: string, list: Finding[] | null, model: string | null): Child {
  const item = (finding: Finding) => findingItem(finding, model);
  return list === null ? null : field(key, h("ul", {}, list.map(item)));
}

/* All that is known of a claim, and of its check; made when it is opened. */
function atLength(claim: Claim): HTMLElement {
  const sources = claim.evidence === "" ? [] : claim.evidence.split("; ");
  return h(
    "dl",
    { class: "at-length" },
    sources.length === 0
      ? null
      : field("evidence", h("ul", {}, sources.map((source) => h("li", {}, clean(source))))),
    field("document", clean(claim.document)),
    field("quantity", clean(claim.quantity)),
    claim.check === null
      ? null
      : field("check", text(claim.check === "surveys" ? "claim.where_survey" : "claim.where", {
            check: claim.check,
            model: claim.model ?? "",
          })),
    findings("expects", claim.expects, claim.model),
    claim.link === "" ? null : field("link", clean(claim.link)),
    findings("expects_cut", claim.expects_cut, claim.model),
  );
}

function more(claim: Claim): HTMLElement {
  const body = h("div", {});
  return h(
    "details",
    {
      class: "more screen-only",
      toggle: () => body.childNodes.length === 0 && body.append(atLength(claim)),
    },
    h("summary", {}, text("claim.more"), h("span", { class: "heard" }, ` ${claim.id}`)),
    body,
  );
}

function claimRow(claim: Claim, cut: boolean): Child[] {
  return [
    claim.id,
    h("div", {}, clean(claim.claim), more(claim)),
    [
      h("strong", { class: claim.holds === null ? "verdict none" : "verdict" }, verdictWords(claim)),
      claim.why === null ? null : h("div", { class: "small" }, clean(claim.why)),
    ],
    claim.expects === null ? text("claims.blank") : effect(deciding(claim.expects)),
    ...(cut ? [cutWords(claim)] : []),
    knownWords(claim),
  ];
}

function claimsSection(validation: Validation): HTMLElement {
  const { claims, cut } = validation;
  const frame = table(
    text("claims.title"),
    [
      { head: text("claims.id") },
      { head: text("claims.claim") },
      { head: text("claims.model") },
      { head: text("claims.effect"), numeric: true },
      ...(cut ? [{ head: text("claims.cut") }] : []),
      { head: text("claims.known") },
    ],
    claims.map((claim) => claimRow(claim, cut)),
  );
  const rows = stackable(frame);
  return section(
    "claims",
    text("claims.title"),
    h("p", {}, say("claims.lede")),
    filterOver(rows, [
      { label: text("filter.verdict"), values: claims.map(verdictWords) },
      { label: text("filter.known"), values: claims.map(knownWords) },
    ]),
    frame,
  );
}

/* "A1-A9,C3": ids that follow each other as one range. */
function idsOf(claims: Claim[]): string {
  const ranges: [string, string][] = [];
  const next = (id: string): string => `${id.slice(0, 1)}${Number(id.slice(1)) + 1}`;
  for (const { id } of claims) {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && next(last[1]) === id) {
      last[1] = id;
    } else {
      ranges.push([id, id]);
    }
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(",");
}

export function ledgerParts(validation: Validation): Child[] {
  const { couples, seed, cut } = validation;
  return [
    opening(
      text("ledger.title"),
      h("p", { class: "lede" }, say("ledger.opening", { n: whole(validation.claims.length) })),
      h("p", { class: "heed" }, say("ledger.caution")),
    ),
    countsSection(validation),
    claimsSection(validation),
    aboutSection(
      "ledger",
      4,
      `ebb validate --claims ${idsOf(validation.claims)}${cut ? " --ablate" : ""}${couples === null ? "" : ` --couples ${couples}`} --seed ${seed}`,
    ),
  ];
}
