/* SPDX-License-Identifier: MIT
 *
 * The opening: what is told, who the two are, and what all of it rests on.
 */
import { h, type Child } from "../parts/dom.js";
import { say, text } from "../parts/words.js";
import type { View } from "./view.js";

function what(view: View): string {
  const { scenario, model } = view.couple;
  const told = scenario?.text || model.text || model.name;
  return /[.!?]$/.test(told) ? told : `${told}.`;
}

function howMany(view: View): Child {
  const { couples, length, chance } = view.couple;
  return say(
    couples > 1 ? "opening.many" : chance ? "opening.one.chance" : "opening.one",
    { n: String(couples), span: view.span(length), seed: view.couple.seed },
  );
}

function roleWords(view: View): Child {
  const roles = view.roles();
  if (roles === null) {
    return null;
  }
  const [anxious, avoidant] = roles;
  return anxious === avoidant
    ? say("roles.same", { k: view.name(anxious), other: view.name(1 - anxious) })
    : say("roles.two", { anxious: view.name(anxious), avoidant: view.name(avoidant) });
}

/* What the names in some orders stand for, each once. */
function meanings(view: View, orders: string[]): [string, string][] {
  const { inputs, traits, quantities } = view.couple;
  const named = new Map<string, string>(
    [...quantities, ...traits].map(({ name, text: what }) => [name, what]),
  );
  Object.entries(inputs).forEach(([name, what]) => named.set(name, what));
  const words = new Set(orders.join(" ").split(/[^A-Za-z0-9_]+/));
  return [...named].filter(([name, what]) => words.has(name) && what !== "");
}

function orders(view: View): Child {
  const { with: besides } = view.couple;
  return besides === null
    ? null
    : h(
        "div",
        { class: "heed" },
        h("p", {}, say("opening.with")),
        h(
          "ul",
          { class: "orders" },
          besides.orders.map((order) => h("li", {}, h("code", {}, order))),
        ),
        meanings(view, besides.orders).map(([name, what]) =>
          h("p", { class: "small" }, h("code", {}, name), `: ${what}`),
        ),
      );
}

/* An end of the run that a reader must know of before looking at it. */
function endings(view: View): Child[] {
  return view.couple.arms.map((arm, k) => {
    const whose = view.two ? `${view.armTitle(k)}: ` : "";
    if (arm.why !== null) {
      return h("p", { class: "small" }, whose, say("opening.failed", { why: arm.why }));
    }
    const { bands } = arm;
    const lasting = bands?.lasting?.slice(-1)[0];
    return [
      arm.end === null
        ? null
        : h(
            "p",
            { class: "ended" },
            whose,
            say(bands === null ? "opening.ended" : "opening.ended.many", {
              when: view.when(arm.end),
            }),
          ),
      lasting === undefined || lasting === view.couple.couples
        ? null
        : h(
            "p",
            { class: "small" },
            whose,
            say("opening.lasting", {
              n: String(lasting),
              all: String(view.couple.couples),
            }),
          ),
    ];
  });
}

export function opening(view: View): HTMLElement {
  const { model, scenario } = view.couple;
  return h(
    "div",
    { class: "opening" },
    h("p", { class: "eyebrow" }, view.words(model.name)),
    h("h1", {}, scenario ? view.words(scenario.name) : model.text || model.name),
    h("p", { class: "lede" }, what(view), " ", howMany(view)),
    h("p", { class: "roles" }, roleWords(view)),
    h(
      "p",
      { class: "assumed" },
      h("strong", {}, text("assumed.head")),
      " ",
      say(model.params > 0 ? "assumed.words" : "assumed.equations", {
        n: String(model.params),
      }),
    ),
    orders(view),
    endings(view),
  );
}
