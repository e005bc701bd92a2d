import type { FastifyRequest } from 'fastify';
import type { FastifySchemaValidationError } from 'fastify';
import type { Problem } from '../../contract/problem';
import { catalogues, type TextKey } from '../../language/text';
import type { Text } from '../texts';

/** More would help nobody, and a body can hold 50,000 of them. */
const MOST_ERRORS = 100;

interface ValidationError {
  readonly validation: readonly FastifySchemaValidationError[];
  readonly validationContext?: string | undefined;
}

/** What zod says of an issue beside its code; which of these are there depends on the code. */
interface IssueParams {
  readonly origin: string;
  readonly expected: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly values: readonly string[];
  readonly keys: readonly string[];
}

/** What is wrong where, in the caller's language: paths as the caller wrote them, `orders.3.key`. */
export function fieldErrors(
  { validation, validationContext }: ValidationError,
  request: FastifyRequest,
  text: Text,
): NonNullable<Problem['errors']> {
  const given = validationContext === 'querystring' ? request.query : request.body;
  return validation.slice(0, MOST_ERRORS).flatMap((issue) => {
    const steps = issue.instancePath.split('/').filter((step) => step !== '');
    if (issue.keyword === 'unrecognized_keys') return unknownFields(issue, steps, text);
    const missing = steps.length > 0 && valueAt(given, steps) === undefined;
    const path = steps.join('.') || 'body';
    return [{ path, message: missing ? text('problem.field.missing') : messageOf(issue, text) }];
  });
}

/** Fields that mean nothing here: a misspelt criterion would restrict nothing, and the answer look right. */
function unknownFields({ params }: FastifySchemaValidationError, steps: readonly string[], text: Text) {
  const { keys } = params as unknown as IssueParams;
  return keys.slice(0, MOST_ERRORS).map((key) => ({
    path: [...steps, key].join('.'),
    message: text('problem.field.unknown'),
  }));
}

function messageOf({ keyword, message, params }: FastifySchemaValidationError, text: Text): string {
  // The validator hands over what zod said; fastify's own type for it knows nothing of its shape.
  const { origin, minimum, maximum, expected, values } = params as unknown as IssueParams;
  const limits = { minimum: String(minimum), maximum: String(maximum) };
  switch (keyword) {
    case 'custom':
      return text(knownKey(`problem.field.${message ?? ''}`));
    case 'invalid_type':
      return text(knownKey(`problem.field.type.${expected}`));
    case 'invalid_value':
      return text('problem.field.oneOf', { values: values.join(', ') });
    case 'too_small':
      return text(knownKey(`problem.field.tooSmall.${origin}`), limits);
    case 'too_big':
      return text(knownKey(`problem.field.tooBig.${origin}`), limits);
    default:
      return text('problem.field.invalid');
  }
}

function valueAt(given: unknown, steps: readonly string[]): unknown {
  let value = given;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    // Read-only walk along a path the validator found in this very value.
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

/** A key composed of what the validator said, or the general text where there is no special one. */
function knownKey(key: string): TextKey {
  // Being in the reference catalogue is what makes a text a key.
  return key in catalogues.en ? (key as TextKey) : 'problem.field.invalid';
}
