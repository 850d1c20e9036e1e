/**
 * Why the server cannot start, in words for the person who started it. `main` prints the message without a stack and
 * leaves with `exitCode`, which is stable (the numbers are those of sysexits.h).
 */
export const EXIT = { config: 78, dataFolder: 73, unavailable: 69 } as const;

export class StartupProblem extends Error {
  readonly exitCode: number;
  constructor(kind: keyof typeof EXIT, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartupProblem';
    this.exitCode = EXIT[kind];
  }
}
