import assert from 'node:assert/strict';
import { aMovement, anOrder, aSearch, company, useWorkbook } from './workbook';

describe('the sheets on paper', () => {
  const workbook = useWorkbook();

  const layouts = () =>
    Excel.run(async (context) => {
      const { worksheets } = context.workbook;
      worksheets.load('items/name');
      await context.sync();
      const [, ...ours] = worksheets.items;
      const read = ours.map(({ name, pageLayout }) => {
        const footer = pageLayout.headersFooters.defaultForAllPages;
        const head = pageLayout.getPrintTitleRowsOrNullObject();
        pageLayout.load('orientation,zoom');
        footer.load('leftFooter,rightFooter');
        head.load('address');
        return { name, pageLayout, footer, head };
      });
      await context.sync();
      return read.map(({ name, pageLayout: { orientation, zoom }, footer, head }) => ({
        name,
        orientation,
        zoom,
        head: head.address.split('!')[1],
        footer: [footer.leftFooter, footer.rightFooter],
      }));
    });

  it('are landscape and as wide as the page, with their head and the page number on every page', async () => {
    await workbook.sheet.writeOrders([anOrder(1)], aSearch(1), 'it');
    await workbook.sheet.writeMovements([aMovement(10)], company, 'it');
    const paper = {
      orientation: 'Landscape',
      zoom: { horizontalFitToPages: 1, verticalFitToPages: 0 },
      head: '1:1',
      footer: ['&A', 'Pagina &P di &N'],
    };
    assert.deepEqual(await layouts(), [
      { name: 'Ordini', ...paper },
      { name: 'Movimenti', ...paper },
    ]);
  });
});
