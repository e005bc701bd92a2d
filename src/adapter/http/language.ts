import type { FastifyRequest } from 'fastify';
import { languageOf } from '../../language/text';
import { textsIn, type Texts } from '../texts';

/** The texts in the language the caller prefers (Accept-Language), English when none of ours is wanted. */
export function textsFor(request: FastifyRequest): Texts {
  return textsIn(languageOf(preferred(request.headers['accept-language'] ?? '')));
}

/** The tags of an Accept-Language header, most wanted first. Source: RFC 9110, 12.5.4. */
export function preferred(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
