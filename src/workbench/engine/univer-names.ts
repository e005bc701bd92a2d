import {
  IDefinedNamesService,
  type IDefinedNamesServiceParam,
  RemoveDefinedNameMutation,
  SetDefinedNameMutation,
} from '@univerjs/engine-formula';
import type { UniverSession } from './univer-session';
import type { DefinedName } from './workbook';

/** The scope of names that are valid in the whole workbook. */
const WHOLE_WORKBOOK = 'AllDefaultWorkbook';

export function definedNames(session: UniverSession): readonly DefinedName[] {
  const known = session.injector.get(IDefinedNamesService).getDefinedNameMap(session.unitId) ?? {};
  return Object.keys(known).map((id) => new UniverName(session, id));
}

export function defineName(
  session: UniverSession,
  name: string,
  formula: string,
  comment: string,
): DefinedName {
  const id = session.newId('name');
  const params = { id, name, formulaOrRefString: formula, comment, hidden: false };
  session.execute(SetDefinedNameMutation.id, { ...params, localSheetId: WHOLE_WORKBOOK });
  return new UniverName(session, id);
}

class UniverName implements DefinedName {
  constructor(
    private readonly session: UniverSession,
    private readonly id: string,
  ) {}

  get name(): string {
    return this.#read().name;
  }

  get formula(): string {
    return this.#read().formulaOrRefString;
  }

  set formula(formulaOrRefString: string) {
    this.#change({ formulaOrRefString });
  }

  get comment(): string {
    return this.#read().comment ?? '';
  }

  set comment(comment: string) {
    this.#change({ comment });
  }

  get visible(): boolean {
    return this.#read().hidden !== true;
  }

  set visible(visible: boolean) {
    this.#change({ hidden: !visible });
  }

  delete(): void {
    this.session.execute(RemoveDefinedNameMutation.id, { id: this.id, name: this.name });
  }

  #read(): IDefinedNamesServiceParam {
    const known = this.session.injector.get(IDefinedNamesService).getValueById(this.session.unitId, this.id);
    if (!known) throw new Error(`The name ${this.id} is gone.`);
    return known;
  }

  #change(change: Partial<IDefinedNamesServiceParam>): void {
    this.session.execute(SetDefinedNameMutation.id, { ...this.#read(), ...change });
  }
}
