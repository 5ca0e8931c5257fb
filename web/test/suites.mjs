/* SPDX-License-Identifier: MIT
 *
 * Runs suites of tests one after the other and says how each went.
 */
async function runOne(name, test, context) {
  const begin = performance.now();
  try {
    await test(context);
    console.log(`ok      ${name} (${Math.round(performance.now() - begin)} ms)`);
    return true;
  } catch (error) {
    console.log(`FAILED  ${name}\n        ${error.stack ?? error}`);
    return false;
  }
}

/** Runs the tests whose name holds `word`, all where it is undefined; what the process
 * is to exit with. */
export async function runSuites(suites, word, context) {
  const counts = { passed: 0, failed: 0 };
  for (const [name, test] of suites.flatMap((suite) => Object.entries(suite.tests))) {
    if (word === undefined || name.includes(word)) {
      counts[(await runOne(name, test, context)) ? "passed" : "failed"] += 1;
    }
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}
