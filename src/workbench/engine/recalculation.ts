import type { ICommandInfo } from '@univerjs/core';
import {
  FormulaExecutedStateType,
  IActiveDirtyManagerService,
  type ISetFormulaCalculationNotificationMutation,
  SetFormulaCalculationNotificationMutation,
  SetFormulaCalculationStartMutation,
} from '@univerjs/engine-formula';
import type { FormulaIndex } from './formula-index';
import type { UniverSession } from './univer-session';

/** A lost calculation must not hang a batch for ever. */
const PATIENCE_MS = 20_000;

/**
 * Knows whether formulas wait to be calculated. The engine calculates by itself a moment after a change; a read that
 * depends on formulas waits for that here.
 */
export class Recalculation {
  #changes = 0;
  #calculating = 0;
  #calculated = 0;
  #waiting: (() => void)[] = [];
  readonly #stop: { dispose(): void };

  constructor(
    session: UniverSession,
    private readonly formulas: FormulaIndex,
  ) {
    const dirty = session.injector.get(IActiveDirtyManagerService);
    this.#stop = session.commands.onCommandExecuted((command, options) => {
      const isResult = options?.fromFormula === true;
      if (command.id === SetFormulaCalculationStartMutation.id) this.#calculating = this.#changes;
      else if (command.id === SetFormulaCalculationNotificationMutation.id) this.#notified(command);
      else if (!isResult && options?.onlyLocal !== true && dirty.get(command.id)) this.#changes++;
    });
  }

  async settled(): Promise<void> {
    if (this.#calculated === this.#changes || !this.formulas.hasFormulas()) return;
    await new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, PATIENCE_MS);
      this.#waiting.push(() => {
        clearTimeout(patience);
        resolve();
      });
    });
  }

  dispose(): void {
    this.#stop.dispose();
    this.#release();
  }

  #notified(command: Readonly<ICommandInfo>): void {
    // The command of this id always carries these parameters.
    const params = command.params as ISetFormulaCalculationNotificationMutation;
    const state = params.functionsExecutedState;
    if (state === undefined || state === FormulaExecutedStateType.STOP_EXECUTION) return;
    this.#calculated = this.#calculating;
    if (this.#calculated === this.#changes)
      setTimeout(() => {
        this.#release();
      });
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }
}
