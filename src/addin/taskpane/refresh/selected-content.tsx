import { makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { Material } from '../../../contract/order-content';
import type { OrderDetail } from '../../../contract/orders';
import { Block } from '../blocks/block';
import { selectedOrderPlace } from '../blocks/places';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Operations } from './operations';
import { pictureStyles } from './picture-styles';
import { Reservations } from './reservations';
import { usePlantFormats } from './use-plant-formats';

const useStyles = makeStyles({
  scroll: { overflow: 'auto', maxHeight: '260px' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** The order of the sheet's selected row: its operations, its materials, and what is reserved of it and for it. */
export function SelectedContentBlock() {
  const { t } = useWords();
  const { followSelection } = useActions();
  const selected = usePaneState((state) => state.selected);
  useEffect(() => void followSelection(), [followSelection]);
  if (selected === null) {
    return (
      <Block title={t('pane.content.order')}>
        <Text size={200}>{t('pane.content.none')}</Text>
      </Block>
    );
  }
  const { key, detail, reservations } = selected;
  return (
    <div id={selectedOrderPlace}>
      <Block title={t('pane.order', { order: key })}>
        {detail === null ? (
          <Spinner size="tiny" label={t('pane.work.movements')} />
        ) : (
          <>
            <Operations key={key} order={detail} />
            <Materials order={detail} />
            <Reservations key={`reserved ${key}`} reservations={reservations} />
          </>
        )}
      </Block>
    </div>
  );
}

function Materials({ order: { materials, lines } }: { order: OrderDetail }) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { t } = useWords();
  if (materials.length === 0) return <Text size={200}>{t('pane.content.materials.none')}</Text>;
  const number = mergeClasses(picture.cell, picture.number);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('pane.content.materials')}>
      <table className={picture.table}>
        <caption className={picture.caption}>{t('pane.content.materials')}</caption>
        <thead>
          <tr>
            <th scope="col" className={picture.cell}>
              {t('column.item')}
            </th>
            <th scope="col" className={number}>
              {t('column.quantity')}
            </th>
            <th scope="col" className={picture.cell}>
              {t('change.field.usageOn')}
            </th>
          </tr>
        </thead>
        <tbody>
          {materials.map((material) => (
            <MaterialRow key={material.line} material={material} of={lineOf(lines, material)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What takes the material, where the order makes more than its output. */
function lineOf(lines: OrderDetail['lines'], { orderLine }: Material): string | null {
  if (lines.length < 2) return null;
  return lines.find((line) => line.orderLine === orderLine)?.item ?? null;
}

function MaterialRow({ material, of }: { material: Material; of: string | null }) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { t, formats } = useWords();
  const plant = usePlantFormats();
  const { item, description, quantity, unit, usageOn, usageAt, byHand } = material;
  const told = [description, of === null ? '' : t('pane.content.for', { item: of })];
  return (
    <tr>
      <th scope="row" className={picture.cell}>
        <b>{item}</b>
        <Text block size={200} className={styles.quiet}>
          {told.filter((each) => each !== '').join(' · ')}
        </Text>
        {byHand && <i>{t('pane.content.byHand')}</i>}
      </th>
      <td className={mergeClasses(picture.cell, picture.number)}>
        {formats.quantity(quantity)} {unit}
      </td>
      <td className={picture.cell}>{usageAt === null ? formats.day(usageOn) : plant.moment(usageAt)}</td>
    </tr>
  );
}
