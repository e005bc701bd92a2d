import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';
import { dialogs, useShowDialog } from '../show-dialogs';
import { Block } from './block';

const useStyles = makeStyles({
  companies: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
});

/** Shown while the order book holds several companies and the workbook names none of them. */
export function ChooseCompany() {
  const styles = useStyles();
  const { t } = useWords();
  const { changeCompany } = useActions();
  const show = useShowDialog();
  const companies = usePaneState((state) => state.companies);
  const company = usePaneState((state) => state.company);
  const unknown = usePaneState((state) => state.connection === 'ready' && state.session === null);
  const busy = usePaneState((state) => state.work !== null);
  if (!unknown || companies.length === 0) return null;
  return (
    <Block title={t('pane.company.choose')}>
      <Text size={200} role="status">
        {company === null ? t('pane.company.choose.text') : t('pane.company.gone', { company })}
      </Text>
      <div className={styles.companies}>
        {companies.map((one) => (
          <Button
            key={one.code}
            disabledFocusable={busy}
            onClick={() => void (company === null ? changeCompany(one.code) : show(dialogs.company(one)))}
          >
            {one.name}
          </Button>
        ))}
      </div>
    </Block>
  );
}
