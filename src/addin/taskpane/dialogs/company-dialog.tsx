import { Button } from '@fluentui/react-components';
import type { Company } from '../../../contract/plant';
import { companyName } from '../company-name';
import { useActions, usePaneState, useWords } from '../pane-context';
import { DialogFrame } from './dialog-frame';

/** Asks before the workbook turns to another company: what it shows of the one before goes. */
export function CompanyDialog({ company, close }: { company: Company; close: () => void }) {
  const { t } = useWords();
  const { changeCompany } = useActions();
  const former = usePaneState((state) => companyName(state.company ?? '', state.companies));
  const busy = usePaneState((state) => state.work !== null);
  const change = () => {
    close();
    void changeCompany(company.code);
  };
  return (
    <DialogFrame
      title={t('pane.company.change.title', { company: company.name })}
      close={close}
      actions={
        <>
          <Button appearance="primary" disabled={busy} onClick={change}>
            {t('pane.company.change.confirm')}
          </Button>
          <Button onClick={close}>{t('pane.cancel')}</Button>
        </>
      }
    >
      {t('pane.company.change.text', { former })}
    </DialogFrame>
  );
}
