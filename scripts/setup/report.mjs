/** A failure that the person at the terminal can do something about: shown as its message alone, without a stack. */
export class SetupProblem extends Error {}

/** One line on standard error, so that what a command prints on standard output stays its own. */
export function say(line) {
  process.stderr.write(`virgil: ${line}\n`);
}

/** Announces a step that takes seconds, and says how long it took. */
export async function slowStep(what, work) {
  say(`${what} …`);
  const startedAt = performance.now();
  const result = await work();
  say(`${what}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return result;
}

/** Runs a script's main function: a foreseen problem becomes its message and exit code 1, anything else its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof SetupProblem) say(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
