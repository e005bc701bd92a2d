import type { Restorability } from '../../contract/orders';
import type { Translate } from '../texts';

/** Whether an order can be restored, and if not what to do about it: a word that filters and colours find, first. */
export function restorableText(restore: Restorability | undefined, t: Translate): string {
  if (restore === undefined) return '';
  const [why] = restore.refusals;
  if (why === undefined) return t('sheet.restorable.yes');
  const { next } = restore;
  const reason =
    next === null
      ? t([`pane.group.${why.code}`, 'pane.group.other'])
      : t(`sheet.restorable.${next.step}`, { number: next.declaration });
  return t('sheet.restorable.not', { no: t('sheet.restorable.no'), reason });
}

/** Number of the last declaration, what was last done with it, and by whom; empty where nothing is declared. */
export function lastDeclarationText(restore: Restorability | undefined, t: Translate): string {
  const last = restore?.lastDeclaration ?? null;
  if (last === null) return '';
  const { number, by: user } = last;
  return t(`sheet.lastDeclaration.${last.registered ? 'registered' : 'opened'}`, { number, user });
}
