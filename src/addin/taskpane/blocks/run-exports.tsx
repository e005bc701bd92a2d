import type { RunSummary } from '../../../contract/runs';
import { useWords } from '../pane-context';
import { hasWithdrawals } from '../store/movements';
import { ExportMenu, type ExportMenuProps } from './export-menu';

type RunExportsProps = Pick<ExportMenuProps, 'place' | 'small'> & { readonly run: RunSummary };

/** What a run did to each order, and what the storeman has to take for it. */
export function RunExports({ run, ...menu }: RunExportsProps) {
  const { t } = useWords();
  const of: ExportMenuProps['of'] = [
    { title: t('pane.export.log'), what: { kind: 'log', run: run.id } },
    ...(hasWithdrawals(run)
      ? ([{ title: t('sheet.withdrawals'), what: { kind: 'withdrawals', run: run.id } }] as const)
      : []),
  ];
  return <ExportMenu {...menu} of={of} name={t('pane.result.run', { number: run.number })} />;
}
