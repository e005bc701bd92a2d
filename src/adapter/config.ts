import path from 'node:path';
import * as z from 'zod/mini';
import { rights, type Right } from '../domain/rights';
import { SetupError } from './errors';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** How this instance is set up; made by `readConfig` from environment variables. */
export interface Config {
  /** DATABASE_URL: a PostgreSQL of the user's; without it the embedded one is started. Holds a password. */
  readonly databaseUrl: string | undefined;
  /** HOST: where to listen, a loopback name or address. */
  readonly host: string;
  /** PORT: 0 asks the system for a free one. */
  readonly port: number;
  /** LAUNCHBOOK_DATA: absolute folder of the embedded database and the instance record. */
  readonly dataFolder: string;
  /** LAUNCHBOOK_USER: the planner whose name stands in the audit trail. */
  readonly user: string;
  /** LAUNCHBOOK_RIGHTS: what that planner may do beyond reading; `none` for nothing. */
  readonly rights: readonly Right[];
  /** LAUNCHBOOK_LOG: the least level that is logged. */
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const variables = z.object({
  DATABASE_URL: z.optional(z.string().check(z.refine(isPostgresUrl))),
  HOST: z._default(z.string().check(z.refine(isLoopback)), '127.0.0.1'),
  PORT: z._default(
    z.pipe(
      z.string().check(z.regex(/^\d{1,5}$/)),
      z.pipe(z.transform(Number), z.number().check(z.maximum(65_535))),
    ),
    0,
  ),
  LAUNCHBOOK_DATA: z.optional(z.string().check(z.refine((folder) => !folder.includes('\0')))),
  LAUNCHBOOK_USER: z._default(z.string().check(z.regex(/^[^\p{Cc}]{1,60}$/u)), 'planner'),
  LAUNCHBOOK_RIGHTS: z._default(z.pipe(z.transform(listed), z.array(z.enum(rights))), [...rights]),
  LAUNCHBOOK_LOG: z._default(z.enum(LOG_LEVELS), 'info'),
});

type Variable = keyof typeof variables.shape;

/** May hold a password, so its value is never repeated in an error. */
const SECRET: ReadonlySet<Variable> = new Set(['DATABASE_URL']);

/**
 * Reads the configuration. A variable that is empty or blank counts as not set.
 *
 * @param environment usually `process.env`
 * @param defaultDataFolder used when LAUNCHBOOK_DATA is not set; see `defaultDataFolder`
 * @throws SetupError with one problem per wrong variable: `config-<VARIABLE>`, its value in `value` unless it is secret
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  defaultDataFolder: string,
): Config {
  const names = Object.keys(variables.shape) as Variable[]; // keys of an object literal are its type's keys
  const given = Object.fromEntries(
    names.map((name) => [name, environment[name]?.trim() || undefined] as const),
  );
  const result = variables.safeParse(given);
  if (!result.success) {
    const wrong = new Set(result.error.issues.map((issue) => issue.path[0]));
    throw new SetupError(
      names
        .filter((name) => wrong.has(name))
        .map((name) => ({
          code: `config-${name}`,
          params: SECRET.has(name) ? {} : { value: given[name] ?? '' },
        })),
    );
  }
  const { DATABASE_URL, HOST, PORT, LAUNCHBOOK_DATA, LAUNCHBOOK_USER, LAUNCHBOOK_RIGHTS, LAUNCHBOOK_LOG } =
    result.data;
  return {
    databaseUrl: DATABASE_URL,
    host: HOST,
    port: PORT,
    dataFolder: path.resolve(LAUNCHBOOK_DATA ?? defaultDataFolder),
    user: LAUNCHBOOK_USER,
    rights: LAUNCHBOOK_RIGHTS,
    logLevel: LAUNCHBOOK_LOG,
  };
}

/**
 * Where the data is kept when nothing is configured: `.launchbook` in the project folder, so that two checkouts never
 * share a database. For root `/var/lib/launchbook`: PostgreSQL runs as another account then, which may not enter the
 * folders above a project of root's.
 */
export function defaultDataFolder(projectFolder: string): string {
  return process.getuid?.() === 0 ? '/var/lib/launchbook' : path.join(projectFolder, '.launchbook');
}

/** Words with commas or blanks between them. */
function listed(text: unknown): string[] {
  const words = String(text)
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  return words.length === 1 && words[0] === 'none' ? [] : words;
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}

/** The adapter knows no passwords of its own, so only this machine may talk to it. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
