import { parseArgs } from 'node:util';
import { SetupProblem } from './report.mjs';

/** `--https` and `--port N` of the commands that start a server, and what else one of them takes. */
export function readOptions(command, args, more = {}) {
  try {
    const { values } = parseArgs({
      args,
      options: { https: { type: 'boolean' }, port: { type: 'string' }, ...more },
    });
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
      throw new Error(`--port ${values.port} is no port; it goes from 1 to 65535`);
    }
    return { values, env: values.port === undefined ? {} : { PORT: values.port } };
  } catch (error) {
    const names = ['--https', '--port N', ...Object.keys(more).map((name) => `--${name}`)];
    throw new SetupProblem(
      `${error.message.split('. ')[0]}. ${command} takes: -- ${names.map((n) => `[${n}]`).join(' ')}`,
    );
  }
}
