import { Health } from '../../contract/plant';
import { connect, type Fetch } from './connection';

const PATIENCE_MS = 8000;

/** How long the order book there takes to say that it runs, and its version; null when none answers. */
export async function healthOf(
  fetch?: Fetch,
): Promise<{ readonly milliseconds: number; readonly version: string } | null> {
  const begun = performance.now();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const send = connect(() => ({ baseUrl: '', language: 'en', company: null }), fetch);
    const { version } = await send('/api/health', Health, { signal: patience.signal });
    return { milliseconds: Math.round(performance.now() - begun), version };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
