import { createHeadlessExcel } from '../../src/workbench/transport/headless';
import { capture } from '../../src/workbench/capture/probes';

/** An answer by question, as the workbench gives it. */
export type Answers = Readonly<Record<string, unknown>>;

/** What the workbench, as an Excel of this version, answers to the questions that a real Excel can be asked as well. */
export async function workbenchAnswers(excelApi: string): Promise<Answers> {
  const excel = createHeadlessExcel({ requirements: { ExcelApi: excelApi } });
  const removeGlobals = excel.installGlobals();
  try {
    // Over the wire there is only JSON, and a capture is a file.
    return JSON.parse(JSON.stringify(await capture())) as Answers;
  } finally {
    removeGlobals();
    excel.dispose();
  }
}
