import { Health } from '../../contract/plant';
import { connect, type Fetch } from './connection';

const PATIENCE_MS = 8000;

/** The origin of a web address, empty for none given, null for anything else. */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return '';
  if (!URL.canParse(text)) return null;
  const { protocol, origin } = new URL(text);
  return /^https?:$/.test(protocol) ? origin : null;
}

/** How long the order book there takes to say that it runs, and its version; null when none answers, or not to pages from here. */
export async function healthOf(
  origin: string,
  fetch?: Fetch,
): Promise<{ readonly milliseconds: number; readonly version: string } | null> {
  const begun = performance.now();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const send = connect(() => ({ baseUrl: origin, language: 'en', company: null }), fetch);
    const { version } = await send('/api/health', Health, { signal: patience.signal });
    return { milliseconds: Math.round(performance.now() - begun), version };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
