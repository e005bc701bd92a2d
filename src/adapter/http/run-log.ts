import { ExportForm } from '../../contract/exports';
import type { Company } from '../../contract/plant';
import { RunLogRow } from '../../contract/run-log';
import type { Refusal } from '../../domain/refusals';
import { formatsFor } from '../../language/formats';
import { refusalText } from '../../language/refusal-text';
import { runLogTable } from '../exports/run-log-table';
import type { TimedOutcome, RunRecord } from '../runs/run-ledger';
import type { Texts } from '../texts';
import { type Exported, exportReply, sendExport } from './export-reply';
import { textsFor } from './language';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';
import { RunAddress, runAt } from './run-address';

const ROWS_AT_ONCE = 1000;

export function runLogRoutes(api: Api, services: Services): void {
  api.get(
    '/runs/:id/log',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Runs'],
        summary: 'The log of a run as a file',
        description:
          'What became of each order, in the sequence of the run, with the reasons in the language of `Accept-Language`: a JSON ' +
          'object a line, CSV or an Excel workbook, as `format` or `Accept` says. While the run is open, what is done so far.',
        params: RunAddress,
        querystring: ExportForm,
        response: { 200: exportReply(RunLogRow), ...problemReplies },
      },
    },
    async (request, reply) => {
      const { company, params, query } = request;
      const run = await runAt(services.ledger, company.code, params.id);
      return sendExport(request, reply, query, runLogFile(services, company, run, textsFor(request)));
    },
  );
}

/** What became of each order of a run, as a file. */
export function runLogFile(
  services: Services,
  company: Company,
  run: RunRecord,
  texts: Texts,
): Exported<RunLogRow> {
  const rows = logRows(services, company, run, texts);
  return { name: `run-${run.number}`, table: runLogTable, rows };
}

async function* logRows(
  { book, ledger }: Services,
  company: Company,
  run: RunRecord,
  texts: Texts,
): AsyncGenerator<RunLogRow[]> {
  const formats = formatsFor(texts.language, texts.language, company.timeZone);
  const sentence = (why: Refusal) => refusalText(why, texts.text, formats);
  let cursor: string | undefined;
  do {
    const { items, next } = await ledger.outcomes(company.code, run.id, { limit: ROWS_AT_ONCE, cursor });
    const orders = await book.rows(
      company.code,
      items.map(({ key }) => key),
    );
    const byKey = new Map(orders.map((order) => [order.key, order]));
    yield items.map((outcome) => logRow(run, outcome, byKey.get(outcome.key), sentence));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}

function logRow(
  run: RunRecord,
  { key, result, refusals, warnings, movements, at }: TimedOutcome,
  order: { readonly item: string; readonly description: string } | undefined,
  sentence: (why: Refusal) => string,
): RunLogRow {
  const why = [...refusals, ...warnings];
  return {
    run: run.number,
    command: run.command,
    order: key,
    item: order?.item ?? '',
    description: order?.description ?? '',
    result,
    codes: why.map(({ code }) => code),
    reasons: why.map(sentence),
    movements,
    by: run.actor,
    at,
  };
}
