import { spawn } from 'node:child_process';
import type { Account } from './account';

export interface ProgramResult {
  /** Exit code; null when a signal ended the program. */
  readonly code: number | null;
  /** What it printed, unless it printed to a file of the caller. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly account: Account | undefined;
  readonly folder: string;
  /** An open file that takes the output; without it the output is returned. */
  readonly outputFile?: number;
}

/**
 * Runs a PostgreSQL program to its end, as `account` when there is one, in a process group of its own so that
 * Ctrl-C in the terminal does not reach it.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { account, folder, outputFile }: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const sink = outputFile ?? 'pipe';
    const child = spawn(program, args, {
      cwd: folder,
      env: programEnvironment(),
      stdio: ['ignore', sink, sink],
      detached: true,
      windowsHide: true,
      ...account,
    });
    let output = '';
    const collect = (text: Buffer): void => {
      output += text.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    const end = (code: number | null): void => resolve({ code, output });
    // A server started by the program may inherit the file: then the end of the program counts, not that of its output.
    if (outputFile === undefined) child.on('close', end);
    else child.on('exit', end);
  });
}

/** The planner's own PG* variables are meant for other servers; a fixed locale keeps macOS from adding threads. */
function programEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!/^(PG|LC_|LANG)/.test(name)) environment[name] = value;
  }
  environment['LC_ALL'] = 'C';
  return environment;
}
