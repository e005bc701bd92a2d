import { type Area, formatArea, quoteSheetName } from '../../engine/area';
import type { Sheet } from '../../engine/workbook';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable } from './context';
import { RangeObject } from './range';
import { WorksheetObject } from './worksheet';

/** Several areas of one sheet. */
export class RangeAreasObject extends RemoteObject {
  readonly className = 'RangeAreas';

  constructor(
    private readonly context: ExcelContext,
    readonly sheet: Sheet,
    readonly parts: readonly Area[],
  ) {
    super();
  }

  get address(): string {
    const sheet = quoteSheetName(this.sheet.name);
    return this.parts.map((part) => `${sheet}!${formatArea(part)}`).join(',');
  }

  get addressLocal(): string {
    return this.address;
  }

  get areaCount(): number {
    return this.parts.length;
  }

  get cellCount(): number {
    return this.parts.reduce((count, part) => count + part.rows * part.columns, 0);
  }

  get areas(): RangeCollectionObject {
    return new RangeCollectionObject(
      this.parts.map((part) => new RangeObject(this.context, this.sheet, part)),
    );
  }

  get worksheet(): WorksheetObject {
    return new WorksheetObject(this.context, this.sheet);
  }

  clear(applyTo: unknown): void {
    demandWritable(this.context);
    for (const range of this.areas.items()) range.clear(applyTo);
  }
}

export class RangeCollectionObject extends RemoteCollection {
  readonly className = 'RangeCollection';

  constructor(private readonly ranges: readonly RangeObject[]) {
    super();
  }

  items(): readonly RangeObject[] {
    return this.ranges;
  }
}
