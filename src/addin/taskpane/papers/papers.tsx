import { Button, Checkbox, makeStyles, Text, tokens, useId } from '@fluentui/react-components';
import { DocumentPrintRegular } from '@fluentui/react-icons/svg/document-print';
import { useState } from 'react';
import type { Outcome } from '../../../contract/runs';
import type { PapersOf } from '../../api/order-book';
import { inPaperOrder, paperKinds, type PaperKind } from '../../../domain/papers/paper';
import { Fold } from '../blocks/fold';
import { Refusals } from '../blocks/refusals';
import { WhereExported } from '../blocks/where-exported';
import { useActions, usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

interface PapersProps {
  readonly of: PapersOf;
  /** Names this place in the pane. */
  readonly place: string;
  /** Only executive orders have definitive papers. */
  readonly definitive: boolean;
  /** Those that were asked for already. */
  readonly asked?: readonly PaperKind[] | undefined;
  /** Single orders were to have others than these. */
  readonly byOrder?: boolean;
}

/** Which papers to print of orders, and what became of those that were printed. */
export function Papers({ of, place, definitive, asked = ['routeCard'], byOrder = false }: PapersProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { printPapers, openControlPrint } = useActions();
  const allowed = usePaneState((state) => state.session?.rights.includes('release') ?? false);
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const [chosen, choose] = useState(asked);
  const [asAsked, setAsAsked] = useState(byOrder);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const name = useId('papers');
  const papers = asAsked ? undefined : chosen;
  const nothing = busy || papers?.length === 0;
  const printDefinitively = async () => setOutcomes((await printPapers(of, papers, place)) ?? []);
  const control = async () => {
    setOutcomes([]);
    await openControlPrint(of, papers, place);
  };
  return (
    <Fold summary={t('pane.papers')}>
      <div className={styles.form}>
        <div role="group" aria-label={t('pane.papers')} id={name}>
          {byOrder && (
            <Checkbox
              label={t('pane.papers.byOrder')}
              checked={asAsked}
              onChange={(_, { checked }) => setAsAsked(checked === true)}
            />
          )}
          {paperKinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`paper.${kind}`)}
              disabled={asAsked}
              checked={!asAsked && chosen.includes(kind)}
              onChange={(_, { checked }) =>
                choose(
                  inPaperOrder(checked === true ? [...chosen, kind] : chosen.filter((one) => one !== kind)),
                )
              }
            />
          ))}
        </div>
        <div className={styles.buttons}>
          {definitive && allowed && (
            <Button
              size="small"
              icon={<DocumentPrintRegular />}
              disabledFocusable={nothing}
              onClick={() => void printDefinitively()}
            >
              {t('pane.papers.print')}
            </Button>
          )}
          <Button size="small" disabledFocusable={nothing} onClick={() => void control()}>
            {t('pane.papers.control')}
          </Button>
        </div>
        <Text size={200}>{t(definitive ? 'pane.papers.text' : 'pane.papers.text.launched')}</Text>
        <WhereExported place={place} inWindow={t('pane.papers.window')} />
        <Refusals outcomes={outcomes} which="refusals" />
        <Refusals outcomes={outcomes} which="warnings" />
      </div>
    </Fold>
  );
}
