import type { Company } from '../../contract/plant';
import type { PendingRun } from '../sync/sheet';
import type { Translate } from '../texts';
import { companyName } from './company-name';

/** What was sent without an answer, and who may ask again: we (`ours`), or else by whom and where it was sent. */
export function pendingText(
  pending: PendingRun,
  ours: boolean,
  companies: readonly Company[],
  t: Translate,
): string {
  const { request } = pending;
  const { command } = request;
  const count = 'undoes' in request ? request.count : request.orders.length;
  const sent = t(`pane.interrupted.${command}`, { count });
  return `${sent} ${ours ? t(`pane.interrupted.ours.${command}`) : whose(pending, companies, t)}`;
}

function whose({ user, company, address }: PendingRun, companies: readonly Company[], t: Translate): string {
  return company === null || address === null
    ? t('pane.interrupted.unknown', { user })
    : t('pane.interrupted.others', { user, company: companyName(company, companies), address });
}
