/** Dispatches to the commands, and turns what they throw into words and an exit status. */
import { inspect } from './inspect.ts';
import { keygen } from './keygen.ts';
import { CannotCheck, exitCodes, Usage } from './outcome.ts';
import { verify } from './verify.ts';
import { verifyProof } from './verify-proof.ts';
import { witness } from './witness.ts';

const commands: Record<string, { readonly usage: string; readonly run: (args: string[]) => Promise<number> }> = {
  verify: {
    usage: `verify <url or folder> [--state <file>] [--key <verifier>]… [--origin <name>]
         [--token <token>] [--entries <folder or url>] [--witness <verifier>]… [--json]
    Reads the whole log, recomputes its root and compares it with what the log signed and, with
    --state, with what was seen the last time (the file is written when all is well). --token (or
    TLOG_TOKEN) asks the server for the entries too; --entries takes them from elsewhere.`,
    run: verify,
  },
  'verify-proof': {
    usage: `verify-proof <file.tlog-proof> --key <verifier>… [--origin <name>] [--entry <file>]
         [--witness <verifier>]… [--quorum <n>] [--json]
    Shows, without a network, that an entry is in the log.`,
    run: verifyProof,
  },
  witness: {
    usage: `witness --key <file> --log <verifier>… --state <folder> [--host 127.0.0.1] [--port 8380]
    Cosigns checkpoints that extend what it saw before (c2sp.org/tlog-witness).`,
    run: witness,
  },
  inspect: {
    usage: `inspect <file, folder or url> [--json]
    Shows a checkpoint or a receipt in words; checks no signature.`,
    run: inspect,
  },
  keygen: {
    usage: `keygen <name> <file> [--witness]
    Writes a new secret key into the file and prints its public half.`,
    run: keygen,
  },
};

/** `args` as behind the program's name. Prints, and gives the exit status. */
export async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || args.includes('--help')) {
    const asked = ['', 'help', '--help', '-h'].includes(name) || command !== undefined;
    (asked ? console.log : console.error)(help(command?.usage));
    return asked ? 0 : exitCodes.usage;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof Usage || isUnknownOption(error)) {
      console.error(`${(error as Error).message}\n\n${help(command.usage)}`);
      return exitCodes.usage;
    }
    if (!(error instanceof CannotCheck)) throw error;
    console.error(`Could not be checked: ${error.message}`);
    return exitCodes.unchecked;
  }
}

function isUnknownOption(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function help(usage?: string): string {
  const usages = usage === undefined ? Object.values(commands).map((command) => command.usage) : [usage];
  const codes = Object.entries(exitCodes).map(([what, code]) => `${code} ${what}`);
  return `${usages.map((text) => `virgil-tlog ${text}`).join('\n\n')}\n\nExit status: ${codes.join(', ')}.`;
}
