import { decideDeclaration } from './decide';
import type { DeclarationStep } from './declaration';
import type { DeclaredOrder } from './operations';

export type StepBack = DeclarationStep & { readonly step: 'rollBack' | 'delete' };

/**
 * The next step on the way to a restore: the newest declaration that the rules let go, rolled back while it is registered, deleted
 * once it is not. A fulfilled order first gets back to the shop floor. Null when nothing is declared, or no road leads back. What the
 * step would move in the stock is not looked at: whether that can be taken back is judged when the step is taken.
 */
export function nextStepBack(declared: DeclaredOrder): StepBack | null {
  const { order, declarations } = declared;
  const newest = [...declarations].sort((a, b) => b.number - a.number);
  const steps = newest.map(({ number, registered }): StepBack => ({
    step: registered ? 'rollBack' : 'delete',
    number,
  }));
  const first = order.state === 'fulfilled' ? steps.filter(({ step }) => step === 'rollBack') : [];
  return [...first, ...steps].find((step) => isLet(declared, step)) ?? null;
}

function isLet(declared: DeclaredOrder, step: StepBack): boolean {
  const marked = { key: declared.order.key };
  return decideDeclaration({ marked, declared, effect: null }, step).refusals.length === 0;
}
