import { spawn } from 'node:child_process';

/**
 * Runs a program to its end without a shell and collects what it says.
 * `echo: true` also shows the output while it runs.
 */
export function runCommand(file, args, { cwd, env = process.env, echo = false, shell = false, timeout = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, shell, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (stream, target) => {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
        if (echo) target.write(text);
      });
    };
    collect(child.stdout, process.stdout);
    collect(child.stderr, process.stderr);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}
