/* SPDX-License-Identifier: MIT
 *
 * What holds of the page of each kind of result: its numbers are those of the document.
 */
import { openAll } from "./couple_checks.mjs";
import { check, same } from "./harness.mjs";

const minus = (s) => s.replace("-", "\u2212");
const fixed = (x, n) => minus((Math.abs(x) < 0.5 / 10 ** n ? 0 : x).toFixed(n));
const percent = (x) => `${fixed(100 * x, 1)}\u202f%`;
const digits = (x) => minus(String(Number(x.toPrecision(3))));
const interval = (show, value, low, high) =>
  `${show(value)} [${show(low)}\u00a0to\u00a0${show(high)}]`;
const amount = (show, a) => interval(show, a.value, a.low, a.high);
const partOf = (n, of) => (of === 0 ? "not known" : `${n} (${percent(n / of)})`);

/* The cells of each row of the n-th table of a section. */
function cells(page, section, n = 0) {
  return page.$$eval(
    `#${section} table`,
    (tables, at) =>
      [...(tables[at]?.tBodies[0]?.rows ?? [])].map((row) =>
        [...row.cells].map((cell) => cell.textContent.trim()),
      ),
    n,
  );
}

function sameRows(found, wanted, what) {
  same(JSON.stringify(found), JSON.stringify(wanted), what);
}

/* Each picture of an interval says in words what is to be seen in it. */
async function checkPictures(page, section, count) {
  const labels = await page.$$eval(`#${section} .span-cell svg`, (all) =>
    all.map((svg) => svg.getAttribute("aria-label")),
  );
  same(labels.length, count, `${section}: pictures`);
  check(labels.every(Boolean), `${section}: a picture without words`);
}

/* Where a dot stands in its picture, in percent of the axis. */
function dots(page, section) {
  return page.$$eval(`#${section} .span-dot.found`, (all) =>
    all.map((dot) => Number(dot.getAttribute("x1"))),
  );
}

export async function checkPopulation(page, { groups }) {
  await openAll(page);
  for (const [i, group] of groups.entries()) {
    sameRows(
      (await cells(page, "numbers", i)).map((row) => row[1]),
      group.curve.map((row) => String(row.at_risk)),
      `at risk in group ${i}`,
    );
  }
  const under = await page.$$eval("#survival .under", (all) =>
    all.map((g) => g.querySelector(".tick:not(.under-title)").textContent),
  );
  sameRows(under, groups.map((group) => String(group.couples)), "all are at risk at first");
  await checkKey(page);
}

/* A box that is unticked by keyboard hides its group, and shows it again. */
async function checkKey(page) {
  const shown = () =>
    page.$eval("#survival .trace.line-1:not(.key-svg *)", (e) => getComputedStyle(e).display);
  await page.focus("#survival .keys label:nth-of-type(2) input");
  await page.keyboard.press("Space");
  same(await shown(), "none", "an unticked group");
  await page.keyboard.press("Space");
  check((await shown()) !== "none", "a ticked group");
}

export async function checkTrial(page, { groups }) {
  await openAll(page);
  const there = groups.filter((group) => group.entered > 0);
  const arms = groups[0].arms.slice(1).map((_, k) => k + 1);
  const effects = (when) =>
    arms.flatMap((k) => there.map((group) => group.arms[k][when].effect));
  const told = (e) => (e.low === null ? null : interval((x) => fixed(x, 2), e.mean, e.low, e.high));
  for (const [n, when] of ["end", "follow"].entries()) {
    const found = (await cells(page, "effects", n)).map((row) => row[1]);
    same(found.length, effects(when).length, `${when}: rows of the forest plot`);
    effects(when).forEach((e, i) => told(e) && same(found[i], told(e), `${when}: effect ${i}`));
    for (const [g, group] of there.entries()) {
      const rows = await cells(page, "arms", 2 * g + n);
      same(rows.length, group.arms.length, `${when}: arms of group ${g}`);
      group.arms.forEach((arm, k) => {
        const drops = arm.dropped !== null ? [partOf(group.entered - arm.dropped, group.entered)] : [];
        const visit = arm[when];
        const wanted = [
          String(group.entered),
          ...drops,
          ...["together", "improved", "worse", "recovered"].map((w) => partOf(visit[w], group.entered)),
          ...(n === 0 ? [] : [partOf(arm.end.improved - visit.kept, arm.end.improved)]),
        ];
        sameRows(rows[k].slice(1, -1), wanted, `${when}: arm ${k} of group ${g}`);
      });
    }
  }
  const all = [...effects("end"), ...effects("follow")].filter((e) => e.low !== null);
  await checkPictures(page, "effects", all.length);
  const places = await dots(page, "effects");
  all.forEach((a, i) => {
    const b = all[i - 1];
    check(!b || Math.sign(a.mean - b.mean) * Math.sign(places[i] - places[i - 1]) >= 0, `dot ${i}`);
  });
}

export async function checkPair(page, { at, curve, compared }) {
  await openAll(page);
  const kinds = [
    ...at.types.map((t) => [amount(percent, t.share), percent(t.norm)]),
    [amount(percent, at.either), percent(at.either_norm)],
  ];
  sameRows((await cells(page, "kinds")).map((row) => [row[1], row[3]]), kinds, "kinds");
  sameRows(
    (await cells(page, "numbers")).map((row) => row.slice(2)),
    curve.map((p) => [amount(percent, p.either), percent(p.either_shuffled), percent(p.either_norm)]),
    "the curve",
  );
  sameRows(
    (await cells(page, "mechanisms")).map((row) => row[1]),
    compared.map((row) => amount(percent, row.at.either)),
    "mechanisms",
  );
  const names = (await cells(page, "mechanisms")).map((row) => row[0]);
  same(new Set(names).size, names.length, `names of markets: ${names}`);
  check(names.includes("without calm") && names.includes("only calm"), `markets: ${names}`);
  await checkPictures(page, "mechanisms", compared.length);
  const [low, high] = await page.$eval("#curve .since", (e) => [e.getAttribute("x1"), e.getAttribute("x2")]);
  check(low === high && Number(low) > 0, `the cut is marked at ${low}`);
}

/* The search and the choices leave the rows that they should, by keyboard. */
async function checkFilter(page, section, word, wanted, select, choice, chosen) {
  const shown = () => page.$$eval(`#${section} tbody tr:not([hidden])`, (all) => all.length);
  const all = await shown();
  await page.focus(`#${section} .filter input`);
  await page.keyboard.type(word);
  same(await shown(), wanted, `rows with "${word}"`);
  for (const _ of word) {
    await page.keyboard.press("Backspace");
  }
  await page.keyboard.press("Tab");
  const reached = await page.evaluate(() => document.activeElement.tagName);
  same(reached, "SELECT", "the key behind the search");
  await page.select(`#${section} .filter div:nth-of-type(${select}) select`, choice);
  same(await shown(), chosen, `rows with the verdict ${choice}`);
  await page.select(`#${section} .filter div:nth-of-type(${select}) select`, "");
  same(await shown(), all, "all rows again");
}

export async function checkLedger(page, { claims }) {
  const wanted = claims.map((claim) => {
    const x = claim.expects?.find((f) => !f.holds) ?? claim.expects?.[0];
    const effect =
      x === undefined
        ? "\u2013"
        : x.interval === "exact"
          ? digits(x.difference)
          : interval(digits, x.difference, x.low, x.high);
    const verdict = claim.holds === null ? "no check" : claim.construction ? "by construction" : claim.holds ? "holds" : "does not hold";
    return [claim.id, `${verdict}${claim.why ?? ""}`, effect];
  });
  const found = (await cells(page, "claims")).map((row) => [row[0], row[2], row[3]]);
  sameRows(found, wanted, "claims");
  const command = await page.$eval("#about code", (e) => e.textContent);
  check(command.includes(`--claims ${claims[0].id}-${claims.at(-1).id} `), `again: ${command}`);
  const counts = await cells(page, "counts");
  same(counts[counts.length - 1].at(-1), String(claims.length), "how many in all");
  const holding = claims.filter((claim) => claim.holds && !claim.construction).length;
  same(counts.find((row) => row[0] === "holds").at(-1), String(holding), "how many hold");
  const word = "alarm";
  const texts = await page.$$eval("#claims tbody tr", (all) => all.map((row) => row.textContent.toLowerCase()));
  await checkFilter(page, "claims", word, texts.filter((t) => t.includes(word)).length, 2, "holds", holding);
  await openAll(page);
  const items = await page.$$eval("#claims .at-length code", (all) => all.length);
  const expects = claims.flatMap((claim) => [...(claim.expects ?? []), ...(claim.expects_cut ?? [])]);
  same(items, expects.length, "expectations");
}

export async function checkFigures(page, { figures }) {
  const rows = await cells(page, "figures");
  const wanted = figures.map(({ model }) =>
    model.value === null ? "\u2013" : interval(digits, model.value, model.low, model.high),
  );
  sameRows(rows.map((row) => row[2]), wanted, "figures");
  figures.forEach(({ why }, i) => check(rows[i][4].includes(why ?? ""), `figure ${i}: why`));
  const drawn = figures.filter(({ model }) => model.value !== null);
  await checkPictures(page, "figures", drawn.length);
  const none = figures.length - drawn.length;
  await checkFilter(page, "figures", "hazard", 1, 2, "models cannot say", none);
}

/* A table for each kind of number; each draw's line stands at its place on the axis. */
export async function checkSampled(page, { numbers }) {
  const kinds = [...new Set(numbers.map((row) => row.number))];
  const tables = kinds.map((kind) => numbers.filter((row) => row.number === kind));
  for (const [n, rows] of tables.entries()) {
    const show = rows[0].unit === "share" ? percent : (x) => fixed(x, 2);
    const told = ({ value, low, high }) =>
      value === null ? "not known" : interval(show, value, low, high);
    sameRows((await cells(page, "numbers", n)).map((row) => row[1]), rows.map(told), kinds[n]);
  }
  const drawn = tables.flat().filter((row) => row.draws.some((x) => x !== null));
  await checkPictures(page, "numbers", drawn.length);
  const places = await page.$$eval("#numbers .span-cell", (all) =>
    all.map((e) => [...e.querySelectorAll(".span-stroke")].map((x) => Number(x.getAttribute("x1")))),
  );
  drawn.forEach(({ draws, unit }, i) => {
    const known = draws.filter((x) => x !== null);
    same(places[i].length, known.length, `draws of row ${i}`);
    known.forEach((x, k) => {
      const [from, to] = [x - known[0], places[i][k] - places[i][0]];
      check(from * to >= 0, `draw ${k} of row ${i} beside its first`);
      check(unit !== "share" || Math.abs(106 * places[i][k] - 100 * (100 * x + 3)) < 1e-3, `draw ${k} of row ${i}`);
    });
  });
}

/* On paper nothing that can be worked: no controls, no folds that are shut. */
export async function checkPaper(page, name) {
  await page.emulateMediaType("print");
  const controls = await page.$$eval("button, input, select, details:not([open]) > summary", (all) =>
    all.filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 60)),
  );
  same(controls.join("; "), "", `${name}: controls on paper`);
  await page.emulateMediaType(null);
}
