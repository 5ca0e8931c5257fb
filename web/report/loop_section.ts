/* SPDX-License-Identifier: MIT
 *
 * The middle of the page: what the messages say about the loop. Both arms of a direction
 * always stand side by side, each with its number, its interval and equal room.
 */
import {
  otherOf,
  outcomeOf,
  type Direction,
  type Estimate,
  type Person,
} from "../parts/document.js";
import { h, type Child } from "../parts/dom.js";
import { defined, section } from "../parts/frame.js";
import { loopPicture, type Arrow } from "../parts/loop_picture.js";
import {
  interval,
  measuredText,
  pace,
  paceInWords,
  percent,
  ratio,
} from "../parts/numbers.js";
import { ratioScale, reachFor } from "../parts/scale.js";
import { has, say, text } from "../parts/words.js";
import { cannotTellBody, speaksAgainst } from "./cannot_tell.js";
import type { View } from "./view.js";

export type Arm = "pursuit" | "withdrawal";

/** Whether an arm of a direction is claimed. */
export function stands(direction: Direction, arm: Arm): boolean {
  return direction.verdict === "loop" || direction.verdict === `${arm}_only`;
}

export function armEstimate(direction: Direction, arm: Arm): Estimate | null {
  return arm === "pursuit" ? direction.main.pursuit_ratio : direction.main.reply_ratio;
}

type ArmState = "missing" | "claimed" | "leaning" | "away" | "wide";

/** What can be said of an arm: claimed; nothing known; leaning one way but unclaimed; the
 * other way round than a loop needs; too wide to call. */
function armState(direction: Direction, arm: Arm): ArmState {
  const found = armEstimate(direction, arm);
  if (found === null) {
    return "missing";
  }
  if (stands(direction, arm)) {
    return "claimed";
  }
  const [towards, away] =
    arm === "pursuit"
      ? [found.low > 1, found.high < 1]
      : [found.high < 1, found.low > 1];
  return towards ? "leaning" : away ? "away" : "wide";
}

const ARMS: Arm[] = ["pursuit", "withdrawal"];

/** The arms of a direction that lie the other way round than a loop needs: no record of
 * any length would make them one. */
export function awayArms(direction: Direction): Arm[] {
  return ARMS.filter((arm) => armState(direction, arm) === "away");
}

/* That a loop this way does not show, one sentence for each arm that says so. */
function apartWords(view: View, direction: Direction): Child[] {
  return awayArms(direction).map((arm) =>
    view.voice.arm(`arm.${arm}.apart`, direction.pursuer),
  );
}

/** The sentence for one arm, with its number and interval. */
export function armSentence(view: View, direction: Direction, arm: Arm): Child {
  const found = armEstimate(direction, arm);
  const key = `arm.${arm}.${armState(direction, arm)}`;
  if (found === null) {
    return view.voice.arm(key, direction.pursuer);
  }
  return view.voice.arm(key, direction.pursuer, {
    p: h("strong", { class: "value" }, pace(found.value)),
    i: interval(found),
    low: ratio(found.low),
    high: ratio(found.high),
  });
}

function armCard(view: View, direction: Direction, arm: Arm): HTMLElement {
  const actor: Person =
    arm === "pursuit" ? direction.pursuer : otherOf(direction.pursuer);
  const found = armEstimate(direction, arm);
  return h(
    "div",
    { class: `arm card-${actor}` },
    h(
      "h3",
      {},
      view.voice.arm(
        `arm.${arm}.${stands(direction, arm) ? "head" : "ask"}`,
        direction.pursuer,
      ),
    ),
    h("p", {}, armSentence(view, direction, arm)),
    ratioScale(
      found,
      actor,
      reachFor([direction.main.pursuit_ratio, direction.main.reply_ratio]),
      view.voice.armText(`arm.${arm}.label`, direction.pursuer, {
        n: measuredText(found),
      }),
    ),
    defined(`define.${arm}`),
  );
}

/** Both arms side by side. */
export function armPair(view: View, direction: Direction): HTMLElement {
  return h(
    "div",
    { class: "pair arms" },
    armCard(view, direction, "pursuit"),
    armCard(view, direction, "withdrawal"),
  );
}

function rangeText(
  key: string,
  found: Estimate,
  show: (x: number) => string,
): string {
  return text(key, { low: show(found.low), high: show(found.high) });
}

/* The number beside an arrow. That of writing again is the most that a silence does. */
function arrowNumber(found: Estimate, arm: Arm): string {
  return arm === "pursuit"
    ? text("loop.pace.most", { n: ratio(found.value) })
    : (paceInWords(found.value) ?? text("loop.pace", { n: ratio(found.value) }));
}

function arrow(view: View, direction: Direction, arm: Arm): Arrow {
  const found = armEstimate(direction, arm);
  const isClaimed = stands(direction, arm);
  return {
    words: view.voice.armShort(
      `arm.${arm}.${isClaimed ? "short" : "short_open"}`,
      direction.pursuer,
    ),
    number: isClaimed && found !== null ? arrowNumber(found, arm) : "?",
    range:
      isClaimed && found !== null ? rangeText("loop.range.times", found, ratio) : "",
    stands: isClaimed,
  };
}

export function drawing(view: View, direction: Direction): SVGElement[] {
  const share = direction.verdict === "loop" ? direction.main.loop_share : null;
  return loopPicture({
    names: [view.voice.short(0), view.voice.short(1)],
    pursuer: direction.pursuer,
    reach: arrow(view, direction, "pursuit"),
    retreat: arrow(view, direction, "withdrawal"),
    middle:
      share === null
        ? null
        : [percent(share.value), rangeText("loop.range", share, percent), text("loop.middle")],
    label: view.voice.armText(`loop.label.${direction.verdict}`, direction.pursuer),
  });
}

/** The loop share in plain words. */
export function shareWords(view: View, direction: Direction): Child {
  const share = direction.main.loop_share;
  if (direction.verdict !== "loop" || share === null) {
    return null;
  }
  return view.voice.arm("loop.share", direction.pursuer, {
    n: h("strong", { class: "value" }, String(Math.round(100 * share.value))),
    i: interval(share, (x) => String(Math.round(100 * x))),
  });
}

/* The reasons in words. "Not seen" goes without saying where an arm is known too roughly;
 * of an arm that lies the other way that is said, and nothing else. */
function reasonWords(direction: Direction): Child[] {
  const away = awayArms(direction);
  const reasons = direction.reasons.filter(
    (reason) => !away.some((arm) => reason.startsWith(`${arm}_`)),
  );
  const said = reasons.filter(
    (reason) =>
      !reasons.includes(reason.replace(/_not_seen$/, "_wide")) ||
      !reason.endsWith("_not_seen"),
  );
  return said.map((reason) =>
    has(`reasons.${reason}`) ? say(`reasons.${reason}`) : reason,
  );
}

/** Why no loop is claimed in a direction. */
export function whyNot(view: View, direction: Direction): Child[] {
  return [...apartWords(view, direction), ...reasonWords(direction)];
}

function claimedDirection(view: View, direction: Direction): HTMLElement {
  const share = shareWords(view, direction);
  return h(
    "div",
    { class: "direction" },
    h(
      "p",
      { class: "lede" },
      view.voice.arm(`loop.lede.${direction.verdict}`, direction.pursuer),
    ),
    h(
      "figure",
      { class: "picture loop-figure" },
      drawing(view, direction),
      h("figcaption", {}, say("loop.range.note")),
    ),
    armPair(view, direction),
    share === null
      ? null
      : h("div", { class: "share" }, h("p", {}, share), defined("define.loop_share")),
    direction.verdict === "loop"
      ? null
      : h(
          "div",
          { class: "why-not" },
          h("h3", {}, text("loop.why_not")),
          h(
            "ul",
            {},
            whyNot(view, direction).map((words) => h("li", {}, words)),
          ),
        ),
  );
}

/* Reasons that the two sentences on the arms do not tell already. */
function furtherReasons(direction: Direction): Child[] {
  const further = direction.reasons.filter(
    (reason) => !/_(wide|not_seen)$/.test(reason),
  );
  return reasonWords({ ...direction, reasons: further });
}

/* The direction that carries less, told shortly but with both its arms. */
function otherDirection(view: View, direction: Direction): HTMLElement {
  const further = furtherReasons(direction);
  const apart = apartWords(view, direction);
  return h(
    "div",
    { class: "direction minor" },
    h("h3", {}, text("loop.other_way")),
    apart.length > 0
      ? apart.map((words) => h("p", {}, words))
      : h("p", {}, view.voice.arm("loop.other_way.words", direction.pursuer)),
    h("ul", {}, [
      h("li", {}, armSentence(view, direction, "pursuit")),
      h("li", {}, armSentence(view, direction, "withdrawal")),
      further.map((words) => h("li", {}, words)),
    ]),
  );
}

const STRENGTH = { loop: 2, withdrawal_only: 1, pursuit_only: 1, cannot_tell: 0 };

/** The two directions, the one that carries more first. */
export function inOrder(view: View): [Direction, Direction] {
  const [a, b] = view.report.directions;
  return STRENGTH[b.verdict] > STRENGTH[a.verdict] ? [b, a] : [a, b];
}

export function headline(view: View): string {
  const outcome = outcomeOf(view.report);
  if (outcome === "loop") {
    return view.report.verdict.every((v) => v === "loop")
      ? "loop.title.both"
      : "loop.title.one";
  }
  if (outcome === "arm") {
    return "loop.title.arm";
  }
  return speaksAgainst(view.report) ? "loop.title.against" : "loop.title.cannot";
}

export function loopSection(view: View): HTMLElement {
  const title = headline(view);
  if (outcomeOf(view.report) === "cannot_tell") {
    return section("loop", text(title), cannotTellBody(view));
  }
  const directions = inOrder(view);
  return section(
    "loop",
    text(title),
    title === "loop.title.both"
      ? h("p", { class: "lede" }, say("loop.lede.both"))
      : null,
    directions.map((d) =>
      d.verdict === "cannot_tell" ? otherDirection(view, d) : claimedDirection(view, d),
    ),
    outcomeOf(view.report) === "loop"
      ? h("p", { class: "aside" }, say("loop.no_start"))
      : null,
  );
}
