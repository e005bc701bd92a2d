import type { PaperKind, PaperOrder } from '../../domain/papers/paper';
import { quantityText, type Quantity } from '../../domain/quantity';
import type { Duration } from '../../domain/refresh/master-data';
import { formatsFor, type Formats } from '../../language/formats';
import type { Texts } from '../texts';

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
  const { text } = texts;
  const number = (value: Quantity) => formats.quantity(quantityText(value));
  return {
    ...texts,
    ...{ printing, formats, number },
    hours: (value) => number(value.toDecimalPlaces(2)),
    duration: ({ time, unit }) =>
      time.isZero() ? '–' : text(`paper.unit.${unit}`, { time: number(time.toDecimalPlaces(4)) }),
    moment: (at) => formats.moment(at),
    stateOf: ({ state }) => text(`state.${state}`),
    titleOf: (kind) => text(`paper.${kind}`),
  };
}
