import type { OpenDeclaration, RegisterDeclaration } from '../../../contract/declarations';
import type { DeclarationStep } from '../../api/order-book';
import type { RunDone } from '../../api/perform-run';
import type { PaneContext } from './context';
import type { TakeStep } from './order-step';

/** Each answers as {@link TakeStep} does. */
export interface DeclarationActions {
  readonly openDeclaration: (declaration: OpenDeclaration) => Promise<RunDone | null>;
  readonly stepDeclaration: (
    number: number,
    step: DeclarationStep,
    details?: RegisterDeclaration,
  ) => Promise<RunDone | null>;
}

export function declarationActions({ api }: PaneContext, take: TakeStep): DeclarationActions {
  return {
    openDeclaration: (declaration) =>
      take('declare', `open ${JSON.stringify(declaration)}`, (order, key) =>
        api.openDeclaration(order, declaration, key),
      ),
    stepDeclaration: (number, step, details) =>
      take('declare', `${step} ${number} ${details?.lot ?? ''}`, (order, key) =>
        api.stepDeclaration(order, number, step, key, details),
      ),
  };
}
