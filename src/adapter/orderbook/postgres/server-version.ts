import { type Pool } from 'pg';
import { SetupError } from '../../errors';

/** The oldest PostgreSQL whose SQL the order book speaks. */
const OLDEST_MAJOR = 15;

/**
 * Refuses a server that is too old. Also the first use of a configured server, so an address that does not work is
 * told here.
 */
export async function assertServerVersion(pool: Pool): Promise<void> {
  const { rows } = await pool
    .query<{ number: string; version: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
    )
    .catch((cause: unknown) => {
      throw SetupError.of(
        'database-unreachable',
        { detail: cause instanceof Error ? describe(cause) : String(cause) },
        { cause },
      );
    });
  const { number = '0', version = '' } = rows[0] ?? {};
  if (Math.floor(Number(number) / 10_000) < OLDEST_MAJOR) {
    throw SetupError.of('server-too-old', { version, oldest: OLDEST_MAJOR });
  }
}

/** Node tries every address of a host and reports an AggregateError without a message of its own. */
function describe(error: Error): string {
  if (error instanceof AggregateError) {
    return error.errors
      .map((each: unknown) => (each instanceof Error ? each.message : String(each)))
      .join(', ');
  }
  return error.message;
}
