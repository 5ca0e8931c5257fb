/* SPDX-License-Identifier: MIT
 *
 * What this rests on, and what it cannot say.
 */
import { h, type Child } from "../parts/dom.js";
import { folded, section } from "../parts/frame.js";
import { table } from "../parts/table.js";
import { say, text } from "../parts/words.js";
import type { Expect } from "./document.js";
import { figure, type View } from "./view.js";

const LIMITS = ["forecast", "people", "numbers", "chance"];

function traitTable(view: View): Child {
  const { traits, persons } = view.couple;
  const names = [...new Set(traits.map((t) => t.name))];
  if (names.length === 0) {
    return null;
  }
  return table(
    text("traits.table"),
    [
      { head: text("traits.trait") },
      ...persons.map((_, k) => ({ head: view.name(k), numeric: true })),
    ],
    names.map((name) => [
      `${view.words(name)}: ${traits.find((t) => t.name === name)?.text ?? ""}`.replace(
        /: $/,
        "",
      ),
      ...persons.map((_, k) => {
        const own = traits.find((t) => t.name === name && (t.person === k || t.person < 0));
        return own === undefined ? "–" : figure(own.value);
      }),
    ]),
  );
}

/* What chance does here, by name. */
function chanceWords(view: View): Child {
  const events = Object.entries(view.couple.events);
  if (!view.couple.chance || events.length === 0) {
    return null;
  }
  return [
    h("p", {}, say("about.events")),
    h(
      "ul",
      { class: "limits" },
      events.map(([name, what]) =>
        h("li", {}, h("strong", {}, view.words(name)), what === "" ? null : `: ${what}`),
      ),
    ),
  ];
}

function expectItem(view: View, expect: Expect): HTMLElement {
  const many = view.couple.couples > 1;
  return h(
    "li",
    {},
    h("strong", {}, text(expect.holds ? "expect.held" : "expect.broken")),
    " ",
    expect.text || h("code", {}, expect.code),
    many
      ? ` (${text("expect.share", {
          kept: String(expect.kept),
          all: String(expect.kept + expect.broken),
          share: figure(100 * expect.share),
        })})`
      : "",
  );
}

function expects(view: View): Child {
  return view.couple.arms.map((arm, k) =>
    arm.expect.length === 0
      ? null
      : [
          h(
            "h3",
            {},
            text("expect.title"),
            view.two ? `, ${view.armTitle(k).toLowerCase()}` : "",
          ),
          h(
            "ul",
            {},
            arm.expect.map((e) => expectItem(view, e)),
          ),
        ],
  );
}

export function aboutSection(view: View): HTMLElement {
  const { model, method, seed } = view.couple;
  return section(
    "about",
    text("about.title"),
    h("p", { class: "lede" }, say("about.lede")),
    h(
      "ul",
      { class: "limits" },
      LIMITS.map((key) => h("li", {}, say(`about.${key}`))),
    ),
    expects(view),
    folded(text("about.made"), () => [
      h(
        "p",
        {},
        say("about.run", {
          model: model.name,
          method,
          seed,
          span: view.span(view.couple.length),
        }),
      ),
      model.source ? h("p", {}, say("about.source", { source: model.source })) : null,
      traitTable(view),
      chanceWords(view),
    ]),
    h("p", { class: "heed" }, say("notice.fear"), " ", say("help.now")),
  );
}
