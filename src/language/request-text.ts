import type { TextKey } from './text';

/** What a warehouse is asked for, in words: a pick is always of materials, a put-away says of what. */
export function requestText(request: {
  readonly kind: 'pick' | 'putAway';
  readonly source: 'materials' | 'output';
}): TextKey {
  return request.kind === 'pick' ? 'request.pick' : `request.putAway.${request.source}`;
}
