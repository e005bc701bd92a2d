import { Button } from '@fluentui/react-components';
import type { WorkLineInHand } from '../../../contract/work';
import { Fold } from '../blocks/fold';
import { usePaneState, useWords } from '../pane-context';
import { Changes } from './changes';
import { effectOfAll } from './line-effect';

interface ConfirmAllProps {
  /** Of the work. */
  readonly number: number;
  readonly lines: readonly WorkLineInHand[];
  /** Something is typed for one of the lines, which would be passed over. */
  readonly typed: boolean;
  readonly onConfirm: (label: string) => void;
}

/** Confirms all open lines of a work in one step, and says before what that changes in the stock. */
export function ConfirmAll({ number, lines, typed, onConfirm }: ConfirmAllProps) {
  const { t } = useWords();
  const busy = usePaneState((state) => state.work !== null);
  const step = t('pane.picking.confirmAll');
  const label = t('pane.picking.of', { number, step });
  return (
    <>
      <Button
        size="small"
        disabledFocusable={busy || typed}
        aria-label={label}
        onClick={() => onConfirm(label)}
      >
        {step}
      </Button>
      <Fold summary={t('pane.picking.confirmAll.effect')}>
        <Changes changes={effectOfAll(lines)} />
      </Fold>
    </>
  );
}
