import type { PaperKind, PaperOrder } from '../../domain/papers/paper';
import { quantityText, type Quantity } from '../../domain/quantity';
import type { Duration } from '../../domain/refresh/master-data';
import { formatsFor, type Formats } from '../../language/formats';
import type { TextKey } from '../../language/text';
import type { Text, Texts } from '../texts';

/** Who prints, for whom, when: what every page says. */
export interface Printing {
  readonly company: string;
  readonly timeZone: string;
  readonly user: string;
  /** In UTC. */
  readonly at: string;
}

/** The texts of a paper in the reader's language, values in the reader's form, times by the plant's clock. */
export interface PaperWords extends Texts {
  readonly printing: Printing;
  readonly formats: Formats;
  readonly number: (value: Quantity) => string;
  readonly hours: (value: Quantity) => string;
  readonly duration: (value: Duration) => string;
  readonly moment: (at: string) => string;
  readonly stateOf: (order: PaperOrder) => string;
  readonly titleOf: (kind: PaperKind) => string;
}

export function paperWords(texts: Texts, printing: Printing): PaperWords {
  const formats = formatsFor(texts.language, texts.language, printing.timeZone);
  const text = rememberingLabels(texts.text);
  const number = (value: Quantity) => formats.quantity(quantityText(value));
  return {
    ...{ language: texts.language, text, printing, formats, number },
    hours: (value) => number(value.toDecimalPlaces(2)),
    duration: ({ time, unit }) =>
      time.isZero() ? '–' : text(`paper.unit.${unit}`, { time: number(time.toDecimalPlaces(4)) }),
    moment: remembering(formats.moment),
    stateOf: ({ state }) => text(`state.${state}`),
    titleOf: (kind) => text(`paper.${kind}`),
  };
}

/** A page says the same labels as the page before it. */
function rememberingLabels(text: Text): Text {
  const label = remembering((key: TextKey) => text(key));
  return (key, params) => (params === undefined ? label(key) : text(key, params));
}

/** Values of one order stand on all its pages; those of others come once, so few are kept. */
function remembering<K extends string>(of: (key: K) => string): (key: K) => string {
  const known = new Map<K, string>();
  return (key) => {
    const value = known.get(key) ?? of(key);
    if (known.size > 500) known.clear();
    known.set(key, value);
    return value;
  };
}
